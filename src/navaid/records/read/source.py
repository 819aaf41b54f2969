"""What a reader is given, and the Paper it makes: pages are added, and no reader computes an offset of its own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable

from navaid.errors import BadInput
from navaid.records.paper import Page, Paper, Word
from navaid.records.read import limits
from navaid.terms import How, Record

OnPage = Callable[[int, int, float], None]
"""Called before a page is read: its number, how many there are, and how many seconds it may take."""

# What no reader sees: controls, soft hyphens, zero-width and direction marks, lone surrogates, Unicode tags. Words can
# be hidden in them, and they make two equal words unequal. Tab, line feed and form feed stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# A zero-width joiner between Latin letters hides nothing but joins nothing either; Persian and Indic spelling needs it.
_JOINERS = re.compile("(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])")


class Source(Record, frozen=True):
    """A file's bytes, where the person has it (`archive.zip!folder/file.pdf`), and its own name."""

    data: bytes
    path: str
    name: str

    @property
    def id(self) -> str:
        """`FILE:` and the SHA-256 of the bytes."""
        return "FILE:" + hashlib.sha256(self.data).hexdigest()

    def error(self, what: str, fix: str = "") -> BadInput:
        """Why this file cannot be read. `what` continues "this file …" and holds nothing of its text."""
        return BadInput(f"{self.name} {what}", where=self.path, fix=fix)


def tidy(text: str) -> str:
    """The text without what no reader sees: one kind of line end and of space, ligatures spelled, NFC.

    >>> tidy("ﬁrst\\r\\nH\\u200bER2\\xa0pos")
    'first\\nHER2 pos'
    """
    if text.isascii():
        return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", _JOINERS.sub("", text).translate(_LIGATURES))


class Draft:
    """A Paper in the making: add pages in order, notes at any time."""

    def __init__(self, source: Source, media_type: str) -> None:
        self._source, self._media_type = source, media_type
        self._texts: list[str] = []
        self._pages: list[Page] = []
        self._notes: list[str] = []
        self._length = 0

    def page(
        self,
        text: str,
        how: How,
        words: Iterable[Word] = (),
        *,
        width: float = 0.0,
        height: float = 0.0,
        unit: str = "",
        turned: int = 0,
    ) -> None:
        """Add a page; the spans of `words` count from the beginning of `text`, which must be tidy."""
        if self._pages:
            self._length += 1  # the form feed that parts pages
        start = self._length
        self._length += len(text)
        if self._length > limits.TEXT_BYTES:
            raise self._source.error(
                f"holds more than {limits.TEXT_BYTES // limits.MB} million characters of text",
                "split it, and add the parts that are about you",
            )
        self._texts.append(text)
        placed = tuple(
            Word(
                start=word.start + start,
                end=word.end + start,
                box=word.box,
                confidence=word.confidence,
                second=word.second,
            )
            for word in words
        )
        self._pages.append(
            Page(
                number=len(self._pages) + 1,
                start=start,
                end=self._length,
                how=how,
                width=width,
                height=height,
                unit=unit,
                turned=turned,
                words=placed,
            )
        )

    def note(self, text: str) -> None:
        """Tell the person something of this file, once."""
        if text not in self._notes:
            self._notes.append(text)

    def paper(self) -> Paper:
        """The Paper; raises BadInput where nothing was read and no note says why."""
        text = "\f".join(self._texts)
        if not text.strip() and not self._notes:
            raise self._source.error("holds no text", "check that this is the file you meant")
        return Paper(
            id=self._source.id,
            path=self._source.path,
            name=self._source.name,
            media_type=self._media_type,
            text=text,
            pages=tuple(self._pages) or (Page(number=1, start=0, end=0, how=How.PLAIN),),
            notes=tuple(self._notes),
        )
