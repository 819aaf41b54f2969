"""The tables by which a paper's top is read, each loaded once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table


@cache
def table(name: str) -> Any:
    """`extract/tables/NAME.yaml`."""
    return load_table((files("navaid.records.extract") / "tables" / f"{name}.yaml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, longer ones first; a blank in a word stands for one to three blanks."""
    listed = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"[\s_]{1,3}".join(re.escape(part) for part in word.split()) for word in listed)
