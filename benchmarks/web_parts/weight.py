"""What a browser loads for a page: the page and all that it names, as it is and as it is packed on the way."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from benchmarks.web_parts.reader import Reader, serving

_NAMED = re.compile(rb'<(?:link[^>]* href|script[^>]* src|img[^>]* src)="(/[^"]+)"')
_MOST = 300_000


def measure(_: Path) -> Iterator[Figure]:
    with serving() as server:
        reader = Reader(server.url)
        for name, path in (("the ask page", "/"), ("the trials page", "/trials"), ("the library page", "/library")):
            whole, packed, parts = _loaded(reader, reader.look(path))
            wanted, good = ("≤ 300000", whole <= _MOST) if path == "/" else ("", None)
            yield Figure(f"bytes of {name}, all in", whole, wanted, good, f"packed {packed}, {parts} requests")
        page = reader.ask("What does HER2-low mean?").page
        whole, _, parts = _loaded(reader, page)
        yield Figure("bytes of an answer, all in", whole, note=f"the page itself {len(page)}, sent as it is made")


def _loaded(reader: Reader, page: bytes) -> tuple[int, int, int]:
    """Bytes as they are, bytes packed by gzip, and how many requests."""
    parts = [page, *(reader.look(path.decode().replace("&amp;", "&")) for path in dict.fromkeys(_NAMED.findall(page)))]
    return sum(map(len, parts)), sum(len(gzip.compress(part)) for part in parts), len(parts)


if __name__ == "__main__":
    for figure in measure(Path()):
        print(figure)
