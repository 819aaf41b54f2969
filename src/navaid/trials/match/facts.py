"""A profile, ready to be asked: what it states of a concept, what follows from that, and the words behind it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property

from navaid.records.reconcile.values import finer
from navaid.terms import Assertion, Date, Field, FieldState, Profile, Value
from navaid.trials.match import told
from navaid.trials.match.known import Bounds, Known
from navaid.trials.match.logic import Held
from navaid.trials.match.papers import Names
from navaid.trials.match.tables import Implied, implied, no_result, several, table

HAD = (Assertion.PRESENT, Assertion.HISTORICAL)
"""How a thing is spoken of that the person has or had."""
_PATHOGENIC = re.compile(r"pathogenic|deleterious|oncogenic|activating|actionable|damaging", re.IGNORECASE)


class Facts:
    """A profile by concept. `today` is the day for which it is asked, `papers` how its papers are called."""

    def __init__(self, profile: Profile, today: Date | None = None, papers: Names | None = None) -> None:
        self.papers = papers or {}
        self.profile = profile
        self.today = today or profile.made
        self.narrowing: frozenset[str] = frozenset()  # words of the criterion that a partial denial names too
        self.strict = False  # whether it asks for a variant known to be harmful, and not for any variant
        self.answers: dict[Hashable, Held] = {}
        self._known: dict[str, tuple[Known, ...]] = {}
        self._asking: set[str] = set()

    @cached_property
    def _by_concept(self) -> dict[str, list[Field]]:
        fields: dict[str, list[Field]] = {}
        for field in self.profile.fields:
            if field.state is not FieldState.NOT_STATED:
                fields.setdefault(field.concept, []).append(field)
        return fields

    @cached_property
    def _narrow(self) -> frozenset[str]:
        return frozenset(str(f.details["narrow"]) for f in self.profile.fields if "narrow" in f.details)

    @cached_property
    def _found(self) -> bool:
        return any(field.value == "found" for field in self.profile.fields)

    def reading(self, words: str) -> None:
        """The words of the criterion that is asked now: a denial of the active illness answers for "active"."""
        if self._found:
            self.strict = bool(_PATHOGENIC.search(words))
        if self._narrow:
            plain = words.lower()
            self.narrowing = frozenset(word for word in self._narrow if word in plain)

    def fields(self, concept: str) -> Sequence[Field]:
        """What the profile states of this concept."""
        return self._by_concept.get(concept, ())

    def known(self, concept: str) -> tuple[Known, ...]:
        """What can be said of a concept with single values: stated without conflict, or following by definition."""
        if concept in self._known:
            return self._known[concept]
        if concept in self._asking:  # a row that leads back to where it came from says nothing new
            return tuple(self._stated(concept))
        self._asking.add(concept)
        found = tuple(self._all_known(concept))
        self._asking.discard(concept)
        if not self._asking:
            self._known[concept] = found
        return found

    def _all_known(self, concept: str) -> Iterator[Known]:
        spoken: set[Value] = set()
        stated = list(self._stated(concept))
        spoken.update(known.value for known in stated if known.true)
        yield from stated
        for row in implied(concept):
            held = self._row_holds(row)
            if held is None:
                continue
            told_, findings = held
            for value, true in [(v, True) for v in row.then] + [(v, False) for v in row.not_]:
                if value not in spoken:
                    yield Known(value, true, f"{told_} {told.sentence(row.because)}", findings)
            spoken.update((*row.then, *row.not_, *row.open))

    def _stated(self, concept: str) -> Iterator[Known]:
        for field in self.fields(concept):
            if field.state is FieldState.CONFLICT or field.value in no_result():
                continue
            if field.assertion in HAD:
                yield Known(field.value, True, self.quote(field), field.findings[:1])
            elif field.assertion is Assertion.ABSENT:
                yield Known(field.value, False, self.quote(field), field.findings[:1])

    def _row_holds(self, row: Implied) -> tuple[str, tuple[int, ...]] | None:
        said: list[str] = []
        findings: list[int] = []
        for concept, values in row.when.items():
            known = next((k for k in self.known(concept) if k.true and self._is(concept, k.value, values)), None)
            if known is None:
                return None
            said.append(known.told)
            findings += known.findings
        return " ".join(dict.fromkeys(said)), tuple(findings)

    def _is(self, concept: str, value: Value, wanted: tuple[Value, ...]) -> bool:
        return "any" in wanted or any(fits(concept, each, value) for each in wanted)

    def bounds(self, concept: str) -> Iterator[Bounds]:
        """Between which bounds a number lies: as stated, one for each value of a conflict, or as a state says."""
        stated = False
        for field in self.fields(concept):
            values = (field.value, *field.other) if field.state is FieldState.CONFLICT else (field.value,)
            for value in values:
                if isinstance(value, int | float):
                    stated = True
                    low, high = self._aged(float(value), field) if concept == "age" else _ranged(float(value), field)
                    yield Bounds(low, high, self.quote(field), field.findings[:1])
        if stated:
            return
        for row in table("values")["bounds"]:
            name, wanted = next(iter(row["when"].items()))
            known = next((k for k in self.known(name) if k.true and self._is(name, k.value, several(wanted))), None)
            if row["of"] == concept and known:
                yield Bounds(row["low"], row["high"], f"{known.told} {told.sentence(row['because'])}", known.findings)

    def _aged(self, years: float, field: Field) -> tuple[float, float]:
        """An age of a dated paper has grown since: by the whole years, and perhaps by one more birthday."""
        if field.date is None or field.date > self.today:
            return years, years
        passed = (self.today - field.date).days / 365.25
        return years + int(passed), years + int(passed) + (1 if passed > 0.01 else 0)

    def quote(self, field: Field) -> str:
        """The sentence in which the reason shows the profile's own words."""
        return told.quote(field, self.profile, self.papers)


def fits(concept: str, wanted: Value, value: Value) -> bool:
    """Whether who has this value has what is asked: the same, or a finer one (IIA is a stage II)."""
    if str(wanted).lower() == str(value).lower():
        return True
    if concept == "diagnosis":  # an invasive cancer found beside one in situ is not in situ
        return wanted == "invasive_breast_cancer" and value == "metastatic_breast_cancer"
    if finer(concept, wanted, value):
        return True
    if concept == "stage.group":
        return _stage(str(value)).startswith(_stage(str(wanted))) and _roman(wanted) == _roman(value)
    return False


def vaguer(concept: str, wanted: Value, value: Value) -> bool:
    """Whether the profile says less precisely what is asked: stage II where IIA is asked."""
    return fits(concept, value, wanted) and not fits(concept, wanted, value)


def _stage(value: str) -> str:
    return re.sub(r"^stage\s*", "", value.strip(), flags=re.IGNORECASE).upper()


def _roman(value: Value) -> str:
    match = re.match(r"0|IV|I{1,3}", _stage(str(value)))
    return match[0] if match else str(value)


def _ranged(value: float, field: Field) -> tuple[float, float]:
    to = field.details.get("to")
    return value, float(to) if isinstance(to, int | float) else value
