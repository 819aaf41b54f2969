"""The keyboard alone: ask, open a source, use the menu, add a paper, confirm a value; where one is can be seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web import browsing, furnished, made_papers, steps
from tests.web.browsing import DESK, PHONE
from tests.web.conftest import House, Visit
from tests.web.keys import at, tab_to, unseen
from tests.web.serving import Serving

_ORDER = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => one.checkVisibility() && !one.closest('.skip'));
  const out = [];
  for (let i = 1; i < all.length; i++) {
    const a = all[i - 1].getBoundingClientRect(), b = all[i].getBoundingClientRect();
    if (b.bottom < a.top - 40 && b.left <= a.left) out.push(all[i].outerHTML.slice(0, 100));
  }
  return [out, document.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])').length];
}"""


def test_ask_and_open_a_source(visit: Visit) -> None:
    who = visit(open_=False)
    page = who.go("/")
    page.keyboard.press("Tab")
    assert at(page)["name"] == "Skip to the page"
    assert not unseen(at(page))
    page.keyboard.press("Enter")
    tab_to(page, "Your question about breast cancer", most=2)
    page.keyboard.type(furnished.ORDINARY)
    tab_to(page, "Ask", role="button", most=2)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/answers/"))
    page.get_by_role("heading", name="What next").wait_for()
    tab_to(page, "Source")
    page.keyboard.press("Enter")
    opened = page.locator("details.mark[open]")
    assert opened.count() == 1
    assert opened.locator(".behind").is_visible()
    tab_to(page, "Open the source", most=2)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert page.locator("details.mark[open]").count() == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_menu_leads_everywhere(size: dict[str, int], visit: Visit) -> None:
    who = visit(viewport=size)
    for name in ("My records", "For me", "Trials", "My visit", "How it works", "Library", "Settings"):
        page = who.go("/")
        if size is PHONE:
            tab_to(page, "Menu")
            page.keyboard.press("Enter")
        tab_to(page, name, role="link", most=14)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/\w[\w-]*$"))
        now = page.locator("nav.menu a[aria-current]").first
        assert now.inner_text() == name or now.text_content() == name


def test_a_paper_is_added_and_a_value_confirmed(browser: browsing.Browser, own_server: Serving, tmp_path: Path) -> None:
    (paper := tmp_path / "report.pdf").write_bytes(made_papers.pdf())
    with browsing.visitor(browser, own_server.url) as who:
        page = who.go("/records")
        tab_to(page, "Passphrase", role="textbox")
        page.keyboard.type(made_papers.PASSPHRASE)
        tab_to(page, "Passphrase again", role="textbox", most=3)
        page.keyboard.type(made_papers.PASSPHRASE)
        page.keyboard.press("Enter")
        page.get_by_text("Your records are open.").wait_for()
        tab_to(page, "Papers from this device")
        with page.expect_file_chooser() as choosing:
            page.keyboard.press("Space")
        choosing.value.set_files(paper)
        tab_to(page, "Add these papers", role="button", most=4)
        page.keyboard.press("Enter")
        page.get_by_text("Done.", exact=True).wait_for()
        tab_to(page, "See what they say")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="What my papers say").wait_for()
        tab_to(page, "Check or change Grade")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Grade", exact=True).wait_for()
        tab_to(page, "This is right", role="button")
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="You confirmed it.").wait_for()


@pytest.mark.parametrize("name", furnished.NAMES)
def test_focus_is_seen_at_every_stop_and_goes_down_the_page(name: str, house: House, visit: Visit) -> None:
    who = visit(open_=name not in furnished.CLOSED)
    page = who.go(house.pages[name])
    back, positive = page.evaluate(_ORDER)
    assert (back, positive) == ([], 0)
    seen, lost = [], []
    for _ in range(40):
        page.keyboard.press("Tab")
        found = at(page)
        if not found["tag"]:
            break
        seen.append(found["html"])
        lost += [unseen(found)] if unseen(found) else []
    assert lost == []
    assert len(set(seen)) > 2 or name in furnished.SHEETS


def test_steps_are_those_of_a_person(house: House, visit: Visit) -> None:
    """What was done is said where a screen reader hears it, and the page's part comes right after the skip link."""
    who = visit()
    steps.ask(who, "What does grade 2 mean?")
    who.page.get_by_role("button", name="Keep this answer").click()
    assert "Kept with " in who.page.get_by_role("status").first.inner_text()
