"""Cheap looks at a text before the slow ones: patterns for lower case, and rows found by a part of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_KEPT = re.compile(r"\\.|\(\?P[<=>]|[A-Z]+")


def lowered(pattern: str) -> str:
    """A pattern for text in lower case: several times as fast as to ignore the case. Escapes are left as they are.

    >>> lowered(r"(?P<sign>ECOG)\\W+PS")
    '(?P<sign>ecog)\\\\W+ps'
    """
    return _KEPT.sub(lambda found: found[0] if found[0][0] in "\\(" else found[0].lower(), pattern)


class Cues:
    """Rows by their cues: hundreds of rows, of which hardly any is spoken of in a statement."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows = tuple(rows)
        by_cue: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for cue in row["cues"]:
                by_cue.setdefault(cue, []).append(number)
        self._by_cue = tuple(by_cue.items())

    def spoken_of(self, small: str) -> list[dict[str, Any]]:
        """The rows that have a cue in this text (in lower case), in their order."""
        found = [numbers for cue, numbers in self._by_cue if cue in small]
        return [self._rows[number] for number in sorted({number for numbers in found for number in numbers})]
