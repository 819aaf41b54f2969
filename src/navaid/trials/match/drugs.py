"""Which classes a drug belongs to, by the vocabulary: trastuzumab is a HER2 antibody, a targeted drug, systemic."""

from __future__ import annotations

from functools import cache

from navaid.trials.match.tables import table
from navaid.vocabulary import vocabulary

_SUPPORTIVE = "supportive_drug"


@cache
def key(name: str) -> str:
    """The vocabulary's id of a drug or class, however it is written; the name itself where it has none."""
    plain = name.lower().replace(" ", "_").replace("-", "_")
    plain = str(table("values")["same_class"].get(plain, plain))
    if plain in vocabulary().concepts:
        return plain
    return _names().get(name.lower(), plain)


@cache
def _names() -> dict[str, str]:
    return {
        concept.name.lower(): concept.id
        for concept in vocabulary().concepts.values()
        if concept.kind in ("drugs", "drug_classes", "therapies")
    }


@cache
def above(name: str) -> frozenset[str]:
    """The drug or class itself and every class it belongs to; drugs against cancer are `any_cancer_therapy`."""
    id_ = key(name)
    found = {id_}
    if id_ in vocabulary().concepts:
        found |= {key(each) for each in vocabulary().broader(id_)}
    if _SUPPORTIVE in found:  # denosumab is an antibody too, and no treatment of the cancer
        found -= {"monoclonal_antibody", "targeted_therapy", "systemic_therapy"}
    for class_ in tuple(found):
        found.update(table("values")["also_class"].get(class_, ()))
    return frozenset(found)
