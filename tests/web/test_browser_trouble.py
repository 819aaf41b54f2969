"""What goes wrong in a real browser: the way back, two tabs, a session that ended, a server that died while reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.web import browsing, furnished, made_papers, steps
from tests.web.browsing import Browser
from tests.web.serving import Serving

MANY = 30


@pytest.fixture
def letters(tmp_path: Path) -> list[Path]:
    """So many letters that reading them takes a while."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(MANY):
        day = f"Date: 2026-03-{number % 28 + 1:02}"
        (folder / f"letter-{number:02}.txt").write_text("\n".join((*made_papers.LETTER, day, f"Letter {number}")))
    return sorted(folder.iterdir())


def test_the_way_back_after_asking_asks_nothing_twice(browser: Browser, own_server: Serving) -> None:
    with browsing.visitor(browser, own_server.url) as who:
        answer = steps.ask(who, furnished.ORDINARY)
        who.page.reload()
        assert who.path == answer
        who.page.go_back()
        expect(who.page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
        who.page.go_forward()
        assert who.path == answer
        page = who.go("/")
        assert page.locator(f"section a[href='{answer}']").count() == 1
        assert page.locator("section[aria-labelledby='recent'] li").count() == 1


def test_two_tabs_and_a_session_that_ended_lose_nothing(browser: Browser, own_server: Serving, tmp_path: Path) -> None:
    with browsing.visitor(browser, own_server.url) as who:
        steps.open_records(who)
        steps.add_papers(who, made_papers.papers(tmp_path / "papers"))
        first, second = who.page, who.context.new_page()
        for tab in (first, second):
            tab.goto(f"{who.url}/records/values/grade")
        first.get_by_role("button", name="This is right").click()
        expect(first.get_by_role("status")).to_contain_text("You confirmed it.")
        second.get_by_label("Grade").fill("3")
        second.get_by_role("button", name="Keep this value").click()
        expect(second.get_by_role("status")).to_contain_text("This has changed meanwhile")
        expect(second.locator("main")).to_contain_text("Look again, then choose")
        second.get_by_label("Grade").fill("3")
        second.get_by_role("button", name="Keep this value").click()
        expect(second.get_by_role("status")).to_contain_text("Your own word is kept.")

        first.locator("header").get_by_role("button", name="Close my records").click()
        expect(first.get_by_role("status")).to_contain_text("Your records are closed.")
        second.get_by_role("button", name="Take back what I said").click()
        main = second.locator("main")
        expect(main).to_contain_text("What helps")
        expect(main).not_to_contain_text("grade 3")
        steps.open_records(who, to="/records/values/grade")
        expect(who.go("/records/values/grade").locator("main")).to_contain_text("3")


def test_a_server_that_dies_while_reading_has_every_paper_when_it_is_back(
    browser: Browser, tmp_path: Path, letters: list[Path]
) -> None:
    home = tmp_path / "home"
    server = Serving(home)
    try:
        with browsing.visitor(browser, server.url) as who:
            steps.open_records(who)
            page = who.page
            page.get_by_label("Papers from this device").set_input_files(letters)
            page.get_by_role("button", name="Add these papers").click()
            page.wait_for_url("**/records/reading/*")
            page.get_by_label("Papers done").wait_for()
            server.kill()
            again = Serving(home, port=server.port)
            assert again.url == server.url
            server = again
            who.heard.complaints.clear()  # the browser says that its line was cut
            page = who.go("/records")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            steps.open_records(who)
            page = who.go("/records")
            read = page.get_by_role("button", name="Read them now").or_(page.get_by_role("button", name="Read it now"))
            if read.count():
                read.click()
                page.get_by_text("Done.", exact=True).wait_for()
            page = who.go("/records")
            names = {link.inner_text() for link in page.locator(".papers h3 a").all()}
            asked = who.go("/records/waiting").locator("main section h2").all_inner_texts()
            assert names | set(asked) >= {letter.name for letter in letters}
            assert "Traceback" not in server.said
    finally:
        server.stop()
