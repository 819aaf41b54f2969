"""What a person does on the pages, step by step, by the names that the controls have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.web import made_papers
from tests.web.browsing import Visitor


def open_records(who: Visitor, to: str = "/records") -> None:
    """Opens the records; where there are none yet, chooses the passphrase and begins them."""
    page = who.go(f"/records/open?to={to}")
    page.get_by_label("Passphrase", exact=True).fill(made_papers.PASSPHRASE)
    again = page.get_by_label(re.compile("again|once more"))
    if again.count():
        again.fill(made_papers.PASSPHRASE)
        page.get_by_role("button", name="Use this passphrase").click()
    else:
        page.locator("main").get_by_role("button", name="Open my records").click()
    page.get_by_text("Your records are open.").wait_for()


def add_papers(who: Visitor, files: Iterable[Path]) -> None:
    """Adds papers and waits until they were read."""
    page = who.go("/records")
    page.get_by_label("Papers from this device").set_input_files(list(files))
    page.get_by_role("button", name="Add these papers").click()
    page.get_by_text("Done.", exact=True).wait_for()


def ask(who: Visitor, question: str) -> str:
    """Asks, and gives the path of the answer."""
    page = who.go("/")
    page.get_by_label("Your question about breast cancer").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile("/answers/"))
    page.locator("footer").wait_for()  # the end of a page that comes in parts
    return who.path


def find_trials(who: Visitor, words: str) -> str:
    """Searches the kept studies, and gives the path of what was found."""
    page = who.go("/trials")
    page.get_by_label("Words that the study should have").fill(words)
    page.get_by_role("button", name="Search").click()
    found, seen = page.get_by_role("heading", name="Trials found"), page.get_by_role("link", name="See what was found")
    found.or_(seen).wait_for()
    if seen.count():  # it took longer than a page waits
        seen.click()
        found.wait_for()
    return who.path


def prepare_visit(who: Visitor) -> None:
    page = who.go("/visit")
    page.get_by_role("button", name="Prepare my questions").click()
    page.get_by_role("heading", name="Questions, in order").wait_for()
