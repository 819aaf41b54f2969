"""Whatever value a concept may have, the bundle stays valid, the page stays one file, and JSON comes back."""

from __future__ import annotations

from typing import Any

import pytest
from written import TODAY, fact, paper

from navaid.records.concepts import concept, concepts
from navaid.records.export import mcode, summary
from navaid.records.export.whole import Whole, whole
from navaid.records.reconcile import reconcile
from navaid.terms import Assertion, Value, decode

_ANY = ("pending", "not_tested", "indeterminate")
_TEXT = ("T1c", "N0(i+)", "X", "<b>&\"'", "τ µ 3+", "a" * 150)


def _value(name: str, turn: int) -> Value:
    row = concept(name)
    if row.kind == "number":
        return (0, 1, 2.5, 3, 99)[turn % 5]
    every = [*row.values, *_ANY] if row.kind == "code" else _TEXT
    return every[turn % len(every)]


def _facts(turn: int) -> list[dict[str, Any]]:
    names = [name.replace("GENE", "PIK3CA").replace("NAME", "creatinine") for name in concepts()]
    side = ("left", "right", "", "bilateral")[turn % 4]
    specimen = ("breast", "", "metastasis:liver", "node", "metastasis")[turn % 5]
    assertion = list(Assertion)[turn % len(Assertion)] if turn % 2 else Assertion.PRESENT
    details = {"edition": "7", "kind": "clinical", "prefix": "yp", "dose_gy": 50, "start": "soon", "reason": "rash"}
    return [
        fact(
            name,
            _value(name, turn),
            side=side,
            specimen=specimen,
            assertion=assertion,
            details=details if turn % 3 else {},
        )
        for name in names
    ]


@pytest.mark.parametrize("turn", range(24))
def test_it_can_be_exported(turn: int) -> None:
    sex = ("female", "male", "", "unknown")[turn % 4]
    readings = [paper("one.pdf", TODAY if turn % 2 else None, _facts(turn), sex=sex)]
    readings += [paper("two.pdf", None, _facts(turn + 7))] if turn % 3 == 0 else []
    profile = reconcile("me", readings, TODAY)
    assert mcode.problems(mcode.bundle(profile, readings)) == []
    page = summary.html(profile, readings).decode()
    assert "<b>&" not in page[page.index("<main>") : page.index("</main>")]
    assert decode(whole(profile, (), tuple(readings), ()), Whole).profile == profile
