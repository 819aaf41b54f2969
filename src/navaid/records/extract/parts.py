"""The specimen parts of a pathology report: "A. BREAST, RIGHT, LUMPECTOMY:", "PART 2: …", "Specimen 3:", "(B) …"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part's label ("A", "2", "A-C"), its heading's words, where its label stands and where its heading ends."""

    label: str
    head: str
    start: int
    body: int


_NAMED = re.compile(
    r"(?<![A-Za-z])(?:PART|Part|Specimen|SPECIMEN)(?:[ \t]{1,2}|-)#?[ \t]?"
    r"(?P<label>[A-Z](?![A-Za-z])|\d{1,2}(?![\d.]))(?P<mark>[ \t]*[:.)\-–]|[ \t]+(?=[A-Z]))"
)
_LISTED = re.compile(
    r"(?:(?<=^)|(?<=[\n\f.:;])|(?<=[\n\f.:;][ \t])|(?<=[.:;][ \t]{2})|(?<=\n[ \t]{2})|(?<=\n[ \t]{4})|(?<=-[ \t]))"
    r"\(?(?P<label>[A-Z](?:[ \t]?(?:[-,&]|and)[ \t]?[A-Z]){0,3}|[1-9]\d?(?=\.[ \t]|\)|:))"
    r"[.:)]{1,2}\.?[ \t]+(?=[\"“A-Z(])"
)
_HEAD_END = re.compile(r":|\n|\f|\.(?=\s|$)| -+(?=\s)|\s-(?=\s)|;")
_ORGAN = re.compile(
    r"(?i)breast|lymph|node|axill|skin|nipple|sentinel|margin|mastectomy|lumpectomy|excision|biops|tissue|resection|flap"
    r"|\bsln|cavity|chest|core|aspirat|uter|ovar|colon|lung|liver|bone|brain|prostate|thyroid|scar|areola|capsule|implant"
)
# Words of a finding: a list item with these in its heading is a line of a diagnosis, not a new part.
_FINDING = re.compile(
    r"(?i)carcinoma|tumou?r\b|negative|positive|invasi|invol|\bfree\b|\bis\b|\bare\b|identified|present\b|absent|grade|\bdifferentiat"
    r"|change|closest|\bshows?\b|reactive|benign|metasta|unremarkable|received|microcalc|labell?ed|container"
    r"|uptake|\bpet\b|\bct\b|\bmri\b|unclear|uncertain|plan\b|follow|recommend|discuss|continue|start\b|will\b|refer|therapy|radiat"
)
_HEAD_LENGTH = 170


def parts(text: str, headings: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """The parts in the order of the text. `headings` are (start, end) of the headings of sections.

    Where a section names its parts as such ("PART 1"), lettered lines in it are not parts of their own.

    >>> [(p.label, p.head) for p in parts("A. BREAST, LEFT, BIOPSY: DCIS. B. THE TUMOR IS 2 CM. C. SKIN: BENIGN.", [])]
    [('A', 'BREAST, LEFT, BIOPSY'), ('C', 'SKIN')]
    """
    starts = [start for start, _ in headings]
    named = [part for part in _named(text) if _ORGAN.search(part.head) or part.head.lower().startswith("received")]
    named = named if len(named) > 1 else []
    over = {_above(part.start, starts) for part in named}
    listed = [
        p for p in _listed(text) if _above(p.start, starts) not in over and not _in_heading(p.start, starts, headings)
    ]
    letters = [part for part in listed if part.label[0].isalpha()]
    listed = letters if len(letters) * 2 >= len(listed) else [p for p in listed if p.label[0].isdigit()]
    return tuple(sorted([*named, *listed], key=lambda part: part.start))


def _above(at: int, starts: list[int]) -> int:
    return bisect.bisect_right(starts, at) - 1


def _named(text: str) -> Iterator[Part]:
    for match in _NAMED.finditer(text):
        end = _HEAD_END.search(text, match.end(), match.end() + _HEAD_LENGTH)
        stop = end.start() if end else match.end()
        yield Part(match["label"], text[match.end() : stop].strip(' "“”-'), match.start(), end.end() if end else stop)


def _listed(text: str) -> Iterator[Part]:
    for match in _LISTED.finditer(text):
        end = _HEAD_END.search(text, match.end(), match.end() + _HEAD_LENGTH)
        if end is None:
            continue
        head = text[match.end() : end.start()].strip(' "“”-')
        if _ORGAN.search(head) and not _FINDING.search(head):
            yield Part(match["label"], head, match.start(), end.end())


def _in_heading(at: int, starts: list[int], headings: Sequence[tuple[int, int]]) -> bool:
    above = _above(at, starts)
    return above >= 0 and headings[above][0] <= at < headings[above][1]
