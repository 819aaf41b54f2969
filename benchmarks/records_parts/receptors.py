"""Receptors in real pathology reports: what the text states, found, missed, invented; and false finds in other papers.

Needs the folder of records of the evaluation data: `python -m benchmarks.records_parts.receptors [FOLDER] [--misses]
[--part dev|rest]`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid.records.extract.receptors import find
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, How

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
LETTER = {"positive": "P", "low_positive": "P", "negative": "N", "equivocal": "E"}
DEVELOPED_ON = (0, 1, 2)  # by a file's place in the sorted list, modulo 5; the others were measured unread


def read(path: Path) -> tuple[Finding, ...]:
    """What is found in a text file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    identity = f"FILE:{hashlib.sha256(text.encode()).hexdigest()}"
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return tuple(find(View(Paper(identity, str(path), path.name, "text/plain", text, (page,)))))


def decisive(findings: tuple[Finding, ...], concept: str) -> Finding | None:
    """The finding that would stand for this paper alone: settled, present, invasive, by ISH, stated, the last."""
    settled = [
        f
        for f in findings
        if f.concept == concept and f.value in LETTER and f.assertion in (Assertion.PRESENT, Assertion.HISTORICAL)
    ]
    return max(settled, key=_weight, default=None)


def _weight(finding: Finding) -> tuple[bool, bool, bool, bool, bool, int]:
    details = finding.details
    return (
        finding.assertion is Assertion.PRESENT,
        details.get("component") != "dcis",
        details.get("method") != "rt_pcr",
        details.get("method") == "ish",
        details.get("by") != "derived",
        finding.source.start,
    )


def measure(data: Path, part: str = "all", misses: bool = False) -> Iterator[Figure]:
    """The figures of one part of the reports: `dev` (developed on), `rest` (measured unread) or `all`."""
    folder = data / "tcga_brca"
    gold = {row["barcode"]: row for row in csv.DictReader((folder / "receptors_text_gold.csv").open())}
    files = [
        p
        for i, p in enumerate(sorted((folder / "reports").glob("*.txt")))
        if part == "all" or (i % 5 in DEVELOPED_ON) == (part == "dev")
    ]
    read_all = {path.stem: read(path) for path in files}
    for marker in ("er", "pr", "her2"):
        yield from _status(
            marker,
            {name: (gold[name][f"{marker}_text"], found) for name, found in read_all.items() if name in gold},
            misses,
        )
    for concept, column in (("her2.ihc", "her2_ihc_text"), ("ki67.percent", "ki67_pct_text")):
        yield _values(
            concept, {name: (gold[name][column], found) for name, found in read_all.items() if name in gold}, misses
        )
    yield from _speed(files)
    if part != "dev":
        yield from _false_finds(data)


def _status(marker: str, rows: dict[str, tuple[str, tuple[Finding, ...]]], misses: bool) -> Iterator[Figure]:
    right = wrong = missed = invented = unstated = 0
    for name, (truth, found) in rows.items():
        best = decisive(found, f"{marker}.status")
        got = LETTER[str(best.value)] if best else "-"
        if truth in "AM":
            continue
        if truth == "-":
            unstated, invented = unstated + 1, invented + (got != "-")
        else:
            right, missed, wrong = right + (got == truth), missed + (got != truth), wrong + (got not in (truth, "-"))
        if misses and got != truth:
            print(f"  {marker} {name}: {truth} read as {got}: {best.source.words if best else ''!r}")
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    yield Figure(f"{marker} status precision", precision, ">= 0.98", precision >= 0.98, f"{right + wrong} given")
    yield Figure(f"{marker} status recall", recall, ">= 0.95", recall >= 0.95, f"{right + missed} stated")
    yield Figure(
        f"{marker} filled in though not stated",
        invented / max(1, unstated),
        "<= 0.01",
        invented <= 0.01 * unstated,
        f"of {unstated}",
    )


def _values(concept: str, rows: dict[str, tuple[str, tuple[Finding, ...]]], misses: bool) -> Figure:
    right, stated = 0, [(name, truth, found) for name, (truth, found) in rows.items() if truth]
    for name, truth, found in stated:
        values = {str(f.value).rstrip("+") for f in found if f.concept == concept}
        right += truth in values
        if misses and truth not in values:
            print(f"  {concept} {name}: {truth} read as {sorted(values)}")
    return Figure(
        f"{concept} right where the gold has it", right / max(1, len(stated)), "", None, f"{right} of {len(stated)}"
    )


def _speed(files: list[Path]) -> Iterator[Figure]:
    started, size = time.process_time(), 0
    for path in files:
        read(path)
        size += path.stat().st_size
    yield Figure(
        "ms of processor time a page of 4 kB", 1000 * (time.process_time() - started) / max(1, size / 4096), "< 5", None
    )


def _false_finds(data: Path) -> Iterator[Figure]:
    papers = sorted((data / "mtsamples").glob("*.txt"))
    found = [f for path in papers for f in read(path)]
    yield Figure("finds in papers without breast cancer", len(found), "0", not found, f"{len(papers)} papers")


def main() -> None:
    """Prints the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path, nargs="?", default=DATA)
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--part", choices=("dev", "rest", "all"), default="all")
    options = arguments.parse_args()
    for figure in measure(options.data, options.part, options.misses):
        print(f"{figure.what:45} {figure.value:8.3f}  {figure.wanted:8} {figure.note}")


if __name__ == "__main__":
    main()
