"""A personal page as a list with two sides: each sentence, and what the person's papers say to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from navaid.answers.render.mine import label_of
from navaid.answers.render.page import Others, Page, Part, Sentence, Steps, Table
from navaid.answers.render.safe import line
from navaid.terms import Answer, Applies


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence and how it stands to the person, in a word and in a few.

    `whom` says whom it is about, `papers` what the person's papers say to that.
    """

    sentence: Sentence
    applies: Applies
    label: str
    whom: str
    papers: tuple[str, ...]


def sides(answer: Answer, page: Page) -> tuple[Side, ...]:
    """Every sentence of the page once, in its order; those that are about others come last."""
    personal = answer.personal
    if personal is None:
        return ()
    about = {page.words.personal.about.format(whom=line(one.population)) for one in personal.fittings if one.population}
    claims = (*answer.corrections, *answer.claims, *answer.nearest)
    fittings = ((personal.of(claim.id), claim.facet) for claim in claims)
    stands = {label_of(one, page.words, facet): one.applies for one, facet in fittings if one}
    found = [_side(s, stands.get(s.fits, Applies.GENERAL), s.why, about) for s in _sentences(page)]
    if page.mine and page.mine.folded:
        for block in page.mine.folded.blocks:
            for other in block.others if isinstance(block, Others) else ():
                found += [_side(s, Applies.DOES_NOT_APPLY, other.why, about) for s in other.sentences]
    once = {side.sentence.text: side for side in reversed(found)}
    return tuple(side for side in found if once.get(side.sentence.text) is side)


def _side(sentence: Sentence, applies: Applies, why: tuple[str, ...], about: set[str]) -> Side:
    whom = why[0] if why and why[0] in about else ""
    return Side(replace(sentence, fits="", why=()), applies, sentence.fits, whom, why[1:] if whom else why)


def _sentences(page: Page) -> Iterator[Sentence]:
    for part in (page.corrections, *page.parts):
        yield from _of_part(part) if part else ()


def _of_part(part: Part) -> Iterator[Sentence]:
    for block in part.blocks:
        if isinstance(block, Steps):
            yield from (sentence for step in block.steps for sentence in step.sentences)
        elif isinstance(block, Table):
            yield from (sentence for row in block.rows for cell in row.cells for sentence in cell)
        elif block.kind in ("prose", "checklist"):
            yield from block.sentences
