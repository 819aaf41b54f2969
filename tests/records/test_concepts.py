"""The vocabulary of findings, and its page in docs/."""

from pathlib import Path

import pytest

from navaid.records.concepts import concept, concepts, page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_in_docs_is_that_of_the_table() -> None:
    assert (DOCS / "records.md").read_text(encoding="utf-8").endswith(page())


def test_every_concept_is_a_code_with_values_a_number_or_a_text() -> None:
    for row in concepts().values():
        assert row.of in {"tumour", "person"}
        assert (row.kind == "code") == bool(row.values), row.id
        assert row.kind in {"code", "number", "text"}


def test_a_member_of_a_family_has_its_own_name_and_what_is_no_concept_has_none() -> None:
    assert concept("lab.hemoglobin").label == "Hemoglobin"
    with pytest.raises(KeyError):
        concept("nonsense")


def test_values_in_words() -> None:
    assert concept("tumour.size").in_words(17.0) == "17 mm"
    assert concept("er.status").in_words("low_positive").startswith("low positive")
    assert concept("her2.status").in_words("not_stated") == "not stated in your papers"
