"""Forms with boxes to tick: "Positive [ ]  Negative [x]", "☐ positive ☒ negative"."""

from __future__ import annotations

import re

_EITHER = r"[\[(]\s?[x✓✔]?\s?[\])]|[☐□○☑☒■●✓✔]"
_BOX = re.compile(_EITHER)
_TICK = re.compile(r"[x☑☒■●✓✔]")
_AFTER = re.compile(rf"[\s_:]{{0,3}}(?:{_EITHER})")
_BEFORE = re.compile(rf"(?:{_EITHER})[\s_]{{0,3}}$")
_STATE = re.compile(r"positive|negative|equivocal|low positive|amplified")


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
    low = max(text.rfind("\n", max(0, start - 150), start) + 1, start - 150, 0)
    box, state = _BOX.search(text, low, end + 8), _STATE.search(text, low, end)
    first = box is not None and state is not None and box.start() < state.start()
    chosen = before if first else after
    if chosen is None:
        return False
    return not _TICK.search(chosen[0])
