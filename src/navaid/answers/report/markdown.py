"""An explained report as Markdown; what stands in the report is text there, never markup."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.render.markdown import plain
from navaid.answers.render.page import Sentence
from navaid.answers.report.layout import Group, Row, lay_out
from navaid.answers.report.record import Explained
from navaid.answers.report.table import words


def to_markdown(explained: Explained) -> str:
    """The page as Markdown."""
    return "\n".join(_page(explained)).rstrip() + "\n"


def _page(explained: Explained) -> Iterator[str]:
    sheet, fixed = lay_out(explained), words()
    yield f"# {plain(sheet.title)}"
    for said in (sheet.about, sheet.lead, *sheet.notes):
        yield from ("", plain(said)) if said else ()
    for group in sheet.groups:
        yield from _group(group)
    if sheet.silent:
        yield from ("", f"## {fixed['silent']}", "", fixed["silent_lead"], "")
        yield from (f"- {plain(title)}" for title in sheet.silent)
    if sheet.questions:
        yield from ("", f"## {fixed['questions']}", "")
        yield from (f"- [ ] {_sentence(one)}" for one in sheet.questions)
    if sheet.sources:
        yield from ("", f"## {sheet.labels.parts.sources}", "")
        for source in sheet.sources:
            address = source.url.replace("&", "&amp;")
            open_ = f" [{plain(sheet.labels.citation.open)}](<{address}>)" if address else ""
            yield f"{source.number}. {plain(source.title)}. {plain(source.facts)}.{open_}"
    if sheet.missing:
        yield from ("", f"## {fixed['missing']}", "", *(f"- {plain(item)}" for item in sheet.missing))
    yield from ("", "---", "", plain(sheet.notice), "", plain(sheet.made_on))


def _group(group: Group) -> Iterator[str]:
    fixed = words()
    yield from ("", f"## {plain(group.title)}")
    if group.heading:
        yield from ("", f"*{plain(group.heading)}*")
    for one in group.about:
        yield from ("", _sentence(one))
    for row in group.rows:
        yield from ("", f"**{plain(row.label)}: {plain(row.value)}**", "", *_under(row))
    if group.words:
        yield from ("", f"### {fixed['words']}")
        if group.words_lead:
            yield from ("", group.words_lead)
        for row in group.words:
            yield from ("", *_under(row))


def _under(row: Row) -> Iterator[str]:
    yield f"> {plain(row.quote)}"
    for note in row.notes:
        yield from ("", plain(note))
    if row.means:
        yield from ("", f"{plain(row.means)}:")
    for one in row.sentences:
        yield from ("", _sentence(one))


def _sentence(sentence: Sentence) -> str:
    standing = "".join(f" *({plain(word)})*" for word in sentence.standing)
    return f"{plain(sentence.text)}{standing}" + (f" [{sentence.numbers}]" if sentence.cited else "")
