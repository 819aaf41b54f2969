"""C-CDA: which documents are of breast cancer, with no screening code taken for one, drugs, receptors, stage; all HL7
samples read. Documents with index % 5 in (3, 4) were not read while the rules were made: they are shown apart.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid.errors import BadInput
from navaid.records.extract.extract import extract
from navaid.records.extract.structured import find
from navaid.records.extract.view import View
from navaid.records.read.structured import read_ccda
from navaid.terms import Assertion, Finding

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
_SAID = (Assertion.PRESENT, Assertion.HISTORICAL)
_BREAST = {"invasive_breast_cancer", "metastatic_breast_cancer", "dcis", "lcis"}


def measure(data: Path) -> Iterator[Figure]:
    """Figures on ccda_breast (all documents, and the unread part) and on ccda_hl7."""
    folder = data / "ccda_breast"
    with (folder / "labels.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["file"])
    start = time.perf_counter()
    found = {row["file"]: _findings(folder / row["file"]) for row in rows}
    seconds = (time.perf_counter() - start) / len(rows)
    for name, part in (("", rows), (", unread part", [row for at, row in enumerate(rows) if at % 5 > 2])):
        yield from _compared(f"C-CDA{name}", part, found)
    yield from _by_all_finders(folder, rows)
    yield Figure("C-CDA: seconds a document", seconds)
    yield from _samples(data / "ccda_hl7")


def _findings(path: Path) -> list[Finding]:
    return list(find(View(read_ccda(path.read_bytes(), path))))


def _values(findings: Iterable[Finding], concept: str) -> set[str]:
    return {str(row.value) for row in findings if row.concept == concept and row.assertion in _SAID}


def _compared(name: str, rows: list[dict[str, str]], found: dict[str, list[Finding]]) -> Iterator[Figure]:
    is_cancer = {row["file"]: bool(_values(found[row["file"]], "diagnosis") & _BREAST) for row in rows}
    wanted = {row["file"] for row in rows if row["breast_cancer_coded"] == "1"}
    given = {file for file, yes in is_cancer.items() if yes}
    f1 = 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted or given else 0.0
    yield Figure(f"{name}: breast cancer F1", f1, ">= 0.98", f1 >= 0.98, f"{len(rows)} documents")
    traps = sum(is_cancer[row["file"]] for row in rows if row["only_screening_code"] == "1")
    yield Figure(f"{name}: screening codes taken for cancer", traps, "0", traps == 0)
    history = [row for row in rows if row["active_problem"] == "0" and row["history_code"] == "1"]
    right = sum(
        all(f.assertion is Assertion.HISTORICAL for f in found[row["file"]] if f.concept == "diagnosis")
        for row in history
    )
    yield Figure(f"{name}: history alone is historical", right, str(len(history)), right == len(history))
    checks = {
        "drugs": lambda row: (
            set(filter(None, row["drugs_named"].lower().split(";"))) == _values(found[row["file"]], "drug")
        ),
        "ER or PR": lambda row: (
            (row["er_or_pr_positive_coded"] == "1") == bool(_values(found[row["file"]], "hr.status"))
        ),
        "stage": lambda row: _stage(row["stage_group_coded"]) == _values(found[row["file"]], "stage.group"),
        "spread": lambda row: (row["metastasis_coded"] == "1") == bool(_values(found[row["file"]], "metastasis.site")),
    }
    for what, check in checks.items():
        share = sum(map(check, rows)) / len(rows)
        yield Figure(f"{name}: {what} exact", share, "1", share == 1)


def _by_all_finders(folder: Path, rows: list[dict[str, str]]) -> Iterator[Figure]:
    """The same question to all finders together: the narrative must not say again what its codes do not mean."""
    traps = [row["file"] for row in rows if row["only_screening_code"] == "1"]
    taken = 0
    for file in traps:
        findings = extract(read_ccda((folder / file).read_bytes(), file)).findings
        taken += bool(_values(findings, "diagnosis") & _BREAST)
    yield Figure("C-CDA: screening codes taken for cancer by any finder", taken, "0", taken == 0, f"{len(traps)} traps")


def _stage(label: str) -> set[str]:
    return {label.rpartition(" ")[2]} if label else set()


def _samples(folder: Path) -> Iterator[Figure]:
    paths = sorted(folder.rglob("*.xml"))
    read = 0
    for path in paths:
        try:
            read += bool(read_ccda(path.read_bytes(), path).entries)
        except BadInput as error:
            print(path.name, error, file=sys.stderr)
    yield Figure("C-CDA: HL7 samples read", read, str(len(paths)), read == len(paths))


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
        print(*figure, sep="\t")
