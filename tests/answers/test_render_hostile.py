"""Answers whose documents try to act: every word must come out as text, in every format."""

from __future__ import annotations

import enum
import unicodedata
from typing import Any

import lxml.html
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_render_samples import ABSTAINING, COMPARISON, ORDINARY, SAMPLES

from navaid.answers.render import render
from navaid.answers.render.markdown import plain
from navaid.answers.render.safe import line, lines, link
from navaid.terms import Answer

HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=javascript:alert(1)>&lt;b&gt;"
MARKDOWN = "# ![i](https://evil.example/i.png) [l](https://evil.example) <https://evil.example> | `c` ***b*** $x$"
TERMINAL = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\ \x9b2J\x08\r [bold]loud[/bold] :smile:"
)
TEMPLATE = "{{ 7*7 }} {% raw %} {number} {0} %s"
ATTACKS = {"html": HTML, "markdown": MARKDOWN, "terminal": TERMINAL, "template": TEMPLATE, "bidi": "a\u202eb\u2066c"}
# These join records to one another; a document's own words never stand in them.
_KEYS = {"id", "document", "cells", "claim", "origin"}


def poisoned(value: Any, attack: str, key: str = "") -> Any:
    """The same record with the attack at the start of every free text, and as every address."""
    if isinstance(value, msgspec.Struct):
        changed = {name: poisoned(getattr(value, name), attack, name) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poisoned(item, attack, key) for item in value)
    if not isinstance(value, str) or isinstance(value, enum.Enum) or key in _KEYS:
        return value
    return "javascript:alert(1)//" + value if key == "url" else f"{attack} {value}"


@pytest.fixture(params=[(name, attack) for name in SAMPLES for attack in ATTACKS], ids="-".join)
def attacked(request: pytest.FixtureRequest) -> tuple[Answer, str]:
    name, attack = request.param
    return poisoned(SAMPLES[name], ATTACKS[attack]), ATTACKS[attack]


def test_html_shows_the_attack_as_text(attacked: tuple[Answer, str]) -> None:
    answer, attack = attacked
    text = render(answer, "html", quotes=True)
    page = lxml.html.document_fromstring(text)
    allowed = {element.tag for name in SAMPLES for element in _elements(render(SAMPLES[name], "html"))}
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= allowed
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    body = page.find("body").text_content()
    assert body.count(line(attack)) >= len(answer.claims) + len(answer.sources)


def test_markdown_shows_the_attack_as_text(attacked: tuple[Answer, str]) -> None:
    answer, attack = attacked
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(render(answer, "markdown", quotes=True))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {"html_block", "html_inline", "image", "link_open", "code_inline", "fence", "code_block"}
    shown = "\n".join("".join(child.content for child in token.children or ()) for token in tokens)
    assert shown.count(line(attack)) >= len(answer.claims) + len(answer.sources)


@pytest.mark.parametrize("quotes", [False, True])
def test_terminal_shows_the_attack_as_text(attacked: tuple[Answer, str], quotes: bool) -> None:
    answer, attack = attacked
    text = render(answer, "terminal", quotes=quotes, width=4000)
    assert not {unicodedata.category(letter) for letter in text.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    assert "javascript" not in text.replace(line(attack), "")
    assert text.count(line(attack)) >= len(answer.claims) + len(answer.sources)


def test_styled_terminal_holds_no_escape_but_bold_and_colour() -> None:
    text = render(poisoned(ORDINARY, TERMINAL), "terminal", styled=True)
    codes = {part.split("m", 1)[0] for part in text.split("\x1b")[1:]}
    assert codes
    assert all(code.startswith("[") and set(code[1:]) <= set("0123456789;") for code in codes)


@given(st.text())
def test_a_safe_line_is_visible_and_stable(text: str) -> None:
    safe = line(text)
    assert not {unicodedata.category(letter) for letter in safe} & {"Cc", "Cs"}
    assert line(safe) == safe
    assert all(line(part) == part and part for part in lines(text))


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"])))
def test_no_visible_letter_is_lost(text: str) -> None:
    assert line(text) == text


@given(st.text(st.sampled_from("ab1.)(-+=#>*_`~[]!<&;:/|\\$ w@{}'\"\t\n") | st.characters(), max_size=40))
def test_markdown_gives_back_any_line_of_text(text: str) -> None:
    want = line(text)
    inline = [
        child
        for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(f"- {plain(want)}\n")
        for child in token.children or ()
    ]
    assert {child.type for child in inline} <= {"text"}
    assert "".join(child.content for child in inline) == want


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "",
     "https:evil.example", "https://", "java\nscript:x", "https://a\x00.example", "https://user@evil.example", "http://[",
     " https://example.org", "https://example.org/\u202e"],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    assert link(url) == ""


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=%20#d", 'http://example.org/ü)>"<'])
def test_a_web_address_cannot_leave_its_place(url: str) -> None:
    assert link(url).startswith("http")
    assert not set(link(url)) & set('<>()"` \\')


def test_a_comparison_with_pipes_keeps_its_columns() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(render(poisoned(COMPARISON, "a | b"), "markdown"))
    assert sum(token.type == "th_open" for token in tokens) == 3
    assert sum(token.type == "td_open" for token in tokens) == 6


def test_the_samples_do_hold_links_when_they_are_honest() -> None:
    for answer in (ORDINARY, ABSTAINING):
        assert "https://example.org/lantern" in lxml.html.document_fromstring(render(answer, "html")).xpath("//@href")


def _elements(text: str) -> list[Any]:
    return [element for element in lxml.html.document_fromstring(text).iter() if isinstance(element.tag, str)]
