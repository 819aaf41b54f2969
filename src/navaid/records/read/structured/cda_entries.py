"""The coded entries of a C-CDA section as FHIR resources, each with the marks of the narrative that it refers to.

A small own mapping by the template ids of C-CDA, and by the kind of statement where a document names none. It keeps
what findings are read from: code with translations, value, dates, status, negation, side, and the narrative's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from navaid.records.read.structured import cda_values as cda
from navaid.records.read.structured.access import Json, code_of, codings, words
from navaid.records.read.structured.narrative import plain

_CCDA = "2.16.840.1.113883.10.20.22.4."
_PROBLEM, _ALLERGY, _STATUS, _FAMILY = _CCDA + "4", _CCDA + "7", _CCDA + "6", _CCDA + "45"
_IMMUNIZATION = _CCDA + "52"
_INDICATION = _CCDA + "19"  # why something was done: what is looked for, as often as what is known
# Statements that only qualify another one: status, health status, severity, reaction, age, prognosis, preference.
_QUALIFIERS = {_CCDA + end for end in ("5", "6", "8", "9", "28", "31", "113", "143")}
# Statements of goals, risks and payers: no fact of the disease.
_ASIDE = {_CCDA + end for end in ("60", "61", "110", "118", "121", "122", "129", "144")}
# Observation codes that say "the value is the diagnosis": LOINC and SNOMED CT codes of the C-CDA problem type value
# set with its older forms (seen in the HL7 samples: Condition, Disease, Complaint, Finding, Diagnosis, Problem).
_DIAGNOSES = {"diagnosis", "problem", "condition", "disease", "complaint", "finding", "clinical finding"}
_PLANNED = {"INT", "RQO", "PRMS", "PRP", "ARQ", "APT"}


class Entered(NamedTuple):
    """A resource, and the ids of the narrative that it refers to."""

    resource: Json
    marks: frozenset[str]


@dataclass(frozen=True)
class Where:
    """What surrounds a statement: the narrative by its ids, the section's code, the state of the concern around it."""

    named: Mapping[str, str]
    section: str
    rows: Mapping[str, str]
    concern: str = ""


def entries(section: etree._Element, where: Where) -> Iterator[Entered]:
    """The resources of a section's own entries."""
    for entry in section.findall("entry"):
        for statement in entry:
            yield from _statement(statement, where)


def _templates(statement: etree._Element) -> set[str]:
    return {str(part.get("root", "")) for part in statement.findall("templateId")}


def _statement(statement: etree._Element, where: Where) -> Iterator[Entered]:
    templates, mood = _templates(statement), str(statement.get("moodCode", "EVN"))
    if templates & (_QUALIFIERS | _ASIDE) or mood == "GOL" or statement.get("nullFlavor"):
        return
    kind = statement.tag
    if kind == "organizer" and (_FAMILY in templates or statement.find("subject/relatedSubject") is not None):
        yield Entered(_family(statement, where), frozenset(cda.marks(statement)))
        return
    found: Json = {}
    if kind == "observation":
        found = _observation(statement, templates, mood, where)
    elif kind == "substanceAdministration" and _IMMUNIZATION not in templates:
        found = _medicine(statement, mood, where)
    elif kind == "procedure" or (kind == "act" and not _holds(statement)):
        found = _procedure(statement, mood, where)
    if found:
        yield Entered(found, _marks_of(statement, found, where))
    if kind == "act" and (state := _concern(statement)):
        where = Where(where.named, where.section, where.rows, state)
    for child in statement:
        if child.tag in ("entryRelationship", "component"):
            for inner in child:
                if inner.tag in ("observation", "act", "procedure", "organizer", "substanceAdministration"):
                    yield from _statement(inner, where)


def _marks_of(statement: etree._Element, found: Json, where: Where) -> frozenset[str]:
    """The marks of a statement's own; a problem's may stand in its status, and its row of the narrative is kept.

    A row can say more than its codes do: the name that the hospital gave to a group of codes.
    """
    if found["resourceType"] != "Condition":
        parts = [part for part in statement if part.tag not in ("entryRelationship", "component")]
        return frozenset(mark for part in parts for mark in cda.marks(part))
    own = cda.marks(statement)
    if rows := list(dict.fromkeys(where.rows[mark] for mark in own if mark in where.rows)):
        found["note"] = [{"text": words(row)} for row in rows[:2]]
    return frozenset(own)


def _holds(act: etree._Element) -> bool:
    """Whether an act only holds other statements together (a concern, a diagnosis, an admission)."""
    return act.find("entryRelationship/observation") is not None or str(act.get("classCode")) == "CONC"


def _concern(act: etree._Element) -> str:
    """The state of a concern: what is `completed` or `aborted` is followed no more."""
    status = act.find("statusCode")
    return str(status.get("code", "")) if status is not None else ""


def _observation(statement: etree._Element, templates: set[str], mood: str, where: Where) -> Json:
    code = cda.concept(statement.find("code"), where.named)
    value = cda.value(statement.find("value"), where.named)
    if _ALLERGY in templates:
        return _allergy(statement, value, where)
    names = {row.display.lower() for row in codings(code)}
    says_diagnosis = where.section == "problems" or bool(names & _DIAGNOSES)
    if _PROBLEM in templates or (says_diagnosis and "valueCodeableConcept" in value):
        return _condition(statement, value, where)
    if mood in _PLANNED:
        return {}
    start, _ = cda.times(statement.find("effectiveTime"))
    status = {"completed": "final", "active": "preliminary", "aborted": "cancelled"}.get(_concern(statement), "final")
    found: Json = {"resourceType": "Observation", "status": status, "code": code, **value}
    if start:
        found["effectiveDateTime"] = start
    if statement.get("negationInd") == "true":
        found["status"] = "cancelled"
    return {**found, **_site(statement, where), **_interpreted(statement, where)}


def _interpreted(statement: etree._Element, where: Where) -> Json:
    found: Json = {}
    if reading := [c for part in statement.findall("interpretationCode") if (c := cda.concept(part, where.named))]:
        found["interpretation"] = reading
    ranges = []
    for part in statement.findall("referenceRange/observationRange"):
        value = part.find("value")
        row: Json = {} if value is None else {name: cda.quantity(value.find(name)) for name in ("low", "high")}
        row = {name: amount for name, amount in row.items() if amount}
        text = part.find("text")
        if not row and text is not None and (said := words(plain(text))):
            row = {"text": said}
        if row:
            ranges.append(row)
    if ranges:
        found["referenceRange"] = ranges
    return found


def _site(statement: etree._Element, where: Where) -> Json:
    sites = []
    for part in statement.findall("targetSiteCode"):
        site = cda.concept(part, where.named)
        sides = [cda.concept(side, where.named) for side in part.findall("qualifier/value")]
        if site and sides:
            url = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-laterality-qualifier"
            site["extension"] = [{"url": url, "valueCodeableConcept": side} for side in sides if side]
        if site:
            sites.append(site)
    if not sites:
        return {}
    return {"bodySite": sites[0] if statement.tag == "observation" and len(sites) == 1 else sites}


def _condition(statement: etree._Element, value: Json, where: Where) -> Json:
    code = value.get("valueCodeableConcept") or ({"text": value["valueString"]} if "valueString" in value else {})
    if not code:
        return {}
    start, end = cda.times(statement.find("effectiveTime"))
    found: Json = {"resourceType": "Condition", "code": code}
    if start:
        found["onsetDateTime"] = start
    if end:
        found["abatementDateTime"] = end
    state = _problem_state(statement, where) or ("resolved" if end else "")
    if state:
        found["clinicalStatus"] = {"coding": [{"code": state}]}
    if _INDICATION in _templates(statement):
        found["verificationStatus"] = {"coding": [{"code": "provisional"}]}
    if statement.get("negationInd") == "true":
        found["verificationStatus"] = {"coding": [{"code": "refuted"}]}
    site = _site(statement, where)
    return {**found, **({"bodySite": [site["bodySite"]]} if isinstance(site.get("bodySite"), dict) else site)}


def _problem_state(statement: etree._Element, where: Where) -> str:
    """The state by the status observation within the problem, else by its concern; empty where none is told."""
    for inner in statement.findall("entryRelationship/observation"):
        if _STATUS in _templates(inner) or code_of(cda.concept(inner.find("code"), {})) == "33999-4":
            shown = cda.value(inner.find("value"), where.named).get("valueCodeableConcept", {})
            for row in codings(shown):
                name = row.display.lower().strip()
                if name in ("active", "inactive", "resolved", "remission", "recurrence", "relapse"):
                    return name
    return {"active": "active", "completed": "inactive", "aborted": "inactive"}.get(where.concern, "")


def _allergy(statement: etree._Element, value: Json, where: Where) -> Json:
    entity = statement.find("participant/participantRole/playingEntity")
    code = cda.concept(entity.find("code"), where.named) if entity is not None else {}
    if entity is not None and not code and (name := words(entity.findtext("name"))):
        code = {"text": name}
    found: Json = {"resourceType": "AllergyIntolerance", "code": code or value.get("valueCodeableConcept", {})}
    start, end = cda.times(statement.find("effectiveTime"))
    if start:
        found["recordedDate"] = start
    state = _problem_state(statement, where) or ("resolved" if end else "")
    if state:
        found["clinicalStatus"] = {"coding": [{"code": state}]}
    if statement.get("negationInd") == "true":
        if code:
            found["verificationStatus"] = {"coding": [{"code": "refuted"}]}
        else:  # the way of C-CDA to say that there are none
            found["code"] = {"text": "No known allergies"}
    return found


def _medicine(statement: etree._Element, mood: str, where: Where) -> Json:
    material = statement.find("consumable/manufacturedProduct/manufacturedMaterial")
    if material is None:
        return {}
    code = cda.concept(material.find("code"), where.named)
    if name := words(material.findtext("name")):
        code.setdefault("text", name)
    if not code:
        return {}
    status, times = _concern(statement), [cda.times(part) for part in statement.findall("effectiveTime")]
    start, end = next((time for time in times if any(time)), ("", ""))
    planned = mood in _PLANNED
    found: Json = {"resourceType": "MedicationRequest" if planned else "MedicationStatement"}
    found["status"] = {"active": "active", "aborted": "stopped", "suspended": "on-hold"}.get(status, "unknown")
    if status == "completed" and end:
        found["status"] = "completed"
    if statement.get("negationInd") == "true":
        found["status"] = "not-taken"
    found["medicationCodeableConcept"] = code
    if planned:
        found["intent"] = "plan" if where.section == "plan" else "order"
        return {**found, **({"authoredOn": start} if start else {})}
    period = {name: time for name, time in (("start", start), ("end", end)) if time}
    return {**found, **({"effectivePeriod": period} if period else {})}


def _procedure(statement: etree._Element, mood: str, where: Where) -> Json:
    code = cda.concept(statement.find("code"), where.named)
    if not code:
        return {}
    start, end = cda.times(statement.find("effectiveTime"))
    status = {"completed": "completed", "active": "in-progress", "aborted": "stopped", "cancelled": "not-done"}
    found: Json = {"resourceType": "Procedure", "status": status.get(_concern(statement), "unknown"), "code": code}
    if mood in _PLANNED:
        found["status"] = "preparation"
    if statement.get("negationInd") == "true":
        found["status"] = "not-done"
    if start and end and start != end:
        found["performedPeriod"] = {"start": start, "end": end}
    elif start or end:
        found["performedDateTime"] = start or end
    return {**found, **_site(statement, where)}


def _family(organizer: etree._Element, where: Where) -> Json:
    relation = cda.concept(organizer.find("subject/relatedSubject/code"), where.named)
    rows = []
    for observation in organizer.findall("component/observation"):
        value = cda.value(observation.find("value"), where.named).get("valueCodeableConcept")
        if value and observation.get("negationInd") != "true":
            rows.append({"code": value})
    return {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "relationship": relation,
        "condition": rows,
    }
