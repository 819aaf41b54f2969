"""The tables of genes, founder variants and words, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table


@cache
def genes() -> dict[str, dict[str, Any]]:
    """The genes by their symbol."""
    return {row["id"]: row for row in _load("genes")}


@cache
def founders() -> dict[str, dict[str, str]]:
    """Founder variants by their older name and by their HGVS name without the bases, in lower case."""
    rows = _load("genes_founder")
    return {name.lower(): row for row in rows for name in (row["name"], row["hgvs_c"])}


@cache
def words(kind: str) -> re.Pattern[str]:
    """The words of this kind, as one pattern."""
    return re.compile("|".join(_bounded(word) for word in _words()[kind]), re.IGNORECASE)


def _bounded(word: str) -> str:
    before = "(?<![A-Za-z])" if word[0].isalpha() or word.startswith("(?:") else ""
    return f"{before}(?:{word})(?![A-Za-z])"


@cache
def _words() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = _load("genes_words")
    return loaded


def _load(name: str) -> Any:
    table = files("navaid.records.extract") / "tables" / f"{name}.yaml"
    return load_table(table.read_text(encoding="utf-8"))
