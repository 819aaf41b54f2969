"""Kept answers made anew: what a reader of each would now find otherwise."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from navaid.answers.personal.changes import between
from navaid.errors import NavaidError
from navaid.records.vault import Papers
from navaid.terms import Answer, AnswerChange, decode


def answers_again(papers: Papers, ask: Callable[[str], Answer]) -> tuple[tuple[AnswerChange, ...], tuple[str, ...]]:
    """Those that moved, and a line for each that could not be made anew. The kept ones stay as they are."""
    moved: list[AnswerChange] = []
    unseen: list[str] = []
    for card in papers.pages("answer"):
        try:
            kept = decode(papers.page("answer", card.id) or b"", Answer)
            change = between(kept, ask(kept.question.text))
        except (msgspec.DecodeError, NavaidError):
            unseen.append(f"the answer “{card.title}” could not be made anew")
            continue
        if change:
            moved.append(change)
    return tuple(moved), tuple(unseen)
