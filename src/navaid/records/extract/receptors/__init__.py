"""Oestrogen, progesterone and androgen receptors, HER2, Ki-67, PD-L1, MSI and MMR, TMB, TILs: state, percentage, score.

In: a `View`. Out: Findings. Start at `find`: the text is made plain (plain.py), markers are named in it (names.py),
what only explains is blotted out (legends.py), what stands around the markers is noted (events.py, direct.py), results
are given to their markers (fields.py) and told (results.py).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from functools import cache

from navaid.records.extract.receptors import her2, results
from navaid.records.extract.receptors.boxes import without_unticked
from navaid.records.extract.receptors.event import Event
from navaid.records.extract.receptors.events import events
from navaid.records.extract.receptors.field import Field, shared
from navaid.records.extract.receptors.fields import fields
from navaid.records.extract.receptors.groups import rt_pcr, triples
from navaid.records.extract.receptors.immune import immune
from navaid.records.extract.receptors.legends import without_legends
from navaid.records.extract.receptors.names import marks
from navaid.records.extract.receptors.place import Place, Places, elsewhere
from navaid.records.extract.receptors.plain import plain
from navaid.records.extract.receptors.results import Maker, looked_back
from navaid.records.extract.receptors.tables import table
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value

GENE_REACH = 800  # how far from an IHC score the gene test of the same specimen may stand, in characters
MOST = 20_000  # names of markers looked at: a whole life's papers in one file have fewer; bounds the time for junk
_NOT_HIS = ("family_history", "patient_education", "reference")


def find(view: View) -> Iterable[Finding]:
    """The findings of this subject, in any order."""
    text = without_unticked(plain(view.text))
    other, breast = elsewhere()
    if other.search(text) and not breast.search(text):
        return []
    return list(_once([*_received(view, text), *immune(view, text)]))


def _once(found: list[Finding]) -> Iterator[Finding]:
    seen = set()
    for finding in found:
        key = (finding.concept, finding.value, finding.source.start, finding.source.end)
        if key not in seen:
            seen.add(key)
            yield finding


def _received(view: View, text: str) -> Iterator[Finding]:
    named = marks(view.text, text)
    groups = list(triples(text))
    if not named and not groups:
        return
    text = without_legends(text, sorted([m.start for m in named] + [event.start for _, event in groups]))
    named = [mark for mark in named if text[mark.start] != "\x00"][:MOST]
    groups = [(marker, event) for marker, event in groups if text[event.start] != "\x00"]
    places = Places(text)
    scores: list[tuple[Maker, str]] = []
    genes: list[Finding] = []
    for one in fields(text, events(text, named)) if named else ():
        for marker, part in shared(text, one):
            made = _maker(view, text, places, part, one)
            if made is None:
                continue
            told = list(_told(marker, made))
            yield from told
            scores += [(made, str(f.value)) for f in told if f.concept == "her2.ihc"]
            genes += [f for f in told if f.concept == "her2.ish" and f.value not in results.OPEN]
    yield from _levels(scores, sorted(genes, key=_start))
    for marker, event in groups:
        part = Field([Event("mark", event.start, event.end, marker)], [event])
        if made := _maker(view, text, places, part, part):
            yield made.make(f"{marker}.status", event.value, event, rule="triple")


def _start(finding: Finding) -> int:
    return finding.source.start


def _levels(scores: list[tuple[Maker, str]], genes: list[Finding]) -> Iterator[Finding]:
    """The HER2 level of each IHC score, with the nearest gene test of the same specimen."""
    starts = [made.field.start for made, _ in scores]
    for made, score in scores:
        start = made.field.start
        low = bisect.bisect_left(genes, start - GENE_REACH, key=_start)
        high = bisect.bisect_right(genes, start + GENE_REACH, key=_start)
        own = [g for g in genes[low:high] if _of_one_specimen(made, g) and _nearest_score(starts, scores, g) == score]
        near = min(own, key=lambda gene: abs(_start(gene) - start), default=None)
        yield from her2.level(made, score, str(near.value) if near else "")


def _nearest_score(starts: list[int], scores: list[tuple[Maker, str]], gene: Finding) -> str:
    """The IHC score that stands nearest to a gene test; one of another value further off is of another specimen."""
    at = bisect.bisect_left(starts, _start(gene))
    return min(scores[max(0, at - 1) : at + 1], key=lambda one: abs(one[0].field.start - _start(gene)))[1]


def _of_one_specimen(made: Maker, gene: Finding) -> bool:
    """Whether nothing says that a gene test is of another specimen, part, side or time than the IHC score."""
    place = made.place
    pairs = ((place.tumour, gene.tumour), (place.side, gene.side), (place.specimen, gene.specimen))
    if any(one and other and one != other for one, other in pairs):
        return False
    here = (made.extra.get("origin"), made.assertion, place.dcis)
    return here == (gene.details.get("origin"), gene.assertion, gene.details.get("component") == "dcis")


def _told(marker: str, made: Maker) -> Iterator[Finding]:
    if marker == "her2":
        yield from her2.her2(made)
    elif marker == "ki67":
        yield from results.ki67(made)
    elif marker == "hr":
        for finding in results.hormone("hr", made):
            yield finding
            if finding.value == "negative":  # neither receptor is there
                for each in ("er", "pr"):
                    state = results.state_of(made.field)
                    yield made.make(f"{each}.status", "negative", state, rule="hr", details={"by": "derived"})
    else:
        yield from results.hormone(marker, made)


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(table("words")[name])


_CLAUSE = re.compile(r"\.\s|[;\n\f]")


def _clause_end(text: str, end: int) -> int:
    """Where the words that still speak of a result end: at its clause, 60 characters on at most."""
    stop = _CLAUSE.search(text, end, end + 60)
    return stop.start() if stop else min(len(text), end + 60)


def _maker(view: View, text: str, places: Places, part: Field, whole: Field) -> Maker | None:
    """How the findings of a field are made, None where it is not about this person's tumour or says nothing."""
    if not part.said and not part.before:
        return None
    start, end = whole.start, whole.end
    section = view.section_at(start)
    if section.kind in _NOT_HIS or looked_back(text, start, _words("family")):
        return None
    if looked_back(text, start, _words("hypothetical"), 90) or looked_back(text, start, _words("normal")):
        return None
    other, breast = elsewhere()
    if looked_back(text, start, other) and not looked_back(text, start, breast, 300):
        return None
    said = view.assertion(start, whole.marks[-1].end)
    if said is Assertion.FAMILY:
        return None
    place: Place = places.at(start, end, section)
    extra: dict[str, Value] = {}
    score, rna = rt_pcr()
    if score.match(text, start, min(len(text), start + 40)) or rna.search(text, max(0, start - 60), start):
        extra["method"] = "rt_pcr"
    earlier = _words("earlier").search(text, max(0, start - 50), _clause_end(text, end))
    if earlier:  # the same tumour, seen in its first biopsy: no history
        extra["origin"] = "earlier specimen"
    past = looked_back(text, start, _words("historical")) or (said is Assertion.HISTORICAL and not earlier)
    past = past or bool(_words("once").search(text, max(0, start - 20), start))
    return Maker(view, text, part, place, Assertion.HISTORICAL if past else Assertion.PRESENT, extra)
