"""Written people and their questions, sentence by sentence: is "applies to you" right, is "does not apply" right.

    python -m benchmarks.personal_parts.golden            # the figures
    python -m benchmarks.personal_parts.golden --wrong    # and each sentence whose label differs

The labels were given by hand, by readers who saw the person's papers and not what was found: `tests/journeys/golden/`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from tests.journeys.written_people import people, questions

from benchmarks.personal_parts.asked import embedded, told
from benchmarks.personal_parts.gold import KEPT_FROM, MISLEADING, Compared, compare, labels
from benchmarks.records_parts.figure import Figure
from benchmarks.runner import told as line
from navaid.terms import Applies

WRONG_APPLIES = 0.01
WRONG_DOES_NOT_APPLY = 0.02


def measure(_: Path) -> Iterator[Figure]:
    """The figures over all people who have labels."""
    yield from figures(_compared())


def figures(compared: Compared) -> Iterator[Figure]:
    """Wrong "applies" and wrong "does not apply", of those that were found; then what was left open or not limited."""
    yield from (
        _share(compared, 'wrong "applies"', Applies.APPLIES, MISLEADING, WRONG_APPLIES),
        _share(compared, 'wrong "does not apply"', Applies.DOES_NOT_APPLY, KEPT_FROM, WRONG_DOES_NOT_APPLY),
        _share(compared, "left open though known", Applies.MAY_APPLY, (Applies.APPLIES, Applies.DOES_NOT_APPLY)),
        _share(compared, "called general though limited", Applies.GENERAL, (Applies.APPLIES, *MISLEADING)),
        _share(compared, "said to apply though general", Applies.APPLIES, (Applies.GENERAL,)),
    )
    judged, missing = sum(compared.found.values()), len(compared.unlabelled)
    yield Figure("sentences judged", judged, "> 0", judged > 0, f"{len(people())} people, {len(questions())} questions")
    yield Figure("sentences without a label", missing, "0", not missing)


def _share(
    compared: Compared, what: str, found: Applies, right: tuple[Applies, ...], most: float | None = None
) -> Figure:
    """The share of what was found as `found` that is one of `right` instead. No verdict where none was found."""
    size = compared.found[found]
    share = len(compared.of(found, *right)) / max(1, size)
    good = share <= most if most is not None and size else None
    return Figure(what, share, f"≤ {most:.2f}" if most is not None else "", good, f"of {size}")


def _compared() -> Compared:
    with embedded() as library:
        return compare((name, told(library, name)) for name in people() if labels(name))


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--wrong", action="store_true", help="show each sentence whose label differs")
    options, compared = arguments.parse_args(), _compared()
    for figure in figures(compared):
        print(line(figure))
    for wrong in compared.wrong if options.wrong else ():
        print(f"{wrong.claim}: found {wrong.found.value}, is {wrong.right.value}")
    for missing in compared.unlabelled if options.wrong else ():
        print(f"{missing}: no label")


if __name__ == "__main__":
    main()
