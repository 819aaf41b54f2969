"""Judgements kept as a folder of four files: the table of true and found labels, and the three shares.

    python -m benchmarks.trials_parts.folder --dir DIR            # the table
    python -m benchmarks.trials_parts.folder --write DIR          # our own judgements in that form

The files, one JSON object a line: profiles.jsonl (profile_id, note), trials.jsonl (nct_id, eligibility), criteria.jsonl
(criterion_id, start, end), judgements.jsonl (profile_id, nct_id, criterion_id, label). A criterion takes the label of
the one that was found whose span overlaps it most.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.trials_parts.judgements import DATA, GOLD, HALVES, notes, studies
from benchmarks.trials_parts.labels import LABELS, Table, overlapping
from navaid.terms import Study
from navaid.trials.match.match import match
from navaid.trials.match.note import profile_of


def table(folder: Path) -> Table:
    """The labels of a folder's judgements, true and found."""
    profiles = {row["profile_id"]: profile_of(row["note"]) for row in _rows(folder / "profiles.jsonl")}
    texts = {row.get("nct_id") or row["id"]: row["eligibility"] for row in _rows(folder / "trials.jsonl")}
    criteria = {row["criterion_id"]: row for row in _rows(folder / "criteria.jsonl")}
    found: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    counted = Table()
    for row in _rows(folder / "judgements.jsonl"):
        key = row["profile_id"], row["nct_id"]
        if key not in found:
            study = Study(nct_id=row["nct_id"], brief_title="", eligibility_criteria=texts[row["nct_id"]])
            held = match(study, profiles[row["profile_id"]]).judgements
            found[key] = [(each.criterion.start, each.criterion.end, each.label.value) for each in held]
        wanted = criteria[row["criterion_id"]]
        counted.add(row["label"], overlapping(found[key], wanted["start"], wanted["end"]))
    return counted


def write(folder: Path, data: Path) -> None:
    """Our own judgements, both halves, in that form; the texts of the studies are taken from the data."""
    folder.mkdir(parents=True, exist_ok=True)
    gold = [json.loads(line) for half in HALVES for line in (GOLD / f"{half}.jsonl").read_text("utf-8").splitlines()]
    texts = studies(data)
    spans = {f"{row['nct_id']}-{row['number']}": (row["start"], row["end"]) for row in gold}
    _write(folder / "profiles.jsonl", ({"profile_id": row["id"], "note": row["text"]} for row in notes()))
    ids = sorted({row["nct_id"] for row in gold})
    _write(folder / "trials.jsonl", ({"nct_id": id_, "eligibility": texts[id_]} for id_ in ids))
    _write(folder / "criteria.jsonl", ({"criterion_id": c, "start": a, "end": b} for c, (a, b) in spans.items()))
    judged = (
        {
            "profile_id": row["profile"],
            "nct_id": row["nct_id"],
            "criterion_id": f"{row['nct_id']}-{row['number']}",
            "label": row["label"],
        }
        for row in gold
    )
    _write(folder / "judgements.jsonl", judged)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--dir", type=Path)
    arguments.add_argument("--write", type=Path)
    arguments.add_argument("--data", type=Path, default=DATA)
    options = arguments.parse_args()
    if options.write:
        write(options.write, options.data)
    if not options.dir:
        return 0
    found = table(options.dir)
    for truth in LABELS:
        print(f"{truth:8}", {label: found.counts[truth, label] for label in LABELS})
    print(
        f"definite labels right {found.accuracy:.3f}, known covered {found.coverage:.3f}, "
        f"unknown made definite {found.invented:.3f}"
    )
    return 0 if found.definite and found.accuracy >= 0.95 and found.coverage >= 0.6 and found.invented <= 0.1 else 1


if __name__ == "__main__":
    sys.exit(main())
