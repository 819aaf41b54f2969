"""Boxes to tick: what stands at an empty box is not said of the tumour, so it is read as blank."""

from __future__ import annotations

import re

_BOX = re.compile(
    r"\[ ?(?P<a>[x✓✔*]?) ?\]|\( ?(?P<b>[x✓✔]?) ?\)|(?P<c>[☑☒✓✔■])|[☐□]|(?<![a-z0-9_])_(?P<d>[x_ ]?)_(?![a-z0-9])"
)
_TICKED = re.compile(r"\[ ?[x✓✔*] ?\]|\( ?[x✓✔] ?\)|[☑☒✓✔■]|_x_")


def without_unticked(low: str) -> str:
    """The text, as long as before, with the words at empty boxes blanked; unchanged where no box is ticked.

    >>> without_unticked("pni: ( ) present (x) absent")
    'pni:             (x) absent'
    >>> without_unticked("involved: yes [ ] no [x]")
    'involved:         no [x]'
    """
    if not _TICKED.search(low):
        return low
    return "".join(_line(line) for line in low.splitlines(keepends=True))


def _line(line: str) -> str:
    boxes = list(_BOX.finditer(line))
    if not boxes:
        return line
    start = line.rfind(":", 0, boxes[0].start()) + 1
    before = not line[start : boxes[0].start()].strip(" \t-*•")
    letters = list(line)
    for at, box in enumerate(boxes):
        if box["a"] or box["b"] or box["c"] or (box["d"] or "").strip(" _"):
            continue
        if before:
            low, high = box.start(), boxes[at + 1].start() if at + 1 < len(boxes) else len(line.rstrip("\r\n"))
        else:
            low, high = (boxes[at - 1].end() if at else start), box.end()
        letters[low:high] = " " * (high - low)
    return "".join(letters)
