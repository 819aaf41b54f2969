"""The data types of CDA as FHIR: codes, times, quantities and names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from navaid.records.read.structured.access import Json, number, words
from navaid.records.read.structured.narrative import plain

# OIDs of the code systems as C-CDA names them, with FHIR's address for each.
SYSTEMS = {
    "2.16.840.1.113883.6.96": "http://snomed.info/sct",
    "2.16.840.1.113883.6.1": "http://loinc.org",
    "2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
    "2.16.840.1.113883.6.3": "http://hl7.org/fhir/sid/icd-10",
    "2.16.840.1.113883.6.103": "http://hl7.org/fhir/sid/icd-9-cm",
    "2.16.840.1.113883.6.42": "http://hl7.org/fhir/sid/icd-9-cm",
    "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
    "2.16.840.1.113883.6.69": "http://hl7.org/fhir/sid/ndc",
}
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TIME = re.compile(r"(\d{4})(\d{2})?(\d{2})?")


def concept(element: etree._Element | None, named: Mapping[str, str]) -> Json:
    """A CodeableConcept of a coded element and its translations; `named` are the narrative's texts by their ids."""
    if element is None:
        return {}
    rows = [row for part in [element, *element.findall("translation")] if (row := _coding(part))]
    text = original(element, named)
    found: Json = {"coding": rows} if rows else {}
    return {**found, "text": text} if text else found


def _coding(element: etree._Element) -> Json:
    code, display = words(element.get("code")), words(element.get("displayName"))
    if not code and not display:
        return {}
    system = words(element.get("codeSystem"))
    row = {"system": SYSTEMS.get(system, f"urn:oid:{system}" if system else ""), "code": code, "display": display}
    return {name: value for name, value in row.items() if value}


def original(element: etree._Element, named: Mapping[str, str]) -> str:
    """The original text of a code: as it stands, or the narrative it points to."""
    text = element.find("originalText")
    if text is None:
        return ""
    return words(plain(text)) or next((words(named.get(mark, "")) for mark in marks(text)), "")


def marks(element: etree._Element) -> list[str]:
    """The ids of the narrative that an element refers to."""
    return [str(part.get("value", "")).removeprefix("#") for part in element.iter("reference") if part.get("value")]


def date(value: str | None) -> str:
    """A CDA time as a FHIR date, as exact as it is written.

    >>> date("20100711100000"), date("201007"), date("20103131"), date("soon")
    ('2010-07-11', '2010-07', '', '')
    """
    match = _TIME.match(value or "")
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(filter(None, (year, month, day)))


def times(element: etree._Element | None) -> tuple[str, str]:
    """The start and end of an effectiveTime; a single time is both a start and nothing more."""
    if element is None:
        return "", ""
    low, high = element.find("low"), element.find("high")
    start = date(element.get("value")) or date(low.get("value") if low is not None else None)
    return start, date(high.get("value") if high is not None else None)


def value(element: etree._Element | None, named: Mapping[str, str]) -> Json:
    """The value of an observation under FHIR's name for its type; empty where there is none."""
    if element is None:
        return {}
    kind = str(element.get(_TYPE, "")).rpartition(":")[2]
    if kind in ("CD", "CE", "CO", "CV", "CS"):
        coded = concept(element, named)
        return {"valueCodeableConcept": coded} if coded else {}
    if kind in ("PQ", "REAL", "INT", "MO") and (amount := quantity(element)):
        return {"valueQuantity": amount}
    if kind == "IVL_PQ":
        low, high = (quantity(element.find(name)) for name in ("low", "high"))
        if low and high:
            return {"valueRange": {"low": low, "high": high}}
        if low or high:
            return {"valueQuantity": {**(low or high), "comparator": ">=" if low else "<="}}
        return {}
    if kind == "BL" and element.get("value") in ("true", "false"):
        return {"valueBoolean": element.get("value") == "true"}
    text = words(plain(element)) or next((words(named.get(mark, "")) for mark in marks(element)), "")
    return {"valueString": text} if text else {}


def quantity(element: etree._Element | None) -> Json:
    """A Quantity; empty where the number is none."""
    amount = number(element.get("value")) if element is not None else None
    if element is None or amount is None:
        return {}
    unit = words(element.get("unit"))
    return {"value": amount, "unit": unit} if unit and unit != "1" else {"value": amount}


def name(element: etree._Element | None) -> Json:
    """A HumanName."""
    if element is None:
        return {}
    given = [text for part in element.findall("given") if (text := words(plain(part)))]
    family = words(" ".join(plain(part) for part in element.findall("family")))
    found: dict[str, Any] = {"given": given} if given else {}
    if family:
        found["family"] = family
    if not found and (text := words(plain(element))):
        found["text"] = text
    return found
