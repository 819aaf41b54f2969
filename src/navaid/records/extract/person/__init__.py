"""Age, sex, menopause, performance status, other illnesses and medicines, allergies, family history, lab values.

In: a `View`. Out: findings. Start at `find`; each file holds one subject, and the words are data in `extract/tables`.
"""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.person.allergies import allergies
from navaid.records.extract.person.basics import basics
from navaid.records.extract.person.conditions import conditions
from navaid.records.extract.person.family import family
from navaid.records.extract.person.labs import labs
from navaid.records.extract.person.medications import medications
from navaid.records.extract.view import View
from navaid.terms import Finding

__all__ = ["find"]


def find(view: View) -> Iterable[Finding]:
    """What the paper says of the person, each subject in the order of the text."""
    return [
        *basics(view),
        *conditions(view),
        *medications(view),
        *allergies(view),
        *family(view),
        *labs(view),
    ]
