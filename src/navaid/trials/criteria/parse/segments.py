"""The segments of a part of a sentence: cut at commas, "and", "or", with the atoms and the strange words of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from navaid.tables import load as load_table
from navaid.trials.criteria.parse.atom import Atom, unparsed
from navaid.trials.criteria.parse.phrases import pattern
from navaid.vocabulary.matching import lower

OR, AND, COMMA = "or", "and", ","
_JOINS = {"and": AND, "plus": AND, "&": AND, "but": AND, ",": COMMA, ";": COMMA}
_NEGATION = r"no|not|without|absence(?:\s+of)?|never|none|neither|free\s+(?:of|from)|lack(?:s|ing)?(?:\s+of)?"
_LIMIT = (
    r"(?:no|not)\s+(?:\w+\s+)?(?:more|less|fewer|greater|later|longer|earlier|sooner|higher|lower)\s+than|no\s+limits?"
)
_PERSON = re.compile(r"\b(?:males?|m[ae]n|females?|wom[ae]n)\b", re.IGNORECASE)


@cache
def token() -> re.Pattern[str]:
    """A word or sign that may join, deny or narrow, in text in lower case."""
    return re.compile(
        rf"(?P<limit>\b(?:{_LIMIT})\b)|(?P<neutral>\b(?:{pattern('neutral')})\b)"
        rf"|(?P<joint>and\s*/\s*or\b|\b(?:and|or|nor|plus|but)\b|[,;&/])"
        rf"|(?P<one_of>\b(?:{pattern('one_of')})\b)|(?P<negation>\b(?:{_NEGATION})\b(?!\s*/))"
        r"|(?P<word>[a-z][a-z'’-]*|\d[\d.,]*|[+≥≤<>=%])",
    )


@dataclass
class Segment:
    """Atoms that are asked for together; `joined` is how it hangs together with the segment before it."""

    joined: str
    atoms: list[Atom] = field(default_factory=list)
    before: list[tuple[int, int]] = field(default_factory=list)
    after: list[tuple[int, int]] = field(default_factory=list)
    limited: bool = False

    @property
    def empty(self) -> bool:
        return not (self.atoms or self.before or self.after)

    @property
    def strange(self) -> list[tuple[int, int]]:
        return self.before + self.after


def segments(words: str, start: int, end: int, atoms: Sequence[Atom]) -> list[Segment]:
    """The segments of `words[start:end]` that say anything, in order."""
    scan = _Scan(words)
    small = lower(words)
    at = start
    for atom in [*atoms, None]:
        stop = atom.start if atom else end
        for found in token().finditer(small, at, stop):
            scan.read(found, at, atom, stop)
        if atom:
            scan.take(atom)
            at = atom.end
    return [each for each in [*scan.found, scan.segment] if not each.empty]


class _Scan:
    """The segments so far, and the one that is being read."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.found: list[Segment] = []
        self.segment = Segment(COMMA)
        self.either = self.neutral = False
        self.joint = 0  # where the last joint ended

    def read(self, found: re.Match[str], at: int, atom: Atom | None, stop: int) -> None:
        """One token between the atom that ended at `at` and the next one, which begins at `stop`."""
        said = re.sub(r"\s+", "", found[0].lower())
        kind = found.lastgroup
        if kind == "neutral":
            self.neutral = True
        elif kind == "one_of":
            self.either = True
        elif kind == "joint":
            if said != "/" or self.neutral or self._parts(found, at, stop):
                self._join(found, "and" if said == "/" and atom and self._beside(atom, found) else said, at)
        elif kind == "limit" and atom:
            self.segment.limited = True
        elif not self.neutral and not (kind == "word" and self._says_nothing(said)):
            (self.segment.after if self.segment.atoms else self.segment.before).append(found.span())

    def take(self, atom: Atom) -> None:
        """An atom; behind "no more than" how many is asked, and was not understood."""
        if not self.neutral:
            limited = self.segment.limited
            self.segment.atoms.append(atom._replace(expression=unparsed(*atom[:2])) if limited else atom)

    def _join(self, found: re.Match[str], said: str, at: int) -> None:
        self.neutral = self.neutral and said in ("or", "/", "nor", "and/or")
        joined = _JOINS.get(said, OR)
        if self.segment.empty and joined == COMMA and self.found:
            joined = self.segment.joined
        man = _PERSON.search(self.words, max(at, self.joint), found.start()) if joined == OR else None
        if man and not self.segment.strange:  # "men or postmenopausal women": the men are an alternative
            (self.segment.after if self.segment.atoms else self.segment.before).append(man.span())
        self.found.append(self.segment)
        self.segment = Segment(OR if self.either else joined)
        self.joint = found.end()

    def _parts(self, found: re.Match[str], at: int, stop: int) -> bool:
        """Whether a stroke stands beside an atom; between words that nobody understood it is a unit's ("mL/min")."""
        return not (self.words[at : found.start()].strip() and self.words[found.end() : stop].strip())

    def _beside(self, atom: Atom, found: re.Match[str]) -> bool:
        """Whether a stroke stands right between two atoms that are no alternatives of one question: "ER+/HER2-"."""
        if not self.segment.atoms or self.segment.atoms[-1].family == atom.family:
            return False
        between = self.words[self.segment.atoms[-1].end : found.start()] + self.words[found.end() : atom.start]
        return not between.strip()

    def _says_nothing(self, said: str) -> bool:
        return said in fillers() or (not said[0].isalnum() and bool(self.segment.atoms))


@cache
def fillers() -> frozenset[str]:
    """Words that ask nothing by themselves (fillers.yaml)."""
    table = files("navaid.trials.criteria.parse") / "fillers.yaml"
    rows: dict[str, str] = load_table(table.read_text(encoding="utf-8"))
    return frozenset(word for words in rows.values() for word in words.split())
