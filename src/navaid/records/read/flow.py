"""Words in the order of a marked-up document -> lines: white space collapsed, cells of a row parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACE = re.compile(r"[ \t\n\f\r\v]+")
_TAB = "\ue002"  # a private sign that no document has: a tab that was meant, unlike one that is white space


class Flow:
    """Lines in the making. What is written collects in one line until a break.

    >>> flow = Flow()
    >>> flow.write(" Grade:\\n 2 ")
    >>> flow.paragraph()
    >>> flow.row(["ER", "positive\\n(95 %)", ""])
    >>> flow.text
    'Grade: 2\\n\\nER\\tpositive (95 %)'
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []

    def write(self, text: str) -> None:
        """Words of the present line; a run of white space counts as one space."""
        self._words.append(text)

    def tab(self) -> None:
        """The next word stands in another cell of this line."""
        self._words.append(_TAB)

    def keep(self, text: str) -> None:
        """Text whose lines and spaces are as the author set them."""
        self.line()
        self._lines += [line.rstrip() for line in text.strip("\n").split("\n")]

    def line(self) -> None:
        """The next word stands on a new line."""
        cells = "".join(self._words).split(_TAB)
        words = "\t".join(map(_one_line, cells)).strip("\t")
        self._words.clear()
        if words:
            self._lines.append(words)

    def paragraph(self) -> None:
        """The next word stands after an empty line."""
        self.line()
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def row(self, cells: Iterable[str]) -> None:
        """A row of a table. An empty cell keeps its place, but for those at the end."""
        self.line()
        if row := "\t".join(_one_line(cell) for cell in cells).rstrip("\t"):
            self._lines.append(row)

    @property
    def text(self) -> str:
        """All lines so far."""
        self.line()
        return "\n".join(self._lines).strip("\n")


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
