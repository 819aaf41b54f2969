"""Whether a treatment that was begun is told to go on: a start alone says nothing of its end.

In: the words around the treatment. Out: `current`, `past`, or empty where its end is not told. Start at `standing`.
"""

from __future__ import annotations

import re

from navaid.records.extract.treatments.when import FIELDS_BELOW
from navaid.records.extract.view import View

REACH = 130
_IT = r"(?:it|this|that|them|treatment|therapy|the\s(?:drug|medication|medicine|tablets?|treatment|therapy))"
# "and is tolerated well", "she tolerates it", "continues", "remains on it", "still", "so far": true of the paper's day.
_GOES_ON = re.compile(
    r"\b(?:(?:is|are)\s(?:being\s)?(?:\w+\s)?tolerat(?:ed|ing)|(?<!was\s)(?<!were\s)(?<!been\s)(?:(?:very |quite )?well\s"
    rf"tolerated|tolerated\s(?:it\s)?(?:very |quite )?well)|tolerat(?:es|ing)\b|tolerance\s(?:is|remains)\sgood"
    rf"|(?:is|are|remains?|stays?|still|now)\s(?:currently\s|now\s|still\s)?(?:on|taking|receiving)\s{_IT}\b"
    rf"|(?:takes|taking)\s{_IT}\b|remains\son\b|stays\son\b|continu(?:es|ing)\b|(?:is|are)\s(?:to be\s)?continued\b"
    r"|(?:to|will|should|has)\scontinued?\b|(?:is|are|remains?|still|now)\songoing|ongoing\b|so\sfar\b|to\sdate\b"
    r"|up\sto\snow|until\s(?:now|today|the\spresent)|since\sthen)",
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
    r"|came\soff|taken\soff|off\sit|gave\sup|given\sup|last\s(?:dose|cycle)|intoleran\w+|in\sthe\spast"
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


def open_end(text: str, start: int, end: int) -> bool:
    """Whether the words between say that the treatment has no end yet.

    >>> open_end("Letrozole from 2025 to present", 9, 30), open_end("Letrozole from 2021 to 2025", 9, 27)
    (True, False)
    """
    return bool(_OPEN_END.search(text, start, end))


def reach(view: View, upto: int, starts: tuple[int, ...]) -> int:
    """How far what is said of a treatment reaches behind it: to the next one, in its sentence or its fields below."""
    below = FIELDS_BELOW.match(view.text, upto)
    end = below.end() if below else min(max(view.sentence_at(upto - 1).end, upto), upto + REACH)
    return min([end, *(start for start in starts if start >= upto)])


def standing(view: View, first: int, upto: int, starts: tuple[int, ...], told: str, *, course: bool = False) -> str:
    """The status of a treatment that has a start and no stop; `told` is what its cue says, of a `course` that stays."""
    text = view.text
    end = reach(view, upto, starts)
    before = text[max(view.sentence_at(first).start, first - REACH) : first]
    behind = text[upto:end]
    if open_end(text, upto, end):
        return "current"
    if told == "current":
        return told
    if _ENDED.search(behind):
        return told
    if _GOES_ON.search(behind) or _goes_on_below(view, upto, end, starts):
        return "current"
    if _WAS.search(before):
        return told if course or _OVER.search(before) else ""
    if _ON.search(before) or (_SINCE.match(behind) and not _OVER.search(before)):
        return "current"
    return told if told != "past" or course or _OVER.search(before) else ""


def _goes_on_below(view: View, upto: int, end: int, starts: tuple[int, ...]) -> bool:
    """Whether the next sentence says so of it: "She tolerates it well." """
    text, sentence = view.text, view.sentence_at(upto - 1)
    if end < sentence.end and any(upto <= start < sentence.end for start in starts):
        return False  # another treatment stands between
    opened = max(sentence.end, upto)
    last = text[opened - 1] if opened else ""
    if not _NEXT.match(text if last != "." else text, opened - 1 if last in ". \n" else opened, opened + 60):
        return False
    following = view.sentence_at(min(len(text) - 1, opened + 1))
    if any(following.start <= start < following.end for start in starts):
        return False
    words = text[following.start : following.end]
    return bool(_GOES_ON.search(words) and _OF_IT.search(words)) and not _ENDED.search(words)
