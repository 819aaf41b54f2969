"""Whether a treatment that was begun is told to go on: a start alone says nothing of its end.

In: the words around the treatment. Out: `current`, `past`, or empty where its end is not told. Start at `standing`.
"""

from __future__ import annotations

import bisect
import re
import sys

from navaid.records.extract.treatments.when import FIELDS_BELOW
from navaid.records.extract.view import View

REACH = 130
_IT = r"(?:it|this|that|them|treatment|therapy|the\s(?:drug|medication|medicine|tablets?|treatment|therapy))"
# "and is tolerated well", "she tolerates it", "continues", "remains on it", "still", "so far": true of the paper's day.
_GOES_ON = re.compile(
    r"\b(?:(?:is|are)\s(?:being\s)?(?:\w+\s)?tolerat(?:ed|ing)|tolerat(?:es|ing)\b|tolerance\s(?:is|remains)\sgood"
    r"|(?<!was\s)(?<!were\s)(?<!been\s)(?:(?:very\s|quite\s)?well\stolerated|tolerated\s(?:it\s)?(?:very\s|quite\s)?well)"
    rf"|(?:is|are|remains?|stays?|still|now)\s(?:currently\s|now\s|still\s)?(?:on|taking|receiving)\s{_IT}\b"
    rf"|(?:takes|taking)\s{_IT}\b|remains\son\b|stays\son\b|continu(?:es|ing)\b|(?:is|are)\s(?:to\sbe\s)?continued\b"
    r"|(?:to|will|should|has)\scontinued?\b|ongoing\b|so\sfar\b|to\sdate\b|up\sto\snow|since\sthen"
    r"|until\s(?:now|today|the\spresent))",
    re.IGNORECASE,
)
# "has been on", "continues", "remains on", "is on" right before the drug.
_ON = re.compile(
    r"\b(?:(?:has|have|'s|'ve)\sbeen\s(?:on|taking|receiving)|(?:is|am|are|remains?|stays?|still|now|currently)\s"
    r"(?:\w+\s)?(?:on|taking|receiving)|continu(?:es|ing|ed)(?:\s(?:on|with|to take))?|takes)\s(?:[\w.-]+\s){0,3}$",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:was|were|had|did|then|until|while|when|progress\w+)\s(?:\w+\s){0,4}$|\b(?:off|previous\w*)\b", re.IGNORECASE
)
_SINCE = re.compile(r"[\s,(]{0,3}(?:[\d.]+\s?mg\s(?:\w+\s){0,2})?since\b", re.IGNORECASE)
# What ends it, or sets it in the past.
_ENDED = re.compile(
    r"\b(?:stop(?:ped|ping)?(?!\s?(?:date)?\s?:)|discontinu\w+|d/?c'?e?d|(?:completed|finished)|ended|switch\w*|chang\w+"
    r"\sto|replaced|held|paused|withheld|interrupted|abandoned|progress\w+|until(?!\s(?:now|today|the present))|through"
    r"|came\soff|taken\soff|off\sit|gave\sup|given\sup|last\s(?:dose|cycle)|(?:then|now|followed\sby|before)(?=\s*(?:on\s)?$)|intoleran\w+|in\sthe\spast"
    r"|(?:not|n't|poorly|badly|never)\s(?:\w+\s)?tolerat\w+|tolerat\w+\s(?:\w+\s)?(?:poorly|badly)"
    r"|(?:not|n't|no longer)\s(?:\w+\s)?(?:continu\w+|on|tak\w+))\b",
    re.IGNORECASE,
)
# Before it: said of what is over, or of a course that is.
_OVER = re.compile(
    r"\b(?:complet(?:ed|ion\sof)|finish(?:ed|ing)|stop(?:ped|ping)?|discontinu\w+|held|off|failed|previous(?:ly)?|prior"
    r"|s/p|status[ -]post|history\sof|h/o|hx\sof|progress\w+|refractory|resistant|intoleran\w+|past|switched\sfrom"
    r"|changed\sfrom|last\s(?:dose|cycle)|exposed|exposure)\b",
    re.IGNORECASE,
)
_JUST_OVER = re.compile(
    r"\b(?:completed|finished|stopped|discontinued|came\soff|previously|formerly|until\srecently)\s(?:on\s|taking\s|"
    r"(?:her|his|the|adjuvant|treatment\swith)\s){0,3}$",
    re.IGNORECASE,
)
_WAS_ON = re.compile(
    r"\b(?:was|were|had\sbeen)\s(?:(?:still|then|also|already)\s)?(?:on|taking|receiving)\s(?:\w+\s)?$", re.IGNORECASE
)
_BEGAN = re.compile(
    r"\b(?:started|began|begun|initiated|commenced)(?:\son)?\s(?:(?:adjuvant|treatment|therapy|with|on|her|the)\s){0,4}$",
    re.IGNORECASE,
)
_STOPPED_BELOW = re.compile(
    rf"\b{_IT}\s(?:was|has\sbeen|had\sto\sbe)\s(?:\w+\s)?(?:stopped|discontinued|completed|changed|replaced|withdrawn)\b"
    rf"|\b(?:stopped|discontinued|completed|finished|came\soff)\s{_IT}\b",
    re.IGNORECASE,
)
# "to: ongoing", "- present", "stop date: none": its end is open.
_OPEN_END = re.compile(
    r"(?:(?:\b(?:to|until|till|through|thru|stop(?:ped)?|end(?:ed|s)?|stop\sdate|end\sdate|date\sstopped|status)"
    r"(?:\s?[:=\t]\s?|\s)|[-–—→]\s?|\bto\s(?:the\s)?)(?:ongoing|on-going|present|current(?:ly)?|now|today|date\b(?!\s?:)"
    r"|continu(?:ing|es)|active|not\sstopped|still\staking)\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"[.\s]{{1,4}}(?:(?:she|he|i|you|they|the\spatient|patient|pt|(?:mrs?|ms|miss)\.?\s[\w-]+)\s|{_IT}\s|tolerat|tolerance"
    r"|continu(?:es|ing)\b|well\stolerated|so\sfar)",
    re.IGNORECASE,
)
_OF_IT = re.compile(rf"\b{_IT}\b|\btoleran?[ct]|\bso\sfar\b|^\W*continu(?:es|ing)\W*$", re.IGNORECASE)


_LEADS_ON = re.compile(r"[,;→\n]|\b(?:and|but|then)\b", re.IGNORECASE)
_STOPPED = re.compile(
    r"(?:(?!\b(?:after|once|when|because|as)\b)[^.\n])*\b(?:stopped|discontinued)(?!\s?(?:date)?\s?:)\b", re.IGNORECASE
)


def open_end(text: str, start: int, end: int) -> bool:
    """Whether the words between say that the treatment has no end yet.

    >>> open_end("Letrozole from 2025 to present", 9, 30), open_end("Letrozole from 2021 to 2025", 9, 27)
    (True, False)
    """
    return bool(_OPEN_END.search(text, start, end))


def reach(view: View, upto: int, starts: tuple[int, ...]) -> int:
    """How far what is said of a treatment reaches behind it, in its sentence or in its fields below.

    What leads on to the next treatment is said of that one: "started tamoxifen in 2015 and continues on letrozole".
    """
    end = _next_one(view, upto, starts)
    if end != _first_from(starts, upto):
        return end
    led = [match.start() for match in _LEADS_ON.finditer(view.text, upto, end)]
    return led[-1] if led else end


def _next_one(view: View, upto: int, starts: tuple[int, ...]) -> int:
    """The next treatment, or the end of the sentence or of the fields below."""
    below = FIELDS_BELOW.match(view.text, upto)
    end = below.end() if below else min(max(view.sentence_at(upto - 1).end, upto), upto + REACH)
    return min(end, _first_from(starts, upto))


def _first_from(starts: tuple[int, ...], at: int) -> int:
    """Where the first treatment from here on begins; far away if there is none."""
    place = bisect.bisect_left(starts, at)
    return starts[place] if place < len(starts) else sys.maxsize


def begins_before(view: View, first: int) -> bool:
    """Whether right before the treatment it is said to have begun: "was started on"."""
    return bool(_BEGAN.search(view.text, max(view.sentence_at(first).start, first - 60), first))


def standing(view: View, first: int, upto: int, starts: tuple[int, ...], told: str, *, course: bool = False) -> str:
    """The status of a treatment that has a start and no stop; `told` is what its cue says, of a `course` that stays."""
    text = view.text
    end, following = reach(view, upto, starts), _next_one(view, upto, starts)
    before = text[max(view.sentence_at(first).start, first - REACH) : first]
    behind = text[upto:end]
    if open_end(text, upto, end):
        return "current"
    if _JUST_OVER.search(before):
        return "past"
    if told == "current":
        of_the_next = bool(_GOES_ON.search(text, end, following)) and not _GOES_ON.search(behind)
        return "" if _WAS_ON.search(before) or (of_the_next and not _ON.search(before)) else told
    if _ENDED.search(text, upto, following):
        return "past" if _STOPPED.match(behind) else told
    if _GOES_ON.search(behind):
        return "current"
    if below := _told_below(view, upto, following, starts):
        return below
    if _WAS.search(before):
        return told if course or _OVER.search(before) else ""
    if _ON.search(before) or (_SINCE.match(behind) and not _OVER.search(before)):
        return "current"
    return told if told != "past" or course or _OVER.search(before) else ""


def _told_below(view: View, upto: int, end: int, starts: tuple[int, ...]) -> str:
    """What the next sentence says of it: "She tolerates it well.", "It was stopped in 2022."; empty if nothing."""
    text, sentence = view.text, view.sentence_at(upto - 1)
    if end < sentence.end and _first_from(starts, upto) < sentence.end:
        return ""  # another treatment stands between
    opened = max(sentence.end, upto)
    if opened >= len(text):
        return ""
    begins = opened - 1 if text[opened - 1] in ". \n" else opened
    following = view.sentence_at(min(len(text) - 1, opened + 1))
    if not _NEXT.match(text, begins, opened + 60) or _first_from(starts, following.start) < following.end:
        return ""
    words = text[following.start : following.end]
    if _STOPPED_BELOW.search(words):
        return "past"
    return "current" if _GOES_ON.search(words) and _OF_IT.search(words) and not _ENDED.search(words) else ""
