"""Criteria of general medicine against short notes, labelled by an expert: a stress test with no breast patients.

    python -m benchmarks.trials_parts.criteria            # the figures
    python -m benchmarks.trials_parts.criteria --wrong    # and each wrong definite label of the development part

The expert takes what a note does not mention for absent ("not excluded"); we do not, so recall of `not_met` is low by
intent. "not applicable" is left out. Development part: index modulo 5 in 0, 1, 2 by annotation id.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.records_parts.figure import Figure
from benchmarks.trials_parts.labels import LABELS, Table
from navaid.terms import Criterion, CriterionType, Judgement, Profile
from navaid.trials.match.facts import Facts
from navaid.trials.match.match import judge
from navaid.trials.match.note import profile_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "trials"
MEANS = {
    "included": "met",
    "not included": "not_met",
    "excluded": "met",
    "not excluded": "not_met",
    "not enough information": "unknown",
}
DEVELOPMENT = (0, 1, 2)


def measure(data: Path) -> Iterator[Figure]:
    """Recall and precision of each label in the development part and the rest, and what was invented."""
    for name, wanted in (("development", DEVELOPMENT), ("rest", (3, 4))):
        table = Table((MEANS[row["expert_eligibility"]], each.label.value) for row, each in judged(data, wanted))
        for label in LABELS:
            yield Figure(f"{name}: {label}: recall", table.recall(label))
            yield Figure(f"{name}: {label}: precision", table.precision(label))
        good = table.invented <= 0.02
        yield Figure(f"{name}: not enough information made definite", table.invented, "≤ .02", good, table.rows())


def judged(data: Path, wanted: tuple[int, ...]) -> Iterator[tuple[dict[str, Any], Judgement]]:
    """Each annotation of a part with the judgement of its criterion."""
    with gzip.open(data / "criterion_annotations.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = sorted((json.loads(line) for line in file), key=lambda row: row["annotation_id"])
    for index, row in enumerate(rows):
        if index % 5 in wanted and row["expert_eligibility"] in MEANS:
            text = row["criterion_text"]
            criterion = Criterion(
                number=1, type=CriterionType(row["criterion_type"]), text=text, start=0, end=len(text)
            )
            yield row, judge(criterion, Facts(_profile(row["note"])))


@cache
def _profile(note: str) -> Profile:
    return profile_of(note)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument(
        "--wrong", action="store_true", help="show each wrong definite label of the development part"
    )
    options = arguments.parse_args()
    for figure in measure(options.data):
        print(*figure)
    for row, each in judged(options.data, DEVELOPMENT) if options.wrong else ():
        truth = MEANS[row["expert_eligibility"]]
        if each.label.value not in ("unknown", truth):
            print(f"\n{row['annotation_id']} {row['criterion_type']}: is {truth}, found {each.label.value}")
            print(f"  {row['criterion_text'][:300]}\n  -> {each.reason[:300]}\n  {row['note'][:900]}")


if __name__ == "__main__":
    main()
