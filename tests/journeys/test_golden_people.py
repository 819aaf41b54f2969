"""The answers to the written people (people/), sentence by sentence, beside the labels given by hand (golden/)."""

from __future__ import annotations

import pytest
from benchmarks.personal_parts.asked import Page, Told, told
from benchmarks.personal_parts.gold import GOLDEN, KEPT_FROM, MEND, MISLEADING, compare, labels, limited, pages
from benchmarks.personal_parts.golden import WRONG_APPLIES, WRONG_DOES_NOT_APPLY, figures
from benchmarks.runner import told as line
from tests.journeys.written_people import people, questions

from navaid.library import Library
from navaid.terms import Applies

pytestmark = pytest.mark.skipif(not (GOLDEN / "general.yaml").is_file(), reason=f"no sentence was labelled yet: {MEND}")


@pytest.fixture(scope="module")
def everyone(embedded: Library) -> dict[str, Told]:
    """What each person is told; some 30 s, and the same for all tests of this file."""
    return {name: told(embedded, name) for name in people()}


def test_every_person_has_labels_and_nobody_else() -> None:
    assert not [name for name in people() if not labels(name)]
    assert not {path.stem for path in GOLDEN.glob("*.yaml")} - {*people(), "general"}


def test_labels_are_right(everyone: dict[str, Told]) -> None:
    """Every sentence has a label; wrong "applies to you" is rare, and so is wrong "does not apply"."""
    compared = compare(everyone.items())
    print(*map(line, figures(compared)), *compared.wrong, sep="\n")
    without = compared.unlabelled
    assert not without, f"{len(without)} sentences have no label ({', '.join(without[:5])} …): {MEND}"
    for found, against, most in (
        (Applies.APPLIES, MISLEADING, WRONG_APPLIES),
        (Applies.DOES_NOT_APPLY, KEPT_FROM, WRONG_DOES_NOT_APPLY),
    ):
        wrong = compared.of(found, *against)
        assert compared.found[found]
        assert len(wrong) <= most * compared.found[found], wrong


def _sorted(page: Page | None) -> tuple[list[str], ...]:
    """What is shown and what is folded; two sentences that fit nearly alike may change places."""
    return tuple(map(sorted, page)) if page else ()


def test_pages_show_and_fold_what_was_reviewed(everyone: dict[str, Told]) -> None:
    """What a page shows may change; a person then looks at what changed, which `… sheets pages` writes down."""
    found = {name: {id_: limited(page) for id_, page in one.pages.items()} for name, one in everyone.items()}
    changed = [
        f"{name}: {id_}"
        for name, on in found.items()
        for id_ in questions()
        if _sorted(on[id_]) != _sorted(pages(name).get(id_))
    ]
    assert not changed, f"run `python -m benchmarks.personal_parts.sheets pages`, and look at the difference: {changed}"
