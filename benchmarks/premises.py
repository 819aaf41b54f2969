"""False premises: is what a question takes for granted corrected, and is anything corrected that was not asked for?

    python benchmarks/premises.py                  our own questions (benchmarks/questions/premises.yaml)
    python benchmarks/premises.py --ordinary FILE  the questions of a file of the same form, or JSON Lines: what is
                                                   corrected there, for a person to read
    python benchmarks/premises.py --rows FILE      other rows: YAML, or JSON Lines, with `question` and `beliefs`

A row names the beliefs (ids of starter/beliefs.yaml) of which one must be corrected. `corrected` counts rows where the
page shows a claim of such a belief before the first section; `irrelevant` those where it shows only claims of others
(for a row without beliefs: any). `affirmed` counts rows with a shown sentence that meets the row's `affirms`, groups of
patterns as in benchmarks/questions/README.md; whether a correction is to the point is for a reader to judge.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from answers import QUESTIONS, meets, sentences  # beside this file
from navaid import config, journeys, starter
from navaid.errors import BadInput
from navaid.library import Library
from navaid.terms import Answer


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file; the question may be called `question`, `Question` or `example_question`."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    if path.name.removesuffix(".gz").endswith(".yaml"):
        found: list[dict[str, Any]] = yaml.safe_load(text)
    else:
        found = [json.loads(line) for line in text.splitlines()]
    for row in found:
        yield row | {"question": row.get("question") or row.get("Question") or row["example_question"]}


def outcome(row: dict[str, Any], answer: Answer) -> str:
    """One of corrected, missed, irrelevant, affirmed, quiet (rightly)."""
    right = {claim for belief in starter.load().beliefs if belief.id in row["beliefs"] for claim in belief.claims}
    shown = {claim.id for claim in answer.corrections}
    if row.get("affirms") and any(meets(said, row["affirms"]) for said in sentences(answer)):
        return "affirmed"
    if shown & right:
        return "corrected"
    if shown:
        return "irrelevant"
    return "missed" if right else "quiet"


def measure(library: Library, path: Path) -> list[tuple[dict[str, Any], str]]:
    return [(row, outcome(row, journeys.ask(library, row["question"]))) for row in rows(path)]


def show(library: Library, path: Path) -> None:
    """Every correction on the questions of a file, for a person to read."""
    asked = corrected = 0
    for row in rows(path):
        try:
            answer = journeys.ask(library, row["question"])
        except BadInput:
            continue
        asked += 1
        corrected += bool(answer.corrections)
        for claim in answer.corrections:
            print(f"{' '.join(row['question'].split())[:200]}\n    {claim.corrects[0]}\n    {claim.id}: {claim.text}")
    print(f"{corrected} of {asked} questions are met by a correction")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, default=QUESTIONS / "premises.yaml")
    parser.add_argument("--ordinary", type=Path, help="show the corrections on these questions")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), config.load(), create=True) as library:
        journeys.refresh_starter(library)
        if options.ordinary:
            show(library, options.ordinary)
        else:
            found = measure(library, options.rows)
            for row, what in found:
                if what not in ("corrected", "quiet"):
                    print(f"{what:10} {' '.join(row['question'].split())[:150]}")
            false = [what for row, what in found if row["beliefs"]]
            plain = [what for row, what in found if not row["beliefs"]]
            for name in ("corrected", "missed", "irrelevant", "affirmed"):
                print(f"{name}: {false.count(name)} of {len(false)} false premises, ", end="")
                print(f"{plain.count(name)} of {len(plain)} ordinary questions")
    print("command:", " ".join(["python", *sys.argv]))


if __name__ == "__main__":
    main()
