"""One measured figure, beside what is wanted of it."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """`good` is None where nothing was wanted of it."""

    what: str
    value: float
    wanted: str = ""
    good: bool | None = None
    note: str = ""
