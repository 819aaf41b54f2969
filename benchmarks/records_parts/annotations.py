"""Tumour and stage of annotated breast reports: is the value the annotators' value, and is what is not stated left out.

The data are real surgical pathology reports with OCR noise (`tcga_brca`). `annotations/` were made with the
report at hand; `tn_text_consensus.csv` holds more T and N, for reports whose text and registry agree. Where annotators
derived a value that the text does not state (a pT that only the size tells), leaving it out counts as a miss here; what
the profile works out by itself is counted beside it.
Run alone: `python -m benchmarks.records_parts.annotations [dev|held|all] [--misses] [DATA]`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.records_parts.figure import Figure
from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.records.reconcile import reconcile
from navaid.terms import Date, Field, FieldState, How, Value

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
# Wanted of 47 reports, in proportion: what a language model of 20 billion parameters reached on them.
WANTED = {"pt": 42 / 47, "pn": 43 / 47, "grade": 43 / 47, "tumour.size": 46 / 47, "lvi": 46 / 47}
UNSTATED = 0.02

_HISTOLOGY = {
    "invasive_carcinoma_no_special_type": "ductal_nst",
    "invasive_lobular_carcinoma": "lobular",
    "mixed_ductal_and_lobular_carcinoma": "mixed_ductal_lobular",
    "mucinous_carcinoma": "mucinous",
    "tubular_carcinoma": "tubular",
    "metaplastic_carcinoma": "metaplastic",
    "invasive_papillary_carcinoma": "papillary",
    "invasive_micropapillary_carcinoma": "micropapillary",
    "other_special_types": "special",
}
_SPECIAL = frozenset(
    {"apocrine", "adenoid_cystic", "neuroendocrine", "secretory", "cribriform", "medullary", "invasive_other"}
)

Answer = Value | None


def measure(data: Path = DATA, part: str = "all") -> Iterator[Figure]:
    """One figure a field, and the share of fields filled in although the annotators found nothing."""
    rows = list(_annotated(data, part))
    yield from _fields(rows)
    yield from _consensus(data, part)


def _annotated(data: Path, part: str) -> Iterator[tuple[str, dict[str, Answer], dict[str, Answer]]]:
    """Name, the annotators' answers and ours, for each annotated report of this part."""
    folder = data / "tcga_brca"
    for path in _of_part(folder, part):
        gold_file = folder / "annotations" / f"{path.stem}.json"
        if gold_file.is_file():
            gold = json.loads(gold_file.read_text(encoding="utf-8"))
            yield path.stem, wanted_answers(gold["cancer_data"]), answers(path.read_text(encoding="utf-8"))


def _of_part(folder: Path, part: str) -> list[Path]:
    """The reports by name; `dev` are three of five, `held` the two that rules were not written on."""
    reports = sorted((folder / "reports").glob("*.txt"))
    kept = {"dev": {0, 1, 2}, "held": {3, 4}, "all": {0, 1, 2, 3, 4}}[part]
    return [path for at, path in enumerate(reports) if at % 5 in kept]


CONCEPTS = (
    *("pt", "pn", "grade", "tumour.size", "lvi", "laterality", "histology", "nodes.examined", "nodes.positive"),
    *("margins.status", "grade.score", "dcis.present", "quadrant", "stage.group", "pni", "nodes.extranodal"),
)


# What the profile works out, as a concept of its own, where the paper states no T or N; annotators did the same.
WORKED_OUT = {"pt": "pt.by_size", "pn": "pn.by_nodes"}


def answers(text: str) -> dict[str, Answer]:
    """What the profile made from this report alone says, one value a field; None is "not stated"."""
    page = Page(1, 0, len(text), How.PLAIN)
    paper = Paper("FILE:0", "report.txt", "report.txt", "text/plain", text, (page,))
    profile = reconcile("", [extract(paper)], Date(2020, 1, 1))
    return {concept: _answer(profile.field(concept)) for concept in (*CONCEPTS, *WORKED_OUT.values())}


def _answer(field: Field | None) -> Answer:
    if field is None or field.state is FieldState.NOT_STATED or field.value in {"not_stated", "pending", "not_tested"}:
        return None
    if field.concept in {*WORKED_OUT, *WORKED_OUT.values()}:
        return str(field.value).partition("(")[0].lower()
    return field.value


def wanted_answers(gold: dict[str, Any]) -> dict[str, Answer]:
    """The annotators' answers in our vocabulary; None is "not stated"."""
    if not gold:
        return {}
    nodes = gold.get("regional_lymph_node") or []
    margins = [m.get("margin_involved") for m in gold.get("margins") or []]
    return {
        "pt": gold.get("pt_category"),
        "pn": _node_category(gold.get("pn_category")),
        "grade": gold.get("grade"),
        "tumour.size": gold.get("tumor_size"),
        "lvi": _yes(gold.get("lymphovascular_invasion")),
        "laterality": gold.get("cancer_laterality"),
        "histology": _HISTOLOGY.get(gold.get("histology") or "", gold.get("histology")),
        "nodes.examined": sum(n["examined"] or 0 for n in nodes) if nodes else None,
        "nodes.positive": sum(n["involved"] or 0 for n in nodes) if nodes else None,
        "margins.status": None if not margins else "positive" if True in margins else "negative",
        "grade.score": gold.get("total_score"),
        "dcis.present": _yes(gold.get("dcis_present")),
        "quadrant": (gold.get("cancer_quadrant") or "").replace("_quadrant", "") or None,
        "stage.group": (gold.get("pathologic_stage_group") or "").upper() or None,
        "pni": _yes(gold.get("perineural_invasion")),
        "nodes.extranodal": _yes(gold.get("extranodal_extension")),
    }


def _yes(value: bool | None) -> str | None:
    return None if value is None else "present" if value else "absent"


def _node_category(value: str | None) -> str | None:
    return value.partition("(")[0] if value else value


def same(concept: str, wanted: Answer, ours: Answer) -> bool:
    """Equal, None included. A close margin is not involved; annotators had no "possible", and one "special type"."""
    if concept == "margins.status" and ours == "close":
        ours = "negative"
    if concept == "lvi" and ours == "possible":
        ours = "present"
    if concept == "histology" and wanted == "special":
        return ours in _SPECIAL
    if isinstance(wanted, int | float) and isinstance(ours, int | float):
        return float(wanted) == float(ours)
    return wanted == ours


def _fields(rows: Sequence[tuple[str, dict[str, Answer], dict[str, Answer]]]) -> Iterator[Figure]:
    empty = filled = 0
    rows = [row for row in rows if row[1]]
    for concept in rows[0][1] if rows else ():
        right = sum(same(concept, gold[concept], ours[concept]) for _, gold, ours in rows)
        goal = WANTED.get(concept)
        share = right / len(rows)
        yield Figure(
            f"annotated reports: {concept}",
            share,
            f"≥ {goal:.3f}" if goal else "",
            share >= goal if goal else None,
            f"{right} of {len(rows)}",
        )
        if concept in WORKED_OUT:
            told = sum(gold[concept] == (ours[concept] or ours[WORKED_OUT[concept]]) for _, gold, ours in rows)
            yield Figure(
                f"annotated reports: {concept}, or else {WORKED_OUT[concept]}",
                told / len(rows),
                f"≥ {WANTED[concept]:.3f}",
                told / len(rows) >= WANTED[concept],
                f"{told} of {len(rows)}",
            )
        if concept in WANTED:
            given = [same(concept, gold[concept], ours[concept]) for _, gold, ours in rows if ours[concept] is not None]
            if given:
                note = f"{sum(given)} of {len(given)}"
                yield Figure(f"annotated reports: {concept}, right of those given", sum(given) / len(given), note=note)
        empty += sum(gold[concept] is None for _, gold, _ in rows)
        filled += sum(gold[concept] is None and ours[concept] is not None for _, gold, ours in rows)
        if concept in WANTED and concept == list(WANTED)[-1]:
            yield _unstated("the five main fields", rows, list(WANTED))
    if empty:
        yield Figure(
            "annotated reports: filled in, annotators left empty, all fields",
            filled / empty,
            "",
            None,
            f"{filled} of {empty}",
        )


def _unstated(
    what: str, rows: Sequence[tuple[str, dict[str, Answer], dict[str, Answer]]], concepts: list[str]
) -> Figure:
    empty = [ours[c] for _, gold, ours in rows for c in concepts if gold[c] is None]
    filled = sum(value is not None for value in empty)
    share = filled / len(empty) if empty else 0.0
    return Figure(
        f"annotated reports: filled in, annotators left empty, {what}",
        share,
        f"≤ {UNSTATED}",
        share <= UNSTATED,
        f"{filled} of {len(empty)}",
    )


def _consensus(data: Path, part: str) -> Iterator[Figure]:
    """The digit of T and N where the text and the registry agree on it."""
    folder = data / "tcga_brca"
    with (folder / "tn_text_consensus.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["barcode"]: row for row in csv.DictReader(file)}
    for axis, concept in (("T", "pt"), ("N", "pn")):
        known = [p for p in _of_part(folder, part) if rows.get(p.stem, {}).get(f"{axis}_status") == "agree"]
        right = [
            p
            for p in known
            if (str(answers(p.read_text(encoding="utf-8"))[concept] or "")[1:2]) == rows[p.stem][f"{axis}_registry"][:1]
        ]
        if known:
            yield Figure(
                f"text and registry agree: {concept}",
                len(right) / len(known),
                "≥ 0.95",
                len(right) / len(known) >= 0.95,
                f"{len(right)} of {len(known)}",
            )


def misses(data: Path = DATA, part: str = "all") -> Iterator[str]:
    """Each difference in words, for reading."""
    for name, gold, ours in _annotated(data, part):
        for concept, wanted in gold.items():
            if not same(concept, wanted, ours[concept]):
                yield f"{name} {concept}: annotators {wanted}, read {ours[concept]}"


def main(arguments: Sequence[str]) -> None:
    """Prints the figures, or with --misses each difference."""
    part = next((a for a in ("dev", "held") if a in arguments), "all")
    data = next((Path(a) for a in arguments if Path(a).is_dir()), DATA)
    if "--misses" in arguments:
        print(*misses(data, part), sep="\n")
        return
    for figure in measure(data, part):
        state = {True: "reached", False: "missed", None: ""}[figure.good]
        print(f"{figure.what}: {figure.value:.3f} ({figure.note}) {figure.wanted} {state}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
