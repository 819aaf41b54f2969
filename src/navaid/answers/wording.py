"""The words of an answer that are neither claim nor quotation; they carry no medicine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from navaid.tables import load as load_table

_TABLE = Path(__file__).parent / "tables" / "words.yaml"


@cache
def words() -> dict[str, str]:
    """The words by name, as `tables/words.yaml` has them."""
    table: dict[str, str] = load_table(_TABLE.read_text(encoding="utf-8"))
    return table
