"""How reports speak of BRCA and HER2: results found, and results claimed where the words give none (brca_phrases.csv).

A row is positive, negative, without a result, or ambiguous. What is claimed is a finding of BRCA1, BRCA2 or BRCA with
the value pathogenic or negative that is said of the patient and is so. The two parts go by the place in the file, three
of five and two of five; the rules were written with all rows known, so that only other phrases tell how they carry
over. HER2 rows are measured apart, by the finder of receptors.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.records_parts.figure import Figure
from navaid.records.extract import genes, receptors
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, How

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"

_SAYS_SO = (Assertion.PRESENT, Assertion.ABSENT, Assertion.HISTORICAL)
_HER2 = ("her2.status", "her2.ish", "her2.level")


class _Row(NamedTuple):
    marker: str
    gold: str
    text: str


def measure(data: Path) -> Iterator[Figure]:
    """F1 of positive and negative, and claims on rows that give no result, for both parts and for all."""
    with (data / "brca_phrases.csv").open(encoding="utf-8", newline="") as file:
        rows = [_Row(row["marker"], row["patient_status"], row["text"]) for row in csv.DictReader(file)]
    first = [row for at, row in enumerate(rows) if at % 5 < 3]
    second = [row for at, row in enumerate(rows) if at % 5 >= 3]
    for label, chosen in (("first part", first), ("second part", second), ("all", rows)):
        yield from _brca(label, [row for row in chosen if row.marker == "BRCA"])
    yield from _her2([row for row in rows if row.marker == "HER2"])


def _brca(label: str, rows: list[_Row]) -> Iterator[Figure]:
    pairs = [(row.gold, _claimed(row.text)) for row in rows if row.gold != "ambiguous"]
    hits = sum(gold in ("pos", "neg") and claims == {gold} for gold, claims in pairs)
    false = sum(bool(claims) and claims != {gold} for gold, claims in pairs)
    missed = sum(gold in ("pos", "neg") and claims != {gold} for gold, claims in pairs)
    f1 = 2 * hits / (2 * hits + false + missed) if hits else 0.0
    yield Figure(
        f"BRCA, {label}: F1", f1, "≥ 0.9", f1 >= 0.9, f"{hits} right, {false} false, {missed} missed of {len(pairs)}"
    )
    none = [claims for gold, claims in pairs if gold == "none"]
    wrong = sum(bool(claims) for claims in none)
    yield Figure(f"BRCA, {label}: claims where there is no result", wrong, "0", wrong == 0, f"of {len(none)} rows")
    unclear = [_claimed(row.text) for row in rows if row.gold == "ambiguous"]
    if unclear:
        said = sum(bool(claims) for claims in unclear)
        yield Figure(f"BRCA, {label}: claims on ambiguous rows", said, note=f"of {len(unclear)} rows")


def _her2(rows: list[_Row]) -> Iterator[Figure]:
    none = [row for row in rows if row.gold == "none"]
    wrong = sum(bool(_her2_claims(row.text)) for row in none)
    yield Figure("HER2: claims where there is no result", wrong, "0", wrong == 0, f"of {len(none)} rows")
    stated = [row for row in rows if row.gold != "none"]
    right = sum("not_amplified" in _her2_claims(row.text) for row in stated)
    yield Figure("HER2: found that it is not amplified", right, str(len(stated)), right == len(stated))


def _claimed(text: str) -> set[str]:
    found = [f for f in genes.find(_view(text)) if f.assertion in _SAYS_SO and f.concept.startswith("gene.BRCA")]
    values = {finding.value for finding in found}
    return {short for value, short in (("pathogenic", "pos"), ("negative", "neg")) if value in values}


def _her2_claims(text: str) -> set[str]:
    found: Iterable[Finding] = receptors.find(_view(text))
    return {str(f.value) for f in found if f.concept in _HER2 and f.assertion in _SAYS_SO}


def _view(text: str) -> View:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return View(Paper(id="FILE:0", path="", name="", media_type="text/plain", text=text, pages=(page,)))


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
        print(f"{figure.what:<60} {figure.value:.3f}  {figure.wanted:<8} {figure.note}")
