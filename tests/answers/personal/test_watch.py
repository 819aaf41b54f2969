"""What to watch for on each drug: the right claims, in the right place, for the drugs that are still of concern."""

from __future__ import annotations

import csv
import datetime as dt
import re
from importlib.resources import files

import pytest
from msgspec.structs import replace

from navaid import starter
from navaid.answers.personal import watch, watch_page, watch_rows
from navaid.errors import BadInput
from navaid.records.extract.treatments.lexicon import is_cancer_drug
from navaid.terms import Assertion, Field, FieldState, Profile, Watched
from navaid.trials.match.drugs import key
from navaid.trials.match.facts import Facts
from navaid.trials.match.note import profile_of
from navaid.vocabulary import vocabulary

DAY = dt.date(2026, 11, 28)
DATA = starter.load()
TEXTS = {row.id: row.text for topic in DATA.topics for row in topic.claims}
SAID = {**{row.id: row.facet.value for topic in DATA.topics for row in topic.claims}}

AT_ONCE = re.compile(r"\bat once\b|\bright away\b|\bemergency\b|\bambulance\b|\bno delay\b", re.IGNORECASE)
TO_THE_TEAM = re.compile(r"\b(?:call|tell|told|report(?:ed)?|hear of|speak up|signs?)\b", re.IGNORECASE)


# Read one by one: they name what is to be told without the word for it.
READ = {"side-effects-when-to-call.bowels", "sacituzumab-govitecan.reaction"}


def drug(name: str, **more: object) -> Field:
    return replace(Field(concept="drug", value=name, state=FieldState.UNCONFIRMED), **more)


def person(*fields: Field) -> Profile:
    return Profile(name="Ana", made=DAY, fields=fields, tumours=(), findings=())


def watched(*fields: Field) -> dict[str, Watched]:
    profile = person(*fields)
    return {one.drug: one for one in watch.of(profile, Facts(profile, DAY), DATA)}


def ids(one: Watched, part: str) -> set[str]:
    return {claim.id for claim in getattr(one, part)}


def current(name: str) -> Watched:
    found = watched(drug(name, details={"status": "current"}))
    assert len(found) == 1
    return next(iter(found.values()))


def test_every_claim_of_the_table_is_one_of_the_starter_library() -> None:
    named = {
        id_
        for row in watch_rows.rows().values()
        for part in ("now", "call", "expect", "late")
        for id_ in getattr(row, part)
    }
    named |= {id_ for listed in watch_rows.whom().values() for id_ in listed}
    assert named <= TEXTS.keys()
    for row in watch_rows.rows().values():
        listed = [*row.now, *row.call, *row.expect]
        assert len(listed) == len(set(listed)), row.of


def test_every_row_is_of_a_drug_or_class_of_the_vocabulary() -> None:
    for name, row in watch_rows.rows().items():
        assert name == "any" or (key(name) == name and name in vocabulary().concepts), name
        assert set(row.instead_of) <= watch_rows.rows().keys()


def test_a_sign_that_needs_help_at_once_says_so_in_its_own_words() -> None:
    for row in watch_rows.rows().values():
        for id_ in row.now:
            assert AT_ONCE.search(TEXTS[id_]), (row.of, id_, TEXTS[id_])
            assert SAID[id_] == "risk"


def test_what_to_tell_the_team_names_a_sign_and_what_is_common_raises_no_alarm() -> None:
    for row in watch_rows.rows().values():
        for id_ in row.call:
            assert TO_THE_TEAM.search(TEXTS[id_]) or id_ in READ, (row.of, id_, TEXTS[id_])
            assert not AT_ONCE.search(TEXTS[id_]), (row.of, id_, TEXTS[id_])
        for id_ in row.expect:
            assert not AT_ONCE.search(TEXTS[id_]), (row.of, id_, TEXTS[id_])
            assert not re.search(r"\bfatal|\bdeath|\bdied|\blife-threatening", TEXTS[id_]), (row.of, id_)


NAMES = {
    "doxorubicin": "doxorubicin",
    "paclitaxel": "paclitaxel|taxane",
    "docetaxel": "docetaxel",
    "capecitabine": "capecitabine",
    "tamoxifen": "tamoxifen",
    "palbociclib": "palbociclib",
    "ribociclib": "ribociclib",
    "abemaciclib": "abemaciclib",
    "everolimus": "everolimus",
    "pertuzumab": "pertuzumab",
    "trastuzumab_deruxtecan": "Enhertu|trastuzumab",
    "sacituzumab_govitecan": "Trodelvy",
    "datopotamab_deruxtecan": "Datroway",
    "olaparib": "olaparib",
    "denosumab": "denosumab",
}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_row_takes_from_a_drugs_own_topic_names_that_drug(name: str) -> None:
    row = watch_rows.rows()[name]
    general = (
        "side-effects-when-to-call.",
        "heart-health.",
        "low-blood-counts.",
        "infection-and-fever.",
        "diarrhea-and-constipation.",
    )
    for id_ in (*row.now, *row.call, *row.expect):
        if not id_.startswith(general):
            assert re.search(NAMES[name], TEXTS[id_], re.IGNORECASE) or id_ == "capivasertib.side", (
                name,
                id_,
                TEXTS[id_],
            )


def test_the_lungs_on_enhertu_and_the_clot_on_tamoxifen_come_first() -> None:
    assert current("trastuzumab deruxtecan").now[0].id == "trastuzumab-deruxtecan.lungs"
    assert current("tamoxifen").now[0].id == "tamoxifen.call-clot"
    assert "chemotherapy.fever" in ids(current("vinorelbine"), "now")


def test_a_drug_takes_its_own_claims_then_those_of_its_class_unless_they_say_the_same() -> None:
    assert {"abemaciclib.clots", "cdk4-6-inhibitors.fever"} <= ids(current("abemaciclib"), "now")
    palbociclib = current("palbociclib")
    assert "palbociclib.fever" in ids(palbociclib, "now")
    assert "cdk4-6-inhibitors.fever" not in ids(palbociclib, "now")


def test_a_regimen_has_the_claims_of_its_drugs() -> None:
    found = watched(Field(concept="regimen", value="tc", state=FieldState.UNCONFIRMED))
    assert {"taxanes.fever", "chemotherapy.fever"} <= ids(found["TC"], "now")
    assert "other-chemotherapy.cyc-bladder" in ids(found["TC"], "now")
    both = watched(drug("docetaxel"), Field(concept="regimen", value="tc", state=FieldState.UNCONFIRMED))
    assert set(both) == {"docetaxel"}


def test_a_drug_that_ended_long_ago_is_not_watched_and_one_of_last_month_is() -> None:
    assert watched(drug("letrozole", details={"status": "past", "stop": "2024-01"})) == {}
    assert set(watched(drug("letrozole", details={"status": "past", "stop": "2026-10"}))) == {"letrozole"}
    assert watched(drug("paclitaxel", date=dt.date(2024, 1, 1), details={"start": "2024-01"})) == {}
    assert set(watched(drug("anastrozole", date=dt.date(2024, 1, 1), details={"start": "2024-01"}))) == {"anastrozole"}


def test_a_day_of_stopping_that_is_past_counts_before_the_word_current() -> None:
    found = watched(drug("fulvestrant", details={"status": "current", "stop": "2026-09"}))["fulvestrant"]
    assert "ended in September 2026" in found.because
    assert watched(drug("fulvestrant", details={"status": "current", "stop": "2025-09"})) == {}


def test_chemotherapy_after_an_operation_was_over_when_the_cancer_had_spread() -> None:
    adjuvant = drug("docetaxel", details={"intent": "adjuvant"})
    spread = Field(concept="metastasis.site", value="liver", state=FieldState.UNCONFIRMED)
    assert set(watched(adjuvant)) == {"docetaxel"}
    assert watched(adjuvant, spread) == {}
    assert set(watched(replace(adjuvant, details={"intent": "metastatic"}), spread)) == {"docetaxel"}


def test_immunotherapy_is_watched_after_the_last_dose_since_a_claim_says_so() -> None:
    found = watched(drug("pembrolizumab", details={"status": "past", "stop": "2025-06"}))
    assert "immunotherapy-breast.any-time" in ids(found["pembrolizumab"], "expect")
    assert "after it" in TEXTS["immunotherapy-breast.any-time"]
    assert "after the last dose" in found["pembrolizumab"].because


def test_late_harm_to_the_heart_is_all_that_is_watched_of_an_anthracycline_of_years_ago() -> None:
    found = watched(drug("epirubicin", details={"status": "past", "stop": "2019"}))["epirubicin"]
    assert [claim.id for claim in found.call] == ["heart-health.late", "heart-health.signs"]
    assert not found.now
    assert not found.expect


def test_why_it_is_watched_is_said_as_the_papers_say_it() -> None:
    planned = watched(drug("capecitabine", assertion=Assertion.PLANNED))["capecitabine"]
    assert "It is planned" in planned.because
    assert "do not say when" in watched(drug("capecitabine"))["capecitabine"].because
    over = watched(drug("capecitabine", details={"status": "past"}))["capecitabine"]
    assert "over, but not when" in over.because


def test_a_drug_that_a_paper_only_names_is_not_said_to_have_begun_then() -> None:
    found = watched(drug("capecitabine", date=dt.date(2026, 10, 2)))["capecitabine"]
    assert "name it in October 2026" in found.because
    assert "begun in" not in found.because
    begun = watched(drug("capecitabine", date=dt.date(2026, 3, 1), details={"start": "2026-03"}))["capecitabine"]
    assert "begun in March 2026" in begun.because


def test_every_word_of_the_table_is_a_text() -> None:
    assert all(isinstance(name, str) for name in (*watch_rows.words(), *watch_rows.titles()))


def test_what_was_declined_denied_or_only_thought_of_is_not_watched() -> None:
    for assertion in (Assertion.ABSENT, Assertion.POSSIBLE, Assertion.HYPOTHETICAL, Assertion.FAMILY):
        assert watched(drug("capecitabine", assertion=assertion)) == {}


def test_of_what_is_said_of_one_drug_what_goes_on_counts() -> None:
    old = drug("letrozole", details={"status": "past", "stop": "2020"})
    again = drug("letrozole", details={"status": "current", "start": "2026-02"})
    assert "goes on" in watched(old, again)["letrozole"].because


def test_a_swap_of_the_drug_changes_exactly_that_drug() -> None:
    tamoxifen, letrozole = (
        drug("tamoxifen", details={"status": "current"}),
        drug("letrozole", details={"status": "current"}),
    )
    ribociclib = drug("ribociclib", details={"status": "current"})
    one, other = watched(tamoxifen, ribociclib), watched(letrozole, ribociclib)
    assert set(one) - set(other) == {"tamoxifen"}
    assert set(other) - set(one) == {"letrozole"}
    assert one["ribociclib"] == other["ribociclib"]


def test_a_man_is_not_told_what_is_about_women_only() -> None:
    tamoxifen = drug("tamoxifen", details={"status": "current"})
    man = watched(tamoxifen, Field(concept="sex", value="male", state=FieldState.UNCONFIRMED))["tamoxifen"]
    assert "tamoxifen.call-clot" in ids(man, "now")
    assert "endocrine-therapy.side" in ids(man, "expect")
    assert not (ids(man, "call") | ids(man, "expect")) & watch_rows.of_women()
    assert watch_rows.of_women() <= TEXTS.keys()


def test_bone_drugs_are_watched_and_a_medicine_for_something_else_is_not() -> None:
    def medicine(name: str) -> Field:
        return Field(concept="medication", value=name, state=FieldState.UNCONFIRMED, details={"status": "current"})

    found = watched(medicine("denosumab"), medicine("metformin"))
    assert set(found) == {"denosumab"}
    assert "bone-drugs.jaw-signs" in ids(found["denosumab"], "call")


def test_a_drug_of_which_nothing_is_held_gets_the_general_signs_and_is_said_to_be_so() -> None:
    found = current("selpercatinib")
    assert "Navaid holds nothing" in found.because
    assert ids(found, "now") == {"side-effects-when-to-call.allergy", "side-effects-when-to-call.clot-lung"}


def test_a_note_is_watched_as_papers_are() -> None:
    note = profile_of("Takes abemaciclib and letrozole since March 2026.", today=DAY)
    assert {one.drug for one in watch.of(note, Facts(note), DATA)} == {"abemaciclib", "letrozole"}


def test_a_drug_is_found_by_its_brand_and_a_word_that_is_none_is_refused() -> None:
    assert watch.of_drug("Keytruda", DATA).drug == "pembrolizumab"
    with pytest.raises(BadInput, match="no drug is known"):
        watch.of_drug("bread", DATA)


def test_whom_to_call_is_said_once_and_for_the_drugs_there_are() -> None:
    whom = [claim.id for claim in watch.whom_to_call([current("pembrolizumab"), current("docetaxel")], DATA)]
    assert {"side-effects-when-to-call.card", "side-effects-when-to-call.er-tell"} <= set(whom)
    assert len(whom) == len(set(whom))
    assert "side-effects-when-to-call.card" not in {c.id for c in watch.whom_to_call([current("letrozole")], DATA)}


def test_the_page_says_each_sentence_once_and_what_needs_help_first() -> None:
    found = tuple(watched(drug("docetaxel"), drug("cyclophosphamide")).values())
    sections = watch_page.draft(found, DATA).sections
    shown = [claim.id for section in sections for claim in section.claims]
    assert len(shown) == len(set(shown))
    assert [section.title for section in sections[:2]] == ["Get help or call your team at once", "Whom to call"]
    assert [claim.id for claim in sections[0].claims][: len(watch_rows.first())] == list(watch_rows.first())
    every = {claim.id for one in found for part in ("now", "call", "expect") for claim in getattr(one, part)}
    assert every <= set(shown)


NOTHING_YET = {
    "afatinib", "entrectinib", "ipatasertib", "larotrectinib", "lifileucel", "patritumab_deruxtecan",
    "pyrotinib", "repotrectinib", "sacituzumab_tirumotecan", "selpercatinib",
}  # fmt: skip


def test_every_breast_cancer_drug_that_records_read_is_covered_but_those_named_here() -> None:
    drugs = [c.id for c in vocabulary().concepts.values() if c.kind == "drugs" and is_cancer_drug(c.id)]
    assert len(drugs) > 90
    assert {name for name in drugs if len(watch_rows.of_drug(name)) == 1} == NOTHING_YET


def test_every_drug_of_other_cancers_gets_the_general_signs() -> None:
    table = files("navaid.records.extract") / "tables" / "cancer_drugs.csv"
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        assert watch_rows.of_drug(row["name"])[-1].of == "any"
