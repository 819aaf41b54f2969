"""What became of a source at its publisher, and how that is judged from what the publisher shows."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from navaid.errors import SourceUnavailable
from navaid.polite import Answer
from navaid.starter import titles
from navaid.starter.rows import SourceRow
from navaid.terms import Record

MOST_JSON = 8_000_000  # bytes; a hundred summaries with long lists of authors are about 1 MB
_LONGEST_TITLE = 600  # signs; what is longer was not written as a title
_RETRACTED = re.compile(r"^\W*(?:retracted|withdrawn|retraction)(?: \w+)?\s*[:–—-]", re.I)


class Outcome(enum.StrEnum):
    """What became of a source. `serious` ones must be mended."""

    SAME = "same"
    OTHER_TITLE = "other title"
    MOVED = "moved"
    GONE = "gone"
    RETRACTED = "retracted"
    COULD_NOT_LOOK = "could not look"

    @property
    def serious(self) -> bool:
        return self in (Outcome.OTHER_TITLE, Outcome.GONE, Outcome.RETRACTED)


class Resolved(Record, frozen=True):
    """The outcome for one source; the note says what was found there, or why nobody could look."""

    source: str
    outcome: Outcome
    note: str = ""


def judged(
    row: SourceRow, found: Sequence[str], *, retracted: str = "", moved: str = "", note: str = "", page: bool = False
) -> Resolved:
    """The outcome for a source that is there, by the titles that it shows."""
    found = [title[:_LONGEST_TITLE] for title in map(titles.plain, found) if title]
    first = f"its title there is “{found[0][:200]}”" if found else ""
    moved = f"now at {moved[:300]}" if moved else ""
    if not retracted and any(_RETRACTED.match(title) for title in found):
        retracted = "its title says so"
    if retracted:
        return Resolved(source=row.id, outcome=Outcome.RETRACTED, note=joined(retracted, first, moved))
    if not found:
        outcome = Outcome.MOVED if moved else Outcome.COULD_NOT_LOOK
        return Resolved(source=row.id, outcome=outcome, note=joined(moved, note or "it shows no title to compare"))
    if not titles.same(row.title, found, page=page):
        return Resolved(source=row.id, outcome=Outcome.OTHER_TITLE, note=joined(first, moved, note))
    return Resolved(source=row.id, outcome=Outcome.MOVED if moved else Outcome.SAME, note=joined(moved, note))


def joined(*notes: str) -> str:
    """The notes that say something, as one."""
    return "; ".join(note for note in notes if note)


def decoded(answer: Answer, kind: Any) -> Any:
    """The JSON of an answer as a `kind`. Raises SourceUnavailable where it is not of that form."""
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        host = urlsplit(answer.url).netloc
        raise SourceUnavailable(f"{host} sent what its documentation does not describe") from error
