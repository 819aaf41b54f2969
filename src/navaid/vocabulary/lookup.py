"""The vocabulary as one object, and the functions the other rooms call. Start at `find`."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path

from navaid.errors import BadInput
from navaid.vocabulary.concepts import Concept, read_concepts
from navaid.vocabulary.matching import Matcher, Mention, lower
from navaid.vocabulary.typos import MIN_LETTERS, mend, respellings

_FOLDER = Path(__file__).parent
_QUESTION_LENGTH = 2_000  # characters; what a person types. Longer texts were edited, and cost more to mend


class Vocabulary:
    """All concepts (`concepts`, by id) with their hierarchy and matcher. Immutable once built."""

    def __init__(self, concepts: dict[str, Concept], decoys: tuple[str, ...], look_alikes: frozenset[str]) -> None:
        self.concepts = concepts
        self._look_alikes = look_alikes
        self._narrower: dict[str, list[str]] = {}
        for item in concepts.values():
            for above in item.broader:
                self._narrower.setdefault(above, []).append(item.id)
        self._matcher = Matcher(
            ((form, item.id) for item in concepts.values() for form in (item.name, *item.forms)), decoys
        )

    def concept(self, id: str) -> Concept:
        try:
            return self.concepts[id]
        except KeyError:
            raise BadInput(
                f"no concept has the id {id!r}",
                where="vocabulary/tables",
                fix="use an id of the tables; `find` gives those of a text",
            ) from None

    def forms(self, id: str) -> tuple[str, ...]:
        item = self.concept(id)
        return tuple(dict.fromkeys((item.name, *item.forms)))

    def broader(self, id: str) -> tuple[str, ...]:
        self.concept(id)
        return self._reach(id, lambda at: self.concepts[at].broader)

    def narrower(self, id: str) -> tuple[str, ...]:
        self.concept(id)
        return self._reach(id, lambda at: tuple(self._narrower.get(at, ())))

    def find(self, text: str, *, typos: bool | None = None) -> tuple[Mention, ...]:
        if typos is None:
            typos = len(text) <= _QUESTION_LENGTH
        return self._matcher.find(text, self._meant if typos else None)

    def _meant(self, piece: str, first: bool) -> str:
        """The piece that a piece may have meant: as a form's first, only a word that is a form by itself."""
        if piece in self._respelled:
            return self._respelled[piece]
        targets = self._words if first else self._matcher.pieces
        return mend(piece, self._known, targets, self._respelled)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self._look_alikes | self._matcher.pieces

    @cached_property
    def _words(self) -> frozenset[str]:
        """What a mistyped word may have meant: listed words in their right spelling, not their plurals."""
        single = {lower(form) for item in self.concepts.values() for form in (item.name, *item.forms) if form.isalpha()}
        return frozenset(word for word in single if len(word) >= MIN_LETTERS) - self._respelled.keys()

    @cached_property
    def _respelled(self) -> dict[str, str]:
        return respellings(
            [form.lower() for form in (item.name, *item.forms) if form.isalpha()] for item in self.concepts.values()
        )

    @staticmethod
    def _reach(id: str, step: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        seen: dict[str, None] = {}
        queue = list(step(id))
        while queue:
            at = queue.pop(0)
            if at not in seen and at != id:
                seen[at] = None
                queue.extend(step(at))
        return tuple(seen)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with Navaid, read once. Raises `StarterInvalid` naming a row at fault.

    >>> vocabulary().concepts["lumpectomy"].kind
    'therapies'
    """
    return Vocabulary(read_concepts(), _read_decoys(), _read_look_alikes())


def find(text: str, *, typos: bool | None = None) -> tuple[Mention, ...]:
    """The concepts that a text speaks of, in reading order; of overlapping forms the longest.

    Spans are exact: `text[m.start:m.end] == m.text`. `typos` mends words of seven letters or more
    that are one edit away from a known word; by default only in texts as short as a question.

    >>> [(m.concept, m.text) for m in find("Is T-DXd for her 2 positive cancer that spread to the bone?")]
    [('trastuzumab_deruxtecan', 'T-DXd'), ('her2_positive', 'her 2 positive cancer'), \
('bone_metastases', 'spread to the bone')]
    """
    return vocabulary().find(text, typos=typos)


def concept(id: str) -> Concept:
    """The concept with this id; raises `BadInput` where there is none.

    >>> concept("trastuzumab_deruxtecan").name
    'trastuzumab deruxtecan'
    """
    return vocabulary().concept(id)


def forms(id: str) -> tuple[str, ...]:
    """All ways to write a concept, its name first, without repeats; raises `BadInput` for an unknown id.

    >>> forms("inavolisib")
    ('inavolisib', 'Itovebi')
    """
    return vocabulary().forms(id)


def broader(id: str) -> tuple[str, ...]:
    """The ids of everything above a concept, nearest first; raises `BadInput` for an unknown id.

    >>> broader("bone_metastases")
    ('metastatic', 'breast_cancer')
    """
    return vocabulary().broader(id)


def narrower(id: str) -> tuple[str, ...]:
    """The ids of everything below a concept, nearest first; raises `BadInput` for an unknown id.

    >>> "palbociclib" in narrower("cdk4_6_inhibitor")
    True
    """
    return vocabulary().narrower(id)


def _read_decoys() -> tuple[str, ...]:
    """Phrases that only look like a form ("her two sisters"): each phrase with each of its next words."""
    with (_FOLDER / "decoys.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            f"{phrase} {following}".strip()
            for row in csv.DictReader(file)
            for phrase in row["phrases"].split("|")
            for following in row["next"].split("|")
        )


def _read_look_alikes() -> frozenset[str]:
    with (_FOLDER / "look_alikes.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))
