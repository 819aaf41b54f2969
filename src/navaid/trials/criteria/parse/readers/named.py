"""The treatments that a text names: drugs, their classes, radiotherapy, operations; each as a predicate asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.records.extract.treatments.lexicon import is_cancer_drug
from navaid.tables import load as load_table
from navaid.vocabulary import vocabulary
from navaid.vocabulary.matching import Matcher

_TAIL = re.compile(
    r"(?:[\s-]+(?:based|containing))?(?:[\s-]+(?:therap(?:y|ies)|treatments?|agents?|regimens?|drugs?|medications?"
    r"|inhibitors?|inhibition|antibod(?:y|ies)|chemotherap(?:y|ies)|monotherapy|combination))*(?:\s*\((?:ADC|AI|ET"
    r"|ICI|T-DM1|T-DXd|RT|XRT|CT|IMP|SERD|CDK4/6i|PARPi|CDK)s?\)(?:[\s-]+(?:therapy|treatment|agent|inhibitor)s?)*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """A treatment at `words[start:end]`: the concept and the value that a predicate would ask for."""

    start: int
    end: int
    concept: str
    value: str


def named(words: str) -> list[Named]:
    """The treatments named, in order, each with the words behind it that add nothing ("-based regimens").

    >>> [(n.concept, n.value) for n in named("prior taxanes or radiotherapy")]
    [('drug_class', 'taxane'), ('radiation', 'any')]
    """
    return list(_named(words))


def _named(words: str) -> Iterator[Named]:
    for mention in _matcher().find(words):
        concept, value = mention.concept.split("\t")
        tail = _TAIL.match(words, mention.end)
        yield Named(mention.start, tail.end() if tail else mention.end, concept, value)


@cache
def _matcher() -> Matcher:
    forms: dict[str, str] = {}
    for concept, value, names in _rows():
        for name in names:
            forms.setdefault(name, f"{concept}\t{value}")
    return Matcher(forms.items())


def _rows() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = files("navaid.trials.criteria.parse.readers") / "treatments.yaml"
    table: dict[str, Any] = load_table(path.read_text(encoding="utf-8"))
    for row in table["classes"]:
        yield "drug_class", row["id"], tuple(row["forms"])
    yield "radiation", "any", tuple(table["radiation"])
    for row in table["surgery"]:
        yield "surgery", row["id"], tuple(row["forms"])
    for concept in vocabulary().concepts.values():
        if concept.kind == "drug_classes" and is_cancer_drug(concept.id):
            yield "drug_class", concept.id, (concept.name, *concept.forms)
        elif concept.kind == "drugs" and is_cancer_drug(concept.id):
            yield "drug", concept.id, (concept.name, *concept.forms)
