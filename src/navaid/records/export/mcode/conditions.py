"""Diagnoses in a bundle: each tumour as a primary cancer condition and a body structure, each spread as a secondary."""

from __future__ import annotations

from dataclasses import dataclass

from navaid.records.concepts import concept
from navaid.records.export.mcode.codes import Json, concept_of, not_stated
from navaid.records.export.mcode.sheet import PROFILES, Sheet, breast, day, note, said
from navaid.terms import Assertion, Field, FieldState, Tumour

_IN_SITU = {"dcis": "D05.1", "lcis": "D05.0"}
_SIDE_DIGIT = {"right": "1", "left": "2"}
_NOT_CANCER = frozenset({"benign", "phyllodes", "other_cancer"})


@dataclass
class Disease:
    """A tumour and the references of what was made of it."""

    tumour: Tumour
    condition: str
    structure: str = ""


def diseases(sheet: Sheet, sex: str) -> list[Disease]:
    """The conditions of the profile's tumours, in its order."""
    primaries = [_primary(sheet, tumour, sex) for tumour in sheet.profile.tumours if _is_primary(tumour)]
    spread = _spread(sheet, primaries[0].condition if primaries else "")
    for tumour in sheet.profile.tumours:
        site = tumour.specimen.removeprefix("metastasis:")
        if tumour.specimen.startswith("metastasis"):
            known = spread.get(site) or _secondary(sheet, site, None, primaries[0].condition if primaries else "")
            spread[site] = known
            primaries.append(Disease(tumour, known))
    return primaries


def value_of(tumour: Tumour, name: str) -> Field | None:
    """The tumour's field of this concept, if a paper gives a result for it."""
    return next((field for field in tumour.fields if field.concept == name and said(field.value)), None)


def _is_primary(tumour: Tumour) -> bool:
    if tumour.specimen.startswith("metastasis"):
        return False
    diagnosis = value_of(tumour, "diagnosis")
    return not (diagnosis and diagnosis.value in _NOT_CANCER)


def _primary(sheet: Sheet, tumour: Tumour, sex: str) -> Disease:
    diagnosis, histology = value_of(tumour, "diagnosis"), value_of(tumour, "histology")
    told = [field for field in (diagnosis, histology) if field]
    body: Json = {
        "category": [concept_of("category.problem")],
        "code": _code(tumour, sex),
        "bodySite": [breast(tumour.side)],
        "subject": sheet.subject(),
        "note": [remark for field in told for remark in sheet.notes(field)],
    }
    if any(field.state is FieldState.CONFLICT for field in told):
        body["note"].append(note("The papers disagree on this diagnosis."))
    if histology:
        words = concept("histology").in_words(histology.value)
        body["extension"] = [
            {
                "url": PROFILES + "mcode-histology-morphology-behavior",
                "valueCodeableConcept": concept_of(f"histology.{histology.value}", words, own=str(histology.value)),
            }
        ]
    condition = sheet.add("Condition", "mcode-primary-cancer-condition", tumour.id, body)
    return Disease(tumour, condition, _structure(sheet, tumour, condition))


def _code(tumour: Tumour, sex: str) -> Json:
    """By diagnosis, side and sex; an unspecified code where one of these is not known, never a guessed one."""
    diagnosis, histology = value_of(tumour, "diagnosis"), value_of(tumour, "histology")
    told = str((histology or diagnosis).value) if histology or diagnosis else ""  # type: ignore[union-attr]
    own = str(diagnosis.value) if diagnosis else ""
    digit = _SIDE_DIGIT.get(tumour.side)
    if told in _IN_SITU:
        return concept_of(f"icd10.{_IN_SITU[told]}{digit or '0'}", own=own)
    if not told:
        return not_stated("cancer of the breast, of which the papers read so far give no diagnosis")
    if sex in ("female", "male"):
        return concept_of(f"icd10.C50.9{'1' if sex == 'female' else '2'}{digit or '9'}", own=own)
    return concept_of("cancer.breast", own=own)


def _structure(sheet: Sheet, tumour: Tumour, condition: str) -> str:
    """The tumour as a thing in the body, which sizes refer to."""
    site = breast(tumour.side)
    body: Json = {
        "extension": [{"url": PROFILES + "mcode-related-condition", "valueReference": {"reference": condition}}],
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"{condition}#tumour"}],
        "location": concept_of("site.breast"),
        "locationQualifier": [part["valueCodeableConcept"] for part in site.get("extension", ())],
        "patient": sheet.subject(),
        "description": tumour.label,
    }
    return sheet.add("BodyStructure", "mcode-tumor", tumour.id, body)


def _spread(sheet: Sheet, primary: str) -> dict[str, str]:
    """The secondary conditions that the papers name, by their site; what is only feared or denied is none."""
    return {
        str(field.value): _secondary(sheet, str(field.value), field, primary)
        for field in sheet.profile.fields
        if field.concept == "metastasis.site"
        and said(field.value)
        and field.assertion in (Assertion.PRESENT, Assertion.HISTORICAL)
    }


def _secondary(sheet: Sheet, site: str, field: Field | None, primary: str) -> str:
    words = f"spread of breast cancer to: {concept('metastasis.site').values.get(site, site)}"
    body: Json = {
        "category": [concept_of("category.problem")],
        "code": concept_of(f"metastasis.{site}", words, own=site),
        "subject": sheet.subject(),
        "recordedDate": day(field.date) if field else None,
        "note": sheet.notes(field) if field else [],
    }
    if primary:
        body["extension"] = [
            {
                "url": "http://hl7.org/fhir/StructureDefinition/condition-related",
                "valueReference": {"reference": primary},
            }
        ]
    return sheet.add("Condition", "mcode-secondary-cancer-condition", f"{site}-spread", body)
