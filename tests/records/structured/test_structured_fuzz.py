"""Whatever stands in a record, reading gives a paper or BadInput, and every finding points at words of the paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from structured_examples import LOINC, PROBLEMS, bundle, ccda, coded, findings_of, problem, resource

from navaid.errors import BadInput
from navaid.records.extract.structured import header_of, prose
from navaid.records.paper import Paper
from navaid.records.read.structured import read_ccda, read_fhir

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "display", "text", "value", "url", "extension", "x"]), inner
        )
    ),
    max_leaves=8,
)
RESOURCES = [
    resource(
        "Condition",
        code=coded("Breast cancer"),
        clinicalStatus=coded("", "active"),
        stage=[{"summary": coded("", "2B")}],
    ),
    resource("Observation", status="final", code=coded("", "85337-4", LOINC), valueCodeableConcept=coded("Positive")),
    resource("Observation", code=coded("", "69548-6", LOINC), component=[{"code": coded("", "48018-6", LOINC)}]),
    resource("MedicationRequest", status="active", medicationCodeableConcept=coded("tamoxifen"), effectivePeriod={}),
    resource(
        "Procedure", status="completed", code=coded("Radiotherapy"), bodySite=[coded("Chest wall")], extension=[{}]
    ),
    resource("FamilyMemberHistory", relationship=coded("mother"), condition=[{"code": coded("cancer")}]),
    resource("Patient", name=[{"given": ["Ada"]}], birthDate="1970-01-01", identifier=[{"value": "1"}]),
    resource(
        "DiagnosticReport", code=coded("Pathology"), presentedForm=[{"contentType": "text/plain", "data": "QQ=="}]
    ),
]


def whole(paper: Paper) -> None:
    """Read all that can be read of a paper, and hold findings to its words."""
    header_of(paper)
    assert len(prose(paper).text) == len(paper.text)
    for finding in findings_of(paper):
        assert paper.text[finding.source.start : finding.source.end] == finding.source.words


def refused_or_sound(read: Callable[[bytes, str], Paper], data: bytes, name: str) -> bool:
    """Whether bytes are read, or refused with a way to mend it."""
    try:
        paper = read(data, name)
    except BadInput as error:
        return bool(error.fix)
    whole(paper)
    return True


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RESOURCES), st.data())
def test_any_json_in_any_place_of_a_resource(base: dict[str, Any], data: st.DataObject) -> None:
    broken = dict(base)
    for name in data.draw(st.lists(st.sampled_from(sorted(base)), min_size=1, max_size=3)):
        if name != "resourceType":
            broken[name] = data.draw(ANY)
    whole(read_fhir(bundle(broken), "a.json"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_damaged_bytes_of_json(junk: bytes, at: int, cut: int) -> None:
    data = bundle(*RESOURCES[:2])
    assert refused_or_sound(read_fhir, data[:at] + junk + data[at + cut :], "a.json")


DOCUMENT = ccda(PROBLEMS + "<text><list><item ID='a'>x</item></list></text>" + problem('displayName="Breast cancer"'))


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=20) | st.sampled_from([b"<a>", b"</section>", b"&x;", b'code=""']),
    st.integers(0, len(DOCUMENT)),
    st.integers(0, 30),
)
def test_damaged_bytes_of_xml(junk: bytes, at: int, cut: int) -> None:
    assert refused_or_sound(read_ccda, DOCUMENT[:at] + junk + DOCUMENT[at + cut :], "a.xml")


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_any_json_at_all(value: object) -> None:
    assert refused_or_sound(read_fhir, json.dumps(value).encode(), "a.json")
