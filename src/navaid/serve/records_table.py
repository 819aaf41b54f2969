"""Tables of findings and profiles: with borders for a person at a terminal, tab-separated lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from navaid.answers.personal.gaps import of_two_places
from navaid.answers.render.safe import line
from navaid.records.concepts import concept
from navaid.records.export.places import day, places, shortened, unstated
from navaid.terms import Assertion, Field, FieldState, Finding, Profile, Reading

_STATE = {
    FieldState.CONFIRMED: "you confirmed it",
    FieldState.UNCONFIRMED: "",
    FieldState.CONFLICT: "PAPERS DISAGREE",
    FieldState.NOT_STATED: "not stated",
}
_ASSERTED = {
    Assertion.PRESENT: "",
    Assertion.ABSENT: "not so",
    Assertion.POSSIBLE: "possible",
    Assertion.HISTORICAL: "in the past",
    Assertion.FAMILY: "in the family",
    Assertion.PLANNED: "planned",
    Assertion.HYPOTHETICAL: "talked about",
}


def show(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output. Text of papers cannot act on the terminal."""
    safe = [[line(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        print("\t".join(columns))
        for row in safe:
            print("\t".join(row))
        return
    table = Table(*columns, header_style="bold", expand=False)
    for row in safe:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def findings(reading: Reading, *, explain: bool = False) -> None:
    """What was read in one paper, each fact once, with the page and the words."""
    if not reading.findings:
        print("  nothing was found in it")
        return
    columns = ["what", "value", "how it is said", "page", "words", *(["how it was read", "rule"] if explain else [])]
    show(columns, [row if explain else row[:-2] for row in _finding_rows(reading.findings)])


def _finding_rows(found: Sequence[Finding]) -> Iterator[list[str]]:
    """A fact that stands several times is shown where it stands first."""
    counts: dict[tuple[object, ...], int] = {}
    for finding in found:
        counts[_key(finding)] = counts.get(_key(finding), 0) + 1
    for finding in found:
        if count := counts.pop(_key(finding), 0):
            about = [_ASSERTED[finding.assertion], finding.side, finding.specimen, _details(finding)]
            more = f" (and {count - 1} more)" if count > 1 else ""
            yield [
                concept(finding.concept).label,
                f"{finding.details.get('prefix', '')}{concept(finding.concept).in_words(finding.value)}",
                ", ".join(filter(None, (*about, str(finding.date or "")))),
                f"{finding.source.page}{more}",
                _words(finding),
                _how(finding),
                finding.rule,
            ]


def _words(finding: Finding) -> str:
    source = finding.source
    unclear = f" (or “{shortened(source.second)}”: the scan is unclear)" if source.second else ""
    return shortened(source.words) + unclear


def _how(finding: Finding) -> str:
    """Such as `text layer`, or `ocr, 93 % sure`."""
    sure = finding.source.confidence
    return finding.source.how.value + (f", {sure:.0%} sure" if sure is not None else "")


def _key(finding: Finding) -> tuple[object, ...]:
    details = tuple(sorted((name, str(value)) for name, value in finding.details.items()))
    return finding.concept, finding.value, finding.assertion, finding.side, finding.tumour, finding.date, details


_BARE = frozenset({"by", "status", "method", "kind", "intent", "regimen", "assay", "technique", "as"})
_UNTOLD = frozenset({"prefix"})


def _details(finding: Finding) -> str:
    """Details in words: those whose value speaks for itself without their name."""
    told = [(name, str(value)) for name, value in finding.details.items() if name not in _UNTOLD]
    return ", ".join(value if name in _BARE else f"{name.replace('_', ' ')} {value}" for name, value in told)


def fields(shown: Sequence[Field], profile: Profile, readings: Sequence[Reading]) -> None:
    """Values of a profile, each with the place it was read at."""
    show(["what", "value", "state", "date", "file and page", "words"], (_row(f, profile, readings) for f in shown))


def _row(field: Field, profile: Profile, readings: Sequence[Reading]) -> list[str]:
    row = concept(field.concept)
    value = row.in_words(field.value)
    if field.state is FieldState.NOT_STATED and field.because:  # a paper gives one, and the person rejected it
        value = "no value stands"
    if field.assertion is not Assertion.PRESENT:
        value += f" ({_ASSERTED[field.assertion]})"
    if field.other:
        value += f" (also: {', '.join(row.in_words(other) for other in field.other)})"
    where = places(field, profile, readings)
    first = where[0] if where else None
    return [
        row.label,
        value,
        "differs by place" if of_two_places(field, profile) else _STATE[field.state],
        day(field, profile, readings),
        "; ".join(dict.fromkeys(place.short for place in where[: 3 if field.other else 1])),
        first.quoted if first and first.second else first.words if first else "",
    ]


def places_of(field: Field, profile: Profile, readings: Sequence[Reading]) -> None:
    """Every place behind one value, with the rule that read it."""
    rows = []
    for place, index in zip(places(field, profile, readings), field.findings, strict=True):
        finding = profile.findings[index]
        value = concept(field.concept).in_words(finding.value)
        words = place.quoted if place.second else place.words
        rows.append([value, _ASSERTED[finding.assertion], place.short, words, _how(finding), finding.rule])
    show(["value", "how it is said", "file and page", "words", "how it was read", "rule"], rows)


def ending(profile: Profile, readings: Sequence[Reading]) -> None:
    """What the papers disagree on, and what was looked for and not found."""
    conflicts = [f for f in profile.fields if f.state is FieldState.CONFLICT and not of_two_places(f, profile)]
    if conflicts:
        print("\nYour papers disagree on:")
        fields(conflicts, profile, readings)
    missing, rejected = ([concept(f.concept).label for f in each] for each in unstated(profile))
    if rejected:
        print(f"\nYou said that what your papers say of this is wrong: {', '.join(rejected)}.")
    if missing:
        print(f"\nLooked for and not found: {', '.join(missing)}.")
        print("That a paper does not say it does not mean that it was negative or not done.")
