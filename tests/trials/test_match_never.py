"""Whether an account denies a treatment, and how far the denial reaches."""

from __future__ import annotations

import pytest

from navaid.terms import Assertion
from navaid.trials.criteria.parse.readers.named import named
from navaid.trials.match.note import profile_of
from navaid.trials.match.note.never import denied


@pytest.mark.parametrize(
    ("text", "denials"),
    [
        ("She had not received any prior taxanes.", [(None, False)]),
        ("No history of chemotherapy or radiotherapy.", [(None, False), (None, False)]),
        ("No chemotherapy in the past 3 months.", [(90, False)]),
        ("She is not taking tamoxifen.", [(None, True)]),
        ("She received chemotherapy.", [None]),
        ("No response to chemotherapy.", [None]),
        ("Not fit for surgery; she had chemotherapy.", [None, None]),
        ("She had tamoxifen but no chemotherapy.", [None, (None, False)]),
        ("No known allergies to trastuzumab.", [None]),
        ("Without delay she started paclitaxel.", [None]),
    ],
)
def test_denied(text: str, denials: list[tuple[int | None, bool] | None]) -> None:
    found = named(text)
    assert [denied(text, found, one) for one in found] == denials


def test_a_denied_drug_is_no_drug_of_the_profile() -> None:
    profile = profile_of("A woman with breast cancer. She has not received any prior radiotherapy or trastuzumab.")
    told = {(f.concept, f.value, f.assertion) for f in profile.fields if f.concept in ("drug", "radiation")}
    assert ("drug", "trastuzumab", Assertion.PRESENT) not in told
    assert ("radiation", "unspecified", Assertion.PRESENT) not in told


@pytest.mark.parametrize(
    "text",
    [
        "Her doctor discussed a trial of capecitabine for metastatic breast cancer with brain metastases.",
        "She is interested in a study comparing tamoxifen and letrozole in metastatic breast cancer.",
    ],
)
def test_what_is_said_of_a_study_is_not_said_of_the_person(text: str) -> None:
    told = {f.concept for f in profile_of(text).fields if f.value != "not_stated"}
    assert not told & {"setting", "drug", "drug_class", "lines", "brain_metastases"}
