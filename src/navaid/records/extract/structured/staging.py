"""Stage groups and T, N, M as codes and displays write them."""

from __future__ import annotations

import re

from navaid.records.extract.structured.noting import Found, Note, said
from navaid.records.read.structured.access import codings, some, words
from navaid.terms import Value

_ROMAN = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}
_GROUP = r"(?:IV|I{1,3}|[0-4])(?:[A-D](?![A-Za-z])\d?)?"
_ALONE = re.compile(rf"(?<![\w.])({_GROUP})(?:\s*(?:-|to)\s*({_GROUP}))?(?![\w.])", re.I)
_TNM = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>(?:y|r|a)?[cp]|y|r)?(?P<category>"
    r"T(?:is(?:\s?\([A-Za-z]{2,6}\))?|X|0|1(?:mi|[abc])?|2|3|4[abcd]?)"
    r"|N(?:X|0(?:\s?\((?:i|mol)[+-]\))?|1(?:mi|[abc])?|2[ab]?|3[abc]?)"
    r"|M(?:X|0(?:\s?\(i\+\))?|1[abcd]?))(?P<suffix>\s?\((?:sn|f|m)\))?(?![A-Za-z0-9])"
)


def group_in(text: str) -> str:
    """A stage group in Roman numerals; empty where a text has none, or something else besides.

    >>> group_in("2B"), group_in("Stage IIIC"), group_in("IC-IIIC"), group_in("T2")
    ('IIB', 'IIIC', 'IC-IIIC', '')
    """
    found = {tuple(_roman(part) for part in match.groups() if part) for match in _ALONE.finditer(text)}
    return "-".join(next(iter(found))) if len(found) == 1 else ""


def _roman(part: str) -> str:
    part = part.upper()
    return _ROMAN.get(part[0], part[0]) + part[1:]


def stage_group(note: Note, value: str) -> Found:
    """The stage group of an Observation, with what kind of stage it is."""
    shown = [row.display or row.code for row in codings(note.resource.get("valueCodeableConcept"))] or [value]
    group = next((group for text in shown if (group := group_in(re.sub(r"(?i)AJCC|\bv?[678]th\b.*", "", text)))), "")
    if group:
        yield note.finding("stage.group", group, "observation", details=_kind(note) | edition(note))


def tnm(note: Note, value: str) -> Found:
    """T, N and M, under the concept of examination (c) or of the pathologist (p); nothing where neither is told."""
    kind, told = str(_kind(note).get("kind", "")), set()
    for match in _TNM.finditer(value):
        prefix, category = match["prefix"] or "", match["category"].replace(" ", "")
        by = "p" if "p" in prefix or (kind == "pathological" and "c" not in prefix) else ""
        by = by or ("c" if "c" in prefix or kind == "clinical" else "")
        concept = f"{by}{category[0].lower()}"
        if not by or concept in told:
            continue
        told.add(concept)
        details: dict[str, Value] = {"prefix": prefix if by in prefix else prefix + by} | edition(note)
        if match["suffix"]:
            details["suffix"] = match["suffix"].strip(" ()")
        yield note.finding(concept, category, "observation", details=details)


def _kind(note: Note) -> dict[str, Value]:
    text = f"{note.name} | {' '.join(_profiles(note))}"
    if re.search(r"patholog", text, re.I):
        return {"kind": "pathological"}
    if re.search(r"clinical", text, re.I):
        return {"kind": "clinical"}
    if re.search(r"prognostic", text, re.I):
        return {"kind": "prognostic"}
    return {"kind": "anatomic"} if re.search(r"anatomic", text, re.I) else {}


def _profiles(note: Note) -> list[str]:
    meta = note.resource.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    return [words(part) for part in profiles[:5]] if isinstance(profiles, list) else []


def edition(note: Note, more: str = "") -> dict[str, Value]:
    """The edition of the staging manual, where the method names it."""
    method = " ".join([more, *(said(part) for part in some(note.resource.get("method")))])
    match = re.search(r"\b([678])(?:th)?\b(?= edition| ed\b)|(?:AJCC|version|v)\s?([678])\b|\bV([678])\b", method, re.I)
    return {"edition": next(part for part in match.groups() if part)} if match else {}
