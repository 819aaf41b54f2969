"""The explainers that are there or come: rows of explainers.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from navaid.tables import load
from navaid.terms import Record


class Explainer(Record, frozen=True):
    """A place in the list. `page` is empty while the explainer is not there yet; then `topic` tells the stages."""

    id: str
    title: str
    says: str
    topic: str
    ask: str
    page: str = ""


@cache
def explainers() -> tuple[Explainer, ...]:
    """All of them, in the order in which they are listed."""
    text = (Path(__file__).parent / "explainers.yaml").read_text("utf-8")
    return msgspec.convert(load(text), tuple[Explainer, ...])
