"""An explained report for a terminal: wrapped to a width, plain or styled, nothing of the report acting on it."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from navaid.answers.render.page import Sentence
from navaid.answers.report.layout import Group, Row, Sheet, lay_out
from navaid.answers.report.record import Explained
from navaid.answers.report.table import words

_NARROWEST = 30
_TITLE, _QUIET, _PLAIN, _OWN = Style(bold=True), Style(dim=True), Style(), Style(italic=True)


def to_terminal(explained: Explained, *, width: int = 80, styled: bool = False) -> str:
    """The page as lines of at most `width` columns; only addresses may be longer."""
    width = max(width, _NARROWEST)
    rows = [
        row
        for said, style, indent, hang in _page(lay_out(explained))
        for row in _wrapped(said, indent, hang, width, style)
    ]
    if not styled:
        return "\n".join(text for text, _ in rows) + "\n"
    out = io.StringIO()
    console = Console(
        file=out, width=10_000, force_terminal=True, color_system="standard", highlight=False, emoji=False, markup=False
    )
    for text, style in rows:
        console.print(Text(text, style=style), soft_wrap=True)
    return out.getvalue()


_Said = tuple[str, Style, int, str]


def _wrapped(said: str, indent: int, hang: str, width: int, style: Style) -> Iterator[tuple[str, Style]]:
    if not said:
        yield "", _PLAIN
        return
    lead = " " * indent
    for row in textwrap.wrap(
        said,
        width,
        initial_indent=lead + hang,
        subsequent_indent=lead + " " * len(hang),
        break_long_words=not said.startswith("http"),
        break_on_hyphens=False,
    ):
        yield row, style


def _page(sheet: Sheet) -> Iterator[_Said]:
    fixed, labels = words(), sheet.labels
    yield sheet.title, _TITLE, 0, ""
    if sheet.about:
        yield sheet.about, _QUIET, 0, ""
    yield sheet.lead, _PLAIN, 0, ""
    for note in sheet.notes:
        yield note, _QUIET, 0, ""
    for group in sheet.groups:
        yield from _group(group)
    if sheet.silent:
        yield from _heading(fixed["silent"])
        yield fixed["silent_lead"], _PLAIN, 0, ""
        yield from ((title, _PLAIN, 0, "- ") for title in sheet.silent)
    if sheet.questions:
        yield from _heading(fixed["questions"])
        yield from ((_sentence(one), _PLAIN, 0, "[ ] ") for one in sheet.questions)
    if sheet.sources:
        yield from _heading(labels.parts.sources)
        for source in sheet.sources:
            yield f"{source.title}. {source.facts}.", _PLAIN, 0, f"[{source.number}] "
            if source.url:
                yield source.url, _QUIET, 4, ""
    if sheet.missing:
        yield from _heading(fixed["missing"])
        yield from ((item, _PLAIN, 0, "- ") for item in sheet.missing)
    yield "", _PLAIN, 0, ""
    yield sheet.notice, _PLAIN, 0, ""
    yield sheet.made_on, _QUIET, 0, ""


def _group(group: Group) -> Iterator[_Said]:
    fixed = words()
    yield from _heading(group.title)
    if group.heading:
        yield group.heading, _QUIET, 0, ""
    yield from ((_sentence(one), _PLAIN, 0, "") for one in group.about)
    for row in group.rows:
        yield "", _PLAIN, 0, ""
        yield f"{row.label}: {row.value}", _TITLE, 0, ""
        yield from _under(row)
    if group.words:
        yield "", _PLAIN, 0, ""
        yield fixed["words"], _TITLE, 0, ""
        if group.words_lead:
            yield group.words_lead, _QUIET, 0, ""
        for row in group.words:
            yield from _under(row)


def _under(row: Row) -> Iterator[_Said]:
    yield row.quote, _OWN, 2, ""
    yield from ((note, _QUIET, 2, "") for note in row.notes)
    if row.means:
        yield f"{row.means}:", _QUIET, 2, ""
    yield from ((_sentence(one), _PLAIN, 4, "") for one in row.sentences)


def _heading(title: str) -> Iterator[_Said]:
    yield "", _PLAIN, 0, ""
    yield title, _TITLE, 0, ""
    yield "─" * min(len(title), _NARROWEST), _QUIET, 0, ""


def _sentence(sentence: Sentence) -> str:
    standing = "".join(f" ({word})" for word in sentence.standing)
    return f"{sentence.text}{standing}" + (f" [{sentence.numbers}]" if sentence.cited else "")
