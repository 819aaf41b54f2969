"""The embedded table of trials: facts in our own words with their sources, read from trials.yaml and checked."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import yaml

from navaid.errors import StarterInvalid
from navaid.starter.rows import Starter
from navaid.starter.starter import folder, load
from navaid.tables import load as load_table
from navaid.terms import Date, Record

FILE = "trials.yaml"
_NCT_ID = re.compile(r"NCT\d{8}")
_AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class TrialCite(Record, frozen=True):
    """Where a fact stands: `source` is the id of a source of the topics, else `url` and `title` say where."""

    at: str
    checked: Date
    source: str = ""
    url: str = ""
    title: str = ""


class TrialFact(Record, frozen=True):
    """What is known of one trial, as of a day. `status` and `phases` are the registry's codes, empty where not seen."""

    nct_id: str
    name: str
    tests: str
    who: str
    cites: tuple[TrialCite, ...]
    cells: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    status: str = ""
    as_of: str = ""
    result: str = ""

    @property
    def seen(self) -> Date:
        """The day on which the last of its sources was opened."""
        return max(cite.checked for cite in self.cites)


@cache
def facts() -> tuple[TrialFact, ...]:
    """The table that ships with Navaid. Raises StarterInvalid naming the row at fault."""
    return read(folder() / FILE, load())


def read(path: Path, data: Starter) -> tuple[TrialFact, ...]:
    """The rows of a table, each with sources that exist. Raises StarterInvalid."""
    try:
        rows = load_table(path.read_text(encoding="utf-8"))
        for row in rows:
            row["as_of"] = str(row.get("as_of") or "")
        found = msgspec.convert(rows, tuple[TrialFact, ...])
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise StarterInvalid(
            str(error), where=str(path), fix="see the head of the file for the form of a row"
        ) from error
    seen: set[str] = set()
    for row in found:
        if problem := _problem(row, data, seen):
            raise StarterInvalid(f"{row.nct_id}: {problem}", where=str(path), fix="mend the row")
        seen.add(row.nct_id)
    return found


def _problem(row: TrialFact, data: Starter, seen: set[str]) -> str:
    if not _NCT_ID.fullmatch(row.nct_id):
        return "is no NCT id"
    if row.nct_id in seen:
        return "stands twice"
    if not row.cites:
        return "has no source"
    for cite in row.cites:
        if cite.source and cite.source not in data.sources:
            return f"cites {cite.source}, which is in no sources file"
        if not cite.source and not (cite.url and cite.title):
            return "a source without an id needs url and title"
    if row.status and not _AS_OF.fullmatch(row.as_of):
        return "a status needs the day or month that it was true of (`as_of`)"
    return ""
