"""Breast-specific judgements of criteria, written by hand: are definite labels right, is the unknown left unknown.

    python -m benchmarks.trials_parts.judgements            # the figures
    python -m benchmarks.trials_parts.judgements --wrong    # and each wrong definite label of the development half

The judgements are facts (tests/trials/judgements/: study, span, profile, label, why in a few words); the texts of the
studies are not part of the project, and stand in `../shared/data/trials`. Half of the studies was held out while the
matching was built.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.records_parts.figure import Figure
from benchmarks.trials_parts.labels import Table, overlapping
from navaid.terms import Judgement, Study
from navaid.trials.match.match import match
from navaid.trials.match.note import profile_of

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "trials"
GOLD = ROOT / "tests" / "trials" / "judgements"
HALVES = ("development", "held_out")


def measure(data: Path) -> Iterator[Figure]:
    """The figures of each half: accuracy of definite labels, coverage, unknown made definite."""
    for half in HALVES:
        table = Table((row["label"], label) for row, label, _ in judged(data, half))
        name = half.replace("_", " ")
        yield Figure(
            f"{name}: definite labels right", table.accuracy, "≥ .95", table.accuracy >= 0.95, f"of {table.definite}"
        )
        yield Figure(f"{name}: known that is covered", table.coverage, "≥ .60", table.coverage >= 0.6, table.rows())
        yield Figure(
            f"{name}: unknown made definite",
            table.invented,
            "≤ .10",
            table.invented <= 0.1,
            f"of {table.size} judgements",
        )


def judged(data: Path, half: str) -> Iterator[tuple[dict[str, Any], str, Judgement | None]]:
    """Each judgement of a half, the label that was found, and the judgement it was taken from."""
    texts = studies(data)
    profiles = {row["id"]: profile_of(row["text"]) for row in notes()}
    rows = [json.loads(line) for line in (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]
    done: dict[tuple[str, str], tuple[Judgement, ...]] = {}
    for row in rows:
        key = row["nct_id"], row["profile"]
        if key not in done:
            study = Study(nct_id=row["nct_id"], brief_title="", eligibility_criteria=texts[row["nct_id"]])
            done[key] = match(study, profiles[row["profile"]]).judgements
        spans = [(each.criterion.start, each.criterion.end, each.label.value) for each in done[key]]
        label = overlapping(spans, row["start"], row["end"])
        of = max(
            done[key], key=lambda each: min(each.criterion.end, row["end"]) - max(each.criterion.start, row["start"])
        )
        yield row, label, of


def notes() -> list[dict[str, str]]:
    """The profiles, as short notes."""
    rows: list[dict[str, str]] = yaml.safe_load((GOLD / "profiles.yaml").read_text(encoding="utf-8"))
    return rows


def studies(data: Path) -> dict[str, str]:
    """The eligibility text of each public study."""
    with gzip.open(data / "breast_trials_2026-01.json.gz", "rt", encoding="utf-8") as file:
        return {row["nct_id"]: row["eligibility"]["raw_text"] for row in json.load(file)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument(
        "--wrong", action="store_true", help="show each wrong definite label of the development half"
    )
    arguments.add_argument("--open", action="store_true", help="show what is known and was left unknown there")
    options = arguments.parse_args()
    for figure in measure(options.data):
        print(*figure)
    for row, label, of in judged(options.data, HALVES[0]) if options.wrong or options.open else ():
        wrong = label not in ("unknown", row["label"])
        left = label == "unknown" != row["label"]
        if of and ((options.wrong and wrong) or (options.open and left)):
            print(
                f"\n{row['nct_id']} {row['number']} {row['type']} {row['profile']}: "
                f"is {row['label']} ({row['reason']}), found {label}"
            )
            print(f"  {of.criterion.text[:300]}\n  -> {of.reason[:300]}")


if __name__ == "__main__":
    main()
