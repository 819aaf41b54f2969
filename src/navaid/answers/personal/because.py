"""The facts of a person's papers that shaped a page, each in a sentence that quotes them, the most weighty first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from navaid.answers.personal.gap_rows import words
from navaid.answers.personal.gaps import of_two_places, sides
from navaid.terms import Field, FieldState, Fitting, Profile
from navaid.trials.match.facts import Facts

_MEANT = "” ("
MOST = 8
"""More than these would stand between a person and the answer."""
# Among facts on which as many sentences hang, in the order in which they weigh on a treatment.
_ORDER = (
    *("diagnosis", "setting", "stage", "metastasis", "er", "pr", "hr", "her2", "gene", "pdl1"),
    *("menopause", "pregnancy", "drug", "regimen", "lines", "comorbidity"),
)


def because(fittings: Iterable[Fitting], facts: Facts) -> tuple[str, ...]:
    """Up to eight sentences such as: Your pathology report of 3 March 2026, page 2, says “HER2 1+” (HER2: 1+)."""
    of = {index: field for field in _fields(facts.profile) for index in field.findings[:1]}
    weight = Counter(index for one in fittings for index in dict.fromkeys(one.findings) if index in of)
    meanings: dict[str, list[str]] = {}  # what the same words of a paper mean, each meaning once
    heaviest: dict[str, tuple[int, int]] = {}
    for index, count in weight.items():
        said, meant = _parted(_quote(of[index], facts))
        meanings.setdefault(said, []).append(meant)
        heaviest[said] = min(heaviest.get(said, (0, 0)), (-count, _place(of[index].concept)))
    ranked = sorted(meanings, key=lambda said: (*heaviest[said], said))
    return tuple(_whole(said, meanings[said]) for said in ranked[:MOST])


def _quote(field: Field, facts: Facts) -> str:
    """The papers' words; of a value on which they disagree those of each, as one alone would be half of the truth."""
    if field.state is not FieldState.CONFLICT or of_two_places(field, facts.profile):
        return facts.quote(field)
    return " ".join((words()["disagree"], *dict.fromkeys(map(facts.quote, sides(field, facts.profile)))))


def _parted(quote: str) -> tuple[str, str]:
    """The papers' words, and what they mean (in brackets behind them)."""
    said, closing, meant = quote.partition(_MEANT)
    return said + closing, meant.removesuffix(").")


def _whole(said: str, meant: Iterable[str]) -> str:
    return f"{said}{'; '.join(dict.fromkeys(meant))})." if said.endswith(_MEANT) else said


def _fields(profile: Profile) -> Iterator[Field]:
    """The fields of each tumour, then those of the person, which count where both speak of one finding."""
    for tumour in profile.tumours:
        yield from tumour.fields
    yield from profile.fields


def _place(concept: str) -> int:
    head = concept.split(".")[0]
    return _ORDER.index(head) if head in _ORDER else len(_ORDER)
