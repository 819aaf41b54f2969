"""The table of false beliefs: what breaks it is named, and what stands in it can be used."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from navaid import starter
from navaid.errors import StarterInvalid
from navaid.starter import Belief, Scope, Starter, check
from navaid.starter.starter import read

TOPIC = """\
id: t
title: A topic
claims:
  - id: t.one
    text: Fever is common.
    facet: risk
    certainty: established
    cites: [{source: "S:1", at: Top, checked: 2026-01-01, opened: page}]
"""
SOURCE = "- {id: 'S:1', title: A page, publisher: P, kind: page, url: 'https://example.org/', licence: own}\n"
ROW = """\
- id: {id}
  belief: Fever is rare.
  claims: [{claim}]
  when: [[fever*], [rare, not ... common]]
"""


def written(folder: Path, *rows: str, head: str = "groups: {}\nbeliefs:\n") -> Path:
    for name, text in {"topics/t.yaml": TOPIC, "sources/p.yaml": SOURCE, "beliefs.yaml": head + "".join(rows)}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def row(id: str = "rare", claim: str = "t.one") -> str:
    return ROW.format(id=id, claim=claim)


def test_a_row_is_read(tmp_path: Path) -> None:
    (held,) = read(written(tmp_path, row())).beliefs
    assert held == Belief(
        id="rare", belief="Fever is rare.", claims=("t.one",), when=(("fever*",), ("rare", "not ... common"))
    )
    assert held.scope is Scope.BREAST


def test_without_the_file_there_are_no_beliefs(tmp_path: Path) -> None:
    (written(tmp_path) / "beliefs.yaml").unlink()
    assert read(tmp_path).beliefs == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row() + row(), "rare stands twice"),
        (row(claim="t.two"), "t.two, which is no claim"),
        (row() + "  scope: all\n", "scope"),
        (row().replace("[rare,", "[no,"), "when"),  # YAML reads a bare no as false
        (row().replace("  when: [[fever*], [rare, not ... common]]\n", ""), "when"),
        (row() + "  colour: red\n", "colour"),
    ],
)
def test_what_breaks_the_table_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StarterInvalid) as caught:
        read(written(tmp_path, text))
    assert "beliefs.yaml" in caught.value.where
    assert said in caught.value.what


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"claims": ()}, "0 claims"),
        ({"claims": ("t.one",) * 4}, "4 claims"),
        ({"when": ()}, "no group"),
        ({"when": (("fever",), ())}, "an empty one"),
        ({"when": (("fever", "no fever"),)}, "one word alone"),
        ({"unless": ("Fever",)}, "'Fever'"),
        ({"when": (("fever ...",), ("rare",))}, "'fever ...'"),
    ],
)
def test_what_a_row_should_not_be_is_found_by_the_check(
    tmp_path: Path, change: dict[str, tuple[str, ...]], said: str
) -> None:
    data = read(written(tmp_path, row()))
    worse = msgspec.structs.replace(data, beliefs=(msgspec.structs.replace(data.beliefs[0], **change),))
    found = [problem.what for problem in check.problems(worse) if "rare" in problem.where]
    assert len(found) == 1
    assert said in found[0]


# --------------------------------------------------------------------------- the table itself


@pytest.fixture(scope="module")
def data() -> Starter:
    starter.load.cache_clear()
    return starter.load()


def test_the_table_is_sound_and_not_small(data: Starter) -> None:
    assert len(data.beliefs) >= 150
    assert [problem for problem in check.problems(data) if problem.where.startswith("beliefs.yaml")] == []


def test_a_belief_is_one_sentence(data: Starter) -> None:
    assert [row.id for row in data.beliefs if not row.belief.endswith(".") or row.belief.count(". ")] == []


def test_what_is_true_of_breast_cancer_only_corrects_no_belief_of_all_cancers(data: Starter) -> None:
    """A sentence that names the breast is no answer to somebody with another cancer, except where it says so."""
    texts = {claim.id: claim.text for topic in data.topics for claim in topic.claims}
    naming = {
        claim
        for row in data.beliefs
        if row.scope is Scope.ANY
        for claim in row.claims[:1]
        if re.search(r"\bbreast\b", texts[claim], re.I)
    }
    assert naming <= {"causes-and-myths.stress", "common-beliefs.same-name", "common-beliefs.early-some"}
