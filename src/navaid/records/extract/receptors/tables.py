"""The tables of this package, read once, and how a phrase of a table becomes a pattern."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table


@cache
def table(name: str) -> Any:
    """`tables/receptors_NAME.yaml`."""
    path = files("navaid.records.extract") / "tables" / f"receptors_{name}.yaml"
    return load_table(path.read_text(encoding="utf-8"))


def spaced(phrase: str) -> str:
    """The phrase as a pattern in which a blank stands for any few blanks, a line break among them.

    A full stop may stand before the blank: texts of scans often have one at the end of every line.

    >>> bool(re.match(spaced("not amplified"), "not   amplified"))
    True
    """
    return _BLANK.sub(_blank, phrase)


_BLANK = re.compile(r"\(\?<[=!][^)]*\)|\[[^\]]*\]|(?P<blank>(?<!\\) \??)")


def _blank(match: re.Match[str]) -> str:
    """A blank as a pattern; what looks behind and classes of characters, which need a fixed width, stay as they are."""
    return match[0] if match["blank"] is None else r"\.?\s{0,3}" if match["blank"].endswith("?") else r"\.?\s{1,4}"


def either(phrases: list[str]) -> str:
    """A pattern for any of the phrases, the first that fits."""
    return "(?:" + "|".join(f"(?:{spaced(phrase)})" for phrase in phrases) + ")"
