"""Oncotype DX, MammaPrint, Prosigna and others: the number, the group as stated, and how the test stands.

In: a View. Out: findings of `oncotype.*` and the like, and `intrinsic_subtype`. Start at `find`. What
stands close after the name of a test is looked at; percentages, years, ranges and limits are no score.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.records.extract.view import View
from navaid.tables import load as load_table
from navaid.terms import Assertion, Finding

_HINT = re.compile(
    r"onco\s?type|\bODX\b|21[ -]gene|recurrence score|mamma\s?print|70[ -]gene|\bMPI\b|prosigna|PAM[ -]?50|\bROR\b"
    r"|endo\s?predict|EP\s?clin|\bBCI\b|cancer index|blueprint|intrinsic|molecular subtype",
    re.IGNORECASE,
)
_REACH = 90
# A paper that names these tests more often, or has more results, is no report.
_NAMES, _MOST = 2000, 400
# What may stand between the name of a test and its number.
_FILLER = "|".join(
    (
        "dx assay test tested testing breast cancer result results was is of a an the came back at as showed shows with"
        " revealed score scores index done and ultra-?low ultra low high intermediate risk genomic reported specimen"
        " tumou?r her report on from has had - recurrence\\sscore EP\\s?clin prognostic"
    ).split()
).replace("\\s", r"\s")
_DAY = r"\(?\d{1,2}/(?:\d{1,2}/)?\d{2,4}\)?"
_TO_NUMBER = (
    rf"[\s:=,.;()®*|-]{{0,6}}(?:(?:{_FILLER}|{_DAY})[\s:=,.()|]{{1,6}}){{0,8}}(?:RS|ROR|MPI)?[\s:=,.()|]{{0,6}}"
)
# What tells that a number is none of these scores: a share, a range, a date, a time, a size.
_NO_SCORE = (
    r"(?!\d|\.\d|\s?%|\s?(?:-|–|to)\s?\d|[/-]\d"
    r"|\s?(?:years?|yrs?|genes?|months?|mm|cm|percent|weeks?)\b|-?(?:year|gene))"
)
_LIMIT = re.compile(
    r"(?:[<>≤≥]|\b(?:than|less|greater|above|below|over|under|between|cut-?off|threshold|at least|up to|least"
    r"|exceeds?))\s*(?:or equal to\s*)?=?\s*$",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:patients|women|people|those|scores?|results?) (?:with|who|whose|of|between|above|below)\b.{0,40}$"
    r"|\b(?:if|when|whether|unless|should|would|could|may|might)\b[^.;]{0,60}$"
    r"|\b(?:study|trials?|criteria|defined)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_TO_GROUP = r"[\s:=,.()|/-]{0,6}(?:(?:which|is|was|in|the|a|risk|group|category|score)[\s:(,-]{1,3}){0,6}"
_ENDS_GROUP = (
    r"(?:[\s-]*risk\b)?(?=[\s-]*(?:score|range|group|category|recurrence|result|genomic|$)|\s*[).,;]|\s+\("
    r"|\s+(?:at|of|with)\s+\d"
    r"|(?<=risk))"
)
_PENDING = re.compile(
    r"\b(?:pending|awaiting|awaited|in process|in progress|(?:was|were|been) (?:sent|ordered|requested|submitted)"
    r"|sent\b|not yet (?:back|available)|to follow)",
    re.IGNORECASE,
)
_NOT_TESTED = re.compile(
    r"\b(?:not (?:performed|done|sent|ordered|indicated|tested|obtained|a candidate|applicable|eligible"
    r"|requested|required"
    r"|needed)|declin\w+|refus\w+|no oncotype|deferred|insufficient)\b|\bN/A\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|recommend\w*|plan\w*|order|send|to be|obtain|request|proceed|await|consider)\b", re.IGNORECASE
)
_SUBTYPE_WORDS = re.compile(r"PAM[ -]?50|prosigna|blueprint|intrinsic|molecular subtype|mammaprint", re.IGNORECASE)
_SUBTYPE = re.compile(
    r"\b(?:(?P<luminal_a>luminal[ -]?(?:type[ -])?A)|(?P<luminal_b>luminal[ -]?(?:type[ -])?B)"
    r"|(?P<her2_enriched>HER-?2[ -](?:enriched|type|E)\b)|(?P<basal>basal(?:[ -](?:like|type))?)"
    r"|(?P<normal_like>normal[ -]like))(?![A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Assay:
    id: str
    name: re.Pattern[str]
    number: re.Pattern[str]
    number_before: re.Pattern[str]
    score: dict[str, Any]
    risk: str
    group_after: re.Pattern[str]
    group_before: re.Pattern[str]
    groups: tuple[tuple[str, re.Pattern[str]], ...]


# "MammaPrint Low Risk patients have …" explains.
_OF_MANY = re.compile(
    r"[\s-]{1,2}(?:risk\s)?(?:patients|tumou?rs|women|people|results?\s(?:mean|are|have)|groups?\b)", re.IGNORECASE
)


def find(view: View) -> Iterable[Finding]:
    """The results of these tests, and those that are pending, planned or were not done."""
    if view.header.type in {"leaflet", "insurance"} or not _HINT.search(view.text):
        return
    found = itertools.chain(*(_of(view, assay) for assay in _assays()), _subtypes(view))
    yield from itertools.islice(found, _MOST)


def _of(view: View, assay: _Assay) -> Iterator[Finding]:
    """The findings of one test; of names that follow each other closely, the first that has a result speaks."""
    standing: list[Finding] = []
    last, results = -1, 0
    for match in itertools.islice(assay.name.finditer(view.text), _NAMES):
        start, end = match.span()
        if start < last or _talks(view, start):
            continue
        found = [*_score(view, assay, start, end), *_group(view, assay, start, end)]
        results += len(found)
        last = max([last, *(view.span_of(finding).end for finding in found)])
        yield from found
        if not found:
            standing += _standing(view, assay, start, end)
    if not results:
        yield from standing[:1]


def _talks(view: View, start: int) -> bool:
    """Whether the text before explains or sets a condition."""
    if view.section_at(start).kind in ("patient_education", "family_history"):
        return True
    return bool(_EXPLAINS.search(view.text, max(view.sentence_at(start).start, start - 100), start))


def _score(view: View, assay: _Assay, start: int, end: int) -> Iterator[Finding]:
    match = assay.number.match(view.text, end, min(len(view.text), end + _REACH))
    first = start
    if match is None:
        low = max(view.sentence_at(start).start, start - 30)
        match = assay.number_before.search(view.text, low, start)
        first = match.start() if match else start
    if match is None or _LIMIT.search(view.text, max(0, match.start("number") - 24), match.start("number")):
        return
    # Among explanations only the field of a report counts: "Recurrence Score: 19".
    is_field = re.search(r"[:=]\s*$", view.text[max(0, match.start("number") - 4) : match.start("number")])
    if view.section_at(start).kind == "reference" and not is_field:
        return
    value = float(re.sub(r"\s", "", match["number"]).replace("−", "-").replace("–", "-"))
    if assay.score["low"] <= value <= assay.score["high"]:
        last = max(match.end("number"), end)
        whole = int(value) if value.is_integer() and "." not in match["number"] else value
        yield _finding(view, assay.score["concept"], whole, first, last)


def _group(view: View, assay: _Assay, start: int, end: int) -> Iterator[Finding]:
    """The group beside the name: "Oncotype 12, low risk", "low-risk MammaPrint"."""
    limit = min(view.sentence_at(start).end, end + _REACH)
    after = assay.group_after.match(view.text, end, max(limit, end))
    before = None if after else assay.group_before.search(view.text, max(0, start - 28), start)
    match = after or before
    if match is not None and view.section_at(start).kind != "reference" and not _OF_MANY.match(view.text, match.end()):
        first, last = (start, match.end()) if after else (match.start(), end)
        yield _finding(view, assay.risk, _group_of(assay, match["group"]), first, last)


def _group_of(assay: _Assay, words: str) -> str:
    return next(code for code, pattern in assay.groups if pattern.fullmatch(words))


def _standing(view: View, assay: _Assay, start: int, end: int) -> Iterator[Finding]:
    sentence = view.sentence_at(start)
    low, high = max(sentence.start, start - 60), min(sentence.end, end + 60)
    concept = assay.score["concept"] if assay.id != "mammaprint" else assay.risk
    for pattern, value, assertion in (
        (_NOT_TESTED, "not_tested", Assertion.PRESENT),
        (_PENDING, "pending", Assertion.PRESENT),
        (_PLANNED, "not_tested", Assertion.PLANNED),
    ):
        if stated := pattern.search(view.text, low, high):
            first, last = min(start, stated.start()), max(end, stated.end())
            yield view.finding(concept, value, first, last, rule="assays", assertion=assertion)
            return


def _finding(view: View, concept: str, value: str | int | float, start: int, end: int) -> Finding:
    section = view.section_at(start)
    said = view.context.categories(start, end, view.sentence_at(start), section)
    assertion = Assertion.PRESENT
    if "family" in said:
        assertion = Assertion.FAMILY
    elif said.get("hypothetical", -1) >= 0:
        assertion = Assertion.HYPOTHETICAL
    elif "historical" in said:
        assertion = Assertion.HISTORICAL
    return view.finding(concept, value, start, end, rule="assays", assertion=assertion)


def _subtypes(view: View) -> Iterator[Finding]:
    """The intrinsic subtype where a gene test is named beside it; "luminal A-like" by staining is none."""
    for match in _SUBTYPE.finditer(view.text):
        low = max(0, match.start() - 160)
        by_staining = view.text[match.end() : match.end() + 5].lower() == "-like"
        named = _SUBTYPE_WORDS.search(view.text, low, match.end() + 40)
        if named and not by_staining and not _talks(view, match.start()):
            yield _finding(view, "intrinsic_subtype", str(match.lastgroup), *match.span())


@cache
def _assays() -> tuple[_Assay, ...]:
    table = files("navaid.records.extract") / "tables" / "assays.yaml"
    return tuple(_made(row) for row in load_table(table.read_text(encoding="utf-8")))


def _made(row: dict[str, Any]) -> _Assay:
    score, groups = row["score"], row["risk"]["groups"]
    group = "|".join(f"(?:{words})" for words in groups.values())
    flags, form = re.IGNORECASE, score["form"]
    called = rf"(?:(?:{score['words']})(?:\s(?:result|was|is|of|at))?[\s:=,.()|®*]{{0,6}})?"
    return _Assay(
        id=row["id"],
        name=re.compile("|".join(rf"(?<![A-Za-z0-9])(?:{name})" for name in row["names"]), flags),
        number=re.compile(rf"{_TO_NUMBER}{called}(?P<number>{form}){_NO_SCORE}", flags),
        number_before=re.compile(rf"(?<![\d.,/<>-])(?P<number>{form})\s(?:on|by)\s(?:the\s)?$", flags),
        score=score,
        risk=row["risk"]["concept"],
        group_after=re.compile(rf"{_TO_NUMBER}(?:{form})?{_TO_GROUP}(?P<group>{group}){_ENDS_GROUP}", flags),
        group_before=re.compile(
            rf"(?<![A-Za-z-])(?P<group>{group})(?:[ -]risk)?[\s-]+(?:(?:on|by|risk|genomic|score|the"
            rf"|with)\s){{0,3}}$",
            flags,
        ),
        groups=tuple((code, re.compile(words, flags)) for code, words in groups.items()),
    )
