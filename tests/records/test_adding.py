"""Doubts about a paper before it is kept: another person's, not medical, another cancer or language, known, unread."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from navaid.errors import BadInput
from navaid.records.adding import fingerprint, weigh
from navaid.records.vault import Original
from navaid.records.whose import Doubt, same_name, whose
from navaid.terms import Header, Reading

BORN = dt.date(1970, 5, 4)


def reading(**header: Any) -> Reading:
    return Reading(file="FILE:1", path="a.pdf", name="a.pdf", header=Header(**header), findings=())


def doubted(
    *found: Reading | BadInput, kept: tuple[Reading, ...] = (), originals: tuple[Original, ...] = ()
) -> list[Doubt]:
    return [each.doubt for each in weigh(Path("a.pdf"), "FILE:1", found, kept, originals).doubts]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jane Doe", "DOE, JANE", True),
        ("Jane A. Doe", "Jane Doe", True),
        ("J. Doe", "Jane Doe", True),
        ("Mrs. Jane Doe", "Jane Doe", True),
        ("Zoë Müller", "ZOE MULLER", True),
        ("Jane Doe", "Mary Doe", False),
        ("Jane Doe", "Jane Roe", False),
        ("J. D.", "Jane Doe", False),
        ("Jane Doe", "Jane Doe Smith", True),
    ],
)
def test_ways_of_writing_a_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_a_paper_of_the_same_person_raises_no_doubt() -> None:
    kept = (reading(person="Jane Doe", birth_date=BORN),)
    assert doubted(reading(person="DOE, Jane", birth_date=BORN), kept=kept) == []
    assert doubted(reading(), kept=kept) == []
    assert doubted(reading(person="Jane Doe")) == []


def test_another_name_or_birth_date_is_another_person() -> None:
    kept = (reading(person="Jane Doe", birth_date=BORN),)
    assert doubted(reading(person="Mary Roe"), kept=kept) == [Doubt.OTHER_PERSON]
    assert doubted(reading(person="Jane Doe", birth_date=dt.date(1971, 5, 4)), kept=kept) == [Doubt.OTHER_PERSON]


def test_the_papers_of_one_archive_are_held_against_its_first() -> None:
    assert doubted(reading(person="Jane Doe"), reading(person="Mary Roe")) == [Doubt.OTHER_PERSON]


@pytest.mark.parametrize(
    ("header", "doubt"),
    [
        ({"medical": False}, Doubt.NOT_MEDICAL),
        ({"cancer": "other"}, Doubt.NOT_BREAST),
        ({"language": "de"}, Doubt.OTHER_LANGUAGE),
    ],
)
def test_other_doubts(header: dict[str, Any], doubt: Doubt) -> None:
    assert doubted(reading(**header)) == [doubt]


def test_a_known_file_and_an_unread_one() -> None:
    original = Original(id="FILE:1", name="a.pdf", path="a.pdf", size=1, added=BORN)
    assert doubted(reading(), originals=(original,)) == [Doubt.DUPLICATE]
    assert doubted(BadInput("a.pdf is encrypted", where="a.pdf", fix="take the password off")) == [Doubt.UNREAD]
    assert doubted(reading(), BadInput("one page is broken")) == []


def test_the_person_is_whom_most_papers_name() -> None:
    papers = [reading(person="Jane Doe", sex="female"), reading(person="Jane Doe"), reading(person="Jan Doe")]
    assert (whose(papers).name, whose(papers).sex, whose(papers).birth_date) == ("Jane Doe", "female", None)
    assert whose([]).name == ""


def test_a_fingerprint_is_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert fingerprint(tmp_path / "a") == "FILE:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(BadInput, match="could not be opened"):
        fingerprint(tmp_path / "b")
