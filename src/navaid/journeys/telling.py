"""What a journey tells while it works, and those who listen to nothing."""

from __future__ import annotations

from collections.abc import Callable

Explain = Callable[[str, object], None]
"""Called with a step's name and what it chose; `--explain` prints it."""


def silent(step: str, chosen: object) -> None:
    """The `Explain` that says nothing."""


OnPage = Callable[[str, int, int], None]
"""Called before a page of a paper is read: its path, the page's number, and how many there are."""


def no_progress(path: str, number: int, of: int) -> None:
    """The `OnPage` that says nothing."""


OnStudies = Callable[[str, int, int], None]
"""Called as studies are worked on: what is done, how many are done, and of how many (0 where that is not known)."""


def no_studies(what: str, done: int, of: int) -> None:
    """The `OnStudies` that says nothing."""
