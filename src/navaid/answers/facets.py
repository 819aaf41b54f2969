"""Which part of a topic a question asks for, and which part a sentence speaks to; the cues are data."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from navaid.tables import load as load_table
from navaid.terms import Facet

_TABLE = Path(__file__).parent / "tables" / "facets.yaml"


def asked(text: str) -> tuple[Facet, ...]:
    """The facets that a question asks for, the plainest first; empty for one that names none.

    >>> asked("What are the side effects of tamoxifen and how long do they last?")[0]
    <Facet.RISK: 'risk'>
    """
    lowered = text.lower()
    found = []
    for facet, cues in _cues()["question"].items():
        places = [match.start() for cue in cues if (match := cue.search(lowered))]
        if places:
            found.append((-len(places), min(places), facet))
    return tuple(facet for _, _, facet in sorted(found, key=lambda item: item[:2]))


def of_sentence(text: str, heading: str) -> Facet:
    """The facet that a source's sentence speaks to; its heading counts twice.

    >>> of_sentence("Swelling may start at any time.", "Side effects of surgery")
    <Facet.RISK: 'risk'>
    """
    counts = dict(_counted(text))
    for facet, count in _of_heading(heading):
        counts[facet] = counts.get(facet, 0) + 2 * count
    if not counts:
        return Facet.WHAT_IT_IS
    order = list(Facet)
    return max(counts, key=lambda facet: (counts[facet], -order.index(facet)))


@lru_cache(maxsize=4096)
def _of_heading(heading: str) -> list[tuple[Facet, int]]:
    return _counted(heading)


def _counted(text: str) -> list[tuple[Facet, int]]:
    """How many cues of each facet a heading or sentence holds; those without any are left out."""
    lowered = text.lower()
    counts = ((facet, sum(1 for cue in cues if cue.search(lowered))) for facet, cues in _cues()["text"].items())
    return [(facet, count) for facet, count in counts if count]


@cache
def _cues() -> dict[str, dict[Facet, list[re.Pattern[str]]]]:
    data = load_table(_TABLE.read_text(encoding="utf-8"))
    return {
        table: {Facet(facet): [re.compile(cue) for cue in cues] for facet, cues in rows.items()}
        for table, rows in data.items()
    }
