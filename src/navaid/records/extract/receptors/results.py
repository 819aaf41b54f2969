"""From a field to Findings: the state of a marker, its percentage, scores and staining, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from navaid.records.extract.receptors import rules
from navaid.records.extract.receptors.event import Event
from navaid.records.extract.receptors.field import Field
from navaid.records.extract.receptors.place import Place
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value

STATES = {
    "weak_positive": "positive",
    "strong_positive": "positive",
    "amplified": "positive",
    "not_amplified": "negative",
}
OPEN = ("pending", "not_tested", "indeterminate")
LONGEST = 160


@dataclass(frozen=True)
class Maker:
    """Makes the findings of one field of one marker: all share a place, an assertion and details."""

    view: View
    text: str
    field: Field
    place: Place
    assertion: Assertion
    extra: dict[str, Value]

    def make(
        self,
        concept: str,
        value: Value,
        event: Event | None,
        *,
        rule: str,
        unit: str = "",
        details: dict[str, Value] | None = None,
    ) -> Finding:
        """A finding whose words reach from the marker to the result, or are the result alone where that is far off."""
        anchor = event or self.field.marks[0]
        start, end = min(self.field.start, anchor.start), max(self.field.marks[0].end, anchor.end)
        if end - start > LONGEST:
            start, end = anchor.start, anchor.end
        text = self.view.text
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        return self.view.finding(
            concept,
            value,
            start,
            end,
            rule=f"receptors.{rule}",
            unit=unit,
            assertion=self.assertion,
            side=self.place.side,
            specimen=self.place.specimen,
            tumour="" if value in OPEN else self.place.tumour,  # no result sets no tumour apart
            details={**self.extra, **({"component": "dcis"} if self.place.dcis else {}), **(details or {})},
        )


def hormone(marker: str, made: Maker) -> Iterator[Finding]:
    """ER, PR, AR, or hormone receptors taken together (hr)."""
    field = made.field
    said = field.said
    state = state_of(field)
    percent = _nearest(said, "percent", state) or (None if _hscore_table(made) else _cell(made, 0, 100, _PERCENT_HEAD))
    if not state and field.before and field.before.kind == "percent":
        percent = field.before
    status = _status(marker, state) if state else ""
    if status:
        yield made.make(f"{marker}.status", status, state, rule="state")
    elif not state:
        yield from _derived(marker, made, percent)
    if marker in ("hr", "ar") or status in OPEN:
        return
    if percent and not _is_limit(made, percent):
        yield _percent(made, f"{marker}.percent", percent)
    if intensity := _intensity(made, said, state):
        yield made.make(f"{marker}.intensity", intensity[0], intensity[1], rule="intensity")
    if cell := _hscore_table(made):
        yield made.make(f"{marker}.hscore", int(cell.value), cell, rule="hscore")
    for kind in ("allred", "hscore"):
        if event := _nearest(said, kind, state):
            yield made.make(f"{marker}.{kind}", int(event.value), event, rule=kind)


def state_of(field: Field) -> Event | None:
    """The state that decides: a result before an open word ("ordered and positive"), the first of several."""
    before = [field.before] if field.before and field.before.kind != "percent" else []
    states = [s for s in before + field.states if s.value != "high"]
    settled = [s for s in states if s.value not in ("pending", "not_tested")]
    return next(iter(settled or states), None)


def _status(marker: str, state: Event) -> str:
    value = STATES.get(state.value, state.value)
    return "positive" if value == "low_positive" and marker in ("ar", "hr") else value


def _derived(marker: str, made: Maker, percent: Event | None) -> Iterator[Finding]:
    said, value, event = made.field.said, "", percent
    if percent:
        value = rules.by_percent(marker, percent.low, percent.high, percent.sign)
    if not value and (event := first(said, "allred")):
        value = rules.by_allred(int(event.value))
    if not value and (event := first(said, "hscore")):
        value = rules.by_hscore(int(event.value))
    if not value and (event := first(said, "irs")):
        value = rules.by_irs(int(event.value))
    if not value and (event := first(said, "intensity")) and _stained(made, event):
        value = "positive"
    if not value and (event := first(said, "plus")) and event.value in ("0", "2", "3"):
        value = "negative" if event.value == "0" else "positive"
    if value == "low_positive" and marker in ("ar", "hr"):
        value = "positive"
    if value and event:
        yield made.make(f"{marker}.status", value, event, rule="derived", details={"by": "derived"})


_BY_WORD = re.compile(
    r"(?:\s(?:and|to|with)\s\w+)?\s{0,3}(?:[.,;)(\n]|$|nuclear|stain|in\s|positiv|immuno|reactiv|expression)"
)
_TO_WORD = re.compile(r"[\s.:=(-]{0,4}(?:(?:is|are|was|shows?|it)\s{0,3}){0,2}$")


def _stained(made: Maker, event: Event) -> bool:
    """Whether "strong" is said of the marker itself: "ER: strong", "immunoreactivity for PR is moderate"."""
    return bool(
        _TO_WORD.match(made.text[made.field.marks[-1].end : event.start]) and _BY_WORD.match(made.text, event.end)
    )


_AT_LEAST = re.compile(r">\s?/?\s?=|≥|at\sleast")


def _is_limit(made: Maker, percent: Event) -> bool:
    """Whether "≥ 1 %" or "≥ 10 %" is only the limit from which a receptor is called positive."""
    return percent.low in (1, 10) and bool(_AT_LEAST.match(made.text, percent.start, percent.end))


def _percent(made: Maker, concept: str, event: Event) -> Finding:
    details: dict[str, Value] = {}
    low = event.low
    if event.sign:
        details["comparator"] = event.sign
        low = 0.0 if event.sign == "<" and low <= 1 else low
    if event.high > event.low:
        details["high"] = _number(event.high)
    return made.make(concept, _number(low), event, rule="percent", unit="%", details=details)


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


_PERCENT_HEAD = re.compile(r"%|percent")
_HSCORE_HEAD = re.compile(r"h-?\s?score")


def _cell(made: Maker, low: int, high: int, head: re.Pattern[str]) -> Event | None:
    """A bare number in a table's cell, where the table's head says what such numbers are."""
    event = first(made.field.said, "cell")
    if event and low <= int(event.value) <= high and event.start - made.field.marks[-1].end <= 60:
        above = made.text[max(0, made.field.start - 500) : made.field.start]
        if head.search(above):
            return Event(
                "percent", event.start, event.end, event.value, low=float(event.value), high=float(event.value)
            )
    return None


def _hscore_table(made: Maker) -> Event | None:
    return _cell(made, 0, 300, _HSCORE_HEAD)


def first(said: list[Event], kind: str) -> Event | None:
    return next((event for event in said if event.kind == kind), None)


def _nearest(said: list[Event], kind: str, state: Event | None) -> Event | None:
    """The event of this kind that goes with the state: the one before it, or one that follows soon."""
    found = [event for event in said if event.kind == kind]
    if not found or not state:
        return found[0] if found else None
    return next((e for e in found if e.start <= state.end + 90), None)


def _intensity(made: Maker, said: list[Event], state: Event | None) -> tuple[str, Event] | None:
    if state and state.value == "weak_positive":
        return "weak", state
    event = _nearest(said, "intensity", state)
    if state and state.value == "strong_positive" and not event:
        words = made.text[state.start : state.end]
        level = "strong" if "strong" in words else "moderate" if "moderate" in words else ""
        return (level, state) if level else None
    if event:
        return event.value, event
    plus = _nearest(said, "plus", state)
    if plus and plus.value in "123" and not (state and state.value == "negative"):
        top = str(int(plus.high)) if plus.high > 0 else plus.value
        return {"1": "weak", "2": "moderate", "3": "strong"}[top], plus
    return None


def ki67(made: Maker) -> Iterator[Finding]:
    """Ki-67: the percentage only."""
    field = made.field
    percent = (
        _cell(made, 0, 100, _PERCENT_HEAD)
        or first(field.said, "percent")
        or (field.before if field.before and field.before.kind == "percent" else None)
    )
    if percent:
        yield _percent(made, "ki67.percent", percent)
        return
    state = state_of(field)
    if state and state.value in OPEN:
        yield made.make("ki67.percent", state.value, state, rule="state")


def looked_back(text: str, start: int, pattern: re.Pattern[str], reach: int = 140) -> bool:
    """Whether the pattern stands in the clause before an offset."""
    clause = text[max(0, start - reach) : start]
    cut = max(clause.rfind(". "), clause.rfind("\n\n"), clause.rfind("; "))
    return bool(pattern.search(clause[cut + 1 :]))
