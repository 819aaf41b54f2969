"""Searches for trials in one session: what was asked for and about whom stays in memory, and out of every address."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from navaid.serve.web.sessions import Session

if TYPE_CHECKING:
    from navaid.errors import NavaidError
    from navaid.serve.web.jobs import Job
    from navaid.terms import Profile
    from navaid.trials.find.listing import Listing

_MOST = 10


@dataclass(repr=False)
class Form:
    """What the search form holds, as it was typed."""

    words: str = ""
    kind: str = ""
    drug: str = ""
    phases: tuple[str, ...] = ()
    near: str = ""
    within: str = ""
    recruiting: bool = True
    about: str = ""


@dataclass(repr=False)
class Search:
    """A search, begun or done. `whose` is the person whose papers the studies were held against."""

    form: Form
    whose: str = ""
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    job: Job | None = None
    found: Listing | None = None
    error: NavaidError | None = None
    others: tuple[str, ...] = ()


@dataclass(repr=False)
class About:
    """Whom studies are held against: a profile, what its papers are called, words to find studies by."""

    profile: Profile
    papers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    name: str = ""


_held: WeakKeyDictionary[Session, OrderedDict[str, Search]] = WeakKeyDictionary()


def keep(session: Session, search: Search) -> Search:
    """The search, remembered as long as the session lasts; the oldest of many is forgotten."""
    searches = _held.setdefault(session, OrderedDict())
    searches[search.id] = search
    while len(searches) > _MOST:
        searches.popitem(last=False)
    return search


def find(session: Session, id_: str) -> Search | None:
    """The search of this id in this session."""
    return _held.get(session, OrderedDict()).get(id_)


def last(session: Session) -> Search | None:
    """The newest search of this session."""
    return next(reversed(_held.get(session, OrderedDict()).values()), None)


def forget(session: Session) -> None:
    """Nothing is remembered of what this session searched for."""
    _held.pop(session, None)
