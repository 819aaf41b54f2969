"""The log of who did what kind of thing with whose records. It is added to, and shown to the person concerned."""

from __future__ import annotations

import csv
import datetime as dt
import io

from navaid.serve.web.accounts.database import Database
from navaid.terms import Record


class Line(Record, frozen=True):
    """One act. `folder` names a profile of `owner`; what its person is called only their vault knows."""

    time: str
    who: str
    act: str
    folder: str


def now() -> str:
    """This moment as it is written everywhere here."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()


def add(database: Database, who: str, act: str, owner: str, folder: str = "") -> None:
    """A line. `act` is one of our own few words, never something that was typed."""
    database.write("INSERT INTO audit(time, who, act, owner, folder) VALUES(?,?,?,?,?)", now(), who, act, owner, folder)


def of(database: Database, owner: str, most: int = -1) -> tuple[Line, ...]:
    """What was done with the records of this account, the newest first."""
    query = "SELECT time, who, act, folder FROM audit WHERE owner = ? ORDER BY number DESC LIMIT ?"
    return tuple(Line(*row) for row in database.rows(query, owner, most))


def table(lines: tuple[Line, ...], names: dict[str, str]) -> str:
    """The lines as CSV, the oldest first; `names` are those of the profiles."""
    to = io.StringIO()
    rows = csv.writer(to)
    rows.writerow(("time", "who", "act", "whose"))
    rows.writerows((one.time, _plain(one.who), one.act, _plain(names.get(one.folder, ""))) for one in reversed(lines))
    return to.getvalue()


def _plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name
