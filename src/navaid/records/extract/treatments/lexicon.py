"""The words of treatments and of a person's state, found in one pass over a text.

The drugs and regimens of breast cancer are those of `navaid.vocabulary`; `tables/cancer_drugs.csv` and
`tables/regimens.yaml` hold those that only other cancers have. Start at `terms`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from navaid.records.extract.header.tables import table
from navaid.vocabulary import vocabulary
from navaid.vocabulary.matching import Matcher

# Kinds of treatment that are no cancer drug: they are findings of `medication`.
SUPPORTIVE = "supportive_drug"
BONE = "bone_modifying_drug"


@dataclass(frozen=True)
class Term:
    """Something named at `text[start:end]`: its kind (`drug`, `regimen`, `surgery`, …) and its value."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Regimen:
    """A regimen by its id, and the names of its drugs."""

    id: str
    drugs: tuple[str, ...]


@lru_cache(maxsize=4)
def terms(text: str) -> tuple[Term, ...]:
    """All that the tables know in a text, in order and never overlapping; the last few texts are kept.

    >>> [(t.kind, t.value) for t in terms("s/p lumpectomy, then Adriamycin and diabetes")]
    [('surgery', 'lumpectomy'), ('drug', 'doxorubicin'), ('condition', 'diabetes')]
    """
    found = []
    for mention in _matcher().find(text):
        kind, value = mention.concept.split("\t")
        found.append(Term(kind, value, mention.start, mention.end))
    return tuple(found)


@cache
def _matcher() -> Matcher:
    forms: dict[str, str] = {}
    for kind, value, names in _listed():
        for name in names:
            forms.setdefault(name, f"{kind}\t{value}")
    return Matcher(forms.items())


def _listed() -> Iterator[tuple[str, str, Iterable[str]]]:
    """Kind, value and forms; what comes first keeps a form that several have."""
    surgeries = table("surgeries")
    for number, row in enumerate(surgeries):
        yield "surgery", f"{row['id']}#{number}" if "also" in row else row["id"], row["forms"]
    radiation = table("radiation")
    yield "not_radiation", "", radiation["not_treatment"]
    yield "radiation", "", radiation["words"]
    skipped = set(table("regimens")["not_here"])
    for concept in vocabulary().concepts.values():
        if concept.kind == "regimens":
            yield "regimen", concept.id, [form for form in (concept.name, *concept.forms) if form not in skipped]
    for row in table("regimens")["regimens"]:
        yield "regimen", row["id"], [row["name"], *row["forms"]]
    for concept in vocabulary().concepts.values():
        if concept.kind == "drugs":
            kind = "drug" if is_cancer_drug(concept.id) else "medicine"
            yield kind, concept.id, (concept.name, *concept.forms)
        elif concept.kind == "drug_classes":
            yield "drug_class", concept.id, (concept.name, *concept.forms)
    for name, others in _other_drugs():
        yield "drug", name, (name, *others)
    for id_, short in table("regimens")["short"].items():
        yield "drug", id_, short
    for row in table("conditions"):
        yield "condition", row["id"], row["forms"]
    for row in table("labs"):
        yield "lab", row["id"], row["forms"]


@cache
def is_cancer_drug(id: str) -> bool:
    """Whether a drug of the vocabulary is given against the cancer, or to its bones."""
    above = {id, *vocabulary().broader(id)}
    return bool(above - {id}) and (SUPPORTIVE not in above or BONE in above)


@cache
def _other_drugs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rows of cancer_drugs.csv; further brands of a drug of the vocabulary stand under its id."""
    path = files("navaid.records.extract") / "tables" / "cancer_drugs.csv"
    ids = {concept.name: concept.id for concept in vocabulary().concepts.values() if concept.kind == "drugs"}
    return tuple(
        (ids.get(row["name"], row["name"]), tuple(filter(None, row["forms"].split("|"))))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    )


DENSE, IN = 4, 300  # of one thing no more mentions than this within so many characters are weighed
MOST = 2000  # nor more than this in a paper


def sparse(found: Iterable[Term]) -> list[Term]:
    """These without the repeats that no paper has: a page of one word over and over says it no better than a few.

    >>> len(sparse([Term("drug", "letrozole", at, at + 9) for at in range(0, 3000, 10)]))
    40
    """
    kept: list[Term] = []
    places: dict[tuple[str, str], list[int]] = {}
    for term in found:
        before = places.setdefault((term.kind, term.value), [])
        if len(before) < MOST and (len(before) < DENSE or term.start - before[-DENSE] >= IN):
            before.append(term.start)
            kept.append(term)
    return kept


_AND = re.compile(
    r"\s?(?:,|/|\+|and|&|,\s?and|plus|with|followed by|\s)\s?(?:(?:weekly|dose[ -]dense|left|right|axillary)\s){0,2}",
    re.IGNORECASE,
)


def list_end(text: str, found: Sequence[Term], place: int) -> int:
    """The end of the list in which a treatment stands: what follows "AC, paclitaxel and carboplatin" is said of all."""
    end = found[place].end
    for term in found[place + 1 : place + 12]:
        if not _AND.fullmatch(text, end, term.start):
            break
        end = term.end
    return end


def list_start(text: str, found: Sequence[Term], place: int) -> int:
    """The beginning of the list in which a treatment stands: what goes before "AC and paclitaxel" is said of all."""
    start = found[place].start
    for term in reversed(found[max(0, place - 12) : place]):
        if not _AND.fullmatch(text, term.end, start):
            break
        start = term.start
    return start


def ingredients(id: str) -> tuple[str, ...]:
    """The names of the drugs in this one: one, or several for a brand that holds several.

    >>> ingredients("pertuzumab_trastuzumab_hyaluronidase"), ingredients("nab_paclitaxel")
    (('pertuzumab', 'trastuzumab'), ('nab-paclitaxel',))
    """
    concepts = vocabulary().concepts
    if id not in concepts:
        return (id,)
    parts = tuple(above for above in concepts[id].broader if concepts[above].kind == "drugs")
    return tuple(concepts[part].name for part in parts) or (concepts[id].name,)


@cache
def regimen(id: str) -> Regimen:
    """The regimen with this id, with the drugs that it surely holds (no class such as "a taxane")."""
    concepts = vocabulary().concepts
    named = table("regimens")["drugs"].get(id)
    if named:
        return Regimen(id, tuple(name for drug in named["drugs"] for name in ingredients(drug)))
    if id in concepts:
        above = (id, *vocabulary().broader(id))
        drugs = [concepts[each].name for each in above if concepts[each].kind == "drugs"]
        return Regimen(id, tuple(dict.fromkeys(drugs)))
    row = next(row for row in table("regimens")["regimens"] if row["id"] == id)
    return Regimen(id, tuple(name for drug in row["drugs"] for name in ingredients(drug)))


@cache
def regimen_name(id: str) -> str:
    """What a regimen is called; an id that no table holds is shown as it is.

    >>> regimen_name("tc"), regimen_name("ac_t"), regimen_name("folfox")
    ('TC', 'AC-T', 'FOLFOX')
    """
    known = vocabulary().concepts.get(id)
    if known is not None and known.kind == "regimens":
        return known.name
    return next((str(row["name"]) for row in table("regimens")["regimens"] if row["id"] == id), id)


@cache
def also_done(number: int) -> tuple[str, tuple[str, ...]]:
    """The operation of a row of surgeries.yaml, and those that it always holds."""
    row = table("surgeries")[number]
    return row["id"], tuple(row.get("also", ()))
