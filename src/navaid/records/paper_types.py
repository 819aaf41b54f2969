"""What each type of paper is called: the labels of paper_types.yaml, whose words tell the types apart."""

from __future__ import annotations

from functools import cache

from navaid.tables import load_from


@cache
def labels() -> dict[str, str]:
    """The label of each type by its code, as a person reads it: `pathology` is `Pathology report`."""
    return {row["id"]: str(row["label"]) for row in load_from("navaid.records", "paper_types.yaml")}
