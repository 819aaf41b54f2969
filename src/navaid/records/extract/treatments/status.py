"""How a paper speaks of a treatment: given, planned, only considered, declined, never given. The cues are data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from navaid.records.extract.header.tables import table
from navaid.records.extract.treatments.undone import undone
from navaid.records.extract.view import View
from navaid.terms import Assertion
from navaid.vocabulary.matching import Matcher

BEFORE, AFTER = 170, 60  # characters around a treatment in which a cue speaks of it
SHORT = 75  # the same before it, in the texts of laboratories, whose sentences have no end
REPORTS = frozenset(("pathology", "cytology", "radiology", "genetics", "genomic_assay", "laboratory"))
NOT_OF_A_PERSON = frozenset(("leaflet", "insurance"))
_SECTIONS = {"plan": "planned", "medications": "current"}
_SKIPPED = frozenset(("patient_education", "family_history"))
_TOO_FAR = re.compile(r"[,;:()]|\band\b|\bwith\b|(?:\S+\s+){5}")
_COPULA = re.compile(r"\s*(?:which\s|but\s|that\s|,\s(?:which|but)\s)?", re.IGNORECASE)
_NONE = re.compile(
    r"\s?(?::|-|–|=|\t|\s{2,})\s{0,20}(?:none|no|nil|never|denies|n/?a|not (?:given|applicable|done))\b", re.I
)
# "Outcome: mastectomy", "Next: paclitaxel": what was settled is to be done, where no word says that it was.
_SETTLED = re.compile(
    r"(?:^|\n|[.;]\s)[ \t]*(?:outcome|consensus|(?:mdt|board|tumou?r board)\s(?:outcome|decision|plan|recommendations?)"
    r"|decision|recommendations?|recommend|advice|(?:agreed |further "
    r"|treatment )?plan(?: agreed)?(?: with (?:the )?\w+)?"
    r"|proposal|proposed|suggested|recommended|intended)\s?:(?:[^\n]|\n(?![ \t]*(?:[A-Z][\w /]{2,28}:|\n)))*$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:^|\n|[.;]\s)[ \t]*(?:next(?: steps?| treatments?| line)?|(?:still )?to (?:come|do|follow)|upcoming"
    r"|outstanding)"
    r"\s?(?::|(?<=next),)(?:[^\n.;]|[.;](?=\S)|\n(?=[ \t]*[a-z]))*$",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"[^.;\n]{0,40}\b(?:omitted|skipped|withheld|dropped|left out)\b", re.IGNORECASE)
_WAS_DONE = re.compile(
    r"\b(?:received|completed|finished|underwent|undergone|had|s/p|status[ -]post|following|after"
    r"|continues?|remains|already|was started|started on)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"[^.;\n]{0,70}\b(?:will (?:follow|be (?:given|started|offered|arranged|needed))"
    r"|(?:to )?start (?:after|when|once|next)|to start|to be (?:given|started|arranged))\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"[^.;\n]{0,50}\b(?:which|and) (?:you|she|he|the patient)(?:'ve| have|'s| has)?"
    r" (?:already |now )?(?:started|begun|began)\b",
    re.IGNORECASE,
)
# How a laboratory's report tells of treatment before the specimen: a field for it, years, a dose, "treated … with".
_FIELD = re.compile(
    r"(?:^|\n)[ \t]*(?:neo-?adjuvant|pre-?operative|pre-?surgical|prior|previous|(?:endocrine|hormone|systemic|chemo))"
    r"\s(?:systemic\s|chemo)?(?:therapy|treatment)(?:\sbefore\ssurgery)?\s?:"
    r"(?![^\n]*\b(?:no|none|not)\b)[^\n]*$",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\s?[,(]?\s?(?:\d{1,2}/)?(?:19|20)\d\d\s?(?:-|–|to)\s?(?:\d|present|now)|\s?\(?\s?\d{1,3}(?:\.\d{1,2})?\s?Gy\b",
    re.I,
)
_TREATED = re.compile(r"\btreated\s(?:in\s)?(?:(?:19|20)\d\d\s)?(?:with|by)\s[^.;\n]*$", re.IGNORECASE)
_NOT_ADVISED = re.compile(
    r"[\s)x×\d]{0,8}(?:chemotherapy\s|treatment\s)?(?:(?:was|were)\s(?:discussed|considered)\s(?:and|but)\s)?"
    r"(?:is|was|are|were)\s(?:not\s(?:recommended|advised|indicated|needed|required|favou?red)|unnecessary)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:^|[.;:\n]\s{0,3})(?:first|second|third|fourth|finally|option \w|\(?[a-d1-5]\))(?:ly)?[,:)]?"
    r"\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_CHOICES = re.compile(r"\b(?:possibilities|options|choices|alternatives|ways forward)\b[^\n]*$", re.IGNORECASE)
# "Asthma [X] Yes [ ] No": the box before the word, as a form for patients has it.
TICKED = re.compile(
    r"[\s:?.]{0,6}(?:(?P<yes>\[[xX✓]\]|☒|☑|_[xX]_)|\[\s?\]|☐|_{2,4})\s?yes\W{1,6}?"
    r"(?:(?P<no>\[[xX✓]\]|☒|☑|_[xX]_)|\[\s?\]|☐|_{2,4})\s?no\b",
    re.IGNORECASE,
)
_NO_BEFORE = re.compile(r"\b(?:no|neither|nor|without)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_ENDS_NO = re.compile(r"[;!]|\b(?:but|only)\b", re.IGNORECASE)
_LABELLED = re.compile(r"\)\s?[:|]")  # "Next (planned): vinorelbine"
_ON_A_DAY = re.compile(
    r"\s(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b)",
    re.IGNORECASE,
)
# "May 2025", "4 May", "since May": the month; "may 2 weeks later" is none.
_MONTH = re.compile(
    r"[.,]?\s{1,2}(?:\d{1,2},?\s{1,2})?(?:19|20)\d\d(?!\d)|\s?[/'’-]\s?\d\d(?:\d\d)?(?!\d)", re.IGNORECASE
)
_IN_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|from|early|mid|late|last|of)|\d(?:st|nd|rd|th)?\.?)[\s-]{1,2}$", re.IGNORECASE
)
# "hasn't had", "has not yet undergone", "has not previously received": what was not given after all.
_NOT_YET = re.compile(
    r"(?:\bnot|n['’]t)\s(?:(?:yet|ever|previously|so far|as yet|been|to date|actually)\s){0,2}$", re.IGNORECASE
)
# "no chemotherapy or radiation", "has not had surgery or radiation": the denial is of both.
_NEITHER = re.compile(
    r"\b(?:no|never|without|neither|denies|not\s(?:yet\s)?(?:received|had|have|given|undergone|undergo|receive"
    r"|required))\s"
    r"(?:(?!but\b|only\b|then\b|and\b)[^\s.;:,()]{1,25},?\s){1,8}(?:or|nor)\s(?:(?:any|other|prior|adjuvant)\s){0,2}$",
    re.IGNORECASE,
)
_AS = re.compile(r"\bas\s(?:an?\s)?$", re.IGNORECASE)  # "olaparib as maintenance": what for, not that it is taken
_GIVEN = frozenset(("current", "started", "past"))
_NOT_GIVEN = frozenset(("planned", "considered", "declined", "absent"))


@dataclass(frozen=True)
class Status:
    """`assertion` for a finding, and `word` as its details say it, empty where the paper does not tell."""

    assertion: Assertion
    word: str
    begins: bool = False  # the cue says that it began: "switched to"

    @property
    def given(self) -> bool:
        return self.assertion in {Assertion.PRESENT, Assertion.HISTORICAL}


_STATUS = {
    "current": (Assertion.PRESENT, "current"),
    "started": (Assertion.PRESENT, ""),
    "past": (Assertion.PRESENT, "past"),
    "there": (Assertion.PRESENT, ""),
    "planned": (Assertion.PLANNED, "planned"),
    "considered": (Assertion.HYPOTHETICAL, "considered"),
    "declined": (Assertion.ABSENT, "declined"),
    "absent": (Assertion.ABSENT, ""),
}


def status(view: View, start: int, end: int, *, default: str = "") -> Status | None:
    """The status of what is named at this span; None where it is no treatment of this person.

    `default` is the class of a treatment without a cue; without one it counts as given, in a report of a laboratory
    as not told (None).
    """
    section = view.section_at(start).kind
    if section in _SKIPPED or section == "allergies" or view.header.type in NOT_OF_A_PERSON:
        return None
    categories = view.context.categories(start, end, view.sentence_at(start), view.section_at(start))
    if "general" in categories:
        return None
    if _NONE.match(view.text, end):
        return _STATUS_ABSENT
    if ticked := TICKED.match(view.text, end):
        return Status(Assertion.PRESENT, "") if ticked["yes"] else _STATUS_ABSENT if ticked["no"] else None
    report = view.header.type in REPORTS
    kind = _cue(view, start, end, SHORT if report else BEFORE)
    if kind == "allergy":
        return None
    if report and not kind and _told_before(view, start, end):
        kind = "past"
    if kind not in _NOT_GIVEN and _is_settled(view, start, end):
        kind = "planned"
    if _NOT_ADVISED.match(view.text, end):
        kind = "considered"
    if (kind not in ("declined", "absent") or _DROPPED.match(view.text, end)) and not _BEGUN.match(view.text, end):
        kind = _weighed(kind, undone(view.text, view.sentence_at(start).start, start, end))
    if kind not in ("declined", "absent") and _is_one_of_options(view.text, start):
        kind = "considered"
    if not kind:
        by_section = "" if report else _SECTIONS.get(section, "")
        kind = (by_section or default) if default == "told" else (default or by_section)
        kind = kind or ("" if report else "told")
    if report and not default and kind not in _GIVEN:
        return None
    said = view.assertion(start, end)
    if said == Assertion.FAMILY:
        return None
    if kind == "told":
        return _as_said(said)
    if kind not in _STATUS:
        return None
    assertion, word = _STATUS[kind]
    if assertion == Assertion.PRESENT and said == Assertion.HISTORICAL and kind == "past":
        assertion = Assertion.HISTORICAL
    return Status(assertion, word, kind == "started")


def _weighed(kind: str, undone_: str) -> str:
    """What stands of a cue and of what was told as not had: a denial before a plan, a plan before a deed."""
    if undone_ == "done":
        return "past"
    if undone_ == "past":
        return "past" if kind in ("", "declined", "absent") else kind
    firm = ("declined", "absent", "considered") if undone_ == "planned" else ("declined", "absent")
    return kind if not undone_ or kind in firm else undone_


def _told_before(view: View, start: int, end: int) -> bool:
    """Whether a laboratory's report tells of this as given before."""
    before = view.text[max(0, start - BEFORE) : start]
    return bool(_FIELD.search(before) or _TREATED.search(before) or _YEARS.match(view.text, end))


_STATUS_ABSENT = Status(Assertion.ABSENT, "")


def _is_settled(view: View, start: int, end: int) -> bool:
    """Whether the line is what was decided, or the sentence says that the treatment comes later."""
    if _BEGUN.match(view.text, end):
        return False
    sentence = view.sentence_at(start)
    before = view.text[max(0, start - 160) : start]
    if (settled := _SETTLED.search(before) or _NEXT.search(before)) and not _WAS_DONE.search(settled.group()):
        return True
    own = view.text[max(sentence.start, start - 60) : start]
    return not _WAS_DONE.search(own) and bool(_LATER.match(view.text, end, min(len(view.text), end + 120)))


def _is_one_of_options(text: str, start: int) -> bool:
    """Whether it is an item of a list of what could be done: "three possibilities. First, … Second, capecitabine"."""
    item = _ORDINAL.search(text, max(0, start - 40), start)
    return bool(item and _CHOICES.search(text, max(0, item.start() - 400), item.start()))


def _as_said(said: Assertion) -> Status:
    words = {Assertion.PLANNED: "planned", Assertion.HYPOTHETICAL: "considered", Assertion.POSSIBLE: "considered"}
    return Status(Assertion.HYPOTHETICAL if said == Assertion.POSSIBLE else said, words.get(said, ""))


def _cue(view: View, start: int, end: int, reach: int) -> str:
    """The class of the cue that decides, empty where there is none."""
    sentence = view.sentence_at(start)
    text = view.text
    if _BEGUN.match(text, end):
        return "started"
    if _NEITHER.search(text, max(sentence.start, start - 160), start):
        return "absent"
    section = view.section_at(start)  # "PLAN:" is a heading, no cue
    heading = section.body if section.body <= start else 0
    first, last = max(sentence.start, heading, start - reach), min(max(sentence.end, end), end + AFTER)
    window = text[first:last]
    matcher, before, after = _cues()
    found = [mention for mention in matcher.find(window) if not _is_month(window, mention.start, mention.end)]
    behind = ""
    for mention in found:
        if mention.start + first >= end and mention.concept in after:
            between = _COPULA.sub("", text[end : first + mention.start])
            if _TOO_FAR.search(between) or len(between) > 30:
                break
            behind = "" if _AS.search(between) else after[mention.concept]
            if behind in _GIVEN and _NO_BEFORE.search(text[first:start]):  # "no radiation was given"
                return "absent"
            if behind and behind != "current":
                return behind
            break
    ahead = [mention for mention in found if mention.end + first <= start and mention.concept in before]
    seen = False  # "will re-assess after the fourth cycle": what is planned is not the treatment
    for place in range(len(ahead) - 1, -1, -1):
        kind, cue = before[ahead[place].concept], ahead[place]
        if _reaches_not(window[cue.end : start - first], cue.text.lower()):
            continue
        if kind == "neutral":
            seen = seen or cue.text.lower().startswith("will ")
            continue
        if kind in _GIVEN and place:  # "will be" before "treated with", "never" before "received"
            earlier = before[ahead[place - 1].concept]
            if earlier in _NOT_GIVEN and not window[ahead[place - 1].end : cue.start].strip():
                return earlier
        if kind in _GIVEN and _NOT_YET.search(window, 0, cue.start):
            return "absent"
        return behind if behind and kind not in _NOT_GIVEN else kind
    return behind or ("there" if seen else "")


def _is_month(window: str, start: int, end: int) -> bool:
    """Whether a "may" is the month: a year or a day stands with it, or it is a heading's."""
    if window[start:end].lower() != "may":
        return False
    return bool(_MONTH.match(window, end) or (window[start] == "M" and _IN_MONTH.search(window, 0, start)))


def _reaches_not(between: str, cue: str) -> bool:
    """Whether a cue cannot speak of the treatment: it stands in closed brackets, or is the "on" of a day."""
    if between.count(")") > between.count("(") and not _LABELLED.match(between):
        return True
    if cue in ("no", "not", "without") and _ENDS_NO.search(between):
        return True
    return cue == "on" and bool(_ON_A_DAY.match(between))


@cache
def _cues() -> tuple[Matcher, dict[str, str], dict[str, str]]:
    rows = table("treatment_cues")
    before = {form: kind for kind, forms in rows["before"].items() for form in forms}
    after = {form: kind for kind, forms in rows["after"].items() for form in forms}
    return Matcher((form, form) for form in dict.fromkeys((*before, *after))), before, after
