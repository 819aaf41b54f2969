"""Searching and ranking: filters, words by all their names, what is said when nothing was found."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.trials.made_up import record, site

from navaid.starter.trials import facts
from navaid.terms import Fit
from navaid.trials.find.distance import Point
from navaid.trials.find.find import Wanted
from navaid.trials.find.level import level
from navaid.trials.find.listing import Listing, search
from navaid.trials.match.note import profile_of
from navaid.trials.store import Store

TODAY = dt.date(2026, 11, 1)
LYON, PARIS = site("Lyon", "France", 45.75, 4.85), site("Paris", "France", 48.85, 2.35)
RECORDS = [
    record(1, "Palbociclib After Letrozole", given=("Palbociclib",), phases=("PHASE3",), sites=(PARIS,)),
    record(2, "HER2 CAR-T Cells in Breast Cancer", given=("HER2 CAR-T",), phases=("PHASE1",), sites=(LYON,)),
    record(3, "HER2 CAR-NK Cells in Breast Cancer", given=("HER2 CAR-NK",), phases=("PHASE1",)),
    record(4, "CAR Macrophages in Breast Cancer", given=("CAR macrophages",), phases=("PHASE1",)),
    record(5, "TIL Infusion in Breast Cancer", given=("TIL",), phases=("PHASE2",)),
    record(6, "Virus-Specific CTL in Breast Cancer", given=("CTL",), phases=("PHASE2",)),
    record(7, "Exercise and Fatigue", given=("Exercise",), status="COMPLETED", phases=("NA",)),
    record(8, "CAR-T in Lymphoma", given=("CD19 CAR-T",), conditions=("Lymphoma",)),
    record(9, "Ribociclib Before Surgery", given=("Kisqali",), status="", sites=(LYON,)),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        opened.keep(RECORDS, TODAY)
        yield opened


def find(store: Store, words: str = "", about: str = "", **wanted: Any) -> Listing:
    profile = profile_of(about, today=TODAY) if about else None
    return search(store, Wanted(words=words, about=about, **wanted), TODAY, profile=profile)


def numbers(found: Listing) -> list[int]:
    return [int(one.study.nct_id.removeprefix("NCT")) for one in found.ranked]


def test_a_kind_of_cell_therapy_finds_no_other_kind(store: Store) -> None:
    assert numbers(find(store, "CAR-T breast")) == [2]
    assert numbers(find(store, "car t cells for breast cancer")) == [2]
    assert numbers(find(store, "CAR-NK")) == [3]
    assert numbers(find(store, "CAR macrophage")) == [4]
    assert numbers(find(store, "TIL therapy")) == [5]


def test_words_are_found_by_their_other_names(store: Store) -> None:
    assert numbers(find(store, "Ibrance")) == [1]
    assert numbers(find(store, "ribociclib")) == [9]
    assert numbers(find(store, drug="CDK4/6 inhibitor")) == [1, 9]
    assert set(numbers(find(store, target="HER2"))) == {2, 3}


def test_filters_narrow(store: Store) -> None:
    assert set(numbers(find(store, phases=("PHASE1",)))) == {2, 3, 4}
    assert numbers(find(store, statuses=("COMPLETED",), words="exercise")) == [7]


def test_a_status_that_is_not_stated_is_not_taken_for_closed(store: Store) -> None:
    assert 9 in numbers(find(store, statuses=("RECRUITING",)))


def test_what_only_its_status_left_out_is_counted_and_said(store: Store) -> None:
    found = find(store, "exercise", statuses=("RECRUITING",))
    assert (numbers(found), found.closed) == ([], 1)


def test_near_puts_the_nearer_open_site_first_and_within_leaves_out_the_others(store: Store) -> None:
    lyon = Point(latitude=45.75, longitude=4.85, name="Lyon")
    near = find(store, "breast", near=lyon)
    assert numbers(near)[0] == 2
    assert "Lyon" in " ".join(near.ranked[0].because)
    assert set(numbers(find(store, near=lyon, within_km=50.0))) == {2, 9}
    assert set(numbers(find(store, near=lyon, within_km=500.0))) == {1, 2, 9}


def test_part_of_the_words_is_shown_as_part(store: Store) -> None:
    found = find(store, "fatigue zyxwvu")
    assert numbers(found) == [7]
    assert found.missing == ("fatigue", "zyxwvu")


def test_an_empty_store_looked_through_nothing_and_has_the_embedded_facts(tmp_path: Path) -> None:
    with Store(tmp_path / "none") as empty:
        found = find(empty, "CAR-T breast")
        assert (found.held, found.ranked, found.missing) == (0, (), ())
        ids = {fact.nct_id for fact in found.facts}
        assert {"NCT01837602", "NCT04430595"} <= ids
        assert not ids & {"NCT02839954", "NCT04660929", "NCT02030561", "NCT05989828"}  # other cells than CAR-T
        assert [fact.nct_id for fact in find(empty, "CAR-NK").facts] == ["NCT02839954"]
        assert {fact.name for fact in find(empty, drug="Ibrance").facts} == {"PALOMA-3"}
        assert "NCT05623488" in {fact.nct_id for fact in find(empty, target="mesothelin").facts}


def test_a_fact_is_not_shown_beside_the_record_it_is_about(store: Store) -> None:
    store.keep([record(4430595, "CAR-T in Breast Cancer", given=("CAR-T",))], TODAY)
    found = find(store, "CAR-T breast")
    assert "NCT04430595" in {one.study.nct_id for one in found.ranked}
    assert "NCT04430595" not in {fact.nct_id for fact in found.facts}


def test_every_fact_has_sources_and_a_day() -> None:
    assert all(fact.cites and fact.seen <= dt.date.today() for fact in facts())
    assert all(fact.as_of for fact in facts() if fact.status)


def test_what_does_not_fit_stands_below_what_may_fit_and_says_why(tmp_path: Path) -> None:
    men, older = "Inclusion Criteria:\n\n* Age 70 years or older", "Inclusion Criteria:\n\n* Age 18 years or older"
    with Store(tmp_path / "two") as store:
        store.keep(
            [
                record(1, "Letrozole in Metastatic Breast Cancer", criteria=men, minimumAge="70 Years"),
                record(2, "A Blood Test", criteria=older, minimumAge="18 Years"),
            ],
            TODAY,
        )
        found = find(store, about="A 52-year-old woman with metastatic breast cancer on letrozole.")
    assert numbers(found) == [2, 1]
    assert [one.match.verdict for one in found.ranked if one.match][-1] is Fit.DOES_NOT_FIT
    assert "against" in " ".join(found.ranked[1].because)
    assert found.excluded == 1


def test_a_study_without_an_eligibility_text_says_so(tmp_path: Path) -> None:
    with Store(tmp_path / "one") as store:
        store.keep([record(1, "A Registry")], TODAY)
        found = find(store, about="A 52-year-old woman.")
    assert "no eligibility text" in " ".join(found.ranked[0].because)


def test_the_index_is_made_anew_where_it_was_damaged_or_is_gone(store: Store) -> None:
    import shutil

    assert numbers(find(store, "exercise")) == [7]
    for file in (store.folder / "words").iterdir():
        file.write_bytes(b"broken")
    assert numbers(find(store, "exercise")) == [7]
    shutil.rmtree(store.folder / "words")
    assert numbers(find(store, "exercise")) == [7]


def test_a_changed_record_is_found_by_its_new_words_only(store: Store) -> None:
    level(store)
    store.keep([record(7, "Yoga and Sleep", updated="2026-10-20")], TODAY)
    assert numbers(find(store, "yoga")) == [7]
    assert find(store, "fatigue exercise").ranked == ()
