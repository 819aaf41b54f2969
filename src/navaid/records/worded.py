"""What a person says of their papers: the value they mean (its code, its words, a number), and keeping it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from navaid.errors import BadInput
from navaid.records.concepts import Concept, concept, concepts
from navaid.terms import FieldState, Finding, Profile, Value

if TYPE_CHECKING:
    from navaid.records.vault import Papers

UNCLEAR = ("pending", "not_tested", "indeterminate")
"""What every concept but a text may be beside its own values."""


def concept_named(name: str) -> Concept:
    """The concept of this id or label. Raises BadInput naming those that are near.

    >>> concept_named("ER.status").id, concept_named("Menopause").id
    ('er.status', 'menopause')
    """
    wanted = name.strip()
    for row in concepts().values():
        if "GENE" not in row.id and "NAME" not in row.id and wanted.lower() in (row.id.lower(), row.label.lower()):
            return row
    known = re.fullmatch(r"gene\.([A-Z0-9-]{2,12})\.(germline|somatic)|lab\.([a-z0-9_]{2,40})", wanted)
    if known and known[1] != "GENE":
        return concept(wanted)
    near = [row.id for row in concepts().values() if wanted.lower().split(".")[0] in (row.id + row.label).lower()]
    raise BadInput(
        "this is nothing that Navaid keeps of a person",
        where=name[:60],
        fix=f"did you mean {', '.join(near[:6])}?" if near else "see the list in docs/records.md",
    )


def value_named(row: Concept, text: str) -> Value:
    """The value that this text means for the concept. Raises BadInput naming those that it may have.

    >>> value_named(concept("er.percent"), "90 %"), value_named(concept("menopause"), "after menopause")
    (90, 'post')
    """
    wanted = " ".join(text.split())
    if row.kind == "text":
        return _text(row, wanted)
    if wanted.lower() in UNCLEAR:
        return wanted.lower()
    if row.kind == "number":
        return _number(row, wanted)
    for code, words in row.values.items():
        if wanted.lower() in (code.lower(), words.lower()):
            return code
    allowed = ", ".join(f"{code} ({words})" if code != words else code for code, words in row.values.items())
    raise BadInput(f"{row.id} cannot have this value", where=row.id, fix=f"one of: {allowed}, {', '.join(UNCLEAR)}")


def _text(row: Concept, wanted: str) -> str:
    if not wanted or len(wanted) > 200:
        raise BadInput("the value is empty or too long", where=row.id, fix="give it in a few words")
    return wanted.lower() if row.id in ("drug", "allergy") else wanted


def _number(row: Concept, wanted: str) -> int | float:
    plain = wanted.removesuffix(row.unit).strip() if row.unit else wanted
    if not re.fullmatch(r"\d{1,7}([.,]\d{1,6})?", plain):
        unit = f" in {row.unit}" if row.unit else ""
        raise BadInput(
            f"{row.id} is a number{unit}", where=row.id, fix=f"such as `12{' ' + row.unit if row.unit else ''}`"
        )
    number = float(plain.replace(",", "."))
    return int(number) if number.is_integer() else number


def confirmed(profile: Profile, row: Concept, text: str | None) -> Value:
    """The value that a person says is right. Raises BadInput where that is not clear, or there is none.

    `text` names it; without it, the one that is stated is meant.
    """
    stated = {f.value: None for f in profile.fields if f.concept == row.id and f.state is not FieldState.NOT_STATED}
    if not stated:
        raise BadInput(
            f"the papers do not state {row.id}",
            where=row.id,
            fix=f"say what it is with `correct` (`navaid records correct {row.id} VALUE`)",
        )
    if text is not None:
        return value_named(row, text)
    if len(stated) > 1:
        values = ", ".join(map(str, stated))
        raise BadInput(f"there are several: {values}", where=row.id, fix="name the one that is right")
    return next(iter(stated))


def say(papers: Papers, row: Concept, value: Value | None, rule: str, *, side: str = "") -> None:
    """Keeps the person's word in place of what it takes back. No value means every one; `rule` is one of `told`'s.

    Raises BadInput for a side that is neither left nor right.
    """
    from navaid.records.reconcile import told

    if side not in ("", "left", "right"):
        raise BadInput("a side is left or right", where="the side", fix="give one of them, or none")
    word = told.word(row.id, told.ANY if value is None else value, rule, dt.date.today(), side=side)
    papers.say(word, instead_of=lambda earlier: takes_back(word, earlier))


def takes_back(word: Finding, earlier: Finding) -> bool:
    """Whether what the person says now stands in place of what they said before: on one thing the last word counts."""
    from navaid.records.reconcile import told

    if (earlier.concept, earlier.side) != (word.concept, word.side):
        return False
    if earlier.value == word.value or told.ANY in (earlier.value, word.value):
        return True
    return not concept(word.concept).many and told.REJECT not in (earlier.rule, word.rule)
