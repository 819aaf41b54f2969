"""mCODE bundles: stage, receptors, HER2, drugs, other cancers, exactly as the bundle says; every example file read."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid import vocabulary
from navaid.errors import BadInput
from navaid.records.extract.structured import find
from navaid.records.extract.view import View
from navaid.records.read.structured import read_fhir
from navaid.terms import Finding

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
_WORDS = {"Positive (qualifier value)": {"positive"}, "Negative (qualifier value)": {"negative"}, "": set()}


def measure(data: Path) -> Iterator[Figure]:
    """Figures on mcode_synthea against gold.csv, and how many of mcode_examples are read."""
    folder = data / "mcode_synthea"
    with (folder / "gold.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["patient"])
    right: dict[str, list[bool]] = {}
    start = time.perf_counter()
    for row in rows:
        for what, good in _compared(row, _findings(folder / f"{row['patient']}.json")):
            right.setdefault(what, []).append(good)
    seconds = (time.perf_counter() - start) / len(rows)
    for what, goods in right.items():
        share = sum(goods) / len(goods)
        yield Figure(f"mCODE: {what} exact", share, "1", share == 1, f"{len(goods)} bundles")
    yield Figure("mCODE: seconds a bundle", seconds)
    yield from _examples(data / "mcode_examples")


def _findings(path: Path) -> list[Finding]:
    return list(find(View(read_fhir(path.read_bytes(), path))))


def _compared(row: dict[str, str], findings: list[Finding]) -> Iterator[tuple[str, bool]]:
    def values(concept: str) -> set[str]:
        return {str(finding.value) for finding in findings if finding.concept == concept}

    yield "breast cancer", "invasive_breast_cancer" in values("diagnosis")
    dates = {str(f.date) for f in findings if f.value == "invasive_breast_cancer"}
    yield "date of diagnosis", dates == {row["dx_date"]}
    yield "stage", values("stage.group") == {row["stage"]}
    for concept, column in (("er.status", "er"), ("pr.status", "pr"), ("her2.status", "her2_ihc")):
        yield concept, values(concept) == _WORDS[row[column]]
    yield "drugs", values("drug") == _drugs(row["drugs"])
    others = {str(f.details["name"]) for f in findings if f.concept == "comorbidity" and "name" in f.details}
    yield "other cancers", others == set(filter(None, row["other_cancers"].split(";")))


def _drugs(names: str) -> set[str]:
    """The ingredients of the gold's product names."""
    found = set()
    for name in filter(None, names.split(";")):
        mentions = [vocabulary.concept(m.concept) for m in vocabulary.find(name, typos=False)]
        found |= {concept.name for concept in mentions if concept.kind == "drugs"} or {name}
    return found


def _examples(folder: Path) -> Iterator[Figure]:
    """Files that hold FHIR resources are read; the fixtures that hold none are refused with a message."""
    read, refused, holding = 0, 0, 0
    paths = sorted(folder.rglob("*.json"))
    for path in paths:
        holds = '"resourceType"' in json.dumps(json.loads(path.read_bytes()))
        holding += holds
        try:
            list(_findings(path))
            read += holds
        except BadInput:
            refused += not holds
    yield Figure("mCODE: example files with FHIR read", read, str(holding), read == holding)
    without = len(paths) - holding
    yield Figure("mCODE: example files without FHIR refused", refused, str(without), refused == without)


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
        print(*figure, sep="\t")
