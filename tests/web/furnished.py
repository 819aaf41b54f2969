"""A home in which somebody has lived: papers, kept answers, a study, a visit; and the addresses of all its pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.web import made_papers, steps
from tests.web.browsing import Visitor

from navaid.trials.adding import add
from navaid.trials.store import Store

ORDINARY = "What does HER2-low mean?"
EMERGENCY = "I have a fever of 39.5 and shaking chills, and had chemotherapy a week ago"
CRISIS = "I cannot go on with this cancer, I want to kill myself"
UNKNOWN = "What is the best route for the bus to the clinic?"


CLOSED = {
    "ask": "/",
    "kept answers": "/answers",
    "help": "/help-now",
    "open my records": "/records/open",
    "for me, closed": "/for-me",
    "trials": "/trials",
    "fetch trials": "/trials/fetch",
    "a study that is not kept": "/trials/NCT00000999",
    "a study, closed": f"/trials/{made_papers.STUDY}",
    "my visit, closed": "/visit",
    "lists for visits": "/visit/lists",
    "how it works": "/how",
    "library": "/library",
    "topics": "/library/topics",
    "sources": "/library/sources",
    "settings, closed": "/settings",
    "no such page": "/no-such-page",
}
MINE = {
    "ask, open": "/",
    "my records": "/records",
    "papers that wait": "/records/waiting",
    "values": "/records/values",
    "a value": "/records/values/er.status",
    "a value that papers disagree on": "/records/values/grade",
    "a value that is a number": "/records/values/tumour.size",
    "where a value stands": "/records/values/er.status/where",
    "where a value of a text stands": "/records/values/age/where",
    "timeline": "/records/timeline",
    "what changed": "/records/changes",
    "for me": "/for-me",
    "a question, for me": "/for-me/questions/example/1",
    "not known yet": "/for-me/not-known",
    "side effects to know": "/for-me/watch",
    "trials, open": "/trials",
    "a study": f"/trials/{made_papers.STUDY}",
    "my visit": "/visit",
    "my page for the visit": "/visit/pages/person",
    "the clinician's page": "/visit/pages/clinician",
    "the page for the oncologist": f"/trials/{made_papers.STUDY}/page.html",
    "settings": "/settings",
    "settings, language model": "/settings/model",
    "settings, check": "/settings/check",
    "settings, forget": "/settings/forget",
    "people": "/people",
}
LATER = (
    "a topic",
    "a list for a visit",
    "an answer",
    "an answer to an emergency",
    "an answer to a question out of reach",
    "an answer, to print",
    "an answer, to share",
    "an answer to a cry for help",
    "an answer from an added document",
    "the words around a quotation",
    "an added document",
    "an added document, to remove",
    "a question that was asked, for me",
    "a kept answer",
    "a kept answer, checked again",
    "trials found",
    "a paper",
    "a page of a paper",
    "a paper, to remove",
    "a paper, explained",
    "papers that were read",
)
"""Pages whose addresses are known once somebody lived there."""
NAMES = (*CLOSED, *MINE, *LATER)
SHEETS = {"my page for the visit", "the clinician's page", "the page for the oncologist"}
"""Pages made for paper: they have the width of a sheet, and a style of their own."""


def keep_study(home: Path) -> None:
    """The made-up study among those that are kept in this home."""
    home.mkdir(parents=True, exist_ok=True)
    with Store(home / "trials") as store:
        add(store, [made_papers.study(home)], dt.date(2026, 11, 1))


def furnish(who: Visitor, folder: Path) -> dict[str, str]:
    """Does what a person would, through the pages. Gives the address of every page of `NAMES`."""
    steps.open_records(who)
    steps.add_papers(who, made_papers.papers(folder))
    second = folder / "review.pdf"
    second.write_bytes(made_papers.pdf(made_papers.SECOND_LOOK))
    steps.add_papers(who, [second])
    pages = {**CLOSED, **MINE, "papers that were read": who.path}
    pages |= _document(who, folder) | _answers(who) | _paper(who)
    who.go(f"/trials/{made_papers.STUDY}").get_by_role("button", name="Keep this study").click()
    pages["trials found"] = steps.find_trials(who, "letrozole")
    steps.prepare_visit(who)
    for name, place in (("a topic", "/library/topics"), ("a list for a visit", "/visit/lists")):
        pages[name] = who.go(place).locator("main li a").first.get_attribute("href") or ""
    return pages


def _document(who: Visitor, folder: Path) -> dict[str, str]:
    """A guideline of one's own in the library, and an answer that quotes it."""
    guideline = folder / "guideline.md"
    guideline.write_text(made_papers.GUIDELINE, encoding="utf-8")
    page = who.go("/library")
    page.get_by_label("Files from this device").set_input_files(guideline)
    page.get_by_role("button", name="Add these documents").click()
    page.get_by_text("Done.", exact=True).wait_for()
    page = who.go("/library")
    document = page.locator(".documents h3 a").first.get_attribute("href") or ""
    answer = steps.ask(who, made_papers.ASKED_OF_GUIDELINE)
    around = who.page.locator("a[href*='/context/']").first.get_attribute("href") or ""
    return {
        "an added document": document,
        "an added document, to remove": document.replace("/document?", "/remove?"),
        "an answer from an added document": answer,
        "the words around a quotation": around,
    }


def _answers(who: Visitor) -> dict[str, str]:
    answer = steps.ask(who, ORDINARY)
    pages = {
        "an answer": answer,
        "an answer, to print": f"{answer}/print",
        "an answer, to share": f"{answer}/share",
        "a question that was asked, for me": answer.replace("/answers/", "/for-me/questions/asked/"),
        "an answer to an emergency": steps.ask(who, EMERGENCY),
        "an answer to a question out of reach": steps.ask(who, UNKNOWN),
        "an answer to a cry for help": steps.ask(who, CRISIS),
    }
    steps.ask(who, "What are the side effects of letrozole?")
    who.page.get_by_role("button", name="Keep this answer").click()
    who.page.get_by_text("Kept with ").wait_for()
    return {**pages, "a kept answer": who.path, "a kept answer, checked again": f"{who.path}/again"}


def _paper(who: Visitor) -> dict[str, str]:
    paper = who.go("/records").get_by_role("link", name="pathology.pdf").get_attribute("href") or ""
    return {
        "a paper": paper,
        "a page of a paper": f"{paper}/pages/1",
        "a paper, to remove": f"{paper}/remove",
        "a paper, explained": paper.replace("/papers/", "/explain/"),
    }
