"""What counts only right beside a marker: signs, "present", "0", numbers in a row. A plain text and its marks enter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from navaid.records.extract.receptors.boxes import unticked
from navaid.records.extract.receptors.event import Event
from navaid.records.extract.receptors.names import Mark

_MINUS = re.compile(
    r"-(?!\s{0,3}[a-z0-9(]|-)"
    r"|\s-(?!\s{0,3}[a-z0-9(]|-|\s?[.:]\s{0,3}(?:pos|neg|weak|strong|equiv|not\s|see|pend|perform|previous|\d))"
    r"|\.?\s?\(?-\s?ve\b|\s?\(-\)|\s?:\s?-(?=\s?[.,;)\n]|$)"
    r"|-(?=\s\()|-(?=\s(?!pos|neg|weak|strong|equiv|not|\d|focal|high|low|see|pend|amplif|over)[a-z])"
)
_PLUS = re.compile(r"\s?\(?\+")
_DASH = re.compile(r"\s?-\s?(?:/|,)?\s?$")


def minus_signs(text: str, marks: list[Mark]) -> list[Event]:
    """The minus signs that are results: "ER-", "HER2- disease", "ER-PR-HER2+"; not "ER - positive", "HER2-targeted"."""
    found, signed = [], False
    for index in range(len(marks) - 1, -1, -1):
        mark, after = marks[index], marks[index + 1] if index + 1 < len(marks) else None
        match = _MINUS.match(text, mark.end)
        if not match and signed and after and after.start - mark.end <= 4 and _DASH.match(text, mark.end, after.start):
            match = _DASH.match(text, mark.end, after.start)
        signed = bool(match or _PLUS.match(text, mark.end))
        if match:
            found.append(Event("sign", mark.end, match.end(), "negative"))
    return found


_DIRECT = re.compile(
    r"\s{0,2}(?:(?:by\s)?(?:status|immuno\w{0,16}|expression|staining|protein)\s?)?[:\-=]?\s{0,4}(?:(?:is|are|was|were|shows?)\s)?(?:(?P<positive>present|detected|identified|expressed|reactive|pos|positivity(?=\s?[,.;)]|\sand\b))|(?P<negative>neg|absent|not\s(?:present|identified|detected|found|seen)|none))\b"
)
_ZERO = re.compile(
    r"\s{0,3}(?:ihc\s|score\s|expression\s|by\sihc\s)?[:=-]?\s?(?P<zero>0)(?=\s{0,2}(?:[,;)\n]|\.(?!\d)|$)|\s(?:pg?r|er|her-?2|ki-?67)\b)"
)
# "IHC 0", "(IHC): 0 negative", "immunohistochemistry 0", "HER2: 0 (negative)"
_IHC_ZERO = re.compile(
    r"[^.;\n\d]{0,40}?\b(?:ihc|immunohisto\w{1,12})\)?(?:\sscore)?\s{0,2}(?:(?:is|was|of)\s|[:=-])?\s{0,30}"
    r"(?P<zero>0)(?=\s{0,3}(?:[),;\n\t(|]|neg|\.(?!\d)|$))"
    r"|\)?\s{0,2}[:=]?\s{0,30}(?P<before>0)(?=\s{1,3}(?:neg|\([a-z]))"
)
_SIGN_BEFORE = re.compile(r"(?<![\w)%+-])\(?([+-])\)?\s?$")
_SIGN_AFTER = re.compile(r"\s?\(?[+-]")


def signs_before(text: str, marks: list[Mark]) -> Iterator[Event]:
    """ "(+) ER, (+) PR, (-) HER2": a row in which every sign stands before its marker."""
    row: list[Event] = []
    for mark, after in itertools.pairwise([*marks, None]):
        if mark is None:
            return
        sign = _SIGN_BEFORE.search(text, max(0, mark.start - 5), mark.start)
        if sign:
            value = "positive" if sign[1] == "+" else "negative"
            row.append(Event("state", sign.start(), mark.start, value, sign="list"))
        if sign and after and after.start - mark.end <= 12:
            continue
        if len(row) > 1 and sign and not _SIGN_AFTER.match(text, mark.end):
            yield from row
        row = []


# A figure of the test between name and result: "HER2 8.8 Negative", "ER Score: 8.9   Positive".
_FIGURE = re.compile(
    r"\s{1,3}(?:gene\s)?(?:score\s?)?[:=]?\s{0,4}\d{1,2}\.\d{1,2}\s{1,6}\(?(?P<word>positive|negative|equivocal)\b"
)
_GLUED = re.compile(r"positive|negative")
_BELOW_ONE = re.compile(r"\s?[:=]?\s?(<\s?1)(?=\s?(?:[,;)\n]|\.(?!\d)|$))")
_PAIRS = {
    kind: (
        re.compile(rf"\s?:?\s?({first})\s?[,;/]?\s?(?:and\s)?$"),
        re.compile(rf"\s?:?\s?({second})(?!\s?[\d%/+-]|\.\d)(?=[\s,;.)]|$)"),
    )
    for kind, first, second in (("allred", "[5-8]", "[0-8]"), ("percent", "[1-9]\\d|100", "[1-9]\\d|100|0"))
}
_LIST = re.compile(r"\s{0,3}:?\s{0,3}\(?(?P<one>[+-])\s?[/,]\s?(?P<two>[+-])(?:\s?[/,]\s?(?P<three>[+-]))?(?![\w+])")


def direct(text: str, marks: list[Mark]) -> Iterator[Event]:
    """What counts only right after a marker: "present", HER2 "0", and "+/+/-" after a list."""
    for mark, after in itertools.pairwise(marks):
        if (mark.marker, after.marker) == ("er", "pr") and after.start - mark.end < 12 and mark.short:
            for kind, (first, second) in _PAIRS.items():
                one, two = first.match(text, mark.end, after.start), second.match(text, after.end)
                for found in (one, two) if one and two else ():
                    number = float(found[1])
                    yield Event(kind, found.start(1), found.end(1), found[1], low=number, high=number)
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if mark.marker == "her2" and (match := _IHC_ZERO.match(text, mark.end, end)):
            score = str(match.lastgroup)
            yield Event("plus", match.start(score), match.end(score), "0", high=-1)
        if text[mark.end - 1].isalnum() and (match := _GLUED.match(text, mark.end)):
            yield Event("state", match.start(), match.end(), match[0])
        elif match := _FIGURE.match(text, mark.end):
            yield Event("state", match.start("word"), match.end("word"), match["word"])
        elif match := _BELOW_ONE.match(text, mark.end):
            yield Event("percent", match.start(1), match.end(), low=1.0, high=1.0, sign="<")
        elif match := _DIRECT.match(text, mark.end):
            if not unticked(text, match.start(str(match.lastgroup)), match.end()):
                yield Event("state", match.start(str(match.lastgroup)), match.end(), str(match.lastgroup))
        elif mark.marker in ("er", "pr", "her2") and (match := _ZERO.match(text, mark.end)):
            yield Event("plus", match.start("zero"), match.end("zero"), "0", high=-1)
        elif match := _LIST.match(text, mark.end):
            for name in ("one", "two", "three"):
                if match[name]:
                    yield Event(
                        "sign", match.start(name), match.end(name), "positive" if match[name] == "+" else "negative"
                    )
