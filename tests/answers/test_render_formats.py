"""What each format promises: HTML that stands alone and can be used by anyone, text that fits a width."""

from __future__ import annotations

import itertools
import re
from typing import Any

import lxml.html
import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from test_render_page import sentences
from test_render_samples import ABSTAINING, COMPARISON, ORDINARY, SAMPLES

from navaid.answers.render import render
from navaid.answers.render.layout import lay_out
from navaid.answers.render.words import words
from navaid.terms import Answer, Certainty


@pytest.fixture(params=SAMPLES.values(), ids=SAMPLES.keys())
def answer(request: pytest.FixtureRequest) -> Answer:
    return request.param


def html(answer: Answer) -> Any:
    return lxml.html.document_fromstring(render(answer, "html"))


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


# ------------------------------------------------------------------------------------- HTML


def test_html_loads_nothing_and_runs_nothing(answer: Answer) -> None:
    text = render(answer, "html").lower()
    for loading in (
        "src=",
        "srcset=",
        "url(",
        "@import",
        "<script",
        "<link",
        "<iframe",
        "<form",
        'http-equiv="refresh',
    ):
        assert loading not in text
    policy = html(answer).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy


def test_html_has_landmarks_language_skip_link_and_one_h1(answer: Answer) -> None:
    page = html(answer)
    assert page.get("lang") == "en"
    assert [len(page.xpath(f"//{tag}")) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    first_link = page.xpath("//a")[0]
    assert page.xpath("//main")[0].get("id") == first_link.get("href").removeprefix("#")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(ids)


def test_every_sentence_in_html_opens_on_the_words_behind_it(answer: Answer) -> None:
    marks = html(answer).xpath("//*[contains(@class, 'said')]")
    said = {text_of(mark.xpath("./p")[0]): mark for mark in marks}
    listed = {source.document: source for source in answer.sources}
    for sentence, claim in zip(sentences(lay_out(answer)), _claims_in_reading_order(answer), strict=False):
        behind = said[sentence.text].xpath("./details/div")[0]
        for citation in claim.citations:
            source = listed[citation.document]
            assert source.title in text_of(behind)
            assert source.publisher in text_of(behind)
            assert citation.locator in text_of(behind)
            assert "20 November 2026" in text_of(behind)
            assert (citation.quote or words().citation.not_held[:20]) in text_of(behind)
            assert source.url is None or source.url in behind.xpath(".//@href")


def _claims_in_reading_order(answer: Answer) -> list[Any]:
    by_text = {claim.text: claim for claim in answer.corrections + answer.claims + answer.nearest}
    return [by_text[one.text.strip("“”")] for one in sentences(lay_out(answer)) if one.text.strip("“”") in by_text]


def test_certainty_stands_beside_its_sentence_in_html() -> None:
    for claim in ORDINARY.claims:
        path = f"//*[contains(@class, 'said')][contains(string(p), {claim.text!r})]/span[@class='standing']"
        want = [] if claim.certainty is Certainty.ESTABLISHED else [words().certainty[claim.certainty]]
        assert [text_of(span) for span in html(ORDINARY).xpath(path)] == want


def test_steps_table_checklist_and_folds_in_html() -> None:
    page = html(ORDINARY)
    assert [text_of(name) for name in page.xpath("//ol[@class='steps']/li/h3")] == [
        f"{n} Step {n}: {name}" for n, name in enumerate(("Collection", "Change", "Growth", "Return"), start=1)
    ]
    assert len(page.xpath("//ul[@class='checklist']/li/span[@class='box']")) == 2
    assert [text_of(name) for name in page.xpath("//main/details/summary")] == [words().parts.left_out]
    table = html(COMPARISON).xpath("//table")[0]
    assert [text_of(head) for head in table.xpath(".//th[@scope='col']")] == ["Lamp surgery", "Full surgery"]
    assert [text_of(head) for head in table.xpath(".//th[@scope='row']")] == ["What it is", "What happens"]


def test_quotes_opens_what_is_behind_the_sentences() -> None:
    closed, opened = (
        lxml.html.document_fromstring(render(ORDINARY, "html", quotes=quotes)).xpath("//details[@class='mark']/@open")
        for quotes in (False, True)
    )
    assert len(closed) == 0
    assert len(opened) == len(ORDINARY.claims) + len(ORDINARY.corrections)


_PAIRS = [
    *((ink, paper, 4.5) for ink in ("ink", "quiet", "accent") for paper in ("paper", "panel")),
    ("paper", "accent", 4.5),
    ("edge", "paper", 3.0),
    *((ink, f"{kind}-panel", 4.5) for kind in ("urgent", "soon", "near") for ink in ("ink", kind)),
]


@pytest.mark.parametrize(("front", "back", "least"), _PAIRS)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough_for_everyone(front: str, back: str, least: float, scheme: int) -> None:
    blocks = re.findall(r":root \{([^}]*)\}", render(ABSTAINING, "html"))
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[scheme]))
    light, dark = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --------------------------------------------------------------------------------- terminal


@pytest.mark.parametrize(("width", "quotes"), list(itertools.product((40, 80, 120), (False, True))))
def test_terminal_lines_fit_and_addresses_stay_whole(answer: Answer, width: int, quotes: bool) -> None:
    rows = render(answer, "terminal", width=width, quotes=quotes).splitlines()
    addresses = {source.url for source in answer.sources if source.url}
    assert addresses <= {row.strip() for row in rows}
    assert max(cell_len(row) for row in rows if row.strip() not in addresses) <= width
    assert not [row for row in rows if row != row.rstrip()]


@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_text_marks_lead_to_the_list_of_sources(answer: Answer, format: str) -> None:
    text = " ".join(render(answer, format, width=60).split())
    start = text.rindex(f"{words().parts.sources} ")
    marks = {int(n) for found in re.findall(r"\[(\d[\d, ]*)\]", text[:start]) for n in found.split(",")}
    assert marks == {one.source.number for said in sentences(lay_out(answer)) for one in said.cited}
    for source in lay_out(answer).sources:
        mark = f"[{source.number}]" if format == "terminal" else f"{source.number}."
        assert f"{mark} {source.title}" in text[start:]


@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_text_shows_the_words_only_when_asked(format: str) -> None:
    short, full = (" ".join(render(ORDINARY, format, quotes=quotes).split()) for quotes in (False, True))
    assert "Fatigue is common." not in short
    assert "“Fatigue is common.”" in full
    assert "Checked on 20 November 2026" in full


def test_styles_are_codes_around_the_same_words() -> None:
    styled = render(ORDINARY, "terminal", styled=True)
    assert "\x1b[1m" in styled
    assert re.sub(r"\x1b\[[\d;]*m", "", styled).split() == render(ORDINARY, "terminal").split()


# --------------------------------------------------------------------------------- Markdown


def test_markdown_has_the_shape_of_the_page() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(render(ORDINARY, "markdown"))
    titles = [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert titles[:3] == [ORDINARY.title, words().parts.corrections, "In short"]
    compared = MarkdownIt("commonmark").enable("table").parse(render(COMPARISON, "markdown"))
    assert sum(token.type == "td_open" for token in compared) == 6
    assert "- [ ] Is a lantern trial open for my kind of cancer? [1]" in render(ORDINARY, "markdown")
