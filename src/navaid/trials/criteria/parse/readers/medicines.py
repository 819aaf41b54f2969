"""Other medicines by their kind (anticoagulants, steroids, live vaccines), and allergies to drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.records.extract.treatments.lexicon import ingredients, terms
from navaid.tables import load as load_table
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed
from navaid.trials.criteria.parse.quick import Cues
from navaid.trials.criteria.parse.times import WITHIN, days

_TO_WHAT = re.compile(
    r"[^.;\n]{0,300}?(?=[.;\n]|$|,?\s+(?:or|and)\s+(?:history|known|any history|has|have|who|other" r"|patients)\b)",
    re.IGNORECASE,
)
_WINDOW = re.compile(rf"\s*[(,]?\s*(?:administered\s+|received\s+|given\s+)?{WITHIN}\s*\)?", re.IGNORECASE)
_THING = re.compile(r"[A-Za-z][\w'-]*(?:\s+[\w'-]+){0,3}")
STUDY_DRUG = "study_drug"
"""What an allergy is to where a text says no more than the drugs of the study and what is like them."""


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    small = words.lower()
    for row in _cues().spoken_of(small):
        for match in _forms(row["id"]).finditer(words):
            code = row["id"]
            yield asks(match.start(), match.end(), "medication_class", "had", code, family="medication")
            window = _WINDOW.match(words, match.end())
            within = days(window[0]) if window else None
            if window and within:
                yield asks(
                    *(match.start(), window.end()),
                    "medication_class",
                    "had",
                    code,
                    within_days=within,
                    family="medication",
                )
    if not any(cue in small for cue in _table()["allergy"]["cues"]):
        return
    yield from _allergies(words)


def _allergies(words: str) -> Iterator[Atom]:
    for match in _allergy("cue").finditer(words):
        behind = _TO_WHAT.match(words, match.end())
        end = behind.end() if behind else match.end()
        said = words[match.end() : end]
        named = [
            name
            for term in terms(said)
            if term.kind in ("drug", "medicine", "supportive_drug", "bone_modifying_drug")
            for name in ingredients(term.value)
        ]
        told = [asks(match.start(), end, "allergy", "had", name).expression for name in dict.fromkeys(named)]
        if _allergy("generic").search(words, match.start(), end):
            told.append(asks(match.start(), end, "allergy", "had", STUDY_DRUG).expression)
        elif not told and _THING.fullmatch(said.strip(" ,")):
            told.append(asks(match.start(), end, "allergy", "had", " ".join(said.lower().split())).expression)
        elif not told:
            continue
        expression = some(told)
        if _allergy("severe").search(words[match.start() : end]):
            expression = every([expression, unparsed(match.start(), end)])
        yield Atom(match.start(), end, expression, "allergy")


@cache
def _table() -> dict[str, Any]:
    return dict(load_table((files(__package__) / "medicines.yaml").read_text(encoding="utf-8")))


@cache
def _cues() -> Cues:
    return Cues(_table()["classes"])


@cache
def _forms(code: str) -> re.Pattern[str]:
    row = next(row for row in _table()["classes"] if row["id"] == code)
    forms = [f"(?-i:{form})" if re.fullmatch(r"[A-Z]{2,5}", form) else _blanks(form) for form in row["forms"]]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


@cache
def _allergy(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_blanks(_table()['allergy'][name])}", re.IGNORECASE)


def _blanks(form: str) -> str:
    return form.replace(" ?", r"\s*").replace(" ", r"\s+")
