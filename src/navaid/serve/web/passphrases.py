"""Choosing a passphrase on a page: typed twice, and not too short."""

from __future__ import annotations

from navaid.errors import BadInput
from navaid.serve.web.here import Here

SHORTEST = 8
"""Refused below it; the page asks for four or five words, which is far more."""


def chosen(here: Here, name: str = "passphrase") -> str:
    """What was typed in both fields, `name` and `name_again`. Raises BadInput."""
    given = here.secret(name)
    if given != here.secret(f"{name}_again"):
        raise BadInput(
            "the two passphrases were not the same",
            where="this page",
            fix="type the same one twice; nothing was changed",
        )
    if len(given) < SHORTEST:
        raise BadInput(
            f"a passphrase of fewer than {SHORTEST} letters is guessed in no time",
            where="this page",
            fix="take four or five words that have nothing to do with each other",
        )
    return given
