"""What stands in a FHIR resource, whatever its sender put there: every function takes any JSON and never raises.

Real records hold a string where an object belongs, or a list where one thing belongs; what has not the shape that FHIR
names is not there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from navaid.records.codes import NAVAID, known

Json = dict[str, Any]
AUTHOR = "Navaid"  # who signs the remarks of an export that say where a value was read
MOST = 200  # parts of a list that are looked at
LONGEST = 300  # characters of a text that are shown

_SPACE = re.compile(r"\s+")
_MARK = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T|$)")


class Coding(NamedTuple):
    """A code, the system it is of, and its words (those of our table where the sender gave none)."""

    system: str
    code: str
    display: str


def one(value: object) -> Json:
    """The object, or the first of a list of objects; empty where it is neither."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def some(value: object) -> list[Json]:
    """The objects of a list, or the one object that stands in its place."""
    if isinstance(value, dict):
        return [value]
    return [part for part in value[:MOST] if isinstance(part, dict)] if isinstance(value, list) else []


def words(value: object, longest: int = LONGEST) -> str:
    """A text on one line, cut where it is very long; empty where it is no text.

    >>> words("  Estrogen \\n receptor ")
    'Estrogen receptor'
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[: 4 * longest]
    if not text.isprintable() or "  " in text:
        text = _SPACE.sub(" ", _MARK.sub(" ", text))
    text = text.strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def codings(concept: object) -> tuple[Coding, ...]:
    """The codes of a CodeableConcept, or of a Coding alone; Navaid's own is `own`'s."""
    found = []
    for part in some(concept):
        for coding in some(part.get("coding")) or ([part] if "code" in part else []):
            system, code, display = (words(coding.get(name)) for name in ("system", "code", "display"))
            if not display and code and (row := known(system, code)):
                display = row.display
            if (system or code or display) and system != NAVAID:
                found.append(Coding(system, code, display))
    return tuple(found)


def own(concept: object) -> str:
    """The concept or value of concepts.yaml that an export of Navaid put beside a code; empty in all other records."""
    rows = (row for part in some(concept) for row in some(part.get("coding")))
    return next((words(row.get("code")) for row in rows if row.get("system") == NAVAID), "")


def remarks(resource: Json) -> list[Json]:
    """The notes of a resource without those that Navaid signed: they quote papers that were read already."""
    return [note for note in some(resource.get("note")) if note.get("authorString") != AUTHOR]


def named(concept: object) -> str:
    """The words of a CodeableConcept: its text, else the first display, else the first code.

    >>> named({"coding": [{"code": "10828004", "display": "Positive (qualifier value)"}]})
    'Positive (qualifier value)'
    """
    if isinstance(concept, str):
        return words(concept)
    text = next((words(part.get("text")) for part in some(concept) if words(part.get("text"))), "")
    rows = codings(concept)
    shown = next((row.display for row in rows if row.display), "")
    if text and shown and text.lower() not in shown.lower() and shown.lower() not in text.lower():
        return f"{text} ({shown})"
    return text or shown or next((row.code for row in rows if row.code), "")


def code_of(concept: object) -> str:
    """The first code, or the string that stands in its place (older FHIR): `active`, `confirmed`."""
    if isinstance(concept, str):
        return words(concept).lower()
    return next((row.code.lower() for row in codings(concept) if row.code), "")


def extensions(element: Json, ending: str) -> Iterator[Json]:
    """The extensions of an element whose address ends so (`mcode-histology-morphology-behavior`)."""
    for extension in some(element.get("extension")):
        if words(extension.get("url")).lower().endswith(ending):
            yield extension


def reference(value: object) -> str:
    """Where a reference points: `Condition/1`, or the bare id of `urn:uuid:`."""
    return words(one(value).get("reference")).removeprefix("urn:uuid:")


def stamp(resource: Json) -> str:
    """The time a resource is true of, as written; the day it was taken before the day it was written down."""
    for name in ("effective", "onset", "performed", "occurrence"):
        text = words(resource.get(name + "DateTime")) or words(one(resource.get(name + "Period")).get("start"))
        if text:
            return text
    for name in ("effectiveTime", "recordedDate", "dateRecorded", "authoredOn", "dateWritten", "dateAsserted", "date"):
        if text := words(resource.get(name)):
            return text
    collected = words(one(resource.get("collection")).get("collectedDateTime"))
    return collected or words(resource.get("receivedTime")) or words(resource.get("issued"))


def day(text: str) -> dt.date | None:
    """The day of a FHIR date; None where only the month or the year is known, or nothing that can be.

    >>> day("2018-04-23T10:00:00Z"), day("2018-04")
    (datetime.date(2018, 4, 23), None)
    """
    match = _DAY.match(text)
    try:
        return dt.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def number(value: object) -> float | None:
    """A finite number, also where it is written as text with a point; None where it is none."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,12}(?:\.\d{1,9})?\s*", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        return None
    return value


def quantity(value: object) -> tuple[float, str] | None:
    """The number and unit of a Quantity that is exact; None for "<5", or no number."""
    part = one(value)
    amount = number(part.get("value"))
    if amount is None or part.get("comparator"):
        return None
    return amount, words(part.get("unit")) or words(part.get("code"))
