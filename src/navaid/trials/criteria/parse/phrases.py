"""Phrases that change how the words around them are taken (phrases.yaml): methods blanked, plans and fears opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from navaid.tables import load as load_table
from navaid.trials.criteria.parse.atom import Atom, unparsed
from navaid.trials.criteria.parse.quick import lowered
from navaid.vocabulary.matching import lower

_PART_ENDS = re.compile(
    r"[;)]|,\s*(?:and|but|who|with(?!in)|no|must|has|have|is|are)\b|\band\s+(?:who|must|has|have|is|are|no)\b"
)


_IS = re.compile(r"\b(?:is|are)\s+$", re.IGNORECASE)


@cache
def pattern(section: str) -> str:
    """The phrases of a section as one regular expression, for use inside another."""
    table = files("navaid.trials.criteria.parse") / "phrases.yaml"
    rows: list[dict[str, str]] = load_table(table.read_text(encoding="utf-8"))[section]
    return "|".join(f"(?:{row['words'].strip().replace(' ', chr(92) + 's+')})" for row in rows).replace(r"\s+?", r"\s*")


@cache
def _compiled(section: str) -> re.Pattern[str]:
    # In lower case, and so is what they are looked for in: that is five times as fast as to ignore the case.
    return re.compile(lowered(rf"(?<!\w)(?:{pattern(section)})(?!\w)"))


@lru_cache(maxsize=64)
def _spans(section: str, words: str) -> bool:
    """Whether a phrase of the section stands anywhere in the words; asked again for each part of a statement."""
    return bool(_compiled(section).search(lower(words)))


def hushed(words: str, atoms: Sequence[Atom]) -> str:
    """The words with methods and guidelines blanked, letter for letter in the same place; atoms are left alone."""
    text = words
    for match in _compiled("said_by").finditer(lower(words)):
        defines = _IS.search(words, max(0, match.start() - 5), match.start())  # "HER2 positivity is defined by …"
        if not defines and not _touches(match.start(), match.end(), atoms):
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text


def opened(words: str, start: int, end: int, atoms: Sequence[Atom]) -> tuple[str, list[Atom]]:
    """What is planned, feared or said of someone else, blanked; one atom that asks the unknown stands in its place."""
    if not (_spans("opens_all", words) or _spans("opens_behind", words)):
        return words, list(atoms)
    masked = lower(mask(words, atoms))
    for match in _compiled("opens_all").finditer(masked, start, end):
        return words[:start] + " " * (end - start) + words[end:], [_unknown(match.start(), match.end())]
    found = _compiled("opens_behind").search(masked, start, end)
    if not found:
        return words, list(atoms)
    ends = _PART_ENDS.search(masked, found.end(), end)
    upto = ends.start() if ends else end
    rest = words[: found.start()] + " " * (upto - found.start()) + words[upto:]
    kept = [atom for atom in atoms if atom.end <= found.start() or atom.start >= upto]
    kept = sorted([*kept, _unknown(found.start(), upto)], key=lambda atom: atom.start)
    if ends and _compiled("opens_behind").search(lower(mask(rest, kept)), upto, end):
        return opened(rest, upto, end, kept)
    return rest, kept


def mask(words: str, atoms: Sequence[Atom]) -> str:
    """The words with the atoms blanked, so that a cue inside an atom is not taken for one."""
    text = words
    for atom in atoms:
        text = text[: atom.start] + "\0" * (atom.end - atom.start) + text[atom.end :]
    return text


def brackets(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost brackets of `words[start:end]`, brackets included; one that is not closed is none."""
    depth, at = 0, 0
    for match in re.compile(r"[()\[\]]").finditer(words, start, end):
        if match[0] in "([":
            if not depth:
                at = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield at, match.end()


def _unknown(start: int, end: int) -> Atom:
    return Atom(start, end, unparsed(start, end), "")


def _touches(start: int, end: int, atoms: Sequence[Atom]) -> bool:
    return any(atom.start < end and start < atom.end for atom in atoms)
