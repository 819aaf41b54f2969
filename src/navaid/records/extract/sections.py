"""The sections of a paper, by its headings: `tables/sections.yaml` says what each heading opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Section:
    """A part of a paper: `text[start:end]`, heading included.

    `kind` is a key of tables/sections.yaml, empty before the first heading; `body` is where what stands under the
    heading begins.
    """

    kind: str
    start: int
    body: int
    end: int


def sections(text: str) -> tuple[Section, ...]:
    """The sections in the order of the text; they cover it without a gap.

    >>> [(s.kind, s.start) for s in sections("Name: A\\nFINAL DIAGNOSIS: carcinoma")]
    [('', 0), ('final_diagnosis', 8)]
    """
    starts = [("", 0, 0)]
    for match in _pattern().finditer(text):
        kind = _kind_of(match["heading"])
        if kind != starts[-1][0]:
            starts.append((kind, match.start("heading"), match.end()))
    ends = [start for _, start, _ in starts[1:]] + [len(text)]
    return tuple(
        Section(kind, start, body, end)
        for (kind, start, body), end in zip(starts, ends, strict=True)
        if end > start or not text
    )


@cache
def _table() -> dict[str, list[str]]:
    table = files("navaid.records.extract") / "tables" / "sections.yaml"
    rows: dict[str, list[str]] = yaml.safe_load(table.read_text(encoding="utf-8"))
    return rows


@cache
def _kinds() -> dict[str, str]:
    return {_plain(heading): kind for kind, headings in _table().items() for heading in headings}


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z]+", " ", heading.lower()).strip()


def _kind_of(heading: str) -> str:
    return _kinds()[_plain(heading)]


@cache
def _pattern() -> re.Pattern[str]:
    """A heading before a colon, or alone at the end of its line."""
    names = sorted((h for hs in _table().values() for h in hs), key=len, reverse=True)
    words = "|".join(r"[\s/,-]+".join(map(re.escape, re.split(r"[\s/,-]+", name))) for name in names)
    return re.compile(rf"(?<![A-Za-z])(?P<heading>(?i:{words}))(?:\s*\([^)\n]{{0,20}}\))?[ \t]*(?::|(?=\n))")
