"""The tables hold what they promise: one id a concept, one concept a form, a source a row."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from navaid.errors import BadInput, StarterInvalid
from navaid.vocabulary import Concept, broader, concept, find, forms, narrower, vocabulary
from navaid.vocabulary.concepts import HEADER, TABLES, read_concepts
from navaid.vocabulary.matching import cut_form
from navaid.vocabulary.typos import one_edit

FOLDER = TABLES.parent
CONCEPTS = vocabulary().concepts
KINDS = {
    "biomarkers",
    "drug_classes",
    "drugs",
    "regimens",
    "settings",
    "side_effects",
    "sites",
    "spellings",
    "stages",
    "subtypes",
    "tests",
    "therapies",
}
# Two concepts may share a form only when it is listed here with the reason. There is none today.
DELIBERATELY_SHARED: dict[str, str] = {}


def pieces(form: str) -> tuple[tuple[str, ...], str]:
    edges, sign = cut_form(form)
    return tuple(piece.lstrip("=,") for piece in edges), sign


def test_every_kind_has_its_table() -> None:
    assert {item.kind for item in CONCEPTS.values()} == KINDS


@pytest.mark.parametrize("item", CONCEPTS.values(), ids=lambda item: item.id)
def test_row(item: Concept) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:_[a-z0-9]+)*", item.id)
    assert item.sources
    assert all(re.fullmatch(r"https?://[^\s|]+\.[^\s|]+", url) for url in item.sources)
    assert len(set(item.sources)) == len(item.sources)
    written = (item.name, *item.forms)
    assert len(set(written)) == len(written), "a form is listed twice"
    assert all(form == form.strip() and pieces(form)[0] for form in written)
    assert all(above in CONCEPTS and above != item.id for above in item.broader)


def test_no_form_belongs_to_two_concepts() -> None:
    owners: dict[object, set[str]] = {}
    for item in CONCEPTS.values():
        for form in (item.name, *item.forms):
            if form not in DELIBERATELY_SHARED:
                owners.setdefault(pieces(form), set()).add(item.id)
    assert {str(form): ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_concept_is_above_itself() -> None:
    for id in CONCEPTS:
        assert all(id not in broader(above) for above in CONCEPTS[id].broader)


@pytest.mark.parametrize("item", CONCEPTS.values(), ids=lambda item: item.id)
def test_every_form_is_found_and_means_its_own_concept(item: Concept) -> None:
    for form in forms(item.id):
        found = [(mention.concept, mention.text) for mention in find(form, typos=False)]
        assert found == [(item.id, form)]


def test_a_drug_has_a_class_or_is_no_cancer_drug() -> None:
    without = {item.id for item in CONCEPTS.values() if item.kind == "drugs" and not item.broader}
    assert without <= {"metformin", "aspirin", "vitamin_d"}


def test_hierarchy_is_transitive_and_goes_both_ways() -> None:
    assert broader("palbociclib")[:2] == ("cdk4_6_inhibitor", "targeted_drug")
    assert "systemic_therapy" in broader("palbociclib")
    for id in CONCEPTS:
        assert all(id in narrower(above) for above in broader(id))


def test_forms_begin_with_the_name() -> None:
    assert forms("trastuzumab_deruxtecan")[0] == concept("trastuzumab_deruxtecan").name
    assert {"Enhertu", "T-DXd"} <= set(forms("trastuzumab_deruxtecan"))


@pytest.mark.parametrize("ask", [concept, forms, broader, narrower])
def test_an_unknown_id_says_so(ask: Callable[[str], object]) -> None:
    with pytest.raises(BadInput, match="no concept has the id 'tamoxifem'"):
        ask("tamoxifem")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["id,name,forms"], "header"),
        ([",".join(HEADER), "a,A,,,"], "source filled in"),
        ([",".join(HEADER), "a,A,,,https://x.org/a", "a,B,,,https://x.org/b"], "already in"),
        ([",".join(HEADER), "a,A,,nowhere,https://x.org/a"], "which no table holds"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, rows: list[str], said: str) -> None:
    (tmp_path / "drugs.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(StarterInvalid, match=said) as error:
        read_concepts(tmp_path)
    assert "drugs.csv" in error.value.where


def test_look_alikes_are_words_that_would_be_mended_without_the_list() -> None:
    with (FOLDER / "look_alikes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["looks_like"] in one_edit(row["word"])
            assert row["looks_like"] in vocabulary()._words, "nothing is left that it could be taken for"


def test_decoys_hide_a_form_and_say_why() -> None:
    with (FOLDER / "decoys.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["why"]
            for phrase in row["phrases"].split("|"):
                assert find(phrase.upper(), typos=False), f"{phrase} is no form, so it needs no decoy"
                for following in row["next"].split("|"):
                    assert find(f"{phrase} {following}", typos=False) == ()
