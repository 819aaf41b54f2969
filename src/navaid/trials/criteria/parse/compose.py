"""Atoms of a part of a sentence -> one expression, joined as the words between them say.

The part is cut into segments at commas, "and", "or". Atoms of one segment are asked for together; words of it that
nobody understood narrow it. Before the first or behind the last item of a list such words narrow all of it
("allergic to A or B"; "A or B within a year"). "No prior A, B or C" denies the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.terms import CriterionType, Expression, Logic
from navaid.trials.criteria.parse.atom import Atom, every, some, unparsed
from navaid.trials.criteria.parse.listed import denied, listed
from navaid.trials.criteria.parse.phrases import brackets, opened
from navaid.trials.criteria.parse.segments import segments, token
from navaid.vocabulary.matching import lower

_EXPLAINS = re.compile(
    r"\W*(?:e\.?g\b|i\.?e\b|such as|for example|including|includes|defined|per\b|as per|according|assessed|determined"
    r"|see\b|by\b|using|also known|formerly|or equivalent|any\b)",
    re.IGNORECASE,
)


def compose(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """What `words[start:end]` asks; None where it says nothing that could be asked."""
    words, chosen = _bracketed(words, start, end, apart(atoms, start, end), kind)
    words, chosen = opened(words, start, end, chosen)
    return _part(words, start, end, chosen, kind)


def _part(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    cut = _negation(words, start, end, atoms)
    if cut is None:
        found = segments(words, start, end, atoms)
        return listed(found, kind, words) if found else None
    behind = [atom for atom in atoms if atom.start >= cut.end()]
    inner_end = _next_negation(words, cut.end(), end, behind)
    inner = segments(words, cut.end(), inner_end, [a for a in behind if a.end <= inner_end])
    if cut[0].startswith("lack") and len(inner) > 1:  # "lack of A, B or C": A alone is lacked
        refused: Expression | None = unparsed(cut.start(), inner_end)
    else:
        refused = denied(inner, words)
    if refused is None and inner_end < end:
        refused = unparsed(cut.start(), cut.end())
    more = _part(words, inner_end, end, [a for a in behind if a.start >= inner_end], kind) if inner_end < end else None
    left = _part(words, start, cut.start(), [atom for atom in atoms if atom.end <= cut.start()], kind)
    return _beside(words, start, cut.start(), left, _beside(words, cut.end(), inner_end, refused, more, kind), kind)


def _beside(
    words: str, start: int, end: int, left: Expression | None, right: Expression | None, kind: CriterionType
) -> Expression | None:
    """What stands before a "no" and what stands behind it: both, unless an "or" parts them."""
    if left is None or right is None:
        return left or right
    said = words[start:end].rstrip().lower()
    if said.endswith(("or", "/")):
        return some([left, right])
    if kind is CriterionType.EXCLUSION and said.endswith((",", ";", "and")):
        return unparsed(left.start, right.end)
    if left.logic is Logic.ANY:  # "A, or B without C": it may be said of B alone
        return every([left, some([right, unparsed(right.start, right.end)])])
    return every([left, right])


def _negation(words: str, start: int, end: int, atoms: Sequence[Atom]) -> re.Match[str] | None:
    small = lower(words)
    for low, high in _gaps(start, end, atoms):
        for found in token().finditer(small, low, high):
            if found.lastgroup == "negation":
                return found
    return None


def _next_negation(words: str, start: int, end: int, atoms: Sequence[Atom]) -> int:
    found = _negation(words, start, end, atoms)
    return found.start() if found else end


def _gaps(start: int, end: int, atoms: Sequence[Atom]) -> Iterator[tuple[int, int]]:
    at = start
    for atom in atoms:
        yield at, atom.start
        at = atom.end
    yield at, end


def apart(atoms: Sequence[Atom], start: int, end: int) -> list[Atom]:
    """The atoms of this part without overlaps: of two that overlap the longer one, which understood more."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start - atom.end, atom.start)):
        if start <= atom.start and atom.end <= end and all(atom.end <= c.start or atom.start >= c.end for c in chosen):
            chosen.append(atom)
    return sorted(chosen, key=lambda atom: atom.start)


def _bracketed(words: str, start: int, end: int, atoms: list[Atom], kind: CriterionType) -> tuple[str, list[Atom]]:
    """Brackets taken in: what explains the atom before is dropped, what says more is asked for with it."""
    for low, high in list(brackets(words, start, end)):
        if any(atom.start < low < atom.end or atom.start < high < atom.end for atom in atoms):
            continue
        inside = [atom for atom in atoms if low <= atom.start and atom.end <= high]
        before = next((atom for atom in reversed(atoms) if atom.end <= low), None)
        said = words[low:high]
        if inside and before and all(_kind_of_disease(a) for a in inside) and not _kind_of_disease(before):
            # "ECOG 0 or 1 (solid tumours)": asked of some only.
            whole = Atom(before.start, high, unparsed(before.start, high), before.family)
            atoms = [whole if atom is before else atom for atom in atoms if atom not in inside]
            words = words[:low] + " " * (high - low) + words[high:]
            continue
        atoms = [atom for atom in atoms if atom not in inside]
        words = words[:low] + " " * (high - low) + words[high:]
        explains = before is not None and not words[before.end : low].strip()
        if explains and before and (_EXPLAINS.match(said) or any(atom.family == before.family for atom in inside)):
            if not re.search(r"\b(?:except|unless|excluding|not|10\s?%|within|only|if)", said):
                continue
        elif not inside and re.fullmatch(r"\W*[A-Za-z]*[A-Z][\w+/-]*\W*", said):
            continue  # an abbreviation
        if (
            inside and not explains and words[start:low].strip()
        ):  # "5 times the limit (liver metastases present)": a condition of something unread
            inside = [Atom(low, high, unparsed(low, high), "")]
        expression = _part(_put_back(words, said, low), low + 1, high - 1, inside, kind)
        if expression is not None:
            family = before.family if before else ""
            atoms = sorted([*atoms, Atom(low, high, expression, family)], key=lambda atom: atom.start)
    return words, atoms


def _kind_of_disease(atom: Atom) -> bool:
    return atom.family in ("cancer", "setting", "stage", "receptors", "histology", "hormone receptors", "her2.status")


def _put_back(words: str, said: str, at: int) -> str:
    """The words with this put back at its place."""
    return words[:at] + said + words[at + len(said) :]
