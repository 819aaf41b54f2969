"""What a new paper changes in a profile, by the papers themselves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from navaid import journeys
from navaid.errors import NavaidError
from navaid.records.changes import changed, in_words
from navaid.records.reconcile import reconcile
from navaid.terms import ChangeKind, Profile

DAY = dt.date(2026, 11, 1)
CORE = """SURGICAL PATHOLOGY REPORT
Date: 03/03/2026
Left breast, core biopsy: invasive ductal carcinoma, grade 2.
Estrogen receptor: positive (90%)
Progesterone receptor: negative (0%)
HER2 IHC: 2+ (equivocal)
"""
FISH = """ADDENDUM - FISH
Date: 03/12/2026
Left breast, core biopsy.
HER2 FISH: not amplified. HER2/CEP17 ratio 1.2.
"""
OTHER = """SURGICAL PATHOLOGY REPORT
Date: 04/20/2026
Left breast, lumpectomy: invasive ductal carcinoma, grade 3.
Estrogen receptor: negative (0%)
"""


def profile(folder: Path, *papers: str) -> Profile:
    readings = []
    for number, text in enumerate(papers):
        path = folder / f"{number}.txt"
        path.write_text(text)
        for found in journeys.read_records([path], today=DAY):
            assert not isinstance(found, NavaidError)
            readings.append(found[0])
    return reconcile("her", readings, DAY)


def test_nothing_changes_by_the_same_papers(tmp_path: Path) -> None:
    assert changed(profile(tmp_path, CORE), profile(tmp_path, CORE)) == ()


def test_a_result_that_was_open_is_told_as_new_and_what_follows_as_changed(tmp_path: Path) -> None:
    found = changed(profile(tmp_path, CORE), profile(tmp_path, CORE, FISH))
    kinds = {change.concept: change.kind for change in found}
    assert kinds["her2.ish"] is ChangeKind.NEW
    assert kinds["her2.status"] in (ChangeKind.CHANGED, ChangeKind.SETTLED)
    assert not {name for name in kinds if not name.startswith("her2")}
    assert any("not amplified (new)" in in_words(change) for change in found)


def test_a_paper_that_contradicts_is_told_as_such(tmp_path: Path) -> None:
    found = {c.concept: c for c in changed(profile(tmp_path, CORE), profile(tmp_path, CORE, OTHER))}
    assert found["er.status"].kind is ChangeKind.DISAGREES
    assert "disagree" in in_words(found["er.status"])


@pytest.mark.parametrize("papers", [(CORE,), (CORE, FISH), (CORE, FISH, OTHER)])
def test_taking_a_paper_away_tells_what_is_gone(tmp_path: Path, papers: tuple[str, ...]) -> None:
    empty = reconcile("her", [], DAY)
    gone = changed(profile(tmp_path, *papers), empty)
    assert gone
    assert {change.kind for change in gone} == {ChangeKind.GONE}
    back = changed(empty, profile(tmp_path, *papers))
    assert {change.concept for change in gone} == {change.concept for change in back}
