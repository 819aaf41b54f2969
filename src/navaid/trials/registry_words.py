"""The registry's codes of status and phase: in plain words, and from what a person types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from navaid.errors import BadInput
from navaid.tables import load as load_table
from navaid.terms import Record, Study


class Code(Record, frozen=True):
    """A code of the registry. `open`: people may still join, now or soon."""

    code: str
    words: str
    open: bool = False


class _Table(Record, frozen=True):
    statuses: tuple[Code, ...]
    phases: tuple[Code, ...]


ANY, OPEN = "any", "open"


def status_words(code: str) -> str:
    """A status in plain words; one that this program does not know is shown as it stands.

    >>> status_words("ACTIVE_NOT_RECRUITING"), status_words("PAUSED_BY_WEATHER"), status_words("")
    ('running, no longer recruiting', 'PAUSED_BY_WEATHER (as the registry has it)', 'status not stated')
    """
    if not code:
        return "status not stated"
    known = _statuses().get(code)
    return known.words if known else f"{code} (as the registry has it)"


def is_open(code: str) -> bool:
    """Whether people may still join, now or soon."""
    return code in open_codes()


def open_codes() -> frozenset[str]:
    return frozenset(row.code for row in _table().statuses if row.open)


def phase_words(phases: Iterable[str]) -> str:
    """Phases in plain words, empty where the record names none."""
    known = {row.code: row.words for row in _table().phases}
    return " and ".join(known.get(code, code) for code in phases)


def statuses_named(given: Iterable[str]) -> tuple[str, ...]:
    """The codes that a person named, none for `any`. Raises BadInput.

    >>> statuses_named(["recruiting", "Active, not recruiting"]), statuses_named(["any"])
    (('RECRUITING', 'ACTIVE_NOT_RECRUITING'), ())
    """
    codes: list[str] = []
    for name in given:
        plain = _plain(name)
        if plain == ANY:
            return ()
        if plain == OPEN:
            codes += sorted(open_codes())
            continue
        found = [row.code for row in _table().statuses if plain in (_plain(row.code), _plain(row.words))]
        if not found:
            names = ", ".join(row.code.lower() for row in _table().statuses)
            raise BadInput(f"no status is called {name[:40]!r}", where="--status", fix=f"open, any, {names}")
        codes += found
    return tuple(dict.fromkeys(codes))


def phases_named(given: Iterable[str]) -> tuple[str, ...]:
    """The codes of the phases that a person named. Raises BadInput.

    >>> phases_named(["2", "phase 3", "1/2", "early 1"])
    ('PHASE2', 'PHASE3', 'PHASE1', 'EARLY_PHASE1')
    """
    codes: list[str] = []
    for name in (part for text in given for part in re.split(r"[/,]", text)):
        plain = re.sub(r"[^a-z0-9]|phase", "", name.lower())
        found = [row.code for row in _table().phases if plain in (_bare(row.code), _bare(row.words))]
        if not found:
            raise BadInput(f"no phase is called {name[:40]!r}", where="--phase", fix="give 1, 2, 3, 4, early 1 or NA")
        codes += found
    return tuple(dict.fromkeys(codes))


def age_words(study: Study) -> str:
    """Who may join by age and sex, such as `women, 18 to 75 years`."""
    who = {"FEMALE": "women", "MALE": "men"}.get(study.sex, "")
    low, high = (_years(limit) for limit in (study.minimum_age_years, study.maximum_age_years))
    ages = f"{low} to {high} years" if low and high else f"{low} years and over" if low else ""
    ages = ages or (f"up to {high} years" if high else "")
    return ", ".join(filter(None, (who, ages)))


def _years(limit: float | None) -> str:
    return "" if limit is None else f"{limit:.2g}" if limit < 1 else f"{limit:.0f}"


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]|phase", "", name.lower())


@cache
def _statuses() -> dict[str, Code]:
    return {row.code: row for row in _table().statuses}


@cache
def _table() -> _Table:
    text = resources.files(__package__).joinpath("registry_words.yaml").read_text("utf-8")
    return msgspec.convert(load_table(text), _Table)
