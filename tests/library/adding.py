"""A process that adds generated documents and says on standard output what is safe: run by the tests.

python adding.py FOLDER STREAM FIRST LAST [BATCH_S]
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus import generated

from navaid.config import Settings
from navaid.errors import NavaidError
from navaid.library import Library, library


def main(folder: str, stream: str, first: str, last: str, batch_s: str = "0.5") -> int:
    library._BATCH_S = float(batch_s)
    try:
        with Library(Path(folder), Settings(embedding="off"), create=True) as held:
            documents = (generated(number, stream=stream) for number in range(int(first), int(last)))
            held.add(documents, lambda kept, state: print("kept", kept.id, flush=True))
            print("indexing", flush=True)
            held.index(lambda count: print("indexed", count, flush=True))
            print("level", held.lexical.applied(held.store), flush=True)
    except NavaidError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
