"""`navaid questions`: the lists of questions to take to a visit."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from navaid import starter
from navaid.answers import triage as triage_room
from navaid.answers.render.markdown import plain
from navaid.errors import BadInput
from navaid.serve.common import look
from navaid.starter import SourceRow, visits
from navaid.starter.visits import Question, Visit
from navaid.terms import Record

_BRING, _LEARN, _SOURCES = "To bring or to write down", "Where to learn more", "What the reasons rest on"
_NOTICE = (
    "These are questions to choose from; nobody has to ask them all. "
    "They do not say what is right for one person: that is for you and your care team."
)


class Format(StrEnum):
    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class VisitQuestions(Record, frozen=True):
    """What must come before all else (or empty), the list, and ids of other lists that may fit."""

    first: str
    visit: Visit
    also: tuple[str, ...]


class VisitEntry(Record, frozen=True):
    """A situation for which there is a list of questions."""

    id: str
    title: str
    when: str


def questions(
    situation: Annotated[
        list[str] | None, typer.Argument(help="Such as metastatic; without it, all situations are listed.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How the list is shown.")] = Format.TERMINAL,
) -> None:
    """Show the questions to take to a visit: what to ask in a situation, why it matters, what to bring."""
    data = starter.load()
    lists = visits.load(data)
    words = " ".join(situation or []).strip()
    if not words:
        typer.echo(_index(lists, format))
        return
    first = triage_room.comes_first(words)  # people may write what has just happened to them
    found = visits.find(data, lists, words)
    if not found:
        if first:
            typer.echo(first, err=True)
        raise _unknown(lists, words)
    typer.echo(_shown(VisitQuestions(first=first, visit=found[0], also=tuple(v.id for v in found[1:4])), format))


def _unknown(lists: tuple[Visit, ...], words: str) -> BadInput:
    close = [f"`navaid questions {visit.id}`" for visit in visits.near(lists, words)]
    guess = f"did you mean {' or '.join(close)}? " if close else ""
    return BadInput(
        f"no list of questions is called {words[:60]!r}",
        where="navaid questions",
        fix=f"{guess}`navaid questions` shows all {len(lists)} situations",
    )


def _index(lists: tuple[Visit, ...], format: Format) -> str:
    if format is Format.JSON:
        return _json(tuple(VisitEntry(id=visit.id, title=visit.title, when=visit.when) for visit in lists))
    if format is Format.MARKDOWN:
        return "\n".join(["# Situations", "", *(f"- `{visit.id}`: {plain(visit.title)}" for visit in lists)])
    width = max(len(visit.id) for visit in lists)
    return "\n".join(
        [*(f"{visit.id:<{width}}  {visit.title}" for visit in lists), "", "Show one: navaid questions SITUATION"]
    )


def _shown(shown: VisitQuestions, format: Format) -> str:
    if format is Format.JSON:
        return _json(shown)
    return "\n".join(_markdown(shown) if format is Format.MARKDOWN else _terminal(shown))


def _json(record: object) -> str:
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode()


def _reason(question: Question, visit: Visit) -> tuple[str, str]:
    """The why, and the numbers of its sources as a mark."""
    cited = {cite.source for cite in question.cites}
    numbers = [str(n) for n, source in enumerate(visit.sources, 1) if source.id in cited]
    return question.why, f" [{','.join(numbers)}]" if numbers else ""


def _facts(source: SourceRow, visit: Visit) -> str:
    """What a reader needs to find the source, the places in it, and since when they may have changed."""
    cites = [cite for group in visit.groups for question in group.questions for cite in question.cites]
    here = [cite for cite in cites if cite.source == source.id]
    places, checked = dict.fromkeys(cite.at for cite in here), min(cite.checked for cite in here)
    return f"{_named(source)} See: {'; '.join(places)} (checked {checked})"


def _named(source: SourceRow) -> str:
    return f"{source.title}{'' if source.title[-1] in '.?!' else '.'} {source.publisher}."


def _markdown(shown: VisitQuestions) -> Iterator[str]:
    visit = shown.visit
    if shown.first:
        yield from (*(f"> {plain(line)}" for line in shown.first.splitlines()), "")
    yield from (f"# {plain(visit.title)}", "", plain(visit.when), "")
    for group in visit.groups:
        yield from (f"## {plain(group.title)}", "")
        for question in group.questions:
            why, mark = _reason(question, visit)
            yield from (f"- [ ] {plain(question.text)}  ", f"  *{plain(why)}*{mark}")
        yield ""
    yield from (f"## {_BRING}", "", *(f"- {plain(item)}" for item in visit.bring), "")
    yield from (f"## {_LEARN}", "")
    yield from (f"- [{plain(s.title)}](<{s.url}>), {plain(s.publisher)}" for s in visit.learn_more)
    if visit.sources:
        yield from ("", f"## {_SOURCES}", "")
        yield from (f"{n}. {plain(_facts(s, visit))}. [Open](<{s.url}>)" for n, s in enumerate(visit.sources, 1))
    yield from ("", "---", "", _NOTICE)
    if shown.also:
        yield from ("", f"Other lists that may fit: {', '.join(shown.also)}")


def _terminal(shown: VisitQuestions) -> Iterator[str]:
    visit, bold = shown.visit, _bold()
    if shown.first:
        yield from (*(line for part in shown.first.splitlines() for line in _wrapped("", part)), "")
    yield from (bold(visit.title), *_wrapped("", visit.when))
    number = 0
    for group in visit.groups:
        yield from ("", bold(group.title))
        for question in group.questions:
            number += 1
            yield from _wrapped(f"{number:>3}. ", question.text)
            yield from _wrapped("     ", "".join(_reason(question, visit)))
    yield from ("", bold(_BRING), *(line for item in visit.bring for line in _wrapped("  - ", item)))
    yield from ("", bold(_LEARN))
    for source in visit.learn_more:
        yield from (*_wrapped("  - ", _named(source)), f"    {source.url}")
    if visit.sources:
        yield from ("", bold(_SOURCES))
        for n, source in enumerate(visit.sources, 1):
            yield from (*_wrapped(f"{f'[{n}]':>4} ", _facts(source, visit)), f"     {source.url}")
    yield from ("", *_wrapped("", _NOTICE))
    if shown.also:
        yield from ("", *_wrapped("", f"Other lists that may fit: {', '.join(shown.also)}"))


def _wrapped(mark: str, text: str) -> list[str]:
    """The text after a mark, its further lines set in as far as its first."""
    return textwrap.wrap(
        text, look()[0], initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False
    )


def _bold() -> Callable[[str], str]:
    """Sets a heading in bold where a terminal can show it."""
    _, styled = look()
    return lambda text: typer.style(text, bold=True) if styled else text
