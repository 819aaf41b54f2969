"""The headings and lead-in lines that a statement stands under: what they change in what it asks."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from functools import lru_cache

from navaid.terms import CriterionType, Expression
from navaid.trials.criteria.parse.atom import asks, every, negated, some, unparsed
from navaid.trials.criteria.parse.readers.disease import read as cancers


class Weight(enum.Enum):
    """What a line says of the statements below it."""

    PLAIN = enum.auto()  # a category, or "all of the following"
    DENIES = enum.auto()  # "must not have any of the following"
    ANY_OF = enum.auto()  # one of the statements below is enough
    ALL_OF = enum.auto()  # all of them together
    COHORT = enum.auto()  # asked in one part of the study only
    NARROWS = enum.auto()  # says more of each item: "within 6 months"
    OPENS = enum.auto()  # definitions, permissions, exceptions: the items are not asked as such


_COHORT = re.compile(
    r"^\W*(?:(?:pre-?)?registration\s+)?(?P<name>(?:(?:additional|further|specific|main|key"
    r"|major)\s+)*(?:(?:inclusion|exclusion)(?:\s+criteria)?\W*(?:\s*(?:only\s+)?for\s+"
    r"(?:the\s+)?)?)?(?:cohorts?|arms?|parts?|phases?|groups?|sub-?stud(?:y|ies)|sub-?protocols?|stratum|strata|portion"
    r"|dose[- ](?:escalation|expansion)|expansion|escalation|control|healthy|crossover|extension|module"
    r"|regimen)\b[^:]{0,60})",
    re.IGNORECASE,
)
_BOTH_PARTS = re.compile(
    r"\b(?:all|both|each|every|any)\s+(?:cohorts?|arms?|parts?|phases?|groups?)\b|phases?\s+(?:1|I)[ab]?\s*(?:and|&"
    r"|/)\s*(?:2|II)",
    re.I,
)
_OPENS = re.compile(
    r"\bdefined\b|\bdefinitions?\b|\bif\b|\bunless\b|\bexcept|\bexclud(?:ing|es)\b|\bprovided\b|\bmay (?:be|have"
    r"|enrol|participate|include|receive)"
    r"|\beligible\b.{0,40}\b(?:if|provided|when)|\ballowed\b|\bpermitted\b|\bacceptable\b|\bspecial\b|\boptional\b"
    r"|\bpreferred\b"
    r"|\balternatively\b|\bfor (?:patients|participants|subjects|women|men|those)\b|\b(?:two|three|2|3) of\b|\bnote\b"
    r"|\be\.g\.|\bsuch as\b|\brelative|\bfamily|\bdonor|\bpartner|\bwill (?:be|receive|undergo)|\bplanned\b"
    r"|\bcandidates?\b|\bstratif"
    r"|\bcontracepti|\bmethods?\b|\brisk\b|\bsuspicio|\bwashout\b|\bother than\b|\bwho (?:have|are|had)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:must|may|should|can|do|does|did|will) not\b|\bcannot\b|\bno(?:ne)?\b(?! (?:more|less|later))|\bwithout\b"
    r"|\babsence\b|\bneither\b|\bnot (?:have|had|be|be?en|eligible|allowed|permitted)"
    r"|\bineligible\b|\bexcluded\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:must|but)\b|\band (?:has|have|is|are|be)\b|\.\s+\w", re.IGNORECASE)
_NARROWS = re.compile(
    r"\bwithin\b|\bprior to\b|\bbefore\b|\bduring\b|\bafter\b|\bsince\b|\blast\b|\bpast\b|\brecent|\bcurrent"
    r"|\bactive\b|\buncontrolled\b|\d"
    r"|\ballerg|\bhypersens|\bintoleran|\bcontraindicat|\bhistory of\b|\bcontrol|\brequir|\bconcomitant|\bconcurrent"
    r"|\breceiv"
    r"|\bsignificant|\bserious|\bsevere|\bprogress|\brefractory|\bknown\b.{0,30}\bto\b|\bpresence\b|\bevidence\b",
    re.IGNORECASE,
)
_ANY_OF = re.compile(
    r"\b(?:(?:at least |any |only )?(?:one|1)(?: or more)? of|either(?: of)?|any(?: one)? of|any|one or more)\b"
    r"|\b(?:following|these|specific|below|listed)\b.*\b(?:types?|histolog(?:y|ies)|tumou?rs?|cancers?|indications?"
    r"|populations?|diagnos[ei]s|scenarios?|categories|diseases?)\b|\bpopulations?\b",
    re.IGNORECASE,
)
_ALL_OF = re.compile(r"\b(?:all|both|each) of\b|\ball\b|\bboth\b", re.IGNORECASE)
_STEP = re.compile(
    r"^\W*(?:(?:pre-?)?(?:registration|randomi[sz]ation|screening|enrol?lment)|step\s*\d)\b", re.IGNORECASE
)


# "For endometrial cancer": what stands below is asked of these only.
_OF_SOME = re.compile(
    r"^\W*(?:only\s+)?for\s+(?!(?:inclusion|enrol\w*|eligib\w+|participation|study|entry|the (?:study|purpose|trial)"
    r"|this|all|both|each)\b)",
    re.IGNORECASE,
)


def weight(line: str, kind: CriterionType) -> Weight:
    """What this line says of the statements below it; what is not surely harmless opens them."""
    if (_COHORT.match(line) and not _BOTH_PARTS.search(line)) or _of_some(line):
        return Weight.COHORT
    said = re.sub(
        r"(?i)\bas (?:indicated|defined|described|specified|listed) (?:below|by\b)\W*(?:the following(?: values)?)?",
        "",
        line,
    )
    said = _BOTH_PARTS.sub("", said)
    if re.search(r"\b(?:adequate|acceptable|normal|sufficient|appropriate)\b", said, re.IGNORECASE):
        said = re.sub(r"(?i)\b(?:defined|indicated|demonstrated|evidenced)\b", "", said)
    if kind is CriterionType.EXCLUSION and re.search(
        r"\b(?:not (?:be )?(?:eligible|included|participate|be enrolled)|ineligible|excluded|exclud)", said, re.I
    ):
        said = re.sub(
            r"(?i)\b(?:(?:will|may|must|are|is)\s+)?(?:be\s+)?(?:not (?:be )?(?:eligible|included|participate"
            r"|enrolled)|ineligible|excluded)\b.*",
            "",
            said,
        )
    if _OPENS.search(said):
        return Weight.OPENS
    denies = _DENIES.search(said)
    if denies:  # a line that goes on to something else does not deny what stands below
        return Weight.OPENS if _GOES_ON.search(said, denies.end()) else Weight.DENIES
    if kind is CriterionType.INCLUSION and _ANY_OF.search(said):
        return Weight.ANY_OF
    if kind is CriterionType.EXCLUSION and _ALL_OF.search(said) and not _ANY_OF.search(said):
        return Weight.ALL_OF
    if kind is CriterionType.EXCLUSION and _NARROWS.search(said):
        return Weight.NARROWS
    return Weight.PLAIN


@lru_cache(maxsize=256)
def _of_some(line: str) -> bool:
    """Whether a line names those of whom the statements below are asked: a kind of cancer not of the breast, say."""
    if _OF_SOME.match(line):
        return True
    asked = [atom.expression.predicate for atom in cancers(line) if len(line) < 80]
    kinds = [set(predicate.values) for predicate in asked if predicate and predicate.concept == "cancer"]
    return bool(kinds) and not any("breast" in values for values in kinds)


def cohort(line: str) -> str:
    """The part of the study that this line speaks of, empty where it is a step that everyone goes through, or none."""
    found = _COHORT.match(line)
    if not found or _STEP.match(line) or _BOTH_PARTS.search(line):
        return ""
    return re.sub(
        r"^(?:(?:additional|further|specific|main|key|major|inclusion|exclusion|criteria|only|for|the)\b\W*)+",
        "",
        " ".join(found["name"].split()),
        flags=re.I,
    ).strip(" :-.")


def asks_more(line: str) -> bool:
    """Whether a name before a colon may say more than which part of all it is ("All parts:", "Both phases:")."""
    return not _BOTH_PARTS.search(line)


def held_under(expression: Expression, under: Sequence[str], kind: CriterionType) -> Expression:
    """What a statement asks, given the lines that it stands under."""
    start, end = expression.start, expression.end
    for line in reversed(under):
        what = weight(line, kind)
        inclusion = kind is CriterionType.INCLUSION
        if what is Weight.OPENS:
            return unparsed(start, end)
        if what is Weight.DENIES:
            expression = negated(expression) if inclusion else unparsed(start, end)
        elif what is Weight.ANY_OF:
            expression = some([expression, unparsed(start, end)])
        elif what in (Weight.ALL_OF, Weight.NARROWS):
            expression = every([expression, unparsed(start, end)])
        elif what is Weight.COHORT and (name := cohort(line) or (" ".join(line.split()) if _of_some(line) else "")):
            expression = in_cohort(expression, name, kind)
    return expression


def led(expression: Expression, line: str, kind: CriterionType) -> Expression:
    """What the items below a lead-in ask together, where the lead-in itself was not understood."""
    what = weight(line.strip(" :"), kind)
    if what is Weight.OPENS:
        return unparsed(expression.start, expression.end)
    if what is Weight.NARROWS:
        return every([expression, unparsed(expression.start, expression.end)])
    return expression


def in_cohort(expression: Expression, name: str, kind: CriterionType) -> Expression:
    """Asked of those who join this part of the study: open until it is known which part it would be."""
    joins = asks(expression.start, expression.end, "cohort", "is", name).expression
    if kind is CriterionType.INCLUSION:
        return some([expression, negated(joins)])
    return every([expression, joins])
