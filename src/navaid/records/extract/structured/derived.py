"""States that coded entries leave to be worked out, by the rules that hold for text (receptors/rules.py).

ER from a percentage, HER2 from IHC score, ratio and copies: a state only where no entry of the paper states one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from navaid.records.extract.receptors import rules
from navaid.terms import Assertion, Finding, Value

_Specimen = tuple[str, str, str, str, Assertion]


def derived(found: Iterable[Finding]) -> Iterator[Finding]:
    """What follows from these findings, each with `by: derived` and the words of the entry it was worked out from."""
    results: dict[_Specimen, dict[str, Finding]] = defaultdict(dict)
    stated = set()
    for one in found:
        stated.add(one.concept)
        # An export of Navaid holds what could be worked out already, and no longer tells the specimens apart.
        if one.concept.startswith(("er.", "pr.", "her2.")) and one.rule != "structured.own":
            key = (one.side, one.specimen, one.tumour, str(one.date or ""), one.assertion)
            results[key].setdefault(one.concept, one)
    for here in results.values():
        new = [*_hormone("er", here), *_hormone("pr", here), *_her2(here)]
        yield from (one for one in new if one.concept not in stated)


def _hormone(marker: str, here: dict[str, Finding]) -> Iterator[Finding]:
    percent = here.get(f"{marker}.percent")
    share = percent.value if percent else ""
    if percent and isinstance(share, int | float) and (state := rules.by_percent(marker, share, share, "")):
        yield _from(percent, f"{marker}.status", state)


def _her2(here: dict[str, Finding]) -> Iterator[Finding]:
    ihc, ish = here.get("her2.ihc"), here.get("her2.ish")
    if ish is None:
        ratio, copies = (here.get(name) for name in ("her2.ratio", "her2.copy_number"))
        told = ratio or copies
        if told and (state := rules.by_ratio(_number(ratio), _number(copies))):
            ish = _from(told, "her2.ish", state)
            yield ish
    result = {"amplified": "positive", "not_amplified": "negative"}.get(str(ish.value)) if ish else None
    if ish and result:
        yield _from(ish, "her2.status", result)
    elif ihc and ihc.value in ("0", "1+", "2+", "3+"):
        yield _from(ihc, "her2.status", rules.by_ihc(str(ihc.value)))
    if ihc and (level := rules.level(str(ihc.value), str(ish.value) if ish else "")):
        yield _from(ihc, "her2.level", level)


def _number(finding: Finding | None) -> float | None:
    return finding.value if finding and isinstance(finding.value, int | float) else None


def _from(finding: Finding, concept: str, value: Value) -> Finding:
    details: dict[str, Value] = {"by": "derived"}
    return msgspec.structs.replace(
        finding, concept=concept, value=value, unit="", details=details, rule="structured.derived"
    )
