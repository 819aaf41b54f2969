"""Findings of a Condition: breast cancer with its side and stage, spread, another cancer, another illness.

A code that only names breast cancer is no breast cancer: screening, family history, risk, suspicion and benign lumps
all hold its words. A history of it is one, and historical.
"""

from __future__ import annotations

import re

from navaid.records.extract.structured.names import each, first
from navaid.records.extract.structured.noting import Found, Note, said
from navaid.records.extract.structured.staging import edition, group_in
from navaid.records.extract.structured.written import own_value
from navaid.records.extract.treatments.lexicon import terms
from navaid.records.read.structured.access import code_of, extensions, remarks, some, words
from navaid.terms import Assertion

_BREAST = re.compile(r"\bbreast|\bmammary|\bC50\b|nipple", re.I)
_MALIGNANT = re.compile(
    r"malignan|metasta|carcinoma|cancer|sarcoma|lymphoma|leuk[a]?emia|myeloma|melanoma|paget|phyllodes|\b[DL]CIS\b",
    re.I,
)
_NEVER = re.compile(
    r"screening|encounter for|examination|\brisk|benign|fibroadenoma|rule[sd]? out|\br/o\b|fear of|worried|"
    r"concern about|observation for|prophyla|carrier|counsel|no (?:evidence|history)|not present|absence of|education|"
    r"vaccin|antigen|survivor program|surveillance|contact with|donor",
    re.I,
)
_SUSPECTED = re.compile(r"suspect|suspicious|possible|probable|query\b|likely|uncertain|unspecified behaviou?r", re.I)
_DOUBT = re.compile(r"rule[sd]? out|\br/o\b|suspect|cannot be excluded", re.I)
_HISTORY = re.compile(r"history of|\bh/o\b|past (?:medical )?history|hx of|in remission from", re.I)
_FAMILY = re.compile(r"family (?:history|hx)|\bfh\b|FH:|mother|sister|aunt|relative", re.I)
# A disposition to cancer is none.
_INHERITED = re.compile(r"genetic|heredit|familial|syndrome|predispos|suscepti", re.I)
# Cancers that can stand in a breast and are none of the breast's own.
_OF_ANOTHER_KIND = re.compile(r"lymphoma|leuk[a]?emia|myeloma|melanoma", re.I)
_NO_SITE = re.compile(r"(?:primary )?(?:malignan\w+(?: neoplas\w+)?(?: disease)?|cancer|carcinoma)(?: \(\w+\))?", re.I)
_CARRIER = re.compile(
    r"\b(BRCA1|BRCA2|PALB2|TP53|CHEK2|ATM|PTEN|CDH1|STK11)\b(?!.*\b(?:test|detection)).*\bcarrier", re.I
)
_SECONDARY = re.compile(r"secondary|metasta(?:sis|ses|tic)|\bmets\b", re.I)
_REGIONAL = re.compile(r"axilla|regional|intramammary|upper limb|lymph node", re.I)
_STATES = {"inactive": Assertion.HISTORICAL, "resolved": Assertion.HISTORICAL}
_DOUBTED = {"provisional", "differential", "unconfirmed"}


def cancer_of(resource: dict[str, object]) -> str:
    """`breast`, `other` or nothing: which cancer a Condition's code speaks of, whatever its state."""
    text = said(resource.get("code"))
    if not _MALIGNANT.search(text) or any(guard.search(text) for guard in (_NEVER, _INHERITED, _FAMILY, _SECONDARY)):
        return ""
    if _NO_SITE.fullmatch(text):
        return ""
    return "breast" if _BREAST.search(text) and not _OF_ANOTHER_KIND.search(text) else "other"


def assertion_of(note: Note) -> Assertion | None:
    """How a Condition is meant, by its status elements; None for what is refuted or entered in error."""
    resource = note.resource
    verified = code_of(resource.get("verificationStatus"))
    if verified in ("refuted", "entered-in-error"):
        return None
    if verified in _DOUBTED:
        return Assertion.POSSIBLE
    ended = any(resource.get(name) for name in ("abatementDateTime", "abatementPeriod", "abatementAge"))
    if resource.get("abatementBoolean") is True or ended:
        return Assertion.HISTORICAL
    return _STATES.get(code_of(resource.get("clinicalStatus")), Assertion.PRESENT)


def conditions(note: Note) -> Found:
    """All findings of one Condition."""
    assertion, text = assertion_of(note), note.name
    if assertion is None or not text:
        return
    if _FAMILY.search(text):
        if _MALIGNANT.search(text):
            yield note.finding("family_history", text, "family", assertion=Assertion.FAMILY, side="")
        return
    if _HISTORY.search(text):
        assertion = Assertion.HISTORICAL
    beside = " | ".join(words(part.get("text")) for part in remarks(note.resource))
    if assertion is Assertion.PRESENT and (_SUSPECTED.search(text) or _DOUBT.search(beside)):
        assertion = Assertion.POSSIBLE
    if carried := _CARRIER.search(text):
        gene = carried[1].upper()
        yield note.finding(f"gene.{gene}.germline", "pathogenic", "carrier", assertion=assertion, side="")
    if _NEVER.search(text):
        return
    for receptor in each("receptor_problems", text):
        concept, _, value = receptor.partition(" ")
        yield note.finding(concept, value, "problem", assertion=assertion)
    if _MALIGNANT.search(text) and _INHERITED.search(text):
        return
    if _SECONDARY.search(text) and _MALIGNANT.search(text):
        yield from _spread(note, text, assertion)
    elif _MALIGNANT.search(text):
        yield from _cancer(note, text, assertion)
    else:
        yield from _other(note, text, assertion)


def _spread(note: Note, text: str, assertion: Assertion) -> Found:
    where = f"{text} | {note.sites}"
    of_breast = re.search(
        r"(?:metastatic|advanced|metasta\w+ (?:from|of)).{0,30}breast|breast.{0,30}(?:metastatic|with metasta)",
        text,
        re.I,
    )
    if of_breast:
        yield note.finding("diagnosis", "metastatic_breast_cancer", "condition", assertion=assertion)
    sites = each("metastases", where)
    if exact := own_value("metastasis.site", note.resource.get("code")):
        sites = [exact]
    if "bone_marrow" in sites:
        sites = [site for site in sites if site != "bone"]
    for site in sites:
        yield note.finding("metastasis.site", site, "condition", assertion=assertion, side="")
    if not sites and not of_breast and not _REGIONAL.search(where):
        details = {"name": words(text)}
        yield note.finding("metastasis.site", "other", "condition", assertion=assertion, side="", details=dict(details))


def _cancer(note: Note, text: str, assertion: Assertion) -> Found:
    if _NO_SITE.fullmatch(text) and not note.sites:
        return  # a cancer whose place nobody names
    if not _BREAST.search(f"{text} | {note.sites}") or _OF_ANOTHER_KIND.search(text):
        yield from _other_cancer(note, text, assertion)
        return
    shapes = [part.get("valueCodeableConcept") for part in extensions(note.resource, "morphology-behavior")]
    shape = " | ".join([text, *map(said, shapes)])
    histology = own_value("histology", *shapes) or first("histologies", shape)
    if "in situ" in text.lower() and histology not in ("dcis", "lcis"):
        return  # in situ of a kind that is not named
    value = histology if histology in ("dcis", "lcis", "phyllodes") else "invasive_breast_cancer"
    value = own_value("diagnosis", note.resource.get("code")) or value
    if histology != "paget":  # which may stand alone, or with a carcinoma in situ
        yield note.finding("diagnosis", value, "condition", assertion=assertion)
    again = re.search(r"\brecurren", text, re.I)
    if again or code_of(note.resource.get("clinicalStatus")) in ("recurrence", "relapse"):
        yield note.finding("diagnosis", "recurrence", "condition", assertion=assertion)
    if histology:
        yield note.finding("histology", histology, "condition", assertion=assertion)
    if note.side:
        yield note.finding("laterality", note.side, "condition", assertion=assertion)
    if quadrant := first("quadrants", text):
        yield note.finding("quadrant", quadrant, "condition", assertion=assertion)
    for stage in some(note.resource.get("stage")):
        if group := group_in(said(stage.get("summary")) or code_of(stage.get("summary"))):
            details = edition(note, said(stage.get("type")))
            yield note.finding("stage.group", group, "condition", assertion=assertion, details=details)
    yield from stage_words(note, text, assertion)


def _other_cancer(note: Note, text: str, assertion: Assertion) -> Found:
    """A cancer that is not the breast's: an illness beside it, or the diagnosis where there is no breast cancer."""
    name = words(text.split(" | ")[0], 120)
    if "breast" not in note.index.cancers.values():
        yield note.finding("diagnosis", "other_cancer", "condition", assertion=assertion, details={"name": name})
    for illness in illnesses(text) or (name,):
        yield note.finding("comorbidity", illness, "cancer", assertion=assertion, side="", details={"name": name})


def stage_words(note: Note, text: str, assertion: Assertion) -> Found:
    """A stage that stands in the name of a breast cancer problem, or in its row: "Breast cancer stage II"."""
    texts = [text, *(words(part.get("text")) for part in remarks(note.resource))]
    for part in texts:
        if _BREAST.search(part) and (match := re.search(r"\bstage ([0-4IV][\w.\- ]{0,9})", part, re.I)):
            if group := group_in(match[1]):
                yield note.finding("stage.group", group, "condition_words", assertion=assertion)
            return


def _other(note: Note, text: str, assertion: Assertion) -> Found:
    yield from stage_words(note, text, assertion)
    if "menopaus" in text.lower() and (state := _menopause(text)):
        yield note.finding("menopause", state, "condition", assertion=assertion, side="")
    for illness in illnesses(text):
        yield note.finding("comorbidity", illness, "condition", assertion=assertion, side="")


def illnesses(text: str) -> tuple[str, ...]:
    """The illnesses that a code's words name, by tables/conditions.yaml."""
    return tuple(dict.fromkeys(term.value for term in terms(text) if term.kind == "condition"))


def _menopause(text: str) -> str:
    match = re.search(r"\b(pre|peri|post)-?menopaus", text, re.I)
    return match[1].lower() if match else ""
