"""What a person's words ask for: kinds of cell therapy, and things with all the names that records use for them."""

from __future__ import annotations

from navaid import vocabulary
from navaid.errors import BadInput
from navaid.terms import Record
from navaid.trials.find.index import WordIndex
from navaid.trials.find.tags import CellTherapy, antigens, kinds

_WIDER = frozenset({"cancer", "tumor", "clinical_trial"})
"""Concepts that every study here is about; their many names would only blur a search."""
_IDLE = frozenset("trial trials study studies clinical therapy treatment treatments test testing".split())


class Thing(Record, frozen=True):
    """One thing that was asked for: as the person wrote it, and its forms as the index has them."""

    written: str
    forms: tuple[tuple[str, ...], ...]


class Asked(Record, frozen=True):
    """`cells` are ids of kinds of cell therapy, `things` what else was asked for."""

    cells: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()


def asked(words: str, index: WordIndex) -> Asked:
    """What the words ask for. A drug or disease is looked for by every name of the vocabulary."""
    cells, things, at = [], [], 0
    for mention in vocabulary.find(words):
        if mention.start < at:
            continue
        things += _plain(words[at : mention.start], index)
        at = mention.end
        if kind := _kind(mention.concept):
            cells.append(kind.id)
        elif mention.concept in _WIDER:
            things += _plain(mention.text, index)
        else:
            forms = (mention.text, *vocabulary.forms(mention.concept))
            things.append(_thing(mention.text, forms, index))
    things += _plain(words[at:], index)
    return Asked(cells=tuple(dict.fromkeys(cells)), things=tuple(thing for thing in things if thing.forms))


def drug_tags(name: str) -> tuple[str, ...]:
    """The tags of studies that give a drug, or any drug of a class. Raises BadInput for a name that is no drug's."""
    known = [m.concept for m in vocabulary.find(name) if vocabulary.concept(m.concept).kind in _DRUG_TABLES]
    if not known:
        raise BadInput(
            f"no drug or class is known as {name[:60]!r}",
            where="--drug",
            fix=f'check the spelling, or search for it as a word: `navaid trials find "{name[:60]}"`',
        )
    return tuple(f"drug:{id_}" for id_ in (known[0], *vocabulary.narrower(known[0])))


_DRUG_TABLES = frozenset({"drugs", "drug_classes", "regimens", "therapies"})


def target_tag(name: str) -> str:
    """The tag of studies that aim at an antigen. Raises BadInput for one that the table does not hold."""
    for mention in vocabulary.find(name):
        for antigen in antigens().values():
            if mention.concept == antigen.id or mention.concept in antigen.populations:
                return f"target:{antigen.id}"
    names = ", ".join(antigen.name for antigen in antigens().values())
    raise BadInput(
        f"no target is known as {name[:60]!r}",
        where="--target",
        fix=f'one of {names}; or search for it as a word: `navaid trials find "{name[:60]}"`',
    )


def _kind(concept: str) -> CellTherapy | None:
    return next((kind for kind in kinds().values() if concept in kind.asked), None)


def _plain(words: str, index: WordIndex) -> list[Thing]:
    """Each word for itself; words that every study could say of itself are no thing that is asked for."""
    return [_thing(word, (word,), index) for word in words.split() if word.lower().strip(".,?!") not in _IDLE]


def _thing(written: str, forms: tuple[str, ...], index: WordIndex) -> Thing:
    words = (index.words(form) for form in forms)
    return Thing(written=written, forms=tuple(dict.fromkeys(found for found in words if found)))
