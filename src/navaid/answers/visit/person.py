"""The person's page: what to ask, in order, with why; what the nurse asks first; what to bring; room for notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from navaid import templates
from navaid.records.export.one_page import amounts, on_one_page
from navaid.records.export.places import shortened
from navaid.records.export.summary.glance import glance
from navaid.records.export.summary.rows import UNKNOWN, Marks, Row, numbered
from navaid.records.export.summary.wrapping import wrapped
from navaid.records.whose import whose
from navaid.starter import Starter
from navaid.terms import Date, Origin, Profile, Reading, Record, VisitItem, VisitPlan

LINES = 61
"""Lines of small print that fit on one page of Letter, and of A4, as printed by Chromium and WeasyPrint."""

_TEXT, _WHY, _NURSE, _FOOT = 86, 112, 54, 118  # letters in a line of each kind
_TALL, _SMALL, _RULE = 1.18, 0.9, 1.7  # a line of a question, one of what stands below it, one to write on; in lines
_FIXED = 15.5  # the head, the headings, whom to call
_NOTES, _MOST_NOTES = 3, 14  # lines to write on
_LONG_WHY, _LONG_WORDS, _LONG_CONFLICT, _LONG_FACT, _BRING = 220, 330, 400, 220, 5
_NAMED = 4  # questions that do not fit and are named


class Asked(Record, frozen=True):
    """A question as the page shows it; `origin` says in two words where it comes from."""

    text: str
    why: str
    origin: str = ""


class PersonPage(Record, frozen=True):
    """The page. `first` is what a nurse asks at the beginning, `more` and `named` are the questions without room."""

    name: str
    born: Date | None
    day: Date | None
    made: Date
    asked: tuple[Asked, ...]
    first: tuple[Row, ...]
    bring: tuple[str, ...]
    note: str
    lines_to_write: int
    more: int
    named: tuple[str, ...]
    sources: tuple[str, ...]


_ORIGINS = {
    Origin.OWN: "my own",
    Origin.CONFLICT: "my papers disagree",
    Origin.GAP: "not in my papers",
    Origin.TRIAL: "for a study",
    Origin.ANSWER: "from my questions",
    Origin.LIST: "",
}


def html(plan: VisitPlan, profile: Profile, readings: Sequence[Reading], data: Starter) -> bytes:
    """The page as the bytes of an HTML file; its list can be changed in the browser before it is printed."""
    return to_html(lay_out(plan, profile, readings, data)).encode()


def pdf(plan: VisitPlan, profile: Profile, readings: Sequence[Reading], data: Starter) -> bytes:
    """The page as a PDF of one page. Raises NoPdf."""
    return on_one_page(lambda lines: to_html(lay_out(plan, profile, readings, data, lines)), amounts(LINES))


def lay_out(
    plan: VisitPlan, profile: Profile, readings: Sequence[Reading], data: Starter, lines: int = LINES
) -> PersonPage:
    """The page with as many questions, in their order, as there is room for."""
    person = whose(readings)
    first = tuple(_plain(glance(profile, Marks(profile, readings, numbered(readings)), person)[0]))
    bring = tuple(shortened(thing, 110).rstrip(".") for thing in plan.bring[:_BRING])
    nurse = sum(_SMALL * wrapped(f"{row.label}: {row.value}", _NURSE) for row in first) / 2 + 1  # two columns
    room = lines - _FIXED - _NOTES * _RULE - nurse
    room -= wrapped("; ".join(bring), _FOOT) + wrapped(plan.note, _FOOT)
    asked, shown, sources, taken = _fitting(plan.open, room, data)
    left = plan.open[shown:]
    return PersonPage(
        name=person.name,
        born=person.birth_date,
        day=plan.day,
        made=plan.made,
        asked=asked,
        first=first,
        bring=bring,
        note=plan.note,
        lines_to_write=int(min(_MOST_NOTES, _NOTES + max(0.0, room - taken - 1) / _RULE)),
        more=len(left),
        named=tuple(shortened(item.text, 70) for item in left[:_NAMED]),
        sources=sources,
    )


def _plain(rows: Sequence[Row]) -> Iterator[Row]:
    """What is asked first, in short, and with a line to write on where no paper says it."""
    for row in rows:
        blank = f"{row.value.replace('the papers', 'my papers').replace('the person', 'I')}: "
        told = row.value.replace("the papers", "my papers").replace(", see below", "")
        value = blank if row.state == UNKNOWN else shortened(told, 190)
        yield Row(label=row.label, value=value, state=row.state, ask=row.ask)


def _fitting(
    items: Sequence[VisitItem], room: float, data: Starter
) -> tuple[tuple[Asked, ...], int, tuple[str, ...], float]:
    """The questions that fit, how many they are, the sources of their reasons, and the lines that all that takes."""
    asked: list[Asked] = []
    numbers: dict[str, int] = {}
    taken = 0.0
    for place, item in enumerate(items):
        cited = {cite.document: len(numbers) + 1 for cite in item.citations[:1] if cite.document not in numbers}
        one = _asked(item, numbers | cited)
        needed = _lines(one) + sum(_SMALL * wrapped(_source(id_, n, data), _FOOT) for id_, n in cited.items())
        last = place == len(items) - 1
        if taken + needed > room - (0 if last else 2):  # two lines say what did not fit
            break
        taken += needed
        numbers |= cited
        asked.append(one)
    sources = tuple(_source(id_, number, data) for id_, number in numbers.items())
    return tuple(asked), len(asked), sources, taken


def _asked(item: VisitItem, numbers: dict[str, int]) -> Asked:
    marks = [str(numbers[cite.document]) for cite in item.citations[:1] if item.why and cite.document in numbers]
    why = shortened(item.why, _LONG_FACT if item.words else _LONG_WHY) + (f" [{marks[0]}]" if marks else "")
    words = shortened(item.words, _LONG_CONFLICT if item.origin is Origin.CONFLICT else _LONG_WORDS)
    return Asked(text=item.text, why=" ".join(filter(None, (words, why))), origin=_ORIGINS[item.origin])


def _lines(one: Asked) -> float:
    return _TALL * wrapped(f"{one.text} {one.origin}", _TEXT) + _SMALL * wrapped(one.why, _WHY) + 0.25


def _source(id_: str, number: int, data: Starter) -> str:
    row = data.sources.get(id_)
    return f"[{number}] {shortened(f'{row.title}. {row.publisher}', 110) if row else id_}"


def to_html(page: PersonPage) -> str:
    """The page as HTML: no script, nothing loaded, and text of papers escaped wherever it stands."""
    css = Markup(templates.text(__package__, "person.css").strip())
    return templates.template(__package__, "person.html.j2").render(page=page, css=css)
