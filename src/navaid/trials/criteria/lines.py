"""The lines of an eligibility text: how deep each stands, with which mark, and the items of a list in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A mark before an item: a bullet (the registry escapes it: `\-`), a number (`3.`, `(3)`, `2.1`), a letter (`b)`).
_MARK = re.compile(
    r"[ \t]*(?P<mark>(?:\\?[-*+–—]|[•●▪■◦○‣·º]|o)(?=[ \t])|(?:\\?[-–•])(?=[A-Z≥≤])"
    r"|\(?\d{1,2}(?:\.\d{1,2})?\\?[.)）、]{1,2}(?=[ \t])|\(?\d{1,2}\\?[.)）、](?=[A-Za-z≥≤])|\d{1,2}\."
    r"(?:\d|1\d)(?=[ \t])(?![ \t]*(?:[Yy]ears?|[Yy]rs?|[Mm]onths?)\b)"
    r"|\d{1,2}\.(?=\d{1,2}[ \t]*(?:[Yy]ears?|[Yy]rs?|[Mm]onths?)\b)|[①-⑳]"
    r"|\(?(?:[a-zA-Z]|[ivx]{1,4})\\?[.)](?=[ \t])|#?\d{1,2}(?=[ \t]+[A-Z]))[ \t]*"
)
_NUMBER = re.compile(
    r"(?<![\w.,/≥≤<>=(+-])(?<![<>=≥≤] )(?<!Cohort )(?<!Part )(?<!Phase )(?<!Grade )(?<!grade )"
    r"(?<!Stage )(?<!Arm )(?<!Group )(?<!type )"
    r"\(?(?P<number>\d{1,2})\\?(?:[.)][ \t]+(?=\S)|[)）、](?=[A-Za-z≥≤]))"
)
_ROMAN = re.compile(r"(?<![\w.])\(?(?P<count>i{1,3}|iv|vi{0,3}|ix|x)[.)][ \t]+(?=\S)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LETTER = re.compile(r"(?<![\w.])\(?(?P<count>[a-j])\)[ \t]+(?=\S)")
_LETTERS = "abcdefghij"
_CIRCLED = re.compile(r"[①-⑳][ \t]*(?=\S)")
_BULLET = re.compile(
    r"(?<=[.;:,\w)])(?<![ \t][IVX])(?<!II)(?<!IV)[ \t]+(?:[•●▪■◦]|\\?\*|\\?-(?=[ \t][A-Z]))[ \t]+(?=\S)"
)
# A whole text of the old style in one line: headings and criteria one behind the other, each with a capital.
_RUNNING = re.compile(r"(?:DISEASE|PATIENT) CHARACTERISTICS:[ \t]+\w|PRIOR CONCURRENT THERAPY:[ \t]+\w")
_RUNS_ON = re.compile(
    r"(?<=[a-z:)\d])[ \t]+(?=[A-Z][a-z]+(?:[ \t]+(?:[a-z(]|[A-Z]{2,})|:))|(?<=[A-Z]:)[ \t]+(?=[A-Z][a-z])"
)


# A list that lost its line ends: criteria one behind the other, each begun by a capital.
_ONE_LINE = re.compile(r"(?P<last>\S*[a-z)\d%.])[ \t]+(?=[A-Z][a-z]+(?:[ \t]+(?:[a-z(]|[A-Z]{2,})|:))")
_FEWEST, _SHORTEST = 3, 30


@dataclass(frozen=True)
class Piece:
    """A line, or an item of one: `text[start:end]` without its mark and without blanks around.

    `depth` is where its mark or its first letter stands; items in running text are deeper than their line. `mark`
    is `*` for a bullet, `1` for a number (`(1` with a bracket), `a` for a letter, empty for none. `blank`: an empty
    line comes before.
    """

    start: int
    end: int
    depth: int
    mark: str
    blank: bool


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of `text[start:end]` in order; what is blank is left out."""
    blank = True
    for line in re.compile(r"[^\n]*\n?").finditer(text, start, end):
        if not re.search(r"\w", line[0]):  # a stray colon or rule parts no more than an empty line does
            blank = True
            continue
        yield from _of_line(text, line.start(), line.end(), blank)
        blank = False


def running(text: str, piece: Piece) -> list[Piece]:
    """A piece that is all there is of a part, cut where its criteria seem to begin; itself where that are too few.

    Some copies of the registry lose the line ends of a list.
    """
    cuts = [
        (match.end("last"), match.end())
        for match in _ONE_LINE.finditer(text, piece.start, piece.end)
        if not match["last"][0].isupper() and match["last"] not in ("e.g.", "i.e.")
    ]
    if len(cuts) < _FEWEST or len(text[piece.start : piece.end].split()) < _SHORTEST or piece.mark:
        return [piece]
    starts = [piece.start, *(begin for _, begin in cuts)]
    ends = [*(end for end, _ in cuts), piece.end]
    return [Piece(start, end, piece.depth, "", True) for start, end in zip(starts, ends, strict=True)]


def _of_line(text: str, start: int, stop: int, blank: bool) -> Iterator[Piece]:
    marked = _MARK.match(text, start, stop)
    mark = marked["mark"] if marked else ""
    body = marked.end() if marked else stop - len(text[start:stop].lstrip())
    while marked and (again := _MARK.match(text, body, stop)) and not _number(again["mark"]):
        marked, mark, body = again, again["mark"], again.end()  # "* - Age": a bullet that was pasted with the item
    depth = len(text[start : marked.start("mark") if marked else body].expandtabs(4))
    items = _items(text, body, stop, mark)
    inner = depth + 2 * (not _number(mark))
    cuts = [(body, body, depth, _kind(mark)), *((at, begin, inner, kind) for at, begin, kind in items)]
    for number, (_, begin, deep, kind) in enumerate(cuts):
        upto = cuts[number + 1][0] if number + 1 < len(cuts) else stop
        if re.search(r"\w", text[begin:upto]):
            yield Piece(begin, begin + len(text[begin:upto].rstrip()), deep, kind, blank and not number)


def _items(text: str, body: int, stop: int, mark: str) -> list[tuple[int, int, str]]:
    """Where a list in running text has its items: numbers that count up, or bullets after other words."""
    if _RUNNING.match(text, body, stop):
        return [(match.start(), match.end(), "") for match in _RUNS_ON.finditer(text, body, stop)]
    circled = [(match.start(), match.end(), "1") for match in _CIRCLED.finditer(text, body, stop)]
    if len(circled) >= 2:
        return circled
    for pattern, wanted, fewest in ((_ROMAN, _ROMANS, 3), (_LETTER, _LETTERS, 2)):
        counted = [(match.start(), match.end(), "a") for match in _counted(pattern, wanted, text, body, stop)]
        if len(counted) >= fewest and (pattern is _ROMAN or text[: counted[0][0]].rstrip().endswith(":")):
            return counted
    last = first = _number(mark)
    numbers = []
    for match in _NUMBER.finditer(text, body, stop):
        if int(match["number"]) == last + 1:
            numbers.append((match.start(), match.end(), "(1" if re.search(r"[)）]", match[0]) else "1"))
            last += 1
    if len(numbers) >= (1 if first else 2):
        return numbers
    bullets = [(match.start(), match.end(), "*") for match in _BULLET.finditer(text, body, stop)]
    alone = bullets and (text[bullets[0][0] - 1] == ":" or re.search(r"[•●▪■◦]", text[bullets[0][0] : bullets[0][1]]))
    return bullets if len(bullets) >= 2 or alone else []


def _counted(
    pattern: re.Pattern[str], wanted: Sequence[str], text: str, body: int, stop: int
) -> Iterator[re.Match[str]]:
    """Marks that count up: "i. …, ii. …", "a) … b) …"."""
    at = 0
    for match in pattern.finditer(text, body, stop):
        if at < len(wanted) and match["count"] == wanted[at]:
            yield match
            at += 1


def _number(mark: str) -> int:
    plain = mark.strip("()\\.# ")
    return int(plain) if plain.isdecimal() else 0


def _kind(mark: str) -> str:
    plain = mark.strip("()\\.# ")
    if plain[:1].isdigit():
        return "(1" if mark.rstrip().endswith((")", "）")) else "1"
    if plain.isalpha() and mark != "o":
        return "a"
    return "*" if mark else ""
