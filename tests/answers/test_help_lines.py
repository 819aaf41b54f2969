"""The crisis lines as a page shows them: each with a number that can be tapped and the page it was read on."""

from __future__ import annotations

import re

from navaid.answers.triage import triage
from navaid.answers.triage.lines import COUNTRIES, emergency, lines, without_listing

DESPAIR = "I can't go on, I want to end my life"


def test_each_line_has_a_name_a_number_to_tap_and_a_source() -> None:
    for one in lines():
        assert one.country in COUNTRIES
        assert one.name
        assert re.fullmatch(r"\d{3,12}", one.number)
        assert one.number in re.sub(r"[ -]", "", one.contact)
        assert one.url.startswith(("https://", "http://"))
        assert one.title


def test_every_country_has_a_line_for_distress() -> None:
    assert {one.country for one in lines() if one.kind == "distress"} == set(COUNTRIES)


def test_the_lines_of_a_message_are_those_that_it_names() -> None:
    said = triage(DESPAIR, "GB")
    assert [one.name for one in lines("GB", said)] == ["Samaritans"]
    assert {one.kind for one in lines("", triage(DESPAIR))} == {"distress"}


def test_a_message_can_leave_the_listing_to_the_page() -> None:
    for text in (DESPAIR, "my husband hits me and I am afraid of him"):
        message = triage(text).message
        short = without_listing(message)
        assert "US: call" in message
        assert "US: call" not in short
        assert "umbers are below" in short
        assert len(short) < len(message)
    assert without_listing(triage(DESPAIR, "GB").message) == triage(DESPAIR, "GB").message


def test_the_emergency_number_is_there_only_where_a_page_named_it() -> None:
    assert emergency("GB") == "999"
    assert emergency("XX") == ""
