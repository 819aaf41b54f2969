"""From the first opening to a printed page, in the real browser; each step leaves a picture in the tests' output."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from tests.web import browsing, furnished, made_papers, steps
from tests.web.browsing import Browser, Visitor
from tests.web.serving import Serving


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `pictures` of the tests' output."""
    folder = tmp_path_factory.getbasetemp() / "pictures"
    folder.mkdir(exist_ok=True)
    return folder


def test_from_the_first_opening_to_a_printed_page(
    browser: Browser, own_server: Serving, pictures: Path, tmp_path: Path
) -> None:
    with browsing.visitor(browser, own_server.url, accept_downloads=True) as who:
        _begin(who, tmp_path, pictures)
        _values(who, pictures)
        _answer(who, pictures)
        _trials(who, pictures)
        _visit(who, pictures)
        _close(who)
        assert who.heard.elsewhere == []
        assert who.heard.complaints == []
    assert "Traceback" not in own_server.said


def _begin(who: Visitor, folder: Path, pictures: Path) -> None:
    """A passphrase that was never used, and two papers."""
    steps.open_records(who)
    _picture(who.page, pictures / "1-records.png")
    steps.add_papers(who, made_papers.papers(folder / "papers"))
    expect(who.page.locator("main")).to_contain_text("2 papers are kept")
    _picture(who.page, pictures / "2-read.png")


def _values(who: Visitor, pictures: Path) -> None:
    """One value is seen where it stands, one is confirmed, one corrected."""
    page = who.go("/records/values")
    expect(page.locator("main")).to_contain_text("invasive ductal carcinoma")
    page.goto(f"{who.url}/records/values/her2.ihc/where")
    picture = page.locator("figure.sheet img").first
    expect(picture).to_have_attribute("alt", re.compile("Outlined on it are the words"))
    assert picture.evaluate("one => one.complete && one.naturalWidth > 100")
    _picture(page, pictures / "3-where.png")
    page = who.go("/records/values/grade")
    page.get_by_role("button", name=re.compile("^This is right")).click()
    expect(page.get_by_role("status")).to_contain_text("You confirmed it.")
    page = who.go("/records/values/ki67.percent")
    page.get_by_label(re.compile("Ki-67")).fill("20")
    page.get_by_role("button", name="Keep this value").click()
    expect(page.get_by_role("status")).to_contain_text("Your own word is kept.")
    expect(page.locator("main")).to_contain_text("20")
    page = who.go("/records/timeline")
    expect(page.get_by_role("table")).to_contain_text("breast-conserving operation")
    _picture(page, pictures / "4-timeline.png")


def _answer(who: Visitor, pictures: Path) -> None:
    """A question for the person, with a source opened; kept, and found among the kept ones."""
    steps.ask(who, furnished.ORDINARY)
    page = who.page
    expect(page.locator("main")).to_contain_text("from the papers kept here")
    page.locator(".said details.mark > summary").first.click()
    expect(page.locator("details.mark[open] cite").first).to_be_visible()
    _picture(page, pictures / "5-answer.png")
    page.get_by_role("button", name="Keep this answer").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept with your papers")
    kept = who.path
    page = who.go("/answers")
    assert page.locator(f"a[href='{kept}']").count() == 1
    page = who.go(f"{kept}/print")
    expect(page.locator("details.mark:not([open])")).to_have_count(0)
    page = who.go("/for-me")
    page.get_by_role("link", name=furnished.ORDINARY).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _picture(page, pictures / "6-for-me.png")


def _trials(who: Visitor, pictures: Path) -> None:
    """The study is found, held against the papers, and kept; its page for the oncologist is one sheet."""
    steps.find_trials(who, "letrozole")
    page = who.page
    page.get_by_role("link", name=re.compile("Made-up Tablet")).click()
    expect(page.get_by_role("heading", name="Who may join, statement by statement")).to_be_visible()
    expect(page.locator(".criteria .state-ok").first).to_be_visible()
    _picture(page, pictures / "7-trial.png")
    page.get_by_role("button", name="Keep this study").click()
    expect(page.get_by_role("status").first).to_contain_text("kept with your papers")
    with page.expect_download() as coming:
        page.get_by_role("link", name="The same as PDF").click()
    assert _sheets(Path(coming.value.path()).read_bytes()) == 1


def _visit(who: Visitor, pictures: Path) -> None:
    """The questions are gathered, one is put in other words, and the page is printed on one sheet."""
    steps.prepare_visit(who)
    page = who.page
    expect(page.locator(".questions > li").first).to_be_visible()
    page.locator(".questions > li").first.get_by_text("Change or take out").click()
    page.locator(".questions > li").first.get_by_label("In your own words").fill("What would you do in my place?")
    page.locator(".questions > li").first.get_by_role("button", name="Keep these words").click()
    expect(page.locator(".questions")).to_contain_text("What would you do in my place?")
    _picture(page, pictures / "8-visit.png")
    with page.expect_download() as coming:
        page.get_by_role("link", name="get my page as PDF").click()
    assert _sheets(Path(coming.value.path()).read_bytes()) == 1
    page.goto(f"{who.url}/visit/pages/person")
    expect(page.locator("body")).to_contain_text("What would you do in my place?")
    page.emulate_media(media="print")
    assert _sheets(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    page.emulate_media(media="screen")


def _close(who: Visitor) -> None:
    """Once they are closed, neither the pages nor the way back show anything of them."""
    page = who.go("/records/values")
    page.locator("header").get_by_role("button", name="Close my records").click()
    expect(page.get_by_role("status")).to_contain_text("Your records are closed.")
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator("body")).not_to_contain_text("invasive ductal carcinoma")
    page = who.go("/records/values")
    expect(page.locator("main")).to_contain_text("passphrase")


def _picture(page: Page, path: Path) -> None:
    page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size > 5000


def _sheets(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(io.BytesIO(pdf)))
