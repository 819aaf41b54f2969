"""A statement cut into its sentences and parts, and what each does: ask, deny, let pass, define, set a condition."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from navaid.vocabulary.matching import lower

_ENDS = re.compile(
    r"(?<![A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bNo)(?<!\bapprox)[.](?=\s+[A-Z(\[*\d-]|\s*$)|;|\n"
    r"|(?<=\s)-?(?=(?:OR|AND)-?\s)"
)
_OR = re.compile(r"^\W*(?:and/)?or\b[\s,:-]*", re.IGNORECASE)
_AND = re.compile(r"^\W*(?:and|but|also)\b[\s,:-]*", re.IGNORECASE)

# The cues below are in lower case, and so is what they are looked for in: far faster than to ignore the case.

# A sentence that lets something pass asks nothing; it may lift what stands beside it.
_ALLOWS = re.compile(
    r"\b(?:(?:is|are|will be|may be|would be|can be|remain)\s+(?:also\s+|still\s+|potentially\s+|considered\s+)*"
    r"(?:allowed|permitted|permissible|acceptable|not excluded|not exclusionary|not an exclusion|exempt)"
    r"|(?:is|are|need) not (?:required|necessary|mandatory|considered|an exclusion|exclusionary|be)|\bno (?:limit"
    r"|restriction)"
    r"|(?:may|can|could|might)\s+(?:still\s+|also\s+|be\s+)*(?:be\b|have|receiv\w+|continu\w+|tak\w+|use|be"
    r"|undergo\w*|present|included?|considered|eligible|enroll?(?:ed)?|participat\w+)"
    r"|(?:allowed|permitted|acceptable|permissible|optional|ok|okay)\s*[.)]*$)",
)
_JOINS = re.compile(
    r"\b(?:(?:is|are|will be|may be|would be|remain)\s+(?P<still>(?:also|still"
    r"|potentially)\s+)?(?:considered\s+)?(?:eligible|included|enrolled|recruited)"
    r"|(?:may|can)\s+(?P<also>(?:also|still)\s+)?(?:be\s+)?(?:enroll?(?:ed)?|participate|included?|recruited))"
    r"(?!\s+(?:for|to)\b(?!\s+(?:this|the (?:study|trial|present)|study|participat|enrol|inclusion|join)))",
)
# What is refused stands behind the first of these, before the second.
_REFUSES_NEXT = re.compile(
    r"\b(?:(?:must|may|should|can|will|could|shall)\s*(?:not|n.t|never)\b|cannot\b)(?!\s+(?:be\s+)?(?:eligible"
    r"|enroll|included|participat|be enrolled))(?:\s+(?:have|be|had|been|receive|currently|previously|show))*",
)
_REFUSES_LAST = re.compile(
    r"\b(?:(?:is|are|will be|would be|be)\s+(?:not\s+(?:be\s+)?(?:eligible|allowed|permitted|included|acceptable"
    r"|enrolled)|ineligible|excluded|prohibited|exclusionary|an exclusion)"
    r"|(?:will|may|can|should|must)\s*not\s+(?:be\s+)?(?:eligible|enroll(?:ed)?|included|participate)"
    r"|cannot\s+(?:be\s+)?(?:enroll(?:ed)?|included|participate)|not\s+(?:eligible|allowed|permitted)|ineligible"
    r"|prohibited|(?:is|are)\s+excluded)\b"
    r"(?!\s+(?:to receive|to undergo|for\s+(?!(?:the|this)\s+(?:study|trial|protocol)|study|trial|enrol|participat"
    r"|inclusion)))",
)
_NOTES = re.compile(r"^\W*(?:note|n\.?b\.?|for the purposes? of|see\b)")
_DEFINES = re.compile(
    r"\b(?:(?:is|are|was|will be|being)\s+(?:further\s+)?(?:defined|determined|considered|characterized"
    r"|described)\s+(?:as|by|if|to be|based|using|per|according)|defined as"
    r"|(?:is|are) considered|\bcounts? (?:as|toward)|(?:is|are|be|not) counted|definition|refers? to|means|(?:must"
    r"|should|will|to) be (?:documented|assessed|measured|determined|confirmed|evaluated|performed|obtained|done"
    r"|completed|tested|defined))\b",
)
DEFINED = re.compile(r"(?<!is)(?<!are)(?<!be)[,(\s]\s*\b(?:as )?defined (?:as|by)\b")
"""What stands before it is asked, what stands behind it says how it is meant."""
EXCEPT = re.compile(
    r"\b(?:unless|except(?:ing|ions?)?(?:\s+(?:for|of|that|are|include|in|when|if))?|with the exceptions? of"
    r"|exceptions?\s*:|other than"
    r"|excluding|apart from|aside from|not including|(?:as )?long as|provided(?:\s+that)?|but not)\b",
)
# Something asked of some only: "if …", "for patients with …", "patients with … must …".
WHEN = re.compile(r"(?:^|(?<=[\s,(]))(?:only\s+)?(?:if|when|whenever|in case of|where|once|in the event)\s")
_OF_SOME = re.compile(
    r"(?:^|(?<=[\s,(]))(?:for|in|among)\s+(?:all\s+|those\s+|any\s+)?(?:patients|participants|subjects|individuals"
    r"|women|men|females|males|those|cohort|arm|part|phase|group|premenopausal|postmenopausal"
    r"|pre-?menopausal)\b[^,:]*[,:]?",
)
_MUST = re.compile(r"\b(?:must|should|(?:is|are) required to|needs? to|ha(?:s|ve) to|will need to)\b(?!\s+not)")
_SUBJECT = re.compile(
    r"^\W*(?:all\s+|those\s+|any\s+)?(?:patients?|participants?|subjects?|individuals?|wom[ae]n|men|females?|males?"
    r"|those)\s+\S.{4,}",
    re.IGNORECASE | re.DOTALL,
)


HIDDEN = "\0"
"""What stands in place of an atom's letters where cues are looked for."""


class Sort(enum.Enum):
    """What a part of a statement does."""

    ASKS = enum.auto()
    REFUSES = enum.auto()
    ALLOWS = enum.auto()
    JOINS = enum.auto()  # "… are eligible": the statement itself, or a permission
    ALSO_JOINS = enum.auto()
    TELLS = enum.auto()  # a note, a definition


@dataclass(frozen=True)
class Clause:
    """`words[start:end]`, and whether it is an alternative to the clause before."""

    start: int
    end: int
    alternative: bool
    listed: bool


def clauses(words: str, start: int, end: int, quiet: str) -> Iterator[Clause]:
    """The sentences and parts of `words[start:end]`; `quiet` is the same with atoms blanked, so that none is cut."""
    at, ends_or, listed = start, False, False
    for stop, behind in [*((m.start(), m.end()) for m in _ENDS.finditer(words, start, end)), (end, end)]:
        if stop < at or (stop < end and quiet[stop] == HIDDEN):
            continue
        said = words[at:stop]
        if said.strip(" .,;:\n-"):
            leading = _OR.match(said) or _AND.match(said)
            alternative = ends_or or bool(_OR.match(said))
            yield Clause(at + (leading.end() if leading else 0), stop, alternative, listed)
            ends_or = bool(re.search(r"\b(?:and/)?or\W*$", said, re.IGNORECASE))
        listed = words[stop:behind] == ";"
        at = behind


def sort(said: str) -> Sort:
    """What these words (atoms and brackets blanked) do."""
    if _NOTES.match(said):
        return Sort.TELLS
    if _REFUSES_LAST.search(said) or _REFUSES_NEXT.search(said):
        return Sort.REFUSES
    if _ALLOWS.search(said):
        return Sort.ALLOWS
    joins = _JOINS.search(said)
    if joins:
        return Sort.ALSO_JOINS if joins["still"] or joins["also"] else Sort.JOINS
    return Sort.TELLS if _DEFINES.search(said) else Sort.ASKS


def refusal(quiet: str, start: int, end: int) -> tuple[int, int, int, int]:
    """Spans of what is refused, and of the other words of the clause."""
    last = _REFUSES_LAST.search(quiet, start, end)
    if last:
        return start, last.start(), last.end(), end
    following = _REFUSES_NEXT.search(quiet, start, end)
    cut = following or re.compile("").match(quiet, start)
    return (cut.end(), end, start, cut.start()) if cut else (start, end, end, end)


def without_joins(words: str, start: int, end: int) -> str:
    """The words with what lets join blanked: what is left says who."""
    for match in _JOINS.finditer(lower(words), start, end):
        words = words[: match.start()] + " " * (match.end() - match.start()) + words[match.end() :]
    return words


LIFTS = re.compile(
    r"\b(?:if|when|for (?:patients|participants|subjects|those|women)|with known|allowed|permitted|acceptable"
    r"|eligible|except\w*|unless|excluding|exclud\w+|not including|may)\b",
    re.IGNORECASE,
)
"""In a bracket: it lets pass some of what stands before it, or asks it of some only."""


@dataclass(frozen=True)
class Condition:
    """Spans of whom or what a demand holds for, and of the demand; `who`: the condition is the sentence's subject."""

    given: tuple[int, int]
    asked: tuple[int, int]
    who: bool = False


def condition(words: str, quiet: str, start: int, end: int) -> Condition | None:
    """A condition and what is asked under it ("HER2-positive patients must …", "if …, …"); None where all are asked."""
    for must in _MUST.finditer(quiet, start, end):
        told = words[start : must.start()]
        if HIDDEN in quiet[start : must.start()] or _SUBJECT.match(told):
            return Condition((start, must.start()), (must.start(), end), who=True)
        break
    some_only = _OF_SOME.search(quiet, start, end)
    if some_only and not quiet[start : some_only.start()].strip(" \t-"):
        return Condition(some_only.span(), (some_only.end(), end))
    found = WHEN.search(quiet, start, end)
    if found is None:
        return Condition((some_only.start(), end), (start, some_only.start())) if some_only else None
    if not quiet[start : found.start()].strip(" \t-"):
        comma = quiet.find(",", found.end(), end)
        return Condition((found.end(), comma), (comma, end)) if comma > 0 else Condition((found.end(), end), (end, end))
    return Condition((found.end(), end), (start, found.start()))
