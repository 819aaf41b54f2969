"""How much of what a faithful model says is shown, how much of what a bent one says is not, and what checking costs.

    python -m benchmarks.wording

The sentences are those of tests/answers/pairs.py and spanish.py, some of which the tables were mended with: a floor for
regressions, not an estimate for sentences that nobody has seen. With ../shared the guard's development sets are added.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.answers.pairs import FAITHFUL, SPANISH, SPANISH_BENT, UNFAITHFUL
from tests.answers.spanish import CLAIMS

from navaid.answers import rewrite, translate
from navaid.answers.verify.translation import check
from navaid.answers.verify.words import read

_GUARD = Path(__file__).parents[2] / "shared" / "data" / "claims" / "guard"
_TIMES = 5  # the best of so many, in time of this process: other programs run too


def main() -> None:
    accepted("plainer words, faithful, accepted", (not rewrite.broken(s, t) for s, t in FAITHFUL))
    accepted("plainer words, bent, refused", (bool(rewrite.broken(s, t)) for _, s, t in UNFAITHFUL))
    accepted("Spanish, faithful, passes the tables", (not check(s, t, "es") for s, t, _ in SPANISH))
    accepted("Spanish of our claims, passes the tables", (not check(s, t, "es") for s, t in CLAIMS))
    accepted("Spanish, faithful, accepted on the way back", (not translate.returned(s, b) for s, _, b in SPANISH))
    accepted("Spanish, bent, refused by the tables", (bool(check(s, t, "es")) for _, s, t in SPANISH_BENT))
    cost("check of a plainer sentence", rewrite.broken, FAITHFUL)
    cost("check of a Spanish sentence by tables", lambda s, t: check(s, t, "es"), CLAIMS)
    cost("check of a sentence that came back", translate.returned, FAITHFUL)
    for path in sorted(_GUARD.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [_row(json.loads(line)) for line in lines]
        faithful = (not rewrite.broken(s, t) for s, t, good in rows if good)
        accepted(f"guard {path.name.removesuffix('.jsonl.gz')}, faithful, accepted", faithful)
        bent = (bool(rewrite.broken(s, t)) for s, t, good in rows if not good)
        accepted(f"guard {path.name.removesuffix('.jsonl.gz')}, bent, refused", bent)


def accepted(name: str, found: Iterable[bool]) -> None:
    every = list(found)
    print(f"{name:52} {sum(every):4} of {len(every):4}  {100 * sum(every) / len(every):5.1f} %")


def cost(name: str, checking: Callable[[str, str], object], pairs: list[tuple[str, str]]) -> None:
    best = float("inf")
    for _ in range(_TIMES):
        read.cache_clear()  # each sentence is read once on a page
        began = time.process_time()
        for source, text in pairs:
            checking(source, text)
        best = min(best, time.process_time() - began)
    print(f"{name:52} {1000 * best / len(pairs):6.2f} ms of processor time")


def _row(row: dict[str, str] | list[object]) -> tuple[str, str, bool]:
    if isinstance(row, dict):
        return row["source_sentence"], row["rewrite"], row["label"] == "faithful"
    return str(row[0]), str(row[1]), bool(row[2])


if __name__ == "__main__":
    main()
