"""The frame of every page: landmarks, notice, the way to help, menu; contrast, weight, and nothing from elsewhere."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from navaid.serve.web import app, here, look

PAGES = ("/", "/help-now", "/answers", "/records/open", "/settings", "/nowhere")
TEMPLATES = Path(here.__file__).parent / "templates"
SHEETS = look.sheet() + (app.STATIC / "navaid.css").read_text("utf-8")


def page_of(client: TestClient, path: str) -> Any:
    return lxml.html.document_fromstring(client.get(path).text)


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_landmarks_a_notice_and_the_way_to_help(client: TestClient, path: str) -> None:
    page = page_of(client, path)
    assert page.get("lang") == "en"
    assert [len(page.xpath(f"//{tag}")) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert page.xpath("//title/text()")[0].strip()
    assert page.xpath("//a")[0].get("href") == "#main"
    assert "not medical advice" in text_of(page.xpath("//header")[0])
    assert "not medical advice" in text_of(page.xpath("//footer")[0])
    assert page.xpath("//header//a[@href='/help-now']")
    assert page.xpath("//footer//a[@href='/help-now']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label_and_every_form_its_token(client: TestClient, path: str) -> None:
    page = page_of(client, path)
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert field.get("id") in labelled
    for form in page.xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='csrf']/@value")
    for described in page.xpath("//@aria-describedby"):
        assert page.get_element_by_id(described) is not None


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_no_script_and_no_style_of_its_own_and_loads_nothing_from_elsewhere(
    client: TestClient, path: str
) -> None:
    page = page_of(client, path)
    assert not page.xpath("//style | //*[@style] | //script[not(@src)]")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    loaded = page.xpath("//script/@src | //link/@href | //img/@src")
    assert loaded
    assert all(one.startswith("/static/") for one in loaded)
    for one in loaded:
        assert client.get(one).status_code == 200


def test_templates_hold_no_style_or_script_within() -> None:
    for template in TEMPLATES.glob("*.j2"):
        text = template.read_text("utf-8")
        assert not re.search(r'\sstyle="|<style|<script(?![^>]*\bsrc=)|\son[a-z]+="|javascript:', text), template.name


def test_sheets_and_scripts_name_no_other_host() -> None:
    assert not re.search(r"url\(|@import|https?:", SHEETS)
    for script in app.STATIC.glob("*.js"):
        if script.name != "htmx.min.js":
            assert "http" not in script.read_text("utf-8")


def test_the_menu_tells_where_one_is(client: TestClient) -> None:
    assert set(page_of(client, "/settings").xpath("//a[@aria-current='page']/@href")) == {"/settings"}
    assert set(page_of(client, "/answers").xpath("//nav//a[@aria-current]/@href")) == {"/"}
    for nav in page_of(client, "/").xpath("//header/nav"):
        assert nav.xpath(".//a/@href") == [path for path, _ in here.MENU]


def test_htmx_is_there_with_its_licence_and_evaluates_nothing(client: TestClient) -> None:
    assert "4.0.1" in (app.STATIC / "htmx.min.js").read_text("utf-8")
    assert "Zero-Clause BSD" in (app.STATIC / "htmx.LICENSE.txt").read_text("utf-8")
    config = page_of(client, "/").xpath("//meta[@name='htmx-config']/@content")[0]
    assert '"includeIndicatorCSS": false' in config
    for template in TEMPLATES.glob("*.j2"):
        assert not re.search(r"hx-on|hx-vals=.js:|hx-trigger=\"[^\"]*\[", template.read_text("utf-8")), template.name


def test_the_first_page_weighs_less_than_it_may(client: TestClient) -> None:
    plain = {"accept-encoding": "identity"}
    shown = client.get("/", headers=plain)
    page = lxml.html.document_fromstring(shown.text)
    loaded = page.xpath("//script/@src | //link/@href")
    whole = len(shown.content) + sum(len(client.get(one, headers=plain).content) for one in loaded)
    assert whole <= 300_000


def test_a_new_look_is_asked_for_under_a_new_address(client: TestClient) -> None:
    sheets = page_of(client, "/").xpath("//link[@rel='stylesheet']/@href")
    assert all(one.endswith(f"?{look.version()}") for one in sheets)
    assert client.get("/static/page.css").headers["content-type"].startswith("text/css")


# --------------------------------------------------------------------------- contrast

_WORDS = ("ink", "quiet", "accent")
_PAIRS = [
    *((front, back, 4.5) for front, back in itertools.product(_WORDS, ("paper", "panel"))),
    *((front, back, 4.5) for front, back in itertools.product(("good", "soon", "urgent", "near"), ("paper", "panel"))),
    *((front, f"{kind}-panel", 4.5) for kind in ("good", "soon", "urgent") for front in ("ink", "accent", kind)),
    ("paper", "accent", 4.5),
    ("paper", "urgent", 4.5),
    ("edge", "paper", 3.0),
    ("edge", "panel", 3.0),
]


@pytest.mark.parametrize(("front", "back", "least"), _PAIRS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_contrast_is_enough_for_everyone(front: str, back: str, least: float, dark: bool) -> None:
    colours = _colours(dark)
    light, deep = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= least


def test_every_colour_of_the_light_page_has_one_in_the_dark() -> None:
    assert _colours(dark=False).keys() == _colours(dark=True).keys()


def test_the_apps_own_rules_use_no_colour_but_those() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", (app.STATIC / "navaid.css").read_text("utf-8"))
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL))


def _colours(dark: bool) -> dict[str, str]:
    """The variables as a browser has them on the screen."""
    blocks = re.findall(r"^( *):root \{([^}]*)\}", SHEETS, re.MULTILINE)
    chosen = [block for indent, block in blocks if bool(indent) is dark and "--paper: #fff;" not in block]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", " ".join(chosen)))


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
