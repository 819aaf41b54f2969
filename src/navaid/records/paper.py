"""A person's file as Navaid reads it: text, and on which page and in which box every word of it stands."""

from __future__ import annotations

import bisect
from functools import cached_property
from typing import Any

from navaid.terms import Box, How, Record


class Word(Record, frozen=True, array_like=True):
    """A word of a page: `paper.text[start:end]`. `confidence` (0 to 1) and `second` are given where OCR read it.

    `second` is what a second OCR engine read in its place, empty where the two agree or only one looked.
    """

    start: int
    end: int
    box: Box
    confidence: float | None = None
    second: str = ""


class Page(Record, frozen=True):
    """A page of a paper: `paper.text[start:end]`, its size in its own `unit` (`pt`, `px`, empty without a layout).

    Lines are lines of the text; cells of a row are parted by a tab. `turned` is how many degrees clockwise the page was
    turned to be read; boxes are those of the original, unturned page. `words` is empty where there is no layout.
    """

    number: int
    start: int
    end: int
    how: How
    width: float = 0.0
    height: float = 0.0
    unit: str = ""
    turned: int = 0
    words: tuple[Word, ...] = ()


class Entry(Record, frozen=True):
    """A coded entry of a structured record (FHIR, C-CDA, Apple Health) and the line of the text that tells it.

    `resource` is FHIR R4 JSON; `id` is such as `Observation/er-1`.
    """

    id: str
    start: int
    end: int
    resource: dict[str, Any]


class Paper(Record, frozen=True, dict=True):
    """A file that was read. `id` is `FILE:` and the SHA-256 of its bytes, `name` the file's own name.

    `path` is where the person has it; inside an archive `archive.zip!folder/file.pdf`.

    `text` is what a reader sees, pages parted by a form feed. `media_type` is what the bytes are, not what the name
    says. `notes` tell the person what could not be read and how to mend it.
    """

    id: str
    path: str
    name: str
    media_type: str
    text: str
    pages: tuple[Page, ...]
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    def page_at(self, offset: int) -> Page:
        """The page on which this character of the text stands."""
        return self.pages[max(0, bisect.bisect_right(self._page_starts, offset) - 1)]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words with a box that overlap this span of the text."""
        page = self.page_at(start)
        first = bisect.bisect_right(page.words, start, key=lambda word: word.end)
        last = bisect.bisect_left(page.words, end, key=lambda word: word.start)
        return page.words[first:last]
