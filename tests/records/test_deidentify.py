"""What must go, what must stay, and that everything can be put back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.errors import BadInput
from navaid.records.deidentify import Key, Kind, deidentify, restore

SEED = b"a seed of a profile"


def sent(text: str) -> str:
    result = deidentify(text, seed=SEED)
    assert restore(result.text, result.key) == text
    return result.text


GOES = [
    ("Seen by Dr. Okafor today.", "Okafor"),
    ("PATIENT: LINDQVIST, MARGARETA", "LINDQVIST"),
    ("PATIENT: LINDQVIST, MARGARETA", "MARGARETA"),
    ("Patient Name: May Ray", "May"),
    ("Signed by Will Grant, RN", "Will"),
    ("my name is jolanta", "jolanta"),
    ("Her daughter Kelly drove.", "Kelly"),
    ("Mr. Young denies fevers.", "Young"),
    ("Dr. Paget called.", "Paget"),
    ("Maria van der Berg was seen.", "Berg"),
    ("Treated at Saint Brigid Hospital.", "Brigid"),
    ("She lives in Tromsø.", "Tromsø"),
    ("She lives at 12 Willow Lane, Springfield, IL 62704.", "62704"),
    ("Address: Rantakatu 25 B, 33100 Tampere", "25"),
    ("Send it to PO Box 4821, Dayton", "4821"),
    ("12 Church Lane, Wimborne BH21 4QQ", "4QQ"),
    ("Call (617) 555-0182 or +44 20 7946 0123.", "0182"),
    ("Call (617) 555-0182 or +44 20 7946 0123.", "0123"),
    ("MRN: 4471823", "4471823"),
    ("SSN 078-05-1120", "1120"),
    ("NHS number is 943 476 5919", "5919"),
    ("Accession S19-04512", "04512"),
    ("Card 4111 1111 1111 1111", "4111"),
    ("IBAN GB82WEST12345698765432", "98765432"),
    ("From 203.0.113.7", "113"),
    ("Write to m.lind@example.org", "lind"),
    ("See https://example.org/p/44", "example"),
    ("Her mother, a 93-year-old woman", "93"),
    ("Plate number ABC-1234", "1234"),
    ("Implant serial no. 8841-22-XA", "8841"),
]


@pytest.mark.parametrize(("text", "gone"), GOES)
def test_what_points_at_a_person_goes(text: str, gone: str) -> None:
    assert gone not in sent(text)


STAYS = [
    "ER 90 %, PR 5%, HER2 2+, Ki-67 18%, pT2 pN1a M0, grade 2, 2.3 x 1.4 x 0.8 cm.",
    "Nottingham grade 2 (3+2+2=7), modified Bloom-Richardson; Scarff-Bloom-Richardson grade III.",
    "Paget's disease of the nipple; Hodgkin lymphoma; Gleason 3+4; Allred 8/8; Cooper's ligaments.",
    "INVASIVE DUCTAL CARCINOMA, LEFT BREAST, 3 O'CLOCK. SENTINEL LYMPH NODE #1: NEGATIVE (0/2).",
    "Started trastuzumab deruxtecan 5.4 mg/kg and Herceptin; capecitabine 1000 mg/m2 twice daily.",
    "BRCA1, PIK3CA H1047R, ESR1 D538G and PALB2 were tested; CA 15-3 was 21 U/mL.",
    "NCT04191135, PMID: 29109077, ICD-10 C50.412, ICD-O 8500/3, SNOMED 413448000.",
    "The ASCO/CAP 2018 guideline and AJCC 8th edition (2017) were used.",
    "A 61 year old Ashkenazi Jewish woman, gravida 2, on tamoxifen 20 mg.",
    "Received in formalin, labeled with the patient's name. Block A1-A4: margins inked.",
    "The tumor is 12 mm from the deep margin; 14 nodes; 10 HPF; 330 grams.",
]


@pytest.mark.parametrize("text", STAYS)
def test_medicine_stays(text: str) -> None:
    assert sent(text) == text


def test_a_name_is_the_same_placeholder_everywhere() -> None:
    one = deidentify("Dr. Okafor and Mrs. Lindqvist.", seed=SEED)
    two = deidentify("OKAFOR, MD. Later Okafor wrote.", seed=SEED)
    code = one.spans[0].replacement[len("[Name-") : -1]
    assert f"[NAME-{code}]" in two.text
    assert f"[Name-{code}]" in two.text


def test_another_profile_has_other_placeholders() -> None:
    other = deidentify("Dr. Okafor called.", seed=b"another seed of one")
    assert other.text != deidentify("Dr. Okafor called.", seed=SEED).text


def test_a_reply_is_restored_though_it_changes_case_and_drops_brackets() -> None:
    result = deidentify("Dr. Okafor called on 12 May 2019.", seed=SEED)
    name, date = (span.replacement for span in result.spans)
    reply = f"Ask {name.strip('[]')} or {name.upper()} about {date}."
    assert restore(reply, result.key) == "Ask Okafor or Okafor about 12 May 2019."


def test_a_reply_may_write_a_date_in_another_form() -> None:
    result = deidentify("Operated on 12 May 2019.", seed=SEED)
    assert restore(f"It was on {result.key.dates[0]}.", result.key) == "It was on 2019-05-12."


def test_what_a_reply_brings_itself_is_left() -> None:
    result = deidentify("Dr. Okafor called on 12 May 2019.", seed=SEED)
    assert restore("On 3 July 2020 [Name-ZZZZZ] said so.", result.key) == "On 3 July 2020 [Name-ZZZZZ] said so."


def test_keys_of_several_records_join() -> None:
    one, two = deidentify("Dr. Okafor.", seed=SEED), deidentify("Mrs. Lindqvist, 3 May 2019.", seed=SEED)
    joined = one.key.joined(two.key)
    assert restore(one.text + two.text, joined) == "Dr. Okafor.Mrs. Lindqvist, 3 May 2019."


def test_words_that_look_like_a_placeholder_are_not_mistaken_for_one() -> None:
    first = deidentify("Dr. Okafor called.", seed=SEED)
    again = deidentify(f"Dr. Okafor called. {first.text}", seed=SEED)
    assert restore(again.text, again.key) == f"Dr. Okafor called. {first.text}"
    assert Kind.MARK in {span.kind for span in again.spans}


def test_spans_say_what_was_replaced() -> None:
    text = "Call (617) 555-0182, Dr. Okafor."
    found = [(span.kind, text[span.start : span.end]) for span in deidentify(text, seed=SEED).spans]
    assert found == [(Kind.PHONE, "(617) 555-0182"), (Kind.NAME, "Okafor")]


def test_a_short_seed_is_refused() -> None:
    with pytest.raises(BadInput, match="seed"):
        deidentify("text", seed=b"short")


def test_an_empty_key_changes_nothing() -> None:
    assert restore("[Name-BCDFG] on 3 May 2019", Key(originals={})) == "[Name-BCDFG] on 3 May 2019"


PIECES = st.sampled_from(
    (
        "Dr. Okafor|OKAFOR|okafor|McDonald|Mcdonald|Åse|12 May 2019|May 12, 2019|2019-05-12|05/12/19|5/12/2019|2019"
        "|2018|2017|May 2019|Monday|in May|09 May 2019|9 May 2019|(617) 555-0182|617-555-0182|MRN: 4471823|4 Elm Street"
        "|. |, |[Name-BCDFG]|Name-BCDFG|HER2 2+|pT2|\n|:|[|]|'s|aged 93|2003 mL|1/2|on 5/12|29 Feb 2020|31 Feb 2020"
        "|Springfield, IL 62704"
    ).split("|")
)


@pytest.mark.parametrize("piece", ["a", "1.2", "A. ", "and ", "@", "1 ", "Okafor ", "12 Elm ", "x.", "1-", "A, "])
def test_a_monotonous_text_costs_no_more_than_its_length(piece: str) -> None:
    started = time.perf_counter()
    deidentify(piece * 4000, seed=SEED)
    assert time.perf_counter() - started < 10  # seconds; what grows with the square takes minutes


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_whatever_left_comes_back(text: str) -> None:
    result = deidentify(text, seed=SEED)
    assert restore(result.text, result.key) == text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.binary(min_size=16, max_size=20))
def test_any_text_comes_back(text: str, seed: bytes) -> None:
    result = deidentify(text, seed=seed)
    assert restore(result.text, result.key) == text
    assert all(a.end <= b.start for a, b in zip(result.spans, result.spans[1:], strict=False))
