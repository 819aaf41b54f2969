"""What the profile knows for sure is replaced wherever it stands, in any case and order and with small slips."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.records.deidentify import Known, deidentify, restore
from navaid.records.deidentify.known import within_one

SEED = b"a seed of a profile"
KNOWN = Known(
    names=("Margareta Ann Lindqvist", "May Rose"),
    birth_dates=(dt.date(1961, 3, 4),),
    ids=("447-1823",),
    addresses=("450 West Oak Street, Fresno, CA 93720",),
)
GOES = [
    ("notes on lindqvist margareta", ["lindqvist", "margareta"]),
    ("L1ndqvist came", ["L1ndqvist"]),
    ("LINDQVlST came", ["LINDQVlST"]),
    ("Lindqivst came", ["Lindqivst"]),
    ("may rose was here", ["may", "rose"]),
    ("id 4471823 and 447 18 23 and 447-I823", ["4471823", "447 18 23", "447-I823"]),
    ("born 03041961, that is 4 March 1961 or 3/4/61", ["03041961", "4 March 1961", "3/4/61"]),
    ("at 450 west oak st", ["450", "oak"]),
    ("near FRESNO", ["FRESNO"]),
]


@pytest.mark.parametrize(("text", "gone"), GOES)
def test_what_is_known_goes(text: str, gone: list[str]) -> None:
    result = deidentify(text, seed=SEED, known=KNOWN)
    assert not [words for words in gone if words in result.text]
    assert restore(result.text, result.key) == text


def test_an_ordinary_word_that_is_also_the_name_stays_where_it_is_one() -> None:
    text = "she may feel tired; the rose is red"
    assert deidentify(text, seed=SEED, known=KNOWN).text == text


def test_one_slip_and_no_more() -> None:
    assert within_one("lindqvist", "lindqist")
    assert within_one("abcde", "abdce")
    assert not within_one("abcde", "abfge")
    assert not within_one("abc", "abcde")
