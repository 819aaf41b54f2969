"""An answer as Markdown (CommonMark, with the table of GitHub's dialect for a comparison)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.answers.render.layout import lay_out_alone
from navaid.answers.render.page import Block, First, Gap, Listed, Mine, Other, Page, Part, Sentence, Table
from navaid.terms import Answer

# What acts inside a line is escaped wherever it stands; what acts only at a line's start, there. A
# colon before `//` and the dot of `www.` would be made a link by GitHub's dialect.
_INLINE = re.compile(r"[\\`*_\[\]<>&|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(\d{1,9})([.)])|^([#+\-=:])")


def to_markdown(answer: Answer, *, quotes: bool = False) -> str:
    """The page as Markdown, without raw HTML and without images.

    With `quotes` the words behind each sentence follow it as a quotation. Links are those of the
    sources, http or https; every other word of a document comes out as plain text.
    """
    return "\n".join(_page(lay_out_alone(answer), quotes)).rstrip() + "\n"


def plain(text: str) -> str:
    """The text (one line) so that Markdown shows it as it is.

    >>> print(plain("1. see [here](https://x.org) <b>*now*</b>"))
    1\\. see \\[here\\](https\\://x.org) \\<b\\>\\*now\\*\\</b\\>
    """
    text = _INLINE.sub(lambda found: "\\" + found[0], text)
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _page(page: Page, quotes: bool) -> Iterator[str]:
    words = page.words
    if page.first:
        yield from _first(page.first, page, quotes)
    yield from (f"# {plain(page.title)}", "")
    yield from (f"{plain(words.top.asked)} {plain(words.quoted.format(text=page.asked))}", "")
    for note in (words.top.list_marks if page.has_marks else "", page.part_missing, *page.notes):
        if note:
            yield from (plain(note), "")
    if page.mine:
        yield from _mine(page.mine)
    for part in ((page.corrections,) if page.corrections else ()) + page.parts:
        yield from _part(part, page, quotes)
    if page.mine and page.mine.folded:
        yield from _part(page.mine.folded, page, quotes)
    if page.sources:
        yield from (f"## {plain(words.parts.sources)}", "")
        for source in page.sources:
            yield from _source(source, page)
        yield ""
    if page.left_out:
        yield from (
            f"## {plain(words.parts.left_out)}",
            "",
            *(f"- {plain(item)}" for item in page.left_out),
            "",
        )
    yield from ("---", "")
    for notice in page.notice:
        yield from (plain(notice), "")
    yield from (plain(" ".join(part for part in (page.made_on, page.grade) if part)), "")
    yield from (f"## {plain(words.parts.made)}", "", *(f"- {plain(item)}" for item in page.made))


def _mine(mine: Mine) -> Iterator[str]:
    yield from (plain(mine.made_for), "")
    if mine.because:
        yield from (f"**{plain(mine.because_title)}**", "", *(f"- {plain(fact)}" for fact in mine.because), "")
    if mine.note:
        yield from (plain(mine.note), "")


def _first(first: First, page: Page, quotes: bool) -> Iterator[str]:
    yield from (f"> **{plain(first.title)}**", ">")
    *before, last = first.text
    for part in before:
        yield from (f"> {plain(part)}", ">")
    yield f"> {plain(last)}{_mark(first.cited, page)}"
    if quotes:
        yield from _behind(first.cited, page, "> ")
    yield ""


def _part(part: Part, page: Page, quotes: bool) -> Iterator[str]:
    yield from (f"## {plain(part.title)}", "")
    if part.lead:
        yield from (plain(part.lead), "")
    if part.points:
        yield from (*(f"- {plain(point)}" for point in part.points), "")
    for block in part.blocks:
        yield from _block(block, page, quotes)


def _block(block: Block, page: Page, quotes: bool) -> Iterator[str]:
    if block.kind == "steps":
        for step in block.steps:
            mark = f"{step.number}. "
            yield from (f"{mark}**{plain(step.name)}**", "")
            for sentence in step.sentences:
                yield from _sentence(sentence, page, quotes, first=" " * len(mark), after=" " * len(mark))
                yield ""
    elif block.kind == "table":
        yield from _table(block, page, quotes)
    elif block.kind == "gaps":
        for gap in block.gaps:
            yield from _gap(gap, page, quotes)
        yield ""
    elif block.kind == "others":
        for other in block.others:
            yield from _other(other, page, quotes)
    else:
        box = "- [ ] " if block.kind == "checklist" else "- "
        for sentence in block.sentences:
            yield from _sentence(sentence, page, quotes, first=box, after="  ")
        yield ""


def _gap(gap: Gap, page: Page, quotes: bool) -> Iterator[str]:
    yield f"- {plain(gap.said)}"
    if gap.ask:
        yield from ("", f"  {plain(gap.ask)}", "")
    for sentence in gap.why:
        yield from _sentence(sentence, page, quotes, first="  - ", after="    ")


def _other(other: Other, page: Page, quotes: bool) -> Iterator[str]:
    yield from (f"*{plain(' '.join(other.why))}*", "")
    for sentence in other.sentences:
        yield from _sentence(sentence, page, quotes, first="- ", after="  ")
    yield ""


def _sentence(sentence: Sentence, page: Page, quotes: bool, first: str, after: str) -> Iterator[str]:
    yield f"{first}{_said(sentence, page)}"
    if quotes:
        yield from _behind(sentence, page, after)


def _said(sentence: Sentence, page: Page) -> str:
    standing = "".join(f" *({plain(standing)})*" for standing in filter(None, (*sentence.standing, sentence.fits)))
    return f"{plain(sentence.text)}{standing}{_mark(sentence, page)}"


def _mark(sentence: Sentence, page: Page) -> str:
    # Not escaped: `[1]` stands as it is, as no link definition can come from a document's text.
    return f" {page.words.sentence.mark.format(numbers=sentence.numbers)}" if sentence.cited else ""


def _behind(sentence: Sentence, page: Page, indent: str) -> Iterator[str]:
    if sentence.before:
        yield from (indent.rstrip() if indent.startswith(">") else "", f"{indent}> {plain(sentence.before)}")
    if sentence.why:
        because = " ".join((page.words.personal.why.format(fits=sentence.fits), *sentence.why))
        yield from (indent.rstrip() if indent.startswith(">") else "", f"{indent}> {plain(because)}")
    for cited in sentence.cited:
        place = page.words.citation.place.format(locator=cited.place) + ". " if cited.place else ""
        mark = page.words.sentence.mark.format(numbers=cited.source.number)
        text = page.words.quoted.format(text="\n".join(cited.quote)) if cited.quote else cited.why_no_quote
        quoted = [plain(part) for part in text.split("\n")]
        yield indent.rstrip() if indent.startswith(">") else ""
        for row in (f"{mark} {quoted[0]}", *quoted[1:], "", plain(f"{place}{cited.checked}.")):
            yield f"{indent}> {row}".rstrip()


def _table(table: Table, page: Page, quotes: bool) -> Iterator[str]:
    yield f"| | {' | '.join(plain(column) for column in table.columns)} |"
    yield "|---" * (len(table.columns) + 1) + "|"
    for row in table.rows:
        cells = (
            " ".join(_said(sentence, page) for sentence in cell) or plain(page.words.sentence.empty_cell)
            for cell in row.cells
        )
        yield f"| **{plain(row.title)}** | {' | '.join(cells)} |"
    yield ""
    if quotes:
        for sentence in (sentence for row in table.rows for cell in row.cells for sentence in cell):
            yield from _sentence(sentence, page, quotes, first="- ", after="  ")
        yield ""


def _source(source: Listed, page: Page) -> Iterator[str]:
    yield f"{source.number}. {plain(source.title)}  "
    address = source.url.replace("&", "&amp;")
    link = f" [{plain(page.words.citation.open)}](<{address}>)" if address else ""
    yield f"   {plain(source.facts)}.{link}"
