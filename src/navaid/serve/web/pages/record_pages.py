"""What the pages of a person's records share: one paper by its address, one concept, the places of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from navaid.answers.report import kept
from navaid.errors import NavaidError
from navaid.records import worded
from navaid.records.concepts import Concept, concept
from navaid.records.export.places import Place, places
from navaid.records.render import papers as listed
from navaid.records.render.lines import Lines, lines
from navaid.records.render.picture import has_pictures
from navaid.records.render.upright import upright
from navaid.records.vault import Original, Papers
from navaid.terms import Box, Field, Finding, How, Profile

MOST_PLACES = 8


def original(papers: Papers, id_: str) -> Original:
    """The paper at this address. Raises HTTPException 404."""
    if re.fullmatch("[0-9a-f]{16,64}", id_):
        for held in papers.originals():
            if held.id.removeprefix("FILE:").startswith(id_):
                return held
    raise HTTPException(404)


def concept_at(name: str) -> Concept:
    """The concept at this address. Raises HTTPException 404."""
    try:
        return worded.concept_named(name)
    except NavaidError:
        raise HTTPException(404) from None


@dataclass(frozen=True)
class Spot:
    """A place of a value: its words, what they say, and the page's picture or the lines of the text around them.

    `picture` is an address without its ending for the part around the words; `page` that of the whole page.
    """

    place: Place
    value: str
    paper: str = ""
    picture: str = ""
    page: str = ""
    lines: Lines | None = None
    why_not: str = ""


class Spots:
    """Finds the places of values; a paper that is text is read once."""

    def __init__(self, papers: Papers, profile: Profile) -> None:
        self._papers, self._profile = papers, profile
        self._readings = papers.readings()
        self._originals = {original.id: original for original in papers.originals()}
        self._homes = {r.file: o for o in self._originals.values() for r in papers.readings(o.id)}
        self._heads: dict[str, bool] = {}

    def of(self, field: Field) -> Iterator[Spot]:
        """The places behind a field, the deciding one first."""
        found = list(zip(field.findings, places(field, self._profile, self._readings), strict=True))
        for index, place in found[:MOST_PLACES]:
            finding = self._profile.findings[index]
            value = concept(finding.concept).in_words(finding.value)
            home = self._homes.get(finding.source.file)
            if finding.source.how is How.PERSON or home is None:
                yield Spot(place, value)
                continue
            short = listed.short(home.id)
            inside = home.id != finding.source.file
            if not inside and finding.source.box and self._pictured(home):
                at = boxes_in_address((finding.source.box,))
                page = f"/records/papers/{short}/pages/{finding.source.page}"
                turn = self._turn(finding)
                yield Spot(place, value, short, f"{page}.png?near=1&at={at}{turn}", f"{page}?at={at}{turn}")
                continue
            shown, why = (None, "It lies in an archive; unpack it and add the paper itself to see its page.")
            if not inside:
                shown, why = self._lines(home, index)
            yield Spot(place, value, short, lines=shown, why_not=why)

    def _turn(self, finding: Finding) -> str:
        """How the picture is turned, as it stands in its address."""
        if finding.source.how is not How.OCR:
            return ""
        same = (other for other in self._profile.findings if other.source.file == finding.source.file)
        turn = upright(same, finding.source.page)
        return f"&turn={turn}" if turn else ""

    def _pictured(self, home: Original) -> bool:
        if home.id not in self._heads:
            self._heads[home.id] = has_pictures(next(iter(self._papers.bytes_of(home.id)), b"")[:65_536])
        return self._heads[home.id]

    def _lines(self, home: Original, index: int) -> tuple[Lines | None, str]:
        """The lines around the words, or why there are none."""
        source = self._profile.findings[index].source
        try:
            for paper in kept.paper(self._papers, home.id, lambda *_: None):
                if found := lines(paper, source):
                    return found, ""
        except NavaidError as error:
            return None, f"{error.what[:1].upper()}{error.what[1:]}."
        return None, "These words are not in the paper as it is read now; read it anew on its page."


def boxes_in_address(boxes: tuple[Box, ...]) -> str:
    """Boxes as they stand in an address: numbers only.

    >>> boxes_in_address((Box(x0=1, y0=2.25, x1=3, y1=4),))
    '1.0,2.2,3.0,4.0'
    """
    return ";".join(",".join(f"{side:.1f}" for side in (box.x0, box.y0, box.x1, box.y1)) for box in boxes)


def boxes_of_address(at: str) -> tuple[Box, ...]:
    """The boxes of an address; none where it is not one of ours.

    >>> boxes_of_address("1.0,2.2,3.0,4.0"), boxes_of_address("1,2,x")
    ((Box(x0=1.0, y0=2.2, x1=3.0, y1=4.0),), ())
    """
    number = r"\d{1,5}\.\d"
    if not re.fullmatch(rf"{number}(?:,{number}){{3}}(?:;{number}(?:,{number}){{3}}){{0,15}}", at):
        return ()
    corners = [[float(side) for side in box.split(",")] for box in at.split(";")]
    return tuple(Box(x0=x0, y0=y0, x1=x1, y1=y1) for x0, y0, x1, y1 in corners if x0 <= x1 and y0 <= y1)
