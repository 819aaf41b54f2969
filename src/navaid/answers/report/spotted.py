"""Words of the glossary in the text of a report: where each stands, and whether its sentence denies it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from navaid.answers.report.table import claim_of, table
from navaid.records.extract.sections import Section
from navaid.records.extract.view import View
from navaid.starter import Starter
from navaid.terms import Assertion

_ABBREVIATION = 5  # letters; one in capitals that is no longer counts in capitals only: "FISH" is no fish


class Spotted(NamedTuple):
    """A word of the glossary at `view.text[start:end]`, and the id of the claim that explains it."""

    claim: str
    start: int
    end: int
    absent: bool


def spotted(data: Starter, view: View, section: Section) -> Iterator[Spotted]:
    """The words of the section, the longest name at each place, each once; `absent` where every place denies it."""
    words, abbreviations, meant = _patterns(tuple(_names(data)))
    places: dict[str, list[re.Match[str]]] = {}
    taken: list[tuple[int, int]] = []
    for pattern in (words, abbreviations):
        for match in pattern.finditer(view.text, section.start, section.end):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            places.setdefault(meant[_plain(match["name"])], []).append(match)
    for claim, matches in sorted(places.items(), key=lambda item: item[1][0].start()):
        denied = [view.assertion(match.start(), match.end()) is Assertion.ABSENT for match in matches]
        first = matches[denied.index(False) if False in denied else 0]
        yield Spotted(claim, first.start(), first.end(), all(denied))


def _names(data: Starter) -> Iterator[tuple[str, str]]:
    wanted = {f"glossary.{word}" for word in table().words}
    for term in data.glossary:
        claim = claim_of(term.term)
        if claim in wanted:
            yield from ((name, claim) for name in (term.term, *term.also) if name not in table().never)


@lru_cache(maxsize=2)
def _patterns(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Words in any letters, abbreviations in capitals, and the claim by the plain form of a name."""
    short = [name for name, _ in names if name.isupper() and len(name) <= _ABBREVIATION]
    long = [name for name, _ in names if name not in short]
    meant = {_plain(name): claim for name, claim in names}
    return _any_of(long, re.IGNORECASE), _any_of(short, 0), meant


def _any_of(names: list[str], flags: int) -> re.Pattern[str]:
    forms = (_form(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<name>{'|'.join(forms)})s?(?![\w-])", flags)


def _form(name: str) -> str:
    """The name with any spacing, and with or without a hyphen where it has one."""
    return re.sub(r"(?:\\ |\\-)+", r"[\\s-]*", re.escape(name))


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "", name.lower())
