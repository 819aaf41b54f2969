"""From a percentage or score to a state, as tables/receptors_rules.yaml has it; for papers that state none."""

from __future__ import annotations

from functools import cache
from typing import Any

from navaid.records.extract.receptors.tables import table


@cache
def _rule(name: str) -> dict[str, Any]:
    return next(row for row in table("rules") if row["rule"] == name)


def by_percent(marker: str, low: float, high: float, sign: str) -> str:
    """The state that a percentage of stained nuclei means, empty where it leaves it open ("less than 10 %").

    >>> [by_percent("er", 95, 95, ""), by_percent("er", 5, 5, ""), by_percent("pr", 5, 5, "")]
    ['positive', 'low_positive', 'positive']
    >>> [by_percent("er", 1, 1, "<"), by_percent("er", 10, 10, "<")]
    ['negative', '']
    """
    rule = _rule("er_percent" if marker == "er" else "pr_percent")
    limit, low_to = rule["negative_below"], rule.get("low_positive_to", 0)
    if sign == "<":
        return "negative" if high <= limit else ""
    if low < limit:
        return "negative" if high < limit else ""
    if high <= low_to and sign != ">":
        return "low_positive"
    return "positive" if low >= low_to or high > low_to else ""


def by_allred(score: int) -> str:
    """The state that an Allred (Quick) score means."""
    rule = _rule("allred")
    return "negative" if score <= rule["negative_to"] else "positive"


def by_hscore(score: int) -> str:
    """0: no nucleus stains. From 3 on at least one in a hundred does, as none counts more than three times."""
    return "negative" if score == 0 else "positive" if score >= 3 else ""


def by_irs(score: int) -> str:
    """0: no nucleus stains. From 4 on more than the lowest class of nuclei do, as none counts over three times."""
    return "negative" if score == 0 else "positive" if score >= 4 else ""


def by_ihc(score: str) -> str:
    """The HER2 state that an IHC score means."""
    return str(_rule("her2_ihc")["states"][score])


def weak_her2() -> str:
    """What "weakly positive" HER2 means where no score stands beside it."""
    return str(_rule("her2_weak")["state"])


def by_ratio(ratio: float | None, copies: float | None) -> str:
    """The ISH result that ratio and copies mean, empty where editions of the guideline or the two numbers disagree.

    >>> [by_ratio(1.1, None), by_ratio(2.0, None), by_ratio(4.2, 9.0), by_ratio(1.5, 6.5)]
    ['not_amplified', '', 'amplified', '']
    """
    rule = _rule("her2_ratio")
    if ratio is None:
        return ""
    if copies is None:
        if ratio < rule["not_amplified_below"]:
            return "not_amplified"
        return "amplified" if ratio > rule["amplified_above"] else ""
    if ratio >= rule["ratio"] and copies >= rule["copies"]:
        return "amplified"
    return "not_amplified" if ratio < rule["ratio"] and copies < rule["copies"] else ""


def level(ihc: str, ish: str) -> str:
    """`low` or `high` where IHC and ISH say so; empty for 0, as a report's 0 may be no staining or ultralow."""
    if ish == "amplified" or ihc == "3+":
        return "high"
    levels: dict[str, str] = _rule("her2_low")["level"]
    return levels.get(ihc, levels.get(f"{ihc} {ish.replace('_', ' ')}", ""))
