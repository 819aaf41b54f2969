"""Treatments and the person's state against facts labelled by hand, and false finds in pathology reports.

Run alone: `python -m benchmarks.records_parts.treatments DATA [--misses]`. The gold (treatments_gold.yaml)
holds facts of sixteen papers: six to develop by, six to measure by, and four labelled last.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.records_parts.figure import Figure
from navaid.records.extract import person, treatments
from navaid.records.extract.header import header
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Finding, How

# The last was labelled and measured when the rules were settled on the first two.
HALVES = ("develop", "measure", "last")
GOLD = Path(__file__).with_name("treatments_gold.yaml")
Fact = tuple[str, Any, str]
# What a pathology report may hold of treatments and the person; all else was looked at by eye, and is rare.
OF_TISSUE = frozenset(("surgery", "age", "sex"))
BARE = frozenset(("drug", "regimen", "radiation", "response", "medication"))


def measure(data: Path) -> Iterator[Figure]:
    """Precision and recall of each half, false finds on pathology reports, and the time of a page."""
    for half in HALVES:
        right, found, wanted = counts(data, half)
        yield Figure(
            f"treatments and person, {half} half: precision",
            right / max(1, found),
            "0.9",
            right >= 0.9 * found,
            f"{right} of {found}",
        )
        yield Figure(
            f"treatments and person, {half} half: recall",
            right / max(1, wanted),
            "0.9",
            right >= 0.9 * wanted,
            f"{right} of {wanted}",
        )
    reports = sorted((data / "tcga_brca" / "reports").glob("*.txt"))
    yield _operations(data)
    stray = [finding for path in reports for finding in findings(path) if finding.concept in BARE]
    yield Figure(
        "drugs, radiotherapy or response found in pathology reports that give none",
        len(stray),
        "0",
        not stray,
        f"{len(reports)} reports",
    )
    yield Figure("treatments and person: ms of processor time a 4 kB page", _speed(reports), "10", None)


def _operations(data: Path) -> Figure:
    """Whether a report names the operation that the registry gives first, mastectomy or lumpectomy."""
    with (data / "tcga_brca" / "labels.csv").open(encoding="utf-8", newline="") as file:
        first = {row["barcode"]: row["surgical_procedure_first"].lower() for row in csv.DictReader(file)}
    right = named = 0
    for path in sorted((data / "tcga_brca" / "reports").glob("*.txt")):
        gold = next((name for name in ("mastectomy", "lumpectomy") if name in first.get(path.stem, "")), "")
        ours = {
            str(finding.value).removeprefix("bilateral_")
            for finding in findings(path)
            if finding.concept == "surgery" and finding.assertion.value in {"present", "historical"}
        } & {"mastectomy", "lumpectomy"}
        if gold and ours:
            named, right = named + 1, right + (gold in ours)
    return Figure(
        "operation of a report, where it names one, against the registry",
        right / max(1, named),
        "0.9",
        right >= 0.9 * named,
        f"{right} of {named}",
    )


def counts(data: Path, half: str) -> tuple[int, int, int]:
    """How many facts are right, how many were found, how many are in the gold."""
    right = found = wanted = 0
    for row in _gold(half):
        gold, ours = facts_of(row), {as_fact(finding) for finding in findings(data / row["file"])}
        right, found, wanted = right + len(gold & ours), found + len(ours), wanted + len(gold)
    return right, found, wanted


def findings(path: Path) -> list[Finding]:
    """What the two subjects find in a text file."""
    view = _view(path)
    return [*treatments.find(view), *person.find(view)]


def as_fact(finding: Finding) -> Fact:
    """Concept, value and assertion; what was so before counts as present."""
    said = finding.assertion.value
    return finding.concept, finding.value, "present" if said == "historical" else said


def facts_of(row: dict[str, Any]) -> set[Fact]:
    return {(concept, value, said) for concept, value, said in row["facts"]}


def _gold(half: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    return [row for row in rows if row["half"] == half]


def _view(path: Path) -> View:
    text = path.read_text(encoding="utf-8", errors="replace")
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="FILE:", path=str(path), name=path.name, media_type="text/plain", text=text, pages=(page,))
    return View(paper, header(paper))


def _speed(reports: list[Path]) -> float:
    views = [_view(path) for path in reports]
    for view in views:
        view.assertion(0, 1)  # the shared parts of a view are not these two subjects' time
    begun = time.process_time()
    for view in views:
        list(treatments.find(view))
        list(person.find(view))
    return (time.process_time() - begun) * 1000 / max(1, sum(len(view.text) for view in views)) * 4096


def _misses(data: Path) -> Iterator[str]:
    for half in HALVES:
        for row in _gold(half):
            gold, ours = facts_of(row), {as_fact(finding) for finding in findings(data / row["file"])}
            yield from (f"{half} {row['file']} missed {fact}" for fact in sorted(gold - ours, key=str))
            yield from (f"{half} {row['file']} false {fact}" for fact in sorted(ours - gold, key=str))


def main() -> None:
    data = Path(sys.argv[1])
    if "--misses" in sys.argv:
        print("\n".join(_misses(data)))
    for figure in measure(data):
        print(f"{figure.what}: {figure.value:.3f} (wanted {figure.wanted}) {figure.note}")


if __name__ == "__main__":
    main()
