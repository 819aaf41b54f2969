"""From a HER2 field to Findings: state, IHC score, ISH result, ratio, copies and level."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.records.extract.receptors import rules
from navaid.records.extract.receptors.event import Event
from navaid.records.extract.receptors.results import OPEN, STATES, Maker, first, state_of
from navaid.terms import Finding, Value

_BY_STATE = {"negative": "01", "equivocal": "2", "positive": "3"}


def _score_cell(made: Maker, state: Event | None) -> Event | None:
    """An IHC score that stands in a cell of its own without a plus, where it agrees with the state before it."""
    cells = (e for e in made.field.said if e.kind == "cell" and state and e.value in _BY_STATE.get(state.value, ""))
    cell = next(cells, None)
    return Event("plus", cell.start, cell.end, cell.value, high=-1) if cell else None


def her2(made: Maker) -> Iterator[Finding]:
    """HER2 by one method: state, IHC score, ISH result, ratio, copies, and the level where it is stated."""
    field = made.field
    state = state_of(field)
    if state and "favo" in made.text[state.start : state.end]:  # the words of image analysis: good, bad
        state = None
    plus = (first(field.said, "plus") or _score_cell(made, state)) if field.method != "ish" else None
    ihc = "" if not plus or plus.high >= 0 else f"{plus.value}+" if plus.value != "0" else "0"
    ratio, copies = first(field.said, "ratio"), first(field.said, "copies")
    if not plus and state and state.kind == "sign" and state.low > 1:  # "HER2 ++"
        plus, ihc = state, f"{int(state.low)}+"
        state = None if ihc == "2+" else state
    if state:
        yield from _her2_stated(made, state, ihc)
    elif plus:
        score = ihc or (f"{int(plus.high)}+" if plus.high <= 1 else "")
        if score:
            yield made.make(
                "her2.status", rules.by_ihc(score), plus, rule="derived", details={"by": "derived", "method": "ihc"}
            )
    if ihc and plus and not (state and state.value == "not_tested"):
        yield made.make("her2.ihc", ihc, plus, rule="ihc")
    if ratio:
        yield made.make("her2.ratio", float(ratio.value), ratio, rule="ratio")
    if copies:
        yield made.make("her2.copy_number", float(copies.value), copies, rule="copies")
    if (ratio or copies) and not (state and field.method == "ish" and state.value not in OPEN):
        ish = rules.by_ratio(float(ratio.value) if ratio else None, float(copies.value) if copies else None)
        if ish:
            yield made.make("her2.ish", ish, ratio, rule="derived", details={"by": "derived"})
            yield made.make(
                "her2.status", STATES[ish], ratio, rule="derived", details={"by": "derived", "method": "ish"}
            )
    if level := first(field.said, "level"):
        yield made.make("her2.level", level.value, level, rule="level", details={"by": "stated"})
        if not state:
            yield made.make("her2.status", "negative", level, rule="derived", details={"by": "derived"})


def _her2_stated(made: Maker, state: Event, ihc: str) -> Iterator[Finding]:
    ish = made.field.method == "ish" or state.value in ("amplified", "not_amplified")
    status = STATES.get(state.value, state.value)
    extra: dict[str, Value] = {"method": "ish" if ish else "ihc"} if ish or made.field.method or ihc else {}
    if ish:
        result = {"positive": "amplified", "negative": "not_amplified", "low_positive": "amplified"}.get(status, status)
        yield made.make("her2.ish", result, state, rule="state")
        if status not in OPEN:
            yield made.make("her2.status", status, state, rule="state", details=extra)
        return
    if state.value == "weak_positive":
        status = rules.by_ihc(ihc) if ihc else rules.weak_her2()
        extra["by"] = "derived"
    elif status == "low_positive":
        status, extra["by"] = rules.by_ihc(ihc) if ihc else "equivocal", "derived"
    elif status == "indeterminate" and ihc == "2+":
        status = "equivocal"
    yield made.make("her2.status", status, state, rule="state", details=extra)


def level(made: Maker, ihc: str, ish: str) -> Iterator[Finding]:
    """The HER2 level that IHC and ISH mean, kept apart from one that is stated."""
    if value := rules.level(ihc, ish):
        plus = first(made.field.said, "plus")
        yield made.make("her2.level", value, plus, rule="derived", details={"by": "derived"})
