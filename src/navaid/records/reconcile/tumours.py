"""Which findings speak of the same tumour: by side, by place, by the paper's own labels, and by time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from navaid.records.reconcile.evidence import Evidence
from navaid.records.reconcile.strength import strength
from navaid.records.reconcile.values import agree
from navaid.terms import Date, How, Value

TELLING = ("histology", "grade", "er.status", "pr.status", "her2.status", "tumour.size")
"""Two labelled parts of a paper are two tumours only where they differ in one of these; else one, sampled twice."""


@dataclass
class Group:
    """The evidence on one tumour, or on one metastasis that was biopsied."""

    side: str
    place: str
    label: str = ""
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def readings(self) -> set[int]:
        return {each.reading for each in self.evidence}

    @property
    def dates(self) -> list[Date]:
        """The days the papers speak of, in order; the days on which the person spoke are not among them."""
        papers = (each for each in self.evidence if each.finding.source.how is not How.PERSON)
        return sorted(each.date for each in papers if each.date)

    def add(self, other: Group) -> None:
        self.evidence += other.evidence
        self.side = self.side or other.side

    def values(self, concept: str) -> set[Value]:
        return {each.finding.value for each in self.evidence if each.finding.concept == concept}


def group(found: Iterable[Evidence]) -> list[Group]:
    """The tumours that the evidence speaks of, in the order of the papers. Nothing is left out."""
    by_reading: dict[int, list[Evidence]] = {}
    spoken: list[Evidence] = []
    for each in found:
        if each.finding.source.how is How.PERSON:
            spoken.append(each)
        else:
            by_reading.setdefault(each.reading, []).append(each)
    tumours: list[Group] = []
    for part in by_reading.values():
        for piece in _within(part):
            home = next((tumour for tumour in reversed(tumours) if _same(tumour, piece)), None)
            if home:
                home.add(piece)
            else:
                tumours.append(piece)
    for each in spoken:
        _hear(tumours, each)
    return tumours


def _within(part: Sequence[Evidence]) -> list[Group]:
    """The tumours of one paper."""
    pieces: dict[tuple[str, str, str], Group] = {}
    for each in part:
        place = each.finding.specimen if each.finding.specimen.startswith("metastasis") else "breast"
        side = "" if each.side == "bilateral" or place != "breast" else each.side
        key = (side, place, each.finding.tumour)
        pieces.setdefault(key, Group(*key)).evidence.append(each)
    merged: list[Group] = []
    for piece in sorted(pieces.values(), key=lambda one: (not one.side, not one.label)):
        homes = [home for home in merged if home.place == piece.place and _fits(home, piece)]
        if homes:
            homes[0].add(piece)
        else:
            merged.append(piece)
    return merged


def _fits(home: Group, piece: Group) -> bool:
    """Whether two pieces of one paper are one tumour: no side against a side, no label that sets them apart."""
    if home.side and piece.side and home.side != piece.side:
        return False
    if not home.label or not piece.label or home.label == piece.label:
        return True
    return not any(
        not agree(concept, one, other)
        for concept in TELLING
        for one in home.values(concept)
        for other in piece.values(concept)
    )


def _same(tumour: Group, piece: Group) -> bool:
    """Whether a piece of another paper speaks of a tumour that is known already."""
    if tumour.place != piece.place or tumour.readings & piece.readings:
        return False
    if tumour.side and piece.side and tumour.side != piece.side:
        return False
    if not tumour.dates or not piece.dates:
        return True
    gap = max((piece.dates[0] - tumour.dates[-1]).days, (tumour.dates[0] - piece.dates[-1]).days)
    return gap <= strength().months_apart * 30.4


def _hear(tumours: list[Group], each: Evidence) -> None:
    """The person's word goes to the tumours of the side they named, to the first where they named none."""
    homes = [tumour for tumour in tumours if each.side and tumour.side == each.side] or tumours[:1]
    if not homes:
        tumours.append(home := Group(each.side, "breast"))
        homes = [home]
    for home in homes:
        home.evidence.append(each)


def disagreeing(groups: Sequence[Group], concept: str) -> bool:
    """Whether two of these tumours have values of this concept that do not agree."""
    return any(
        not any(agree(concept, a, b) for a in one.values(concept) for b in other.values(concept))
        for one, other in combinations([each for each in groups if each.values(concept)], 2)
    )
