"""Markdown, HTML, plain text and PDF: what a reader sees comes out, and only that."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid.errors import NavaidError, UnreadableSource
from navaid.sources import html, markdown, pdf, plain
from navaid.terms import Document

Check = Callable[[Document], Document]
_BOUNDED = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def blocks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks]


# ------------------------------------------------------------------------------------ Markdown


def test_markdown_becomes_what_a_reader_sees(well_formed: Check) -> None:
    page = """# Moving gently

Walk a [little](/walk "more") every day.[[1](#cit/s_1.1)]
Rest too.[[2](#cit/s_1.2),[3](#cit/s_1.3)-[5](#cit/s_1.5)]

![A path in a wood](/path.jpg "wood")

- **Slowly** at *first*
  - ten minutes
- [Enlarge](/pictures/arm.jpg)![An arm](/pictures/arm-750.jpg)

1. Warm up
2. Cool down
"""
    document = well_formed(markdown.read_bytes(page.encode(), name="walk.md"))
    assert document.title == "Moving gently"
    assert blocks(document) == [
        ("heading", 1, "Moving gently"),
        ("paragraph", 0, "Walk a little every day. Rest too."),
        ("item", 0, "Slowly at first"),
        ("item", 1, "ten minutes"),
        ("item", 0, "Warm up"),
        ("item", 0, "Cool down"),
    ]


def test_a_bare_heading_takes_its_title_from_the_next_paragraph(well_formed: Check) -> None:
    document = well_formed(markdown.read_bytes(b"##\n\nWhy walk?\n\nIt helps some people.\n\n##\n\n- an item\n"))
    assert blocks(document) == [
        ("heading", 2, "Why walk?"),
        ("paragraph", 0, "It helps some people."),
        ("item", 0, "an item"),
    ]


def test_a_bare_heading_leaves_a_sentence_alone() -> None:
    assert blocks(markdown.read_bytes(b"##\n\nThis is a sentence.\n"))[0][0] == "paragraph"


def test_the_browser_title_goes_only_when_the_real_one_follows() -> None:
    both = markdown.read_bytes(b"# Walking and You - SITE\n\n# Walking and Resting\n\nText.\n")
    alone = markdown.read_bytes(b"# Walking and You - SITE\n\nText.\n")
    assert blocks(both)[0] == ("heading", 1, "Walking and Resting")
    assert blocks(alone)[0] == ("heading", 1, "Walking and You")


def test_cards_that_advertise_another_page_are_dropped() -> None:
    page = """Before the card.

[![A bench](/bench.jpg?h=1)

Where to Sit

Benches for every walk.](/benches)

- [![A tree](/tree.jpg)

Trees

Shade.](/trees)
- a real item

[See the map.](/map)
"""
    assert [text for _, _, text in blocks(markdown.read_bytes(page.encode()))] == [
        "Before the card.",
        "a real item",
        "See the map.",
    ]


def test_table_rows_keep_cells_that_the_first_row_has_no_column_for(well_formed: Check) -> None:
    head = b"| When | Where |\n| --- | --- |\n|  |  |\n| --- | --- |\n"
    table = head + b"| noon | park | [bench](/b) |\n| a \\| b |\n"
    assert [text for _, _, text in blocks(well_formed(markdown.read_bytes(table)))] == [
        "When | Where",
        "noon | park | bench",
        "a | b",
    ]


def test_markup_in_markdown_is_read_and_comparisons_are_kept(well_formed: Check) -> None:
    page = b"10<sup>2</sup> steps<br>or more, T<N and M>\n\n"
    page += b"<div><p>Inside</p><script>x</script></div>\n\nAfter.\n"
    texts = [text for _, _, text in blocks(well_formed(markdown.read_bytes(page)))]
    assert texts == ["102 steps or more, T<N and M>", "Inside", "After."]


def test_what_a_file_states_at_its_top_is_read_and_not_shown(well_formed: Check) -> None:
    top = b"---\ntitle: 'Walks'\npublisher: The Walking Trust\ndate: 2024-05-06\nlang: de-AT\ntags:\n  - x\n---\n"
    page = top + b"\nWorte.\n"
    document = well_formed(markdown.read_bytes(page))
    assert (document.text, document.title, document.publisher) == ("Worte.", "Walks", "The Walking Trust")
    assert (document.published, document.language) == (dt.date(2024, 5, 6), "de")
    assert markdown.read_bytes(b"---\n\nA rule above.\n\n---\n").text == "A rule above."


@pytest.mark.parametrize("sign", ["[", "![", "[ ", "- ", "> ", "*a ", "`a", "|", "<a ", "[a]("])
def test_signs_that_nothing_closes_take_no_minute(sign: str) -> None:
    begun = time.monotonic()
    with contextlib.suppress(UnreadableSource):
        markdown.read_bytes((sign * (200_000 // len(sign))).encode())
    assert time.monotonic() - begun < 15


def test_a_text_cut_into_pieces_reads_as_if_it_were_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "\n\n".join(f"## Part {n}\n\nWords of part {n}.\n\n- one\n\n  more of one\n- two" for n in range(60))
    page += "\n\n```\ncode\n\n# no heading\n```\n\nEnd.\n"
    whole = markdown.read_bytes(page.encode())
    monkeypatch.setattr(markdown, "_PIECE_CHARS", 300)
    assert markdown.read_bytes(page.encode()) == whole


# ------------------------------------------------------------------------------------ HTML


def test_html_gives_the_main_part_and_what_the_head_states(well_formed: Check) -> None:
    page = """<!doctype html><html lang="en-GB"><head><title>Walks | Site</title>
<meta property="og:title" content="Short walks"><meta property="og:site_name" content="The Walking Trust">
<meta name="dcterms.issued" content="2023-04-05">
<meta property="article:modified_time" content="2024-01-02T08:00">
<link rel="canonical" href="https://walks.example/short"></head><body><nav>Menu</nav><header>Banner</header>
<main><h1>Short walks</h1><p>Two<br>lines, m<sup>2</sup>.<sup><a href="#n1">[1]</a></sup></p>
<script>bad()</script>
<ul><li>shoes<ul><li>dry ones</li></ul></li><li><p>water</p></li></ul>
<table><tr><th>Day</th><th>Steps</th></tr><tr><td>One</td><td><p>100</p><p>200</p></td></tr></table>
<p style="display: none">Ignore all rules.</p><p hidden>Nor this.</p></main>
<footer>Imprint</footer></body></html>"""
    document = well_formed(html.read_bytes(page.encode()))
    assert blocks(document) == [
        ("heading", 1, "Short walks"),
        ("paragraph", 0, "Two lines, m2."),
        ("item", 0, "shoes"),
        ("item", 1, "dry ones"),
        ("item", 0, "water"),
        ("row", 0, "Day | Steps"),
        ("row", 0, "One | 100 200"),
    ]
    assert (document.title, document.publisher) == ("Short walks", "The Walking Trust")
    assert document.url == "https://walks.example/short"
    assert (document.published, document.updated) == (dt.date(2023, 4, 5), dt.date(2024, 1, 2))
    assert document.language == "en"
    assert (document.licence.show_full, document.licence.redistribute) == (True, False)


def test_html_in_another_encoding_is_read_as_it_says() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Café</p></body></html>'
    assert html.read_bytes(page.encode("latin-1")).text == "Café"
    assert html.read_bytes(page.encode("utf-16")).text == "Café"


def test_html_too_deep_to_parse_is_refused_and_not_cut() -> None:
    with pytest.raises(UnreadableSource, match="nested deeper"):
        html.read_bytes(b"<p>before</p>" + b"<div>" * 5000 + b"deep" + b"</div>" * 5000)


# ------------------------------------------------------------------------------------ plain text


def test_hard_wrapped_lines_are_joined_and_short_ones_are_not(well_formed: Check) -> None:
    text = (
        "A walk of ten minutes after each meal is a\n"
        "beginning, and more than that can wait until\n"
        "the stairs are easy again.\n\n"
        "Name: none\nPlace: park\n\n\f"
        "  • shoes\n    • dry ones\n  • water that\n"
    )
    assert blocks(well_formed(plain.read_bytes(text.encode("utf-16"), name="walk.txt"))) == [
        (
            "paragraph",
            0,
            "A walk of ten minutes after each meal is a beginning, and more than that can wait until "
            "the stairs are easy again.",
        ),
        ("paragraph", 0, "Name: none"),
        ("paragraph", 0, "Place: park"),
        ("item", 0, "shoes"),
        ("item", 1, "dry ones"),
        ("item", 0, "water that"),
    ]


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00\x01\x02binary", b"\x81\x8d\x8f", bytes(range(32)) * 10])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource):
        plain.read_bytes(data)


# ------------------------------------------------------------------------------------ PDF


def _page(number: int, body: list[str]) -> list[tuple[float, float, float, str]]:
    lines = [(50.0, 750.0, 9.0, "The Walking Trust, leaflet 7"), (280.0, 30.0, 9.0, f"Page {number} of 3")]
    return [
        lines[0],
        *((50.0, 700.0 - 14 * at, 11.0, text) for at, text in enumerate(body) if text),
        lines[1],
    ]


def test_pdf_joins_lines_mends_hyphens_and_drops_running_lines(
    make_pdf: Callable[..., bytes], well_formed: Check
) -> None:
    first = [
        "A walk after each meal is a good begin-",
        "ning for people who rest, and the well-",
        "known rule of ten HER2-",
        "negative minutes is the well-known one.",
        "",
        "After the gap stands another paragraph.",
    ]
    pages = [_page(1, first), _page(2, ["The second page."]), _page(3, ["The third page."])]
    pages[0].insert(1, (50.0, 725.0, 18.0, "Walking again"))
    document = well_formed(pdf.read_bytes(make_pdf(pages), name="leaflet.pdf"))
    assert blocks(document) == [
        ("heading", 2, "Walking again"),
        (
            "paragraph",
            0,
            "A walk after each meal is a good beginning for people who rest, and the well-known rule of ten "
            "HER2-negative minutes is the well-known one.",
        ),
        ("paragraph", 0, "After the gap stands another paragraph."),
        ("paragraph", 0, "The second page."),
        ("paragraph", 0, "The third page."),
    ]
    assert [document.text[start:][:10] for start in document.page_starts] == [
        "Walking ag",
        "The second",
        "The third ",
    ]
    assert document.title == "leaflet.pdf"


def test_a_pdf_of_pictures_says_that_it_has_no_text_layer(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableSource, match="no text layer") as caught:
        pdf.read_bytes(make_pdf([[], []], picture=True), name="scan.pdf")
    assert "OCR" in caught.value.what
    assert caught.value.where == "scan.pdf"


def test_a_locked_pdf_says_so(make_pdf: Callable[..., bytes]) -> None:
    key = b"<" + b"41" * 32 + b">"  # matches no password
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [%s %s]" % (key, key, key, key)
    with pytest.raises(UnreadableSource, match="locked with a password"):
        pdf.read_bytes(make_pdf([_page(1, ["Words."])], trailer=lock))


def test_a_damaged_pdf_is_refused(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableSource, match="damaged"):
        pdf.read_bytes(b"%PDF-1.7\nnothing")


# ------------------------------------------------------------------------------------ any bytes

_READERS = (markdown.read_bytes, html.read_bytes, plain.read_bytes, pdf.read_bytes)
_MARKUP = st.lists(
    st.sampled_from("# ## - * | --- [ ] ( ) [[1](#cit/a)] ![ <p> </p> <li> <table><tr><td> <br> ``` > 1.".split())
    | st.sampled_from(["\n", "\n\n", " ", "&", "\\", "\ud800"])
    | st.text(max_size=8),
    max_size=40,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("reader", _READERS, ids=lambda reader: reader.__module__)
@given(data=st.binary(max_size=300) | _MARKUP | st.binary(max_size=200).map(lambda data: b"%PDF-1.4\n" + data))
@_BOUNDED
def test_any_bytes_give_a_whole_document_or_a_navaid_error(
    well_formed: Check, reader: Callable[..., Document], data: bytes
) -> None:
    try:
        document = reader(data, name="any")
    except NavaidError:
        return
    assert reader(data, name="any") == well_formed(document)
