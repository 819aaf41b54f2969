"""Atoms of a clause -> one expression, joined as the words between them say.

A clause is cut into segments at commas, "and", "or"; atoms that stand in one segment are asked for together, and words
of it that nobody understood make it unparsed in part. "No prior A, B or C" denies the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from navaid.terms import CriterionType, Expression
from navaid.trials.criteria.parse.atom import Atom, every, negated, some, unparsed

_TOKEN = re.compile(r"and\s*/\s*or|[A-Za-z][A-Za-z'’-]*|[,;]|\d[\d.,]*|[/+≥≤<>=%]")
_OR, _AND, _COMMA = "or", "and", ","
_NEGATIONS = ("no", "not", "without", "absence", "never", "none", "neither", "nor", "free", "lack")


@dataclass
class _Segment:
    """Atoms that are asked for together; `joined` is how it hangs together with the segment before it."""

    joined: str
    atoms: list[Atom] = field(default_factory=list)
    strange: list[tuple[int, int]] = field(default_factory=list)
    denied: bool = False

    @property
    def empty(self) -> bool:
        return not self.atoms and not self.strange


def compose(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """What the clause `words[start:end]` asks; None where it says nothing that could be asked."""
    segments = [each for each in _segments(words, start, end, _apart(atoms, start, end)) if not each.empty]
    if not segments:
        return None
    _settle_commas(segments, kind)
    denied = segments[0].denied
    if denied:  # a denial at the beginning holds for the whole list, in which any one is enough to be denied
        segments[0].denied = False
        for segment in segments[1:]:
            segment.joined = _OR
    expression = _join(segments, kind)
    return negated(expression) if denied else expression


def _apart(atoms: Sequence[Atom], start: int, end: int) -> list[Atom]:
    """The atoms of this clause without overlaps: of two that overlap the longer one, which understood more."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start - atom.end, atom.start)):
        if start <= atom.start and atom.end <= end and all(atom.end <= c.start or atom.start >= c.end for c in chosen):
            chosen.append(atom)
    return sorted(chosen, key=lambda atom: atom.start)


def _segments(words: str, start: int, end: int, atoms: Sequence[Atom]) -> Iterator[_Segment]:
    segment, at = _Segment(_COMMA), start
    for atom in [*atoms, None]:
        for token in _TOKEN.finditer(words, at, atom.start if atom else end):
            said = re.sub(r"\s+", "", token[0].lower())
            if said in {"and/or", "or", "/", "and", "plus", "but", ",", ";", "nor"}:
                yield segment
                segment = _Segment({"and": _AND, "plus": _AND, "but": _AND, ",": _COMMA, ";": _COMMA}.get(said, _OR))
            elif said in _NEGATIONS:
                segment.denied = not segment.atoms or segment.denied
                if segment.atoms:
                    segment.strange.append(token.span())
            elif said not in fillers() and (said[0].isalnum() or not segment.atoms):
                segment.strange.append(token.span())
        if atom:
            segment.atoms.append(atom)
            at = atom.end
    yield segment


def _settle_commas(segments: Sequence[_Segment], kind: CriterionType) -> None:
    """A comma is what the list's own conjunction is; without one, "and" where something is asked, else "or"."""
    follows = _AND if kind is CriterionType.INCLUSION else _OR
    for segment in reversed(segments):
        if segment.joined == _COMMA:
            segment.joined = follows
        else:
            follows = segment.joined


def _join(segments: Sequence[_Segment], kind: CriterionType) -> Expression:
    """Alternatives of one family first, then "and", then "or"."""
    runs: list[list[list[_Segment]]] = [[[segments[0]]]]
    for segment in segments[1:]:
        before = runs[-1][-1][-1]
        if segment.joined == _OR and _akin(before, segment):
            runs[-1][-1].append(segment)
        elif segment.joined == _AND:
            runs[-1].append([segment])
        else:
            runs.append([[segment]])
    return some(_both([some(map(_asked, group)) for group in run], kind) for run in runs)


def _both(parts: list[Expression], kind: CriterionType) -> Expression:
    """What "and" joins. In an exclusion it often lists ("hepatitis B and C"): all is met, none is not, some is open."""
    if kind is CriterionType.INCLUSION or len(parts) == 1:
        return every(parts)
    any_of = some(parts)
    return some([every(parts), every([any_of, unparsed(any_of.start, any_of.end)])])


def _akin(one: _Segment, other: _Segment) -> bool:
    return bool(one.atoms and other.atoms and one.atoms[-1].family == other.atoms[0].family)


def _asked(segment: _Segment) -> Expression:
    parts = [atom.expression for atom in segment.atoms]
    parts += [unparsed(start, end) for start, end in segment.strange[:1]]
    expression = every(parts)
    return negated(expression) if segment.denied else expression


@cache
def fillers() -> frozenset[str]:
    """Words that ask nothing by themselves (fillers.yaml)."""
    table = files("navaid.trials.criteria.parse") / "fillers.yaml"
    rows: dict[str, str] = yaml.safe_load(table.read_text(encoding="utf-8"))
    return frozenset(word for words in rows.values() for word in words.split())
