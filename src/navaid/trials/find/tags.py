"""What a study tests, as tags: the kind of cell therapy, the antigen it aims at, the drugs and classes it gives.

`cell:car_t`, `target:her2`, `drug:palbociclib`. The rules are data: cell_therapy.yaml, antigens.csv and the vocabulary.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

import msgspec

from navaid import vocabulary
from navaid.tables import load as load_table
from navaid.terms import Record, Study

_GIVEN = frozenset({"drugs", "drug_classes", "regimens", "therapies"})
_PRODUCT = re.compile(r"\d|^[A-Z0-9-]{3,}$")  # a code or a brand, which does not say what it is
_GIVES_CELLS = re.compile(
    r"(?i)\bcells?\b|infusion|adoptive|\bcultured\b|therapy of"
    r"|\b(?:TILs?|NK) (?:therapy|product)|\bof [\w-]+ \((?:TILs?|NK)\)"
)


class CellTherapy(Record, frozen=True):
    """A kind of cell therapy. With `given` its words count only where they name what is given: in an intervention, or
    in a title of a study that gives cells; a pathologist counts TILs too."""

    id: str
    name: str
    short: str
    words: tuple[str, ...]
    seen: tuple[str, ...]
    asked: tuple[str, ...] = ()
    given: bool = False

    def names(self, text: str) -> bool:
        """Whether a text speaks of this kind."""
        return any(pattern.search(text) for pattern in _compiled(self.words))


class Antigen(Record, frozen=True):
    """A target. `members` are drugs and classes of the vocabulary that aim at it, `populations` those who carry it.

    `words` is a pattern for what only registry records call it, empty where the vocabulary's forms are enough.
    """

    id: str
    members: tuple[str, ...]
    populations: tuple[str, ...]
    words: str
    source: str

    @property
    def name(self) -> str:
        return vocabulary.concept(self.id).name


def tags(study: Study) -> frozenset[str]:
    """The tags of a study."""
    cells = [f"cell:{kind}" for kind in cell_therapies(study)]
    drugs = set(_drugs(study))
    targets = _targets(study, drugs, of_cells=bool(cells))
    return frozenset((*cells, *(f"drug:{id_}" for id_ in drugs), *(f"target:{id_}" for id_ in targets)))


def cell_therapies(study: Study) -> tuple[str, ...]:
    """The kinds of cell therapy that a study gives, by id: of each name the first kind that fits."""
    given = [" ".join((it.name, *it.other_names)) for it in study.interventions]
    given += [arm.label for arm in study.arms]
    given += _introduced(study)
    found = dict.fromkeys(kind.id for text in given if (kind := _kind(text)))
    for title in (study.brief_title, study.official_title):
        kind = _kind(title)
        if kind and (not kind.given or _GIVES_CELLS.search(title)):
            found.setdefault(kind.id)
    if len(found) > 1:
        found.pop("car_other", None)
    if {"car_t", "car_nk", "tcr_t"} & found.keys():
        found.pop("t_cells", None)  # the same cells by a wider name
    return tuple(found)


def _introduced(study: Study) -> list[str]:
    """What the summary says a product is, right after its name: `LYL797, a ROR1-targeted CAR T-cell therapy`."""
    names = [re.escape(it.name) for it in study.interventions if _PRODUCT.search(it.name)]
    if not names:
        return []
    told = re.compile(rf"\b(?:{'|'.join(names)})(?:,| is| are|\s*\()([^.;]{{0,80}})")
    return [match[1] for match in told.finditer(study.brief_summary)]


def _kind(text: str) -> CellTherapy | None:
    return next((kind for kind in kinds().values() if kind.names(text)), None)


def _drugs(study: Study) -> Iterator[str]:
    """Concepts of the vocabulary that the interventions name; the titles where no intervention is recorded."""
    given = [text for it in study.interventions for text in (it.name, *it.other_names)]
    for mention in vocabulary.find(" ; ".join(given or (study.brief_title, study.official_title)), typos=False):
        if vocabulary.concept(mention.concept).kind in _GIVEN:
            yield mention.concept


def _targets(study: Study, drugs: Iterable[str], *, of_cells: bool) -> set[str]:
    """Antigens that the study names as what it aims at. The summary counts where cells are given: it says their aim."""
    texts = [study.brief_title, study.official_title, *study.keywords, *(arm.label for arm in study.arms)]
    texts += [text for it in study.interventions for text in (it.name, *it.other_names, it.description)]
    if of_cells:
        texts += [study.brief_summary, *(arm.description for arm in study.arms)]
    text = " ; ".join(texts)
    named = {mention.concept for mention in vocabulary.find(text, typos=False)}
    given = set(drugs) | {above for id_ in drugs for above in vocabulary.broader(id_)}
    return {
        antigen.id
        for antigen in antigens().values()
        if antigen.id in named
        or given & set(antigen.members)
        or (of_cells and named & set(antigen.populations))
        or (antigen.words and re.search(antigen.words, text))
    }


@cache
def kinds() -> dict[str, CellTherapy]:
    """The kinds of cell therapy by id, in the order in which they are tried."""
    text = resources.files(__package__).joinpath("cell_therapy.yaml").read_text("utf-8")
    return {kind.id: kind for kind in msgspec.convert(load_table(text), list[CellTherapy])}


@cache
def antigens() -> dict[str, Antigen]:
    """The target antigens by their id in the vocabulary."""
    text = resources.files(__package__).joinpath("antigens.csv").read_text("utf-8")
    several = {"members", "populations"}
    rows = (
        {name: tuple(filter(None, value.split("|"))) if name in several else value for name, value in row.items()}
        for row in csv.DictReader(text.splitlines())
    )
    return {antigen.id: antigen for antigen in msgspec.convert(list(rows), list[Antigen])}


@cache
def _compiled(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in words)
