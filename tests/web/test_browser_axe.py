"""axe-core in the real browser: no violation of WCAG 2.2 A and AA on any page, by width, colours and size of text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.web import furnished
from tests.web.browsing import DESK, PHONE, Scheme
from tests.web.conftest import House, Visit

AXE = (Path(__file__).parent / "static" / "axe.min.js").read_text(encoding="utf-8")
_RUN = """async () => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    resultTypes: ["violations"],
  });
  return [found.passes.length, found.violations.flatMap(one =>
    one.nodes.map(node => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`))];
}"""
_OPEN_ALL = "() => document.querySelectorAll('main details').forEach(one => { one.open = true })"
_SCROLLS = "() => [document.documentElement.scrollWidth, window.innerWidth]"
# A phone hides the head of a table from the eye only: each cell names its column there.
_CUT = """() => [...document.querySelectorAll('main *')].filter(one => {
  const style = getComputedStyle(one);
  return style.overflow !== 'visible' && !one.closest('.unseen, thead, svg')
    && !['auto', 'scroll'].includes(style.overflowX)
    && one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    && one.textContent.trim();
}).map(one => one.outerHTML.slice(0, 120))"""


def violations(page: Page, *, load: bool = True) -> list[str]:
    """What axe finds on the page as it stands; `load` brings axe in first, which a loaded page needs once."""
    if load:
        page.evaluate(AXE)
    passes, found = page.evaluate(_RUN)
    assert passes > 3, "axe looked at nothing"
    return list(found)


@pytest.mark.parametrize("name", furnished.NAMES)
def test_no_violation_at_any_width_and_in_both_colours(name: str, house: House, visit: Visit) -> None:
    who = visit(open_=name not in furnished.CLOSED)
    page, told, load = who.go(house.pages[name]), [], True
    for size, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "dark"), (DESK, "light")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        told += [f"{size['width']} px, {scheme}: {one}" for one in violations(page, load=load)]
        load = False
    page.evaluate(_OPEN_ALL)
    told += [f"with everything open: {one}" for one in violations(page, load=False)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("name", [name for name in furnished.NAMES if name not in furnished.SHEETS])
def test_text_of_twice_the_size_needs_no_sideways_scrolling_and_is_not_cut(
    name: str, house: House, visit: Visit
) -> None:
    """The browser's own setting of the size of text, as in its preferences; on a phone of 390 px, and 320 px as is."""
    who = visit(open_=name not in furnished.CLOSED)
    page = who.go(house.pages[name])
    page.evaluate(_OPEN_ALL)
    before = _size(page)
    page.set_viewport_size({"width": 320, "height": 640})
    wide, room = page.evaluate(_SCROLLS)
    assert wide <= room, f"at 320 px it is {wide} px wide"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    who.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.wait_for_function("before => parseFloat(getComputedStyle(document.body).fontSize) > before", arg=before)
    assert _size(page) == pytest.approx(2 * before, abs=0.1)
    wide, room = page.evaluate(_SCROLLS)
    assert wide <= room, f"at 390 px and 200 % text it is {wide} px wide"
    assert page.evaluate(_CUT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_script_one_can_ask_and_read(scheme: Scheme, visit: Visit) -> None:
    """axe cannot run here, being a script; above it looks at the same pages with scripts on."""
    who = visit(open_=False, java_script_enabled=False, color_scheme=scheme)
    page = who.go("/")
    page.get_by_label("Your question about breast cancer").fill(furnished.ORDINARY)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile("/answers/"))
    page.get_by_role("heading", name="In short").wait_for()
    said = page.locator(".said").first
    assert not said.locator(".behind").is_visible()
    said.locator("summary").click()
    assert said.locator(".behind cite").first.is_visible()
    page.get_by_label("Ask something more about this").fill("and what are the side effects?")
    page.locator("main").get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("heading", name="Sources").wait_for()
    page.get_by_role("link", name="Navaid", exact=True).click()
    page.get_by_role("link", name=furnished.ORDINARY).click()
    assert page.get_by_role("heading", name="In short").is_visible()
    assert not who.heard.complaints


def _size(page: Page) -> float:
    size: Any = page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
    return float(size)
