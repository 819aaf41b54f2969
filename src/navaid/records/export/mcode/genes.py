"""Results of gene tests in a bundle: a variant that was found, or that none was."""

from __future__ import annotations

from navaid.records.concepts import concept
from navaid.records.export.mcode.codes import HGVS, Json, concept_of
from navaid.records.export.mcode.sheet import Sheet, day, observation_status, said
from navaid.terms import Assertion, Field

_HGVS = {"hgvs_c": "variant.hgvs_c", "hgvs_p": "variant.hgvs_p"}


def variants(sheet: Sheet) -> None:
    """An observation for each gene of which a paper gives a result; a planned or pending test is none."""
    for field in sheet.profile.fields:
        family, _, rest = field.concept.partition(".")
        symbol, _, tissue = rest.rpartition(".")
        if family == "gene" and said(field.value) and field.assertion in (Assertion.PRESENT, Assertion.HISTORICAL):
            _variant(sheet, field, symbol, tissue)


def _variant(sheet: Sheet, field: Field, symbol: str, tissue: str) -> None:
    found = field.value != "negative"
    body: Json = {
        "status": observation_status(field),
        "category": [concept_of("category.laboratory")],
        "code": concept_of("variant", own=field.concept),
        "subject": sheet.subject(),
        "effectiveDateTime": day(field.date),
        "valueCodeableConcept": concept_of("variant.present" if found else "variant.absent"),
        "interpretation": [
            concept_of("", concept(field.concept).in_words(field.value), own=str(field.value)),
        ],
        "note": sheet.notes(field),
        "component": _components(field, symbol, tissue),
    }
    sheet.add("Observation", "mcode-genomic-variant", field.concept, body)


def _components(field: Field, symbol: str, tissue: str) -> list[Json]:
    parts = [
        {"code": concept_of("variant.gene", "gene"), "valueCodeableConcept": concept_of(f"gene.{symbol}", symbol)},
        {
            "code": concept_of("variant.source", "inherited or in the tumour"),
            "valueCodeableConcept": concept_of(tissue),
        },
    ]
    for name, code in _HGVS.items():
        if written := field.details.get(name):
            value = {"coding": [{"system": HGVS, "code": str(written)}], "text": str(written)}
            parts.append({"code": concept_of(code, "variant"), "valueCodeableConcept": value})
    share = field.details.get("vaf_percent")
    if isinstance(share, int | float):
        amount = {"value": share, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}
        parts.append(
            {"code": concept_of("variant.frequency", "share of reads with the variant"), "valueQuantity": amount}
        )
    return parts
