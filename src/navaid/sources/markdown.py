"""Markdown -> Document: headings, paragraphs, list items and table rows, as a reader sees them.

Links become their words; images, citation marks and cards that only advertise another page go.
Some quirks are those of pages saved from cancer.gov (as of 2025-12): a bare `##` whose title stands
in the next paragraph, and a first `# Title - Site` heading before the real one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from navaid.sources.dates import parse_date
from navaid.sources.html import add_fragment
from navaid.sources.own import decode, own_document
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document

# `[[1](#cit/section_1.1)]`, `[[2](#cit/…)-[5](#cit/…)]`, with the space before it.
_CITATION_MARK = re.compile(r"(?<![ \t])[ \t]*\[(?:\[[^\[\]\n]{1,12}\]\(#cit/[^()\s]{1,80}\)[ \t,;–-]*)+\]")
# A card: one link around a title, a teaser and mostly an image, standing as paragraphs of its own. In
# Markdown no link spans a blank line, so this is no link of a sentence.
_CARD_LINE = r"(?![ \t]*[-*+#|])(?:[^\n\[\]]|\[[^\n\[\]]{0,300}\](?:\([^()\s]{1,1000}\))?){0,1000}"
_CARD = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?\[(?:!\[[^\n]{1,4000}\)[ \t]*|[^\n\[\]]{1,300})\n[ \t]*\n"
    rf"(?:{_CARD_LINE}\n){{0,12}}?{_CARD_LINE}\]\([^()\s]{{1,1000}}\)[ \t]*$",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"---[ \t]*\n((?:[A-Za-z][\w -]{0,40}:[^\n]*\n|[ \t#-][^\n]*\n){1,60})---[ \t]*(?:\n|$)")
_IMAGE_TARGET = re.compile(r"\.(?:jpe?g|png|gif|svg|webp)(?:[?#]|$)", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s[-|–—]\s[^-|–—]{2,40}$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULER_CELL = re.compile(r":?-{3,}:?$")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
# Only these are tags; "T<b and N>" in a text about staging is not.
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)[\s/>]",
    re.IGNORECASE,
)
_MAX_TITLE_LINE = 200
# Larger texts are parsed in pieces, so that memory does not grow with the file.
_PIECE_CHARS = 50_000

_PARSER = MarkdownIt("commonmark", {"maxNesting": 24}).enable("table")
# Only a link's words are kept, so its address needs neither checking nor encoding (a fifth of the time).
_PARSER.validateLink = lambda url: True  # type: ignore[method-assign]
_PARSER.normalizeLink = lambda url: url  # type: ignore[method-assign]

# Open brackets by the thousand, which no link closes, take the parser a minute a megabyte.
_LINKLESS_PARSER = MarkdownIt("commonmark").enable("table").disable(["link", "image"])
_MAX_OPEN_BRACKETS = 2_000


def read_bytes(data: bytes, *, name: str = "page.md", retrieved: dt.date | None = None) -> Document:
    """The document in a Markdown file; its title is the first heading, else the file's name.

    Raises `UnreadableSource` for bytes that are not text or hold none.

    >>> document = read_bytes(b"# Arm care\\n\\n- [Lift](/lift) gently.[[1](#cit/1)]\\n")
    >>> document.title, document.text
    ('Arm care', 'Arm care\\n\\nLift gently.')
    """
    builder = TextBuilder()
    stated, text = _front_matter(decode(data, name=name))
    add_markdown(builder, text)
    return own_document(
        data,
        builder,
        name=name,
        title=stated.get("title") or _first_heading(builder),
        publisher=stated.get("publisher", ""),
        url=stated.get("url"),
        published=parse_date(stated.get("published") or stated.get("date")),
        updated=parse_date(stated.get("updated") or stated.get("lastmod")),
        language=stated.get("language") or stated.get("lang") or "",
        retrieved=retrieved,
    )


def add_markdown(builder: TextBuilder, text: str) -> None:
    """Add the blocks of a Markdown text."""
    text = _CARD.sub("", text)
    text = _CITATION_MARK.sub("", text)
    blocks = _Blocks(builder)
    env: dict[str, Any] = {}
    for piece in _pieces(text):
        open_brackets = piece.count("[") - 2 * piece.count("](")
        parser = _LINKLESS_PARSER if open_brackets > _MAX_OPEN_BRACKETS else _PARSER
        blocks.add(parser.parse(piece, env), piece.split("\n"))
    blocks.close()


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the lines `key: value` between two `---` at the top state, and the text after them."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    pairs = (line.split(":", 1) for line in found[1].splitlines() if ":" in line)
    return {key.strip().lower(): value.strip().strip("\"'") for key, value in pairs}, text[found.end() :]


def _first_heading(builder: TextBuilder) -> str:
    first = next((block for block in builder.blocks if block.kind == "heading"), None)
    return builder.text[first.start : first.end] if first else ""


def _pieces(text: str) -> Iterator[str]:
    """The text cut before a heading or paragraph, outside fenced code, into pieces of bounded length."""
    if len(text) <= _PIECE_CHARS:
        yield text
        return
    lines: list[str] = []
    length, fence = 0, ""
    for line in text.split("\n"):
        after_blank = bool(lines) and not lines[-1].strip()
        may_cut = after_blank and not fence and bool(line) and line[0] not in " \t-*+>|0123456789"
        if lines and ((length > _PIECE_CHARS and may_cut) or length > 4 * _PIECE_CHARS):
            yield "\n".join(lines)
            lines, length = [], 0
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        for start in range(0, max(len(line), 1), _PIECE_CHARS):  # one endless line
            lines.append(line[start : start + _PIECE_CHARS])
        length += len(line) + 1
    yield "\n".join(lines)


class _Blocks:
    """Turns block tokens into a builder's blocks, holding back a heading that has no title yet."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._untitled = 0  # the level of a bare `##` that waits for its title
        self._site_title = ""  # a first `# Title - Site`, until we know that no other follows
        self._begun = False

    def add(self, tokens: Sequence[Token], lines: list[str]) -> None:
        list_depth = 0
        in_table = False
        level = 0
        for token in tokens:
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                list_depth += 1
            elif kind in ("bullet_list_close", "ordered_list_close"):
                list_depth -= 1
            elif kind in ("heading_open", "heading_close"):
                level = int(token.tag[1]) if kind == "heading_open" else 0
            elif kind in ("table_open", "table_close"):
                in_table = kind == "table_open"
            elif kind == "tr_open" and token.map:
                self._row(lines[token.map[0]])
            elif kind == "inline" and not in_table:
                self._words(inline_text(token), level, list_depth)
            elif kind in ("fence", "code_block"):
                self._words(token.content, 0, list_depth)
            elif kind == "html_block":
                self._html(token.content)

    def close(self) -> None:
        self._settle("")

    def _words(self, text: str, level: int, list_depth: int) -> None:
        text = clean(text)
        if level:
            self._heading(level, text)
        elif not text:
            return
        elif list_depth:
            self._settle(text)
            self._builder.item(text, list_depth - 1)
        elif not self._take_title(text):
            self._settle(text)
            self._builder.paragraph(text)

    def _heading(self, level: int, text: str) -> None:
        if not self._begun and level == 1 and _SITE_SUFFIX.search(text):
            self._begun, self._site_title = True, text
            return
        if level == 1 and text:
            self._site_title = ""  # the real title follows: the browser's one goes
        self._settle(text)
        if text:
            self._builder.heading(level, text)
        else:
            self._untitled = level

    def _take_title(self, text: str) -> bool:
        if not self._untitled or len(text) > _MAX_TITLE_LINE or text.endswith((".", ":")):
            return False
        level = self._untitled
        self._settle(text)
        self._builder.heading(level, text)
        return True

    def _settle(self, text: str) -> None:
        """Whatever waited is decided, now that the next block is known."""
        self._untitled = 0
        self._begun = self._begun or bool(text)
        if self._site_title:
            self._builder.heading(1, _SITE_SUFFIX.sub("", self._site_title))
            self._site_title = ""

    def _row(self, line: str) -> None:
        # From the line itself: the parser drops the cells that a table's first row has no column for.
        cells = [cell.replace("\\|", "|").strip() for cell in _CELL_BREAK.split(line.strip().strip("|"))]
        if not all(not cell or _RULER_CELL.match(cell) for cell in cells):
            self._settle(line)
            self._builder.row(inline_text(token) for cell in cells for token in _PARSER.parseInline(cell))

    def _html(self, fragment: str) -> None:
        self._settle(fragment)
        add_fragment(self._builder, fragment)


def inline_text(token: Token) -> str:
    """The words of a line of Markdown: links as their words, images and citation marks gone."""
    parts: list[str] = []
    dropped_links = 0
    for child in token.children or ():
        if child.type == "link_open":
            target = str(child.attrGet("href") or "")
            # A link to a picture ("Enlarge") or to a note of the reference list carries no words of its own.
            if dropped_links or target.startswith("#cit/") or _IMAGE_TARGET.search(target):
                dropped_links += 1
        elif child.type == "link_close":
            dropped_links = max(dropped_links - 1, 0)
        elif dropped_links or child.type == "image":
            continue
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "html_inline":
            parts.append(_tag_text(child.content))
        else:
            parts.append(child.content)
    return "".join(parts)


def _tag_text(tag: str) -> str:
    if not _TAG.match(tag):
        return "" if tag.startswith("<!--") else tag
    return " " if tag[1:3].lower() == "br" else ""
