"""The labels given by hand to the sentences of personal answers: `tests/journeys/golden/`.

`general.yaml` lists the sentences that make no limit, whoever reads them. `NAME.yaml` holds for one person `labels`
(the limited sentences by their id, and what is right to say of them), `not_known` (what keeps one at `may_apply`), and
`answers` (for each question which limited sentences its page shows, and which are folded away).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.personal_parts.asked import Page, Told
from navaid.terms import Applies

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "journeys" / "golden"
MEND = (
    "write the sheets with `python -m benchmarks.personal_parts.sheets write DIR`, label what they ask for by hand,"
    " then `python -m benchmarks.personal_parts.sheets read DIR`"
)


class Wrong(NamedTuple):
    """A sentence whose label differs from the one given by hand."""

    claim: str
    found: Applies
    right: Applies


class Compared(NamedTuple):
    """What was found for one person or more, held against the labels given by hand."""

    found: Mapping[Applies, int]
    wrong: tuple[Wrong, ...]
    unlabelled: tuple[str, ...]

    def of(self, found: Applies, *right: Applies) -> list[Wrong]:
        """What was found as `found` and is `right`."""
        return [one for one in self.wrong if one.found is found and one.right in right]


MISLEADING = (Applies.MAY_APPLY, Applies.DOES_NOT_APPLY)
"""What "applies to you" must not be said of. A general sentence holds for the person too, so it misleads nobody."""
KEPT_FROM = (Applies.APPLIES, Applies.MAY_APPLY, Applies.GENERAL)
"""What must not be folded away as being about others."""


@cache
def general() -> frozenset[str]:
    """The sentences that make no limit."""
    return frozenset(_read("general"))


@cache
def labels(name: str) -> Mapping[str, Applies]:
    """The label of each limited sentence for this person; empty where none was given yet."""
    return {id_: Applies(label) for id_, label in _read(name).get("labels", {}).items()}


@cache
def open_of(name: str) -> Mapping[str, str]:
    """What is not known, for the sentences of which the reader said so."""
    found: dict[str, str] = _read(name).get("not_known", {})
    return found


@cache
def pages(name: str) -> Mapping[str, Page]:
    """The page of each question, as it was when the labels were given."""
    rows = _read(name).get("answers", {}).items()
    return {id_: Page(tuple(row["shown"]), tuple(row["folded"])) for id_, row in rows}


def limited(page: Page) -> Page:
    """The page without its general sentences: what a person's papers can change."""
    return Page(tuple(i for i in page.shown if i not in general()), tuple(i for i in page.folded if i not in general()))


def right(name: str, claim: str) -> Applies | None:
    """What is right to say of a sentence to this person; None where nobody has said."""
    given = labels(name).get(claim)
    return given or (Applies.GENERAL if claim in general() else None)


def compare(people: Iterable[tuple[str, Told]]) -> Compared:
    """Every sentence of these people, held against the labels given by hand."""
    found: dict[Applies, int] = dict.fromkeys(Applies, 0)
    wrong, unlabelled = [], []
    for name, told in people:
        for id_, said in told.said.items():
            is_, should = said.fitting.applies, right(name, id_)
            if should is None:
                unlabelled.append(f"{name}: {id_}")
                continue
            found[is_] += 1
            if is_ is not should:
                wrong.append(Wrong(f"{name}: {id_}", is_, should))
    return Compared(found, tuple(wrong), tuple(unlabelled))


def read_again() -> None:
    """Forgets what was read: the files have changed."""
    for each in (general, labels, open_of, pages):
        each.cache_clear()


def _read(name: str) -> Any:
    path = GOLDEN / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
