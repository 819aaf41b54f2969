"""Kept matches made anew: which studies now fit otherwise, and by which criteria."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from navaid.records.vault import KeptPage, Papers
from navaid.terms import Date, Match, MatchChange, Study, decode, encode
from navaid.trials.match.changes import KeptMatch, between
from navaid.trials.store import Store


def keep(papers: Papers, study: Study, match: Match, today: Date) -> None:
    """Keeps a match with the person's papers, so that a later paper can be said to change it."""
    page = KeptPage(kind="match", id=study.nct_id, title=study.brief_title, date=today)
    papers.keep_page(page, encode(KeptMatch(title=study.brief_title, date=today, hash=study.hash, match=match)))


def kept(papers: Papers) -> tuple[KeptMatch, ...]:
    """The matches that are kept, the newest first; one that cannot be read any more is left out."""
    found = (papers.page("match", card.id) for card in papers.pages("match"))
    return tuple(match for body in found if (match := _read(body)))


def matches_again(
    papers: Papers, store: Store | None, check: Callable[[Study], Match]
) -> tuple[tuple[MatchChange, ...], tuple[str, ...]]:
    """Those that changed, and a line for each that could not be made anew."""
    changes: list[MatchChange] = []
    unseen: list[str] = []
    for card in papers.pages("match"):
        match, study = _read(papers.page("match", card.id)), store.get(card.id) if store else None
        if match is None or study is None:
            unseen.append(f"{card.id} could not be looked at again: its record is not kept here")
        elif change := between(match, study, check(study)):
            changes.append(change)
    return tuple(changes), tuple(unseen)


def _read(body: bytes | None) -> KeptMatch | None:
    try:
        return decode(body or b"", KeptMatch)
    except msgspec.DecodeError:
        return None
