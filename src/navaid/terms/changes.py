"""What a new paper changed: in the profile, in the answers and in the trials that were kept."""

from __future__ import annotations

import enum

from navaid.terms.base import Date, Record
from navaid.terms.person import Field
from navaid.terms.personal import Applies
from navaid.terms.trials import Fit, Label


class ChangeKind(enum.StrEnum):
    """`NEW`: nothing was known before. `DISAGREES`: papers now say different things. `SETTLED`: they no longer do."""

    NEW = "new"
    CHANGED = "changed"
    DISAGREES = "disagrees"
    SETTLED = "settled"
    GONE = "gone"


class Change(Record, frozen=True):
    """One fact of a profile that is not as it was. `before` and `after` are its fields, None where there was none."""

    concept: str
    kind: ChangeKind
    before: Field | None
    after: Field | None


class Moved(Record, frozen=True):
    """A sentence of a kept answer that now stands otherwise; None where it is not, or was not, part of the answer."""

    claim: str
    text: str
    before: Applies | None
    after: Applies | None
    because: tuple[str, ...] = ()


class AnswerChange(Record, frozen=True):
    """A kept answer that is another one when it is made anew. `settled` and `opened` are what its gaps say."""

    id: str
    title: str
    date: Date
    moved: tuple[Moved, ...]
    settled: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


class Turned(Record, frozen=True):
    """A criterion of a kept match that is now judged otherwise."""

    text: str
    before: Label
    after: Label
    reason: str


class MatchChange(Record, frozen=True):
    """A kept match of a trial that is another one when it is made anew. `amended`: the study's record has changed."""

    nct_id: str
    title: str
    date: Date
    before: Fit
    after: Fit
    turned: tuple[Turned, ...] = ()
    amended: bool = False


class Changes(Record, frozen=True):
    """All that changed. `unseen` names kept pages that could not be made anew, and why."""

    profile: tuple[Change, ...]
    answers: tuple[AnswerChange, ...] = ()
    matches: tuple[MatchChange, ...] = ()
    unseen: tuple[str, ...] = ()
