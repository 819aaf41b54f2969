"""Forms with boxes to tick: "Positive [ ]  Negative [x]", "☐ positive ☒ negative", "_X_ Positive"."""

from __future__ import annotations

import re

_EITHER = r"[\[(]\.?\s?[x✓✔]?\s?[\])]|[☐□○☑☒■●✓✔]"
_TICK = re.compile(r"[x☑☒■●✓✔]")
_AFTER = re.compile(rf"[\s_:]{{0,3}}(?:{_EITHER})")
_BEFORE = re.compile(rf"(?:{_EITHER})\.?[\s_]{{0,3}}$")
_ROW = re.compile(
    rf"(?:(?P<box>{_EITHER})|(?P<word>pos(?:itive)?|neg(?:ative)?|equivocal|borderline|amplified))"
    rf"(?:{_EITHER}|pos(?:itive)?|neg(?:ative)?|equivocal|borderline|low|not|amplified|[\s.:;,_/|-]){{0,40}}$"
)

# A box that stands before its words.
_EMPTY = r"(?<!\w)_{2,5}(?!\w)|\[[ _]{0,3}\]|\([ _]{1,3}\)|[☐□]"
_SIGNS_OF_EMPTY = ("__", "[ ", "[]", "[_", "( ", "(_", "☐", "□")
_CHOSEN = r"(?<!\w)_{1,3}[x✓✔]_{0,3}(?!\w)|[\[(]\s?[x✓✔]\s?[\])]|[☑☒✓✔]"
_LIST = re.compile(rf"(?P<empty>{_EMPTY})|(?P<chosen>{_CHOSEN})")
_ANSWER = re.compile(r"\b(?:pos|neg|equivo|indeterm|borderline|amplified|low|ultra-?low)\w*|\b[0-3]\s?\+|\b0\b")
_OPTION = re.compile(r"[ \t]{0,4}[^\n\s](?:(?!\s{2}|[.;](?:\s|$))[^\n)]){0,60}\)?")


def without_unticked(text: str) -> str:
    """A plain text in which the answers behind empty boxes are blotted out; boxes behind their words stay.

    >>> without_unticked("er: [ ] negative [x] positive").replace(chr(0), ".")
    'er: .............[x] positive'
    >>> without_unticked("er: negative [ ] positive [x]")
    'er: negative [ ] positive [x]'
    """
    if not any(sign in text for sign in _SIGNS_OF_EMPTY):
        return text
    parts, at, end_before, line_before = [], 0, 0, True
    boxes = list(_LIST.finditer(text))
    for index, box in enumerate(boxes):
        line = text.rfind("\n", end_before, box.start()) + 1
        if index == 0 or line:  # the first box of its line: whether words stand before it or behind
            line_before = not _ANSWER.search(text, max(line, box.start() - 60), box.start())
        end_before = box.end()
        if not line_before or not box["empty"]:
            continue
        until = boxes[index + 1].start() if index + 1 < len(boxes) else len(text)
        option = _OPTION.match(text, box.end(), until)
        if option and _ANSWER.search(option[0]):
            parts += [text[at : box.start()], "\x00" * (option.end() - box.start())]
            at = option.end()
    return "".join([*parts, text[at:]])


def unticked(text: str, start: int, end: int) -> bool:
    """Whether the word of a plain text stands beside an empty box, where its line has boxes at all.

    >>> line = "er: positive [ ]  negative [x]"
    >>> [unticked(line, 4, 12), unticked(line, 18, 26)]
    [True, False]
    >>> line = "er: [ ] positive  [x] negative"
    >>> [unticked(line, 8, 16), unticked(line, 22, 30)]
    [True, False]
    """
    after, before = _AFTER.match(text, end), _BEFORE.search(text, max(0, start - 8), start)
    if not after and not before:
        return False
    row = _ROW.search(text, max(0, start - 90), start)
    chosen = before if row and row["box"] else after
    if chosen is None:
        return False
    return not _TICK.search(chosen[0])
