"""When two values of a concept agree: equal, or one says more precisely what the other says."""

from __future__ import annotations

import re

from navaid.records.reconcile.strength import strength
from navaid.terms import Value

_CATEGORY = re.compile(r"(?P<base>[TNM](?:is|[0-4X]))(?P<rest>.*)", re.IGNORECASE)


def agree(concept: str, one: Value, other: Value) -> bool:
    """Whether both may be said of the same tumour.

    >>> agree("pt", "T1", "T1c"), agree("pt", "T1c", "T2"), agree("er.status", "positive", "low_positive")
    (True, False, True)
    """
    return one == other or finer(concept, one, other) or finer(concept, other, one)


def finer(concept: str, vague: Value, precise: Value) -> bool:
    """Whether `precise` says what `vague` says, and more.

    >>> finer("stage.group", "II", "IIA"), finer("pn", "N0", "N0(i-)")
    (True, True)
    """
    if vague == precise:
        return False
    family = "gene" if concept.startswith("gene.") else concept
    if precise in strength().finer.get(family, {}).get(str(vague), ()):
        return True
    if concept in {"pt", "pn", "pm", "ct", "cn", "cm"}:
        return _category_finer(str(vague), str(precise))
    return concept == "stage.group" and re.fullmatch(rf"{re.escape(str(vague))}[A-C]\d?", str(precise)) is not None


def _category_finer(vague: str, precise: str) -> bool:
    one, other = _CATEGORY.fullmatch(vague), _CATEGORY.fullmatch(precise)
    if not one or not other:
        return False
    if one["base"].upper().endswith("X"):  # not assessed: any category says more
        return not other["base"].upper().endswith("X")
    return one["base"] == other["base"] and other["rest"].startswith(one["rest"])
