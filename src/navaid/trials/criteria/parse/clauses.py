"""A statement cut into its sentences and parts, and what each is: asked, denied, let pass, a definition, a condition."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENDS = re.compile(
    r"(?<![A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bNo)(?<!\bapprox)[.](?=\s+[A-Z(\[*\d-]|\s*$)|;|\n|(?<=\s)-?(?=(?:OR|AND)-?\s)"
)
_OR = re.compile(r"^\W*(?:and/)?or\b[\s,:-]*", re.IGNORECASE)
_AND = re.compile(r"^\W*(?:and|but|also)\b[\s,:-]*", re.IGNORECASE)

# A sentence that lets something pass asks nothing; it may lift what stands beside it.
_ALLOWS = re.compile(
    r"\b(?:(?:is|are|will be|may be|would be|can be|remain)\s+(?:also\s+|still\s+|potentially\s+|considered\s+)*"
    r"(?:allowed|permitted|permissible|acceptable|not excluded|not exclusionary|not an exclusion|exempt)"
    r"|(?:is|are|need) not (?:required|necessary|mandatory|considered|an exclusion|exclusionary|be)|\bno (?:limit|restriction)"
    r"|(?:may|can|could|might)\s+(?:still\s+|also\s+|be\s+)*(?:be\b|have|receiv\w+|continu\w+|tak\w+|use|be|undergo\w*|present|included?|considered|eligible|enroll?(?:ed)?|participat\w+)"
    r"|(?:allowed|permitted|acceptable|permissible|optional|ok|okay)\s*[.)]*$)",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\b(?:(?:is|are|will be|may be|would be|remain)\s+(?P<still>(?:also|still|potentially)\s+)?(?:considered\s+)?(?:eligible|included|enrolled|recruited)"
    r"|(?:may|can)\s+(?P<also>(?:also|still)\s+)?(?:be\s+)?(?:enroll?(?:ed)?|participate|included?|recruited))(?!\s+(?:for|to)\b)",
    re.IGNORECASE,
)
# What is refused stands behind the first of these, before the second.
_REFUSES_NEXT = re.compile(
    r"\b(?:(?:must|may|should|can|will|could|shall)\s*(?:not|n.t|never)\b|cannot\b)(?!\s+(?:be\s+)?(?:eligible|enroll|included|participat|be enrolled))(?:\s+(?:have|be|had|been|receive|currently|previously|show))*",
    re.IGNORECASE,
)
_REFUSES_LAST = re.compile(
    r"\b(?:(?:is|are|will be|would be|be)\s+(?:not\s+(?:be\s+)?(?:eligible|allowed|permitted|included|acceptable|enrolled)|ineligible|excluded|prohibited|exclusionary|an exclusion)"
    r"|(?:will|may|can|should|must)\s*not\s+(?:be\s+)?(?:eligible|enroll(?:ed)?|included|participate)|cannot\s+(?:be\s+)?(?:enroll(?:ed)?|included|participate)|not\s+(?:eligible|allowed|permitted)|ineligible|prohibited|(?:is|are)\s+excluded)\b"
    r"(?!\s+(?:to receive|to undergo|for\s+(?!(?:the|this)\s+(?:study|trial|protocol)|study|trial|enrol|participat|inclusion)))",
    re.IGNORECASE,
)
_NOTES = re.compile(r"^\W*(?:note|n\.?b\.?|for the purposes? of|see\b)", re.IGNORECASE)
_DEFINES = re.compile(
    r"\b(?:(?:is|are|was|will be|being)\s+(?:further\s+)?(?:defined|determined|considered|characterized|described)\s+(?:as|by|if|to be|based|using|per|according)|defined as"
    r"|(?:is|are) considered|definition|refers? to|means|(?:must|should|will|to) be (?:documented|assessed|measured|determined|confirmed|evaluated|performed|obtained|done|completed|tested|defined))\b",
    re.IGNORECASE,
)
EXCEPT = re.compile(
    r"[,;(]?\s*\b(?:unless|except(?:ing|ions?)?(?:\s+(?:for|of|that|are|include|in|when|if))?|with the exceptions? of|exceptions?\s*:|other than"
    r"|excluding|apart from|aside from|not including|(?:as )?long as|provided(?:\s+that)?|but not)\b",
    re.IGNORECASE,
)
# Something asked of some only: "if …", "for patients with …", "patients with … must …".
WHEN = re.compile(r"(?:^|(?<=[\s,(]))(?:only\s+)?(?:if|when|whenever|in case of|where|once|in the event)\s", re.IGNORECASE)
_OF_SOME = re.compile(
    r"(?:^|(?<=[\s,(]))(?:for|in|among)\s+(?:all\s+|those\s+|any\s+)?(?:patients|participants|subjects|individuals|women|men|females|males|those|cohort|arm|part|phase|group|premenopausal|postmenopausal|pre-?menopausal)\b[^,:]*[,:]?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\W*(?:all\s+|those\s+|any\s+)?(?:patients|participants|subjects|individuals|women|men|females|males|those)\s+(?!must|should|are required|need|have to)\S.{5,}?"
    r"\b(?P<must>(?:must|should|are required to|need to|needs to|have to|will need to)\b(?!\s+not))",
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
    said = _JOINS.sub(lambda match: " " * len(match[0]), words[start:end])
    return words[:start] + said + words[end:]


LIFTS = re.compile(r"\b(?:if|when|for (?:patients|participants|subjects|those|women)|with known|allowed|permitted|acceptable|eligible|except\w*|unless|excluding|exclud\w+|not including|may)\b", re.IGNORECASE)
"""In a bracket: it lets pass some of what stands before it, or asks it of some only."""


def condition(words: str, quiet: str, start: int, end: int) -> tuple[int, int, int, int] | None:
    """Spans of a condition and of what is asked under it; None where all are asked."""
    subject = _SUBJECT.match(words[start:end])
    cut = start + subject.start("must") if subject else start
    if cut > start and quiet[cut] != HIDDEN:
        return start, cut, cut, end
    some_only = _OF_SOME.search(quiet, start, end)
    if some_only and not quiet[start : some_only.start()].strip(" \t-"):
        return some_only.start(), some_only.end(), some_only.end(), end
    found = WHEN.search(quiet, start, end)
    if found is None:
        return (some_only.start(), end, start, some_only.start()) if some_only else None
    if not quiet[start : found.start()].strip(" \t-"):
        comma = quiet.find(",", found.end(), end)
        return (found.end(), comma, comma, end) if comma > 0 else (found.end(), end, end, end)
    return found.end(), end, start, found.start()
