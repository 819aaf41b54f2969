"""An answer for a terminal: plain or styled text, wrapped to a width, sources numbered.

Everything goes through `rich.text.Text`, never through rich's markup, so that `[bold]` in a document
is eight visible letters. Control characters were taken out by `safe`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from navaid.answers.render.layout import lay_out_alone
from navaid.answers.render.page import Block, Cited, First, Gap, Listed, Mine, Other, Page, Part, Sentence, Table
from navaid.terms import Answer, TriageClass

_NARROWEST = 30
_CELL = 24  # a narrower column breaks sentences into ribbons; then the table is told as a list
_TITLE, _QUIET, _MARK = Style(bold=True), Style(dim=True), Style(color="cyan")
_FIRST = {
    TriageClass.EMERGENCY_NOW: Style(color="red", bold=True),
    TriageClass.URGENT_SAME_DAY: Style(color="yellow", bold=True),
    TriageClass.CRISIS: Style(color="magenta", bold=True),
}


def to_terminal(answer: Answer, *, width: int = 80, quotes: bool = False, styled: bool = False) -> str:
    """The page as lines of at most `width` columns (30 or more); only addresses may be longer.

    With `quotes` the words behind each sentence follow it. `styled` adds bold and colour as ANSI
    codes, for a terminal; without it the text is plain, for a file or a pipe.
    """
    width = max(width, _NARROWEST)
    out = io.StringIO()
    # What the environment says of columns and colours is for whoever prints, not for this text.
    console = Console(
        file=out,
        width=width,
        force_terminal=styled,
        color_system="standard" if styled else None,
        no_color=not styled,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
        _environ={},
    )
    for item in _page(lay_out_alone(answer), width, quotes):
        # An address is not wrapped: it is no use in two pieces.
        is_address = isinstance(item, Text) and bool(item.no_wrap)
        console.print(item, soft_wrap=is_address)
    return "\n".join(row.rstrip() for row in out.getvalue().splitlines()) + "\n"


def _page(page: Page, width: int, quotes: bool) -> Iterator[RenderableType]:
    if page.first:
        yield from _first(page.first, page, quotes)
    yield Text(page.title, style=_TITLE)
    yield Text(f"{page.words.top.asked} {page.words.quoted.format(text=page.asked)}", style=_QUIET)
    for note in (page.words.top.list_marks if page.has_marks else "", page.part_missing, *page.notes):
        if note:
            yield Text(note, style=_QUIET)
    if page.mine:
        yield from _mine(page.mine)
    for part in ((page.corrections,) if page.corrections else ()) + page.parts:
        yield from _part(part, page, width, quotes)
    if page.mine and page.mine.folded:
        yield from _part(page.mine.folded, page, width, quotes)
    if page.sources:
        yield from _heading(page.words.parts.sources)
        for source in page.sources:
            yield from _source(source)
    if page.left_out:
        yield from _heading(page.words.parts.left_out)
        yield from (_item("- ", Text(item)) for item in page.left_out)
    yield from _foot(page)


def _first(first: First, page: Page, quotes: bool) -> Iterator[RenderableType]:
    style = _FIRST.get(first.level, _TITLE)
    words: list[RenderableType] = [Text(part) for part in first.text]
    if first.cited.cited:
        words[-1] = Text(first.text[-1]).append(" ").append(_mark(first.cited, page))
    frame = box.HEAVY if first.level in _FIRST else box.ROUNDED
    title = Text(f" {first.title} ", style=style)
    yield Panel(Group(*words), title=title, title_align="left", border_style=style, box=frame, padding=(1, 2))
    if quotes:
        yield from _behind(first.cited, page)
    yield Text("")


def _mine(mine: Mine) -> Iterator[RenderableType]:
    yield Text("")
    yield Text(mine.made_for)
    if mine.because:
        yield Text(f"{mine.because_title}:", style=_QUIET)
    yield from (_item("- ", Text(fact, style=_QUIET)) for fact in mine.because)
    if mine.note:
        yield from (Text(""), Text(mine.note))


def _heading(title: str) -> Iterator[RenderableType]:
    yield Text("")
    yield Text(title, style=_TITLE)
    yield Rule(style=_QUIET)


def _part(part: Part, page: Page, width: int, quotes: bool) -> Iterator[RenderableType]:
    yield from _heading(part.title)
    if part.lead:
        yield Text(part.lead)
    yield from (_item("- ", Text(point)) for point in part.points)
    for block in part.blocks:
        yield from _block(block, page, width, quotes)


def _block(block: Block, page: Page, width: int, quotes: bool) -> Iterator[RenderableType]:
    if block.kind == "steps":
        for step in block.steps:
            yield _item(f"{step.number}. ", Text(step.name, style=_TITLE))
            for sentence in step.sentences:
                yield from _sentence(sentence, page, quotes, hang="   ")
    elif block.kind == "table":
        yield from _table(block, page, width, quotes)
    elif block.kind == "gaps":
        for gap in block.gaps:
            yield from _gap(gap, page, quotes)
    elif block.kind == "others":
        for other in block.others:
            yield from _other(other, page, quotes)
    else:
        hang = "[ ] " if block.kind == "checklist" else "• "
        for sentence in block.sentences:
            yield from _sentence(sentence, page, quotes, hang=hang)


def _gap(gap: Gap, page: Page, quotes: bool) -> Iterator[RenderableType]:
    yield _item("• ", Text(gap.said))
    if gap.ask:
        yield _item("  ", Text(gap.ask))
    for sentence in gap.why:
        yield from _sentence(sentence, page, quotes, hang="  ")


def _other(other: Other, page: Page, quotes: bool) -> Iterator[RenderableType]:
    yield from (Text(""), Text(" ".join(other.why), style=_QUIET))
    for sentence in other.sentences:
        yield from _sentence(sentence, page, quotes, hang="• ")


def _sentence(sentence: Sentence, page: Page, quotes: bool, hang: str = "") -> Iterator[RenderableType]:
    yield _item(hang, _said(sentence, page))
    if quotes:
        yield from _behind(sentence, page)


def _said(sentence: Sentence, page: Page) -> Text:
    text = Text(sentence.text)
    for standing in filter(None, (*sentence.standing, sentence.fits)):
        text.append(f" ({standing})", style=_QUIET)
    return text.append(" ").append(_mark(sentence, page)) if sentence.cited else text


def _mark(sentence: Sentence, page: Page) -> Text:
    return Text(page.words.sentence.mark.format(numbers=sentence.numbers), style=_MARK)


def _behind(sentence: Sentence, page: Page) -> Iterator[RenderableType]:
    if sentence.before:
        yield Padding(Text(sentence.before, style=_QUIET), (0, 0, 0, 4))
    if sentence.why:
        because = page.words.personal.why.format(fits=sentence.fits)
        yield Padding(Text(" ".join((because, *sentence.why)), style=_QUIET), (0, 0, 0, 4))
    for cited in sentence.cited:
        yield Padding(_citation(cited, page), (0, 0, 0, 4))


def _citation(cited: Cited, page: Page) -> Text:
    place = page.words.citation.place.format(locator=cited.place) + ". " if cited.place else ""
    text = Text(page.words.sentence.mark.format(numbers=cited.source.number), style=_MARK).append(" ")
    words = page.words.quoted.format(text="\n".join(cited.quote)) if cited.quote else cited.why_no_quote
    text.append(words, style=Style(italic=True, color="default"))
    return text.append(f"\n{place}{cited.checked}.", style=_QUIET)


def _table(table: Table, page: Page, width: int, quotes: bool) -> Iterator[RenderableType]:
    """A grid where the columns are wide enough, else row by row; with quotes always row by row."""
    if quotes or width // (len(table.columns) + 1) < _CELL:
        for row in table.rows:
            yield Text(f"\n{row.title}", style=_TITLE)
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield Text(f"  {column}", style=Style(underline=True))
                if not cell:
                    yield _item("  ", Text(page.words.sentence.empty_cell, style=_QUIET))
                for sentence in cell:
                    yield from _sentence(sentence, page, quotes, hang="  ")
        yield Text("")
        return
    grid = Grid(box=box.SIMPLE_HEAD)
    grid.add_column(max_width=width // 5)
    for column in table.columns:
        grid.add_column(Text(column))
    for row in table.rows:
        grid.add_row(Text(row.title, style=_TITLE), *(_cell(cell, page) for cell in row.cells))
        grid.add_row()
    yield grid


def _cell(cell: tuple[Sentence, ...], page: Page) -> RenderableType:
    if not cell:
        return Text(page.words.sentence.empty_cell, style=_QUIET)
    return Text("\n").join(_said(sentence, page) for sentence in cell)


def _source(source: Listed) -> Iterator[RenderableType]:
    number = f"[{source.number}] "
    yield _item(number, Text(source.title))
    yield _item(" " * len(number), Text(f"{source.facts}.", style=_QUIET))
    if source.url:
        yield Text(" " * len(number) + source.url, no_wrap=True)


def _foot(page: Page) -> Iterator[RenderableType]:
    yield Rule(style=_QUIET)
    yield from (Text(part) for part in page.notice)
    yield Text(" ".join(part for part in (page.made_on, page.grade) if part), style=_QUIET)
    yield from _heading(page.words.parts.made)
    yield from (_item("- ", Text(item, style=_QUIET)) for item in page.made)


def _item(hang: str, text: Text) -> RenderableType:
    """The text after a mark, its further lines set in as far as its first."""
    if not hang:
        return text
    grid = Grid.grid(padding=0)
    grid.add_column(width=len(hang), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(hang), text)
    return grid
