"""Radiotherapy: its place, dose, fractions, boost, technique and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import any_of, table
from navaid.records.extract.treatments.lexicon import Term, sparse, terms
from navaid.records.extract.treatments.status import status
from navaid.records.extract.treatments.when import When, when
from navaid.records.extract.view import View
from navaid.terms import Finding, Value

_DOSE = re.compile(
    r"(?P<dose>\d{1,3}(?:[.,]\d{1,3})?|\d{3,5})\s?(?P<unit>c?gy|cgys|centigray|gray|rads?)\b", re.IGNORECASE
)
_FRACTIONS = re.compile(
    r"\b(?:in|over|x|/|,)?\s?(?P<n>\d{1,2})\s?(?:daily\s|treatment\s)?(?:fractions?|fxs?|fx|treatments|sessions)\b",
    re.IGNORECASE,
)
_BOOST = re.compile(r"\bboost(?:ed)?\b", re.IGNORECASE)
_REACH = 220
_COURSE = re.compile(r"\b\d{1,2}(?:\.\d{1,2})?\s?Gy\s?(?:in|/|over)\s?\d{1,2}\s?(?:fractions?|fxs?|#)", re.IGNORECASE)
_ROW = re.compile(
    r"^[ \t|]{0,4}(?P<site>[A-Za-z][A-Za-z /&,+-]{3,60}?)(?=[ \t|]{2,}|:|\s\d)[^\n]{1,120}?\bc?Gy\b[^\n]{0,60}",
    re.M | re.I,
)
_ROW_SIDE = re.compile(r"\b(left|right)\b", re.IGNORECASE)
_GIVEN_OF = re.compile(r"\b(?P<n>\d{1,2})\s?(?:/|of)\s?\d{1,2}\b")
_NOT_GIVEN = re.compile(
    r"\b(?:planned|proposed|constraint|limit|tolerance|mean|max(?:imum)?|V\d{1,2}|D\d{1,2})\b", re.IGNORECASE
)
_PLACE = re.compile(r"(?:[^,.;]|\.\d|,\s?(?=\d)){0,60}?(?:\bto\b|\bof\b|\bfor\b|\(|:)", re.IGNORECASE)
# "Radiation     Right breast, 40 Gy", "radiotherapy chest wall and supraclavicular fossa"
_DIRECT = re.compile(
    r"[ \t]{1,40}(?=(?:(?:left|right|both|bilateral|whole)[ -]){0,2}"
    r"(?:breast|chest|regional|axilla|supraclav|brain|spine|bone))",
    re.IGNORECASE,
)
_TOGETHER = frozenset(("breast", "chest_wall", "regional_nodes"))
_JOINED = re.compile(r"\s?(?:,|\+|&|/|\band\b)\s?(?:the\s|to the\s)?(?:(?:left|right|ipsilateral)\s)?", re.IGNORECASE)
_SIDE_BEHIND = re.compile(r"\s(?:\w+\s){0,4}?(left|right)\b(?!\s(?:out|off|undone))", re.IGNORECASE)
_SIDE_BEFORE = re.compile(
    r"\b(left|right)[ -](?:(?:whole|breast|chest|wall|axilla|axillary|sided|and)[ -]){0,4}$", re.IGNORECASE
)
# "RT" is also "right", before a part of the body.
_RIGHT = re.compile(
    r"\s{0,2}(?:breast|axill|lung|chest(?!\s*wall)|arm|upper|lower|sided?|kidney|ovar|hip|knee|neck|lobe|sentinel|simple|mast|seg|br\b|ax|medial|lateral|posterior|side|parietal|frontal|temporal|modified|node|needle|lump|outer|inner|partial|total|nipple|ureter|leg|shoulder|foot|hand|eye|ear|thyroid|\()",
    re.IGNORECASE,
)


def radiation(view: View) -> Iterator[Finding]:
    """A finding for each course of radiotherapy that the paper speaks of as this person's."""
    found = sparse(term for term in terms(view.text) if term.kind == "radiation" and _is_meant(view.text, term))
    found = sorted([*found, *sparse(_doses_alone(view, found))], key=lambda term: term.start)
    starts = tuple(term.start for term in found)
    for place, term in enumerate(found):
        told = status(view, term.start, term.end, default="told" if view.header.type == "radiation_note" else "")
        if told is None:
            continue
        following = starts[place + 1] if place + 1 < len(starts) else len(view.text)
        days = when(view, term.start, term.end, starts, _REACH) if told.given else When()
        details = _details(view, term, following)
        if told.word:
            details["status"] = told.word
        for name, value in (("start", days.start), ("stop", days.stop)):
            if value:
                details[name] = value
        if days.date and days.precision != "day":
            details["precision"] = days.precision
        for site in _all_sites(view, term):
            yield view.finding(
                "radiation",
                site,
                term.start,
                term.end,
                rule="treatments.radiation",
                assertion=told.assertion,
                date=days.date,
                side=_side(view, term),
                details=details,
            )
    yield from _rows(view, found)


def _doses_alone(view: View, named: list[Term]) -> Iterator[Term]:
    """Courses in a sentence that names no radiation: "received 30 Gy in 10 fractions to the spine"."""
    if view.header.type == "radiation_note":
        return
    for match in _COURSE.finditer(view.text):
        sentence = view.sentence_at(match.start())
        if not any(
            sentence.start <= term.start < sentence.end or abs(term.start - match.start()) < 90 for term in named
        ):
            yield Term("radiation", "", *match.span())


def _rows(view: View, named: list[Term]) -> Iterator[Finding]:
    """The rows of a table of doses that name no radiation: "Chest wall  200 cGy  25/25  5000 cGy"."""
    if view.header.type != "radiation_note":
        return
    for row in _ROW.finditer(view.text):
        inside = any(row.start() <= term.start < row.end() for term in named)
        if inside or _BOOST.search(row.group()) or _NOT_GIVEN.search(row.group()):
            continue
        doses = [gray for match in _DOSE.finditer(row.group()) if (gray := _gray(match))]
        site, given = _sites().search(row["site"]), _GIVEN_OF.search(row.group())
        if not site or not doses:
            continue
        details: dict[str, Value] = {"dose_gy": max(doses), "status": "past"}
        if given:
            details["fractions"] = int(given["n"])
        start, end = row.start("site"), row.end()
        side = _ROW_SIDE.search(row["site"])
        yield view.finding(
            "radiation",
            str(site.lastgroup),
            start,
            end,
            rule="treatments.radiation_row",
            side=side[1].lower() if side else "",
            details=details,
        )


def _is_meant(text: str, term: Term) -> bool:
    word = text[term.start : term.end]
    if word != "RT":
        return True
    before = text[max(0, term.start - 40) : term.start].lower()
    return not _RIGHT.match(text, term.end) and bool(
        re.search(r"chemo|adjuvant|surgery|ectomy|received|s/p|completed|gy|breast|wall|\+|and|started|post", before)
    )


def _around(view: View, term: Term) -> tuple[str, str]:
    sentence = view.sentence_at(term.start)
    return (
        view.text[max(sentence.start, term.start - 90) : term.start],
        view.text[term.end : min(sentence.end, term.end + 90)],
    )


def _site(view: View, term: Term) -> str:
    """The place: in the words themselves, behind them ("to the chest wall"), or right before them."""
    before, behind = _around(view, term)
    named = view.text[term.start : term.end]
    behind = re.split(r"[;]|\.\s|\bthen\b|,\s(?:and\s)?(?:she|he|who|with|which)\b", behind)[0]
    place = _PLACE.match(behind) or _DIRECT.match(behind)
    for words in (named, behind[place.end() :] if place else "", before[-30:]):
        if match := _sites().search(words):
            return str(match.lastgroup)
    return "unspecified"


def _all_sites(view: View, term: Term) -> list[str]:
    """The place, and the others that the same words name with it: "to the left breast and regional nodes"."""
    first = _site(view, term)
    _, behind = _around(view, term)
    if first not in _TOGETHER or not (match := _sites().search(behind)) or match.lastgroup != first:
        return [first]
    joined = _JOINED.match(behind, match.end())
    other = _sites().match(behind, joined.end()) if joined else None
    second = str(other.lastgroup) if other else first
    return [first, second] if second in _TOGETHER and second != first else [first]


def _side(view: View, term: Term) -> str:
    before, behind = _around(view, term)
    place = _PLACE.match(behind)
    match = (
        _SIDE_BEHIND.match(behind)
        or (place and _SIDE_BEHIND.match(" " + behind[place.end() :].lstrip()))
        or _SIDE_BEFORE.search(before)
    )
    return match[1].lower() if match else ""


def _details(view: View, term: Term, following: int) -> dict[str, Value]:
    """Dose in Gy, fractions, boost and technique, between this word and the next of its kind."""
    text = view.text
    first = max(view.sentence_at(term.start).start, term.start - 60)
    words = text[first : min(following, term.end + _REACH, view.section_at(term.start).end)]
    words = words.split("\n\n")[0] if "\n\n" in words[term.end - first :] else words
    details: dict[str, Value] = {}
    doses = [(match, _gray(match)) for match in _DOSE.finditer(words)]
    boost = next(_BOOST.finditer(words), None)
    for written, dose in doses:
        if not dose:
            continue
        near = boost and (0 <= boost.start() - written.end() < 45 or 0 <= written.start() - boost.end() < 30)
        key = "boost_gy" if near and "dose_gy" in details else "dose_gy"
        details.setdefault(key, dose)
    if match := _FRACTIONS.search(words):
        details["fractions"] = int(match["n"])
    if match := _techniques().search(text[first : min(following, term.end + 90)]):
        details["technique"] = match.group()
    return details


def _gray(match: re.Match[str]) -> float:
    """The dose in Gy; 0 for what is no dose of a course."""
    number, unit = match["dose"], match["unit"].lower()
    small = unit.startswith(("c", "rad"))
    value = float(number.replace(",", "" if small else "."))
    gray = value / 100 if small else value
    return round(gray, 2) if 1 <= gray <= 90 else 0


@cache
def _sites() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{any_of(forms)})" for name, forms in table("radiation")["sites"].items())
    return re.compile(rf"(?<![^\W_])(?:{groups})(?![^\W_])", re.IGNORECASE)


@cache
def _techniques() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of(table('radiation')['techniques'])})(?![^\W_])", re.IGNORECASE)
