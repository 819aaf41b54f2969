"""Which way up a photographed page is shown: told by the order in which its words were read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from navaid.terms import Finding

_LONG = 6  # signs: a shorter word tells nothing by the shape of its box
_CLEAR = 0.75


def upright(findings: Iterable[Finding], page: int) -> int:
    """By how many degrees clockwise this page is turned to stand upright; 0 where that cannot be told.

    Lines follow one another downwards. On a page that lies on its side they do so from left to right, or back.
    """
    placed = {
        (finding.source.start, finding.source.box)
        for finding in findings
        if finding.source.page == page and finding.source.box and len(finding.source.words) >= _LONG
    }
    boxes = [box for _, box in sorted(placed, key=lambda one: one[0])]
    tall = [box for box in boxes if box.y1 - box.y0 > box.x1 - box.x0]
    sideways = len(tall) > len(boxes) / 2
    at = [box.x0 + box.x1 if sideways else box.y0 + box.y1 for box in boxes]
    steps = [second - first for first, second in pairwise(at) if second != first]
    if not steps:
        return 0
    onward = sum(step > 0 for step in steps) / len(steps)
    if onward >= _CLEAR:
        return 90 if sideways else 0
    if onward <= 1 - _CLEAR and (sideways or len(steps) > 2):
        return 270 if sideways else 180
    return 0
