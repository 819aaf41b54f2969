"""Operations: done, planned, considered or declined, with side and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.treatments.lexicon import Term, also_done, list_end, list_start, sparse, terms
from navaid.records.extract.treatments.status import Status, status
from navaid.records.extract.treatments.when import When, when
from navaid.records.extract.view import View
from navaid.terms import Assertion, Date, Finding, Value

_SIDE = re.compile(
    r"\b(?:(?P<left>left|lt|izquierd[ao]|gauche|links|linke[nrs]?|sinistr[ao])|(?P<right>right"
    r"|rt|derech[ao]|droite?|rechts|rechte[nrs]?|destr[ao])|(?P<bilateral>bilateral))\b",
    re.IGNORECASE,
)
_NODE = re.compile(r"\b(?P<sentinel>sentinel\s[^.;\n]{0,30})?(?:lymph\s)?nodes?\b[^.;\n]{0,25}$", re.IGNORECASE)
_LETTER = re.compile(r"(?<![\w/])([LR])\s(?:br(?:east)?\s)?$")
_NODES_TAKEN = re.compile(
    r"\blymph nodes?\b[^.;:\n]{0,25}\baxill[a-z]{1,4}\b[^.;:\n]{0,20}?\b(?:dissection|resection)\b"
    r"|\baxill[a-z]{1,4}[,\s]{1,2}(?:contents?|(?:lymph )?nodes?)[^.;:\n]{0,20}?\b(?:dissection|resection)\b",
    re.IGNORECASE,
)
_FURTHER = (
    (
        re.compile(
            r"\b(?P<named>sentinel\s(?:lymph\s)?nodes?\s?(?:#|no\.?|number)?\s?(?:\d{1,2}|[A-Z])?\s?[,:(]\s?"
            r"(?:[\w\s]{1,20},\s)?(?:excisional\s)?(?:biops(?:y|ies)|excision|dissection|removal))\b",
            re.IGNORECASE,
        ),
        "sentinel_node_biopsy",
    ),
    (
        re.compile(r"\bbreast,\s(?P<named>(?:wide\s)?(?:local\s)?excision)\b(?!\s(?:biops|al))", re.IGNORECASE),
        "lumpectomy",
    ),
    # Axillary node clearance; where no operation stands beside it, "ANC" is a count of neutrophils.
    (
        re.compile(
            r"(?:ectomy|\bWLE|\bMx)\s?(?:\+|/|&|and|with|,)\s?(?P<named>ANC)\b(?!\s?[:=]?\s?(?:[<>]|\d+(?:\.\d+)?(?![\d/])))"
        ),
        "axillary_dissection",
    ),
)
_PARTIAL = re.compile(r"\b(?:partial|segmental)[.\s]{1,4}$", re.IGNORECASE)  # "partial. mastectomy": a broken line
# "Mastectomy, partial", as codes and synoptic lists write it.
_PARTLY = re.compile(r"[ ]?[,(:-][ ]{0,2}(?:left |right )?(?:partial|segmental)\b", re.IGNORECASE)
_BREAK = re.compile(r"[.;\n]\s|\bfollowed by\b|\bthen\b")
_SIDED = frozenset(
    (
        "lumpectomy",
        "mastectomy",
        "re_excision",
        "sentinel_node_biopsy",
        "axillary_dissection",
        "core_biopsy",
        "excisional_biopsy",
        "fine_needle_aspiration",
        "reconstruction",
    )
)
_FIRST = frozenset(
    ("core_biopsy", "fine_needle_aspiration")
)  # done before the resection on whose report they are named
_RESECTED = frozenset(("mastectomy", "lumpectomy", "bilateral_mastectomy", "re_excision"))
_OF_TISSUE = frozenset(("pathology", "cytology"))
# Words after which the operation is only where something lies, or what it is called: no operation of its own.
_ELSEWHERE = re.compile(
    r"(?:less than(?: a)?|extent of|type of|vs\.?|or|\bno|\bnot|consent for|history for|checklist|if)\s{1,2}$",
    re.IGNORECASE,
)
_NO_OPERATION = re.compile(
    r"\s?(?:specimens?\s+(?:with|from)\s+(?:at least|less)|needles?|bra\b|prosthes"
    r"|for\s+dcis\b|code|cpt|requirement|protocol|checklist)",
    re.IGNORECASE,
)


_MAY_COME = re.compile(
    r"\b(?:risks? of|needing|(?:possible|potential) need for|need for|may (?:need|require)|might (?:need|require)"
    r"|would (?:need|require)|alternatives? (?:of|include|including)|option of|options? include)\W(?:[\w-]+\W){0,3}$"
)
_ADVISED = re.compile(
    r"\s(?:is|was|are|may be|should be|could be|will be)\s(?:strongly\s)?(?:advised|recommended|suggested|considered"
    r"|indicated|required|planned|needed|scheduled)\b|\sto follow\b",
    re.IGNORECASE,
)


def surgeries(view: View) -> Iterator[Finding]:
    """A finding for each operation that the paper speaks of as this person's."""
    found = sparse(_named(view.text))
    starts = tuple(term.start for term in found)
    tissue = view.header.type in _OF_TISSUE
    for place, term in enumerate(found):
        if _NO_OPERATION.match(view.text, term.end) or (
            tissue and _ELSEWHERE.search(view.text, max(0, term.start - 16), term.start)
        ):
            continue
        told = _status(view, term, tissue)
        if told is None:
            continue
        first, last = list_start(view.text, found, place), list_end(view.text, found, place)
        yield from _findings(view, term, told, first, last, starts)


def _named(text: str) -> list[Term]:
    """The operations by their forms, and nodes as reports name them ("Lymph nodes, axilla, dissection")."""
    found = [term for term in terms(text) if term.kind == "surgery"]
    found = _further(text, found)
    if "issection" not in text and "ISSECTION" not in text and "esection" not in text and "ESECTION" not in text:
        return found
    taken = {(term.start, term.end) for term in found}
    for match in _NODES_TAKEN.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if not inside and "sentinel" not in match.group().lower():
            found.append(Term("surgery", "axillary_dissection", *match.span()))
    return sorted(found, key=lambda term: term.start)


def _further(text: str, found: list[Term]) -> list[Term]:
    """These and what no list of forms can name: numbered sentinel nodes, "breast, excision", "mastectomy + ANC"."""
    taken = [(term.start, term.end) for term in found]
    for pattern, value in _FURTHER:
        for match in pattern.finditer(text):
            start, end = match.span("named")
            if not any(first < end and start < last for first, last in taken):
                found = [*found, Term("surgery", value, start, end)]
    return sorted(found, key=lambda term: term.start)


def _status(view: View, term: Term, tissue: bool) -> Status | None:
    """The status; an operation that a report on its specimen names was done, whatever else its long sentence says."""
    if view.header.type == "operative" or tissue:
        lead = view.text[max(0, term.start - 40) : term.start].lower()
        if re.search(r"\b(?:possible|poss|planned|proposed|scheduled)\W[^.;\n]{0,30}$", lead):
            return Status(Assertion.POSSIBLE, "planned")
        if re.search(r"\b(?:no|not|not interested in|instead of|rather than|without|declin\w+)\W(?:\w+\W){0,2}$", lead):
            return Status(Assertion.ABSENT, "")
        if re.search(
            r"\b(?:chose|chosen|elected|opted|prefer\w*|discussed|offered)\W[^.;\n]{0,60}\bover\W(?:\w+\W){0,2}$", lead
        ):
            return Status(Assertion.ABSENT, "declined")
        if _MAY_COME.search(lead) or _ADVISED.match(view.text, term.end):
            return Status(
                Assertion.PLANNED if _ADVISED.match(view.text, term.end) else Assertion.HYPOTHETICAL, "planned"
            )
        past = re.search(
            r"\b(?:previous(?:ly)?|prior|history of|s/p|status post|old|earlier|diagnosed (?:by"
            r"|on|with)|cancer on|carcinoma on)\W(?:[^.;\n]{0,25})$",
            lead,
        )
        return Status(Assertion.HISTORICAL if past else Assertion.PRESENT, "past")
    radiology = view.header.type == "radiology"
    default = "planned" if radiology and view.section_at(term.start).kind == "plan" else "past" if radiology else ""
    return status(view, term.start, term.end, default=default)


def _findings(
    view: View, term: Term, told: Status, first: int, upto: int, starts: tuple[int, ...]
) -> Iterator[Finding]:
    value, also = term.value, tuple[str, ...]()
    start, end = term.start, term.end
    if "#" in term.value:
        value, also = also_done(int(term.value.split("#")[1]))
    if value == "excisional_biopsy" and (node := _NODE.search(view.text, max(0, term.start - 45), term.start)):
        if not node["sentinel"]:
            return
        value = "sentinel_node_biopsy"
    partial = _PARTIAL.search(view.text, max(0, term.start - 14), term.start) or _PARTLY.match(view.text, term.end)
    if value == "mastectomy" and partial:
        value, also = "lumpectomy", ()
        start, end = min(start, partial.start()), max(end, partial.end())
    side = _side(view, term) if value in _SIDED else ""
    if value == "mastectomy" and side == "bilateral":
        value, side = "bilateral_mastectomy", ""
    days = when(view, first, upto, starts) if told.given else When()
    date = days.date or (None if value in _FIRST and _resected(view) else _day_of_paper(view, told))
    word = "past" if told.given else told.word
    details: dict[str, Value] = {"status": word} if word else {}
    if days.date and days.precision != "day":
        details["precision"] = days.precision
    for each in (value, *also):
        yield view.finding(
            "surgery",
            each,
            start,
            end,
            rule="treatments.surgery",
            assertion=told.assertion,
            date=date,
            side=side,
            details=details,
        )


def _resected(view: View) -> bool:
    return any(term.kind == "surgery" and term.value.split("#")[0] in _RESECTED for term in terms(view.text))


def _day_of_paper(view: View, told: Status) -> Date | None:
    """An operation that its own report describes was done on the day the specimen was taken."""
    if told.assertion != Assertion.PRESENT or view.header.type not in {"operative", *_OF_TISSUE}:
        return None
    return view.header.collected or (view.header.date if view.header.type == "operative" else None)


def _side(view: View, term: Term) -> str:
    """The side named nearest to the operation, before it first, else that of the whole paper on one specimen."""
    text = view.text
    before = _BREAK.split(text[max(0, term.start - 50) : term.start])[-1]
    if matches := [*_SIDE.finditer(before)]:
        return str(matches[-1].lastgroup)
    if letter := _LETTER.search(before):
        return "left" if letter[1] == "L" else "right"
    behind = _BREAK.split(text[term.end : term.end + 50])[0]
    if match := _SIDE.search(behind):
        return str(match.lastgroup)
    return view.header.side if view.header.type in {"operative", *_OF_TISSUE} else ""
