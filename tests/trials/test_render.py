"""What is shown: how old the data are, what could not be looked at, nothing that a record could do to a page."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.trials.made_up import record, site

from navaid import journeys
from navaid.terms import Match, Study
from navaid.trials.find.find import Wanted
from navaid.trials.find.listing import Listing, search
from navaid.trials.match.note import profile_of
from navaid.trials.render import html, text, words
from navaid.trials.store import Store

TODAY = dt.date(2026, 11, 1)
HOSTILE = '<script>alert(1)</script> & "quotes"'
CRITERIA = "Inclusion Criteria:\n\n* Age 18 years or older\n* HER2-positive\n\nExclusion Criteria:\n\n* Pregnant"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


@pytest.fixture
def study(store: Store) -> Study:
    store.keep([record(1, HOSTILE, criteria=CRITERIA, sites=(site("Lyon", "France", 45.7, 4.8),))], TODAY)
    found = store.get("NCT00000001")
    assert found is not None
    return found


def held(study: Study) -> Match:
    return journeys.check_trial(study, profile_of("A 52-year-old woman, HER2-negative.", today=TODAY), today=TODAY)


def listing(store: Store, words_: str) -> Listing:
    return search(store, Wanted(words=words_), TODAY)


def test_nothing_kept_is_never_none_found(store: Store) -> None:
    said = " ".join(text.listing(listing(store, "zyxwvu")))
    assert "none were looked through" in said
    assert "none has what" not in said
    assert "none were looked through" in html.listing(listing(store, "zyxwvu"))


def test_none_found_says_among_how_many(store: Store, study: Study) -> None:
    assert "Looked through 1 studies: none has" in " ".join(text.listing(listing(store, "zyxwvu")))


def test_every_study_says_how_old_its_data_are_and_how_to_refresh(store: Store, study: Study) -> None:
    shown = listing(store, "script alert")
    for said in (" ".join(text.listing(shown)), html.listing(shown)):
        assert "posted by the registry on 2026-10-01" in said
        assert "seen by Navaid on 2026-11-01" in said
        assert "navaid trials sync" in said
    assert "it may have changed since" in words.age(study, TODAY + dt.timedelta(100))


def test_each_statement_has_its_label_and_the_verdict_its_reason(study: Study) -> None:
    said = "\n".join(text.match(study, held(study), words.age(study, TODAY)))
    assert "Does not seem to fit" in said
    assert re.search(r"HER2-positive\n.*not fulfilled", said)
    assert re.search(r"\[must not be\] Pregnant\n.*\? not known", said)


@pytest.mark.parametrize("page", ["listing", "match", "summary"])
def test_a_record_cannot_put_markup_into_a_page_and_nothing_is_loaded(store: Store, study: Study, page: str) -> None:
    made = {
        "listing": lambda: html.listing(listing(store, "script alert")),
        "match": lambda: html.match(study, held(study), TODAY),
        "summary": lambda: html.summary(study, held(study), TODAY, "<b>Eve</b>"),
    }[page]()
    assert "<script" not in made
    assert "<b>Eve" not in made
    assert "&lt;script&gt;" in made
    assert "default-src 'none'" in made
    assert not re.search(r"(?:src|@import|url\()", made.replace("default-src", "").replace("style-src", ""))


def test_the_one_page_is_one_page_however_long_the_study(store: Store) -> None:
    pytest.importorskip("weasyprint", exc_type=Exception)
    from pypdfium2 import PdfDocument

    long = "\n".join(f"* HER2-positive and condition number {n} that goes on for quite a while" for n in range(120))
    store.keep([record(2, "A Long Study", criteria=f"Inclusion Criteria:\n\n{long}")], TODAY)
    study = store.get("NCT00000002")
    assert study is not None
    made = html.summary_pdf(study, held(study), TODAY)
    assert len(PdfDocument(made)) == 1
    assert html.sheet(held(study)).left_out > 0


def test_a_whole_study_shows_open_sites_first_and_what_could_not_be_read(store: Store) -> None:
    sites = (site("Lyon", "France", 45.7, 4.8, "COMPLETED"), site("Paris", "France", 48.8, 2.3, "RECRUITING"))
    store.keep([record(3, "Two Sites", sites=sites, minimumAge="999 Years")], TODAY)
    study = store.get("NCT00000003")
    assert study is not None
    said = "\n".join(text.study(study, words.age(study, TODAY)))
    assert said.index("Paris") < said.index("Lyon")
    assert "age limit" in said
    assert "does not say who may join" in said
