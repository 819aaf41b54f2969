"""What papers say of themselves: type, side, person, dates, and whether they are about breast cancer.

Run alone: `python -m benchmarks.records_parts.headers DATA [--misses]`.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid.records.extract.header import header
from navaid.records.paper import Page, Paper
from navaid.terms import Header, How

# The ending of a name says the type: surgical pathology, radiology, a visit's note.
BY_NAME = {"SP": "pathology", "RAD": "radiology", "NOTE": "oncology_note"}
# Types and cancers read by hand.
TYPES = {
    "27e1013f84": "oncology_note",
    "2cf8eaa160": "oncology_note",
    "3e8e1719e9": "operative",
    "503d1fcb2d": "oncology_note",
    "642f0b592f": "operative",
    "d4486dced2": "operative",
}
CANCERS = {
    "02": "breast",
    "03": "other",
    "05": "none",
    "06": "other",
    "07": "other",
    "09": "other",
    "10": "other",
    "11": "breast",
    "13": "other",
    "15": "other",
}
Case = tuple[str, object, object]


def measure(data: Path) -> Iterator[Figure]:
    """The share of papers whose header is right, a part at a time."""
    for what, wanted, cases in _parts(data):
        rows = list(cases)
        right = sum(gold == ours for _, gold, ours in rows)
        yield Figure(
            what, right / max(1, len(rows)), str(wanted), right >= wanted * len(rows), f"{right} of {len(rows)}"
        )
    rows = list(_sides(data))
    wrong = sum(ours not in ("", gold) for _, gold, ours in rows)
    yield Figure(
        "side of a report: wrong",
        wrong / max(1, len(rows)),
        "0.05",
        wrong <= 0.05 * len(rows),
        f"{wrong} of {len(rows)}",
    )
    yield Figure("header: ms of processor time a 4 kB page", _speed(_reports(data)), "3", None)


def _parts(data: Path) -> list[tuple[str, float, Iterator[Case]]]:
    return [
        ("type: 115 pathology reports", 0.98, ((path.stem, "pathology", of(path).type) for path in _reports(data))),
        (
            "type: notes, pathology and imaging by their names",
            0.98,
            ((path.stem, BY_NAME[path.stem.rsplit("_", 1)[1]], of(path).type) for path in _patients(data)),
        ),
        (
            "type: transcribed notes",
            0.8,
            ((name, type_, of(data / "mtsamples" / f"{name}.txt").type) for name, type_ in TYPES.items()),
        ),
        ("person's name", 0.98, _field(data, r"Patient Name\.+(.+)", lambda found: found.person)),
        ("person's number", 0.98, _field(data, r"Patient ID\.+(.+)", lambda found: found.identifier)),
        (
            "day of the paper",
            0.98,
            _field(data, r"Principal Date\.+(\d{8})", lambda found: f"{found.date:%Y%m%d}" if found.date else ""),
        ),
        (
            "birth date, where its order can be told",
            0.98,
            _field(
                data,
                r"Patient DOB\.+((?:1[3-9]|[23]\d|\d\d/(?:1[3-9]|[23]\d)).+)",
                lambda found: f"{found.birth_date:%m/%d/%Y}" if found.birth_date else "",
            ),
        ),
        ("side of a report", 0.8, _sides(data)),
        (
            "cancer: breast, other, none",
            0.8,
            (
                (path.stem, CANCERS[path.stem[:2]], of(path).cancer)
                for path in sorted((data / "messy_notes").glob("*.txt"))
                if path.stem[:2] in CANCERS
            ),
        ),
    ]


def of(path: Path) -> Header:
    """The header of a text file."""
    return header(_paper(path))


def _paper(path: Path) -> Paper:
    text = path.read_text(encoding="utf-8", errors="replace")
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return Paper(id="FILE:", path=str(path), name=path.name, media_type="text/plain", text=text, pages=(page,))


def _reports(data: Path) -> list[Path]:
    return sorted((data / "tcga_brca" / "reports").glob("*.txt"))


def _patients(data: Path) -> list[Path]:
    return sorted((data / "deepphe_patients").rglob("*.txt"))


def _field(data: Path, pattern: str, ours: Callable[[Header], str]) -> Iterator[Case]:
    for path in _patients(data):
        match = re.search(pattern, path.read_text(encoding="utf-8", errors="replace"))
        if match:
            yield path.stem, match[1].strip(), ours(of(path))


def _sides(data: Path) -> Iterator[Case]:
    """Reports whose patient has one side in the registry."""
    with (data / "tcga_brca" / "labels.csv").open(encoding="utf-8", newline="") as file:
        places = {row["barcode"]: row["anatomic_neoplasm_subdivision"].lower() for row in csv.DictReader(file)}
    for path in _reports(data):
        sides = {side for side in ("left", "right") if side in places.get(path.stem, "")}
        if len(sides) == 1:
            yield path.stem, sides.pop(), of(path).side


def _speed(paths: list[Path]) -> float:
    papers = [_paper(path) for path in paths]
    header(papers[0])
    begun = time.process_time()
    for paper in papers:
        header(paper)
    return (time.process_time() - begun) * 1000 / sum(len(paper.text) for paper in papers) * 4096


def main() -> None:
    data = Path(sys.argv[1])
    if "--misses" in sys.argv:
        for what, _, cases in _parts(data):
            for name, gold, ours in cases:
                if gold != ours:
                    print(f"{what}: {name}: {gold} expected, {ours or 'nothing'} read")
    for figure in measure(data):
        print(f"{figure.what}: {figure.value:.3f} (wanted {figure.wanted}) {figure.note}")


if __name__ == "__main__":
    main()
