"""Laboratory and other measured values with unit, reference range and flag, in prose, in lists and in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import table
from navaid.records.extract.treatments.lexicon import terms
from navaid.records.extract.treatments.status import TICKED
from navaid.records.extract.treatments.when import all_dates
from navaid.records.extract.view import View
from navaid.terms import Assertion, Date, Finding, Value

_WORDS = (
    r"(?:level|levels|mildly|slightly|markedly|moderately|significantly|borderline"
    r"|count|value|result|was|is|were|of|at|now|today|elevated|elevatd|normal|low|high"
    r"|stable|improved|decreased|increased|rising|to|up|down|just|approximately|about"
    r"|estimated|measured|by|echo|echocardiogram|muga|serum|total|on|currently|[~≈]"
    r"|c/w|showed|shows|with|an?|the|remains|still)"
)
_VALUE = re.compile(
    rf"[ ]?(?:\([A-Za-z0-9 .,-]{{1,20}}\)|,\s(?:total|serum|blood|plasma)\b)?"
    rf"(?:\s(?:has\s)?(?:dropped|fell|fallen|rose|risen|increased|decreased|improved|went|declined)\s(?:down\s|up\s)?"
    rf"from\s[\d.,]{{1,7}}\s?(?:%|g/dL|g/L)?\sto\s)?"
    rf"(?:[ \t]{{2,50}}|[\s:=|()]{{0,6}})"
    rf"(?:(?:,|-)?\s?{_WORDS}[\s:=]{{1,3}}){{0,5}}(?P<sign>["
    rf"<>≤≥])?\s?(?P<value>-?\d{{1,3}}(?:,\d{{3}})+|-?\d{{1,7}}(?:[.,]\d{{1,3}})?)(?![\d]"
    rf"|/\d|[-/]\d{{1,2}}[-/])"
    r"(?:\s?(?:-|–|to)\s?(?P<to>\d{1,3}(?:\.\d)?)(?=\s?%))?"
    r"(?P<gap>[ \t]{0,30}(?:\t(?P<flagged>[HL]|high|low)\t)?[ \t]?(?P<star>(?:\*?[HL](?![A-Za-z/]))?)[ \t]{0,30})"
    r"(?P<unit>(?:x\s?10|10|K|k|M)[\w*^/µμ³.-]{0,12}|%|[A-Za-zµμ]{1,5}\d?\s?/\s?[\w.³µμ]{1,6}(?:/1\.73\s?m2?)?"
    r"|ms(?:ec)?\b|mIU/m?L|cells/\w+)?"
)
_RANGE = re.compile(
    r"[ \t]{0,30}[\[(]?\s?(?:(?:ref(?:erence)?\.?\s?(?:range|interval)?|normal(?:\srange)?"
    r"|nl|range|rr|flag)\s?[:=]?\s?)?(?P<low>\d{1,6}(?:[.,]\d{1,3})?)\s?(?:-|–|to)\s?(?P<high>\d{1,6}(?:[.,]\d{"
    r"1,3})?)",
    re.IGNORECASE,
)
_FLAG = re.compile(r"[ \t*(\[]{0,4}(?P<flag>HH|LL|H|L|high|low|elevated|abnormal|normal)\b", re.IGNORECASE)
_NOT_RESULT = frozenset(("planned", "hypothetical", "family"))
_NO_RESULTS = frozenset(("patient_education", "reference"))
_FROM = re.compile(
    r"[^.;\n\d]{0,25}\b(?:up|down|risen|rose|increased|decreased|improved|fell|fallen)\sfrom\s(?P<value>\d{1,6}"
    r"(?:\.\d{1,3})?)(?![\d/])",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:if|keep|goal|target|until|when|criteria|must be|should be|required?|eligib\w+"
    r"|normal (?:is|range)|recheck)\b[^.;\n]{0,25}$",
    re.IGNORECASE,
)
_STAIN = re.compile(r"^\s?(?:positive|negative|stain|\(\+|\+)", re.IGNORECASE)
_TISSUE = frozenset(("pathology", "cytology", "genomic_assay", "genetics"))


def labs(view: View) -> Iterator[Finding]:
    """A finding for each value that the paper gives; none for a limit, a plan or a range alone."""
    if view.header.type in {"leaflet", "insurance"}:
        return
    seen: set[tuple[object, ...]] = set()
    for term in terms(view.text):
        if term.kind != "lab":
            continue
        finding = _read(view, term.value, term.start, term.end)
        if finding is None or (finding.concept, finding.value, finding.unit, finding.date) in seen:
            continue
        seen.add((finding.concept, finding.value, finding.unit, finding.date))
        yield finding
        yield from _earlier(view, finding, term.value)


def _read(view: View, code: str, start: int, end: int) -> Finding | None:
    text = view.text
    match = _VALUE.match(text, end, min(len(text), end + 140))
    if not match or text[end : match.start("value")].count("\n") > 1 or _STAIN.match(text[end : end + 12]):
        return None
    named = _units().get(re.sub(r"\s", "", match["unit"] or "").lower(), "")
    value = _number(match["value"])
    row = _rows()[code]
    if view.header.type in _TISSUE and not named:
        return None
    if not named and match["unit"] and code not in {"inr", "tscore"}:
        named = ""
        if re.match(r"(?:mm|cm|mg|year|y|wk|week|day|month|h)", match["unit"]):
            return None
    if not _true(row["units"], named, value) or _LIMIT.search(text, max(0, start - 40), start):
        return None
    if view.section_at(start).kind in _NO_RESULTS or _is_date(view, match.start("value")):
        return None
    # The words decide, not the section: a list of values often follows the family's history without a heading.
    if not _NOT_RESULT.isdisjoint(view.context.categories(start, end, view.sentence_at(start))):
        return None
    if TICKED.match(text, match.end()):  # a criterion with its boxes: "HbA1c > 7 % [ ] yes [x] no"
        return None
    details = _details(text, match, code)
    last = match.end("unit") if named else match.end("to") if match["to"] else match.end("value")
    return view.finding(
        f"lab.{code}", value, start, last, rule="person.lab", unit=named, date=_day(view, start, last), details=details
    )


def _earlier(view: View, finding: Finding, code: str) -> Iterator[Finding]:
    """The value before this one, where the paper says what it rose or fell from."""
    match = _FROM.match(view.text, view.span_of(finding).end)
    if match and _true(_rows()[code]["units"], finding.unit, _number(match["value"])):
        start, end = match.span("value")
        yield view.finding(
            finding.concept,
            _number(match["value"]),
            start,
            end,
            rule="person.lab_before",
            unit=finding.unit,
            assertion=Assertion.HISTORICAL,
        )


def _details(text: str, match: re.Match[str], code: str) -> dict[str, Value]:
    details: dict[str, Value] = {}
    if match["sign"]:
        details["comparator"] = match["sign"]
    if match["to"]:
        details["to"] = _number(match["to"])
    rest = text[match.end() : match.end() + 60].split("\n")[0]
    flag = match["flagged"] or (match["star"] or "").strip(" *")
    if not flag and (flagged := _FLAG.match(rest)):
        flag = flagged["flag"]
        rest = rest[flagged.end() :]
    if span := _RANGE.match(rest):
        low, high = _number(span["low"]), _number(span["high"])
        if low < high:
            details["low"], details["high"] = low, high
            rest = rest[span.end() :]
            if not flag and (flagged := _FLAG.match(rest.lstrip(" \t)]"))):
                flag = flagged["flag"]
    if flag:
        details["flag"] = {"h": "high", "hh": "high", "l": "low", "ll": "low", "elevated": "high"}.get(
            flag.lower(), flag.lower()
        )
    return details


def _true(units: dict[str, list[float]], unit: str, value: float) -> bool:
    """Whether a value can be true in its unit, or where none is written in any unit of this test."""
    ranges = [units[unit]] if unit in units else [] if unit else list(units.values())
    return any(low <= value <= high for low, high in ranges)


def _number(digits: str) -> float | int:
    """`4,500` is 4500, `11,2` is 11.2."""
    plain = digits.replace(",", "") if re.search(r"\d,\d{3}(?!\d)", digits) else digits.replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def _is_date(view: View, start: int) -> bool:
    return any(dated.start <= start < dated.end for dated in all_dates(view.text, view.header.language))


def _day(view: View, start: int, end: int) -> Date | None:
    """The full date right behind the value ("on 3/4/2020"), else the day of a laboratory's own report."""
    for dated in all_dates(view.text, view.header.language):
        if 0 <= dated.start - end < 25 and dated.precision == "day" and "\n" not in view.text[end : dated.start]:
            return dated.date
    return (view.header.collected or view.header.date) if view.header.type == "laboratory" else None


@cache
def _units() -> dict[str, str]:
    return {form: unit for unit, forms in table("units").items() for form in forms}


@cache
def _rows() -> dict[str, dict[str, dict[str, list[float]]]]:
    return {row["id"]: row for row in table("labs")}
