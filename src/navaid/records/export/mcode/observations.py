"""Findings in a bundle: stage with its T, N and M; receptors and other markers; size; grade; the person's own state."""

from __future__ import annotations

from navaid.records.concepts import concept
from navaid.records.export.mcode.codes import Json, coding, concept_of, not_stated
from navaid.records.export.mcode.conditions import Disease
from navaid.records.export.mcode.sheet import PROFILES, Sheet, day, observation_status, quantity, said
from navaid.records.export.places import places
from navaid.terms import Field

_TNM = {
    "ct": "mcode-tnm-primary-tumor-category",
    "pt": "mcode-tnm-primary-tumor-category",
    "cn": "mcode-tnm-regional-nodes-category",
    "pn": "mcode-tnm-regional-nodes-category",
    "cm": "mcode-tnm-distant-metastases-category",
    "pm": "mcode-tnm-distant-metastases-category",
}
_KINDS = {"clinical": "stage.group.clinical", "pathological": "stage.group.pathological"}
_MARKERS = (
    "er.",
    "pr.",
    "ar.",
    "her2.",
    "ki67.",
    "pdl1.",
    "msi.",
    "mmr.",
    "tmb",
    "oncotype.",
    "mammaprint.",
    "prosigna.",
)
_ELSEWHERE = frozenset({"diagnosis", "histology", "laterality", *_TNM, "stage.group"})
_BY_FISH = frozenset({"her2.ish", "her2.ratio", "her2.copy_number"})


def of_tumour(sheet: Sheet, disease: Disease) -> None:
    """Everything that the papers give as a result on this tumour."""
    fields = [field for field in disease.tumour.fields if said(field.value)]
    members = [_category(sheet, disease, field) for field in fields if field.concept in _TNM]
    for field in fields:
        if field.concept == "stage.group" and disease.structure:
            _stage(sheet, disease, field, members)
        elif field.concept.startswith(_MARKERS):
            _marker(sheet, disease, field)
        elif field.concept == "tumour.size" and disease.structure:
            _size(sheet, disease, field)
        elif field.concept == "grade":
            _grade(sheet, disease, field)
        elif field.concept not in _ELSEWHERE and not field.concept.startswith("gene."):
            _plain(sheet, field, f"{disease.tumour.id}-{field.concept}", disease)


def _base(sheet: Sheet, field: Field, category: str, code: Json) -> Json:
    return {
        "status": observation_status(field),
        "category": [concept_of(f"category.{category}")],
        "code": code,
        "subject": sheet.subject(),
        "effectiveDateTime": day(field.date),
        "note": sheet.notes(field),
    }


def _value(field: Field) -> Json:
    """A number as a Quantity, a code in words, with a code where one was seen for exactly this value."""
    row = concept(field.concept)
    measured = quantity(field.value, field.unit or row.unit) if row.kind == "number" else None
    if measured:
        return {"valueQuantity": measured}
    return {"valueCodeableConcept": concept_of(str(field.value), row.in_words(field.value), own=str(field.value))}


def _stage(sheet: Sheet, disease: Disease, field: Field, members: list[str]) -> None:
    kind = str(field.details.get("kind", ""))
    body = _base(sheet, field, "imaging", concept_of(_KINDS.get(kind, "stage.group"), f"{kind} stage".strip()))
    body["focus"] = [{"reference": disease.condition}]
    body["valueCodeableConcept"] = {"text": f"Stage {field.value}"}
    body["method"] = _edition(field)
    body["hasMember"] = [{"reference": member} for member in members]
    stage = sheet.add("Observation", "mcode-tnm-stage-group", f"{disease.tumour.id}-stage", body)
    for made in sheet.resources:
        if disease.condition.endswith(made["id"]):
            made["stage"] = [{"summary": body["valueCodeableConcept"], "assessment": [{"reference": stage}]}]


def _category(sheet: Sheet, disease: Disease, field: Field) -> str:
    body = _base(sheet, field, "imaging", concept_of(field.concept))
    prefix = str(field.details.get("prefix") or field.concept[0])
    body["focus"] = [{"reference": disease.condition}] if disease.structure else []
    body["valueCodeableConcept"] = {"text": f"{prefix}{field.value}"}
    body["method"] = _edition(field)
    return sheet.add("Observation", _TNM[field.concept], f"{disease.tumour.id}-{field.concept}", body)


def _edition(field: Field) -> Json:
    """The staging system, which mCODE requires; where the paper does not say which edition, that is what it says."""
    edition = str(field.details.get("edition", ""))
    digits = "".join(char for char in edition if char.isdigit())
    if coding(f"edition.{digits}"):
        return concept_of(f"edition.{digits}")
    return not_stated("the paper does not say which edition of the staging manual")


def _marker(sheet: Sheet, disease: Disease, field: Field) -> None:
    row = concept(field.concept)
    # The codes of gene tests are of FISH; other gene tests have none of their own here.
    named = field.concept not in _BY_FISH or _by_fish(sheet, field)
    code = concept_of(field.concept if named else "", row.label, own=field.concept)
    body = _base(sheet, field, "laboratory", code) | _value(field)
    body["focus"] = [{"reference": disease.condition}]
    body["extension"] = [
        {"url": PROFILES + "mcode-related-condition", "valueReference": {"reference": disease.condition}}
    ]
    if assay := field.details.get("assay"):
        body["method"] = {"text": str(assay)}
    sheet.add("Observation", "mcode-tumor-marker-test", f"{disease.tumour.id}-{field.concept}", body)


def _by_fish(sheet: Sheet, field: Field) -> bool:
    return any("fish" in place.words.lower() for place in places(field, sheet.profile, sheet.readings))


def _size(sheet: Sheet, disease: Disease, field: Field) -> None:
    body = _base(sheet, field, "laboratory", concept_of("size", "Size of the tumour"))
    body["focus"] = [{"reference": disease.structure}]
    body["component"] = [
        {"code": concept_of("size.longest", "longest dimension"), "valueQuantity": quantity(field.value, "mm")}
    ]
    sheet.add("Observation", "mcode-tumor-size", f"{disease.tumour.id}-size", body)


def _grade(sheet: Sheet, disease: Disease, field: Field) -> None:
    body = _base(sheet, field, "laboratory", concept_of("grade", "Grade of the tumour"))
    body["valueCodeableConcept"] = concept_of(f"grade.{field.value}", f"Grade {field.value}", own=str(field.value))
    body["extension"] = [
        {"url": PROFILES + "mcode-related-condition", "valueReference": {"reference": disease.condition}}
    ]
    sheet.add("Observation", "mcode-histologic-grade", f"{disease.tumour.id}-grade", body)


def _plain(sheet: Sheet, field: Field, key: str, disease: Disease | None = None) -> None:
    """A result for which mCODE has no profile, as an Observation in words."""
    row = concept(field.concept)
    category = "laboratory" if disease else "survey"
    body = _base(sheet, field, category, concept_of(field.concept, row.label, own=field.concept)) | _value(field)
    body["focus"] = [{"reference": disease.condition}] if disease else []
    sheet.add("Observation", "", key, body)


def of_person(sheet: Sheet) -> None:
    """How the person is able to live, as ECOG or Karnofsky measure it, and where they stand in menopause."""
    menopause = sheet.profile.field("menopause")
    if menopause and said(menopause.value):
        _plain(sheet, menopause, "menopause")
    for name in ("ecog", "karnofsky"):
        field = sheet.profile.field(name)
        if field and said(field.value) and not isinstance(field.value, str):
            body = _base(sheet, field, "survey", concept_of(name)) | {"valueInteger": int(field.value)}
            sheet.add("Observation", f"mcode-{name}-performance-status", name, body)
