"""From a statement to its expression: its lines, how they hang together, the headings above. Start at `meaning`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from navaid.terms import Criterion, CriterionType, Expression, Logic
from navaid.trials.criteria.parse.above import held_under, in_cohort, led
from navaid.trials.criteria.parse.atom import Atom, every, moved, negated, some, unparsed
from navaid.trials.criteria.parse.compose import apart
from navaid.trials.criteria.parse.items import Block, Items, blocks
from navaid.trials.criteria.parse.listed import all_of, possible
from navaid.trials.criteria.parse.phrases import hushed
from navaid.trials.criteria.parse.prefix import named_part
from navaid.trials.criteria.parse.readers import READERS
from navaid.trials.criteria.parse.readers.person import DUTY
from navaid.trials.criteria.parse.sentences import statement

INCLUSION, EXCLUSION = CriterionType.INCLUSION, CriterionType.EXCLUSION


def meaning(criterion: Criterion) -> Expression:
    """What this statement asks, spans counted in the eligibility text it stands in.

    For an exclusion it is what must not be so: `met` means that the exclusion applies.
    """
    return moved(_read(criterion.text, criterion.type, criterion.under), criterion.start)


@lru_cache(maxsize=4096)
def _read(text: str, kind: CriterionType, under: tuple[str, ...]) -> Expression:
    words = plain(text)
    atoms = apart([_of_kind(atom, kind) for read in READERS for atom in read(words)], 0, len(words))
    if not atoms:  # most statements, and the quick way out
        return unparsed(0, len(words))
    words = hushed(words, atoms)
    block = blocks(text)
    expression = _block(words, block, atoms, kind) or unparsed(0, len(words))
    if kind is INCLUSION:
        expression = possible(expression)
    return held_under(expression, under, kind)


def _of_kind(atom: Atom, kind: CriterionType) -> Atom:
    """An atom as it counts here: what some must do ("women of childbearing potential must") excludes nobody."""
    if kind is EXCLUSION and atom.family == DUTY:
        return atom._replace(expression=unparsed(atom.start, atom.end))
    return atom


def plain(text: str) -> str:
    """The words without the registry's escapes and marks, letter for letter in the same place."""
    return re.sub(r"[\\*_#]", " ", text)


def _block(words: str, block: Block, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """A line with the items below it, each parsed by itself."""
    name, _ = named_part(words, block.start, block.end) if block.items else ("", 0)
    whole = _lines(words, block, atoms, kind)
    return in_cohort(whole, name, kind) if whole and name else whole


def _lines(words: str, block: Block, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    lead = statement(words, block.start, block.end, atoms, kind)
    if not block.items or block.says is Items.TOLD:
        return lead
    if not block.heads and block.says is not Items.ANY:  # lines that go on: more sentences on the same matter
        if kind is INCLUSION:
            return statement(words, block.start, block.last, atoms, kind)
        more = unparsed(block.items[0].start, block.last)
        return more if lead is None else every([lead, more])
    below = (block.items[0].start, block.items[-1].last)
    if block.says is Items.OPEN:
        open_items = unparsed(*below)
        return open_items if lead is None else _joined(lead, open_items, kind, block.says)
    parts = [_block(words, item, atoms, kind) or unparsed(item.start, item.last) for item in block.items]
    asked = some(parts) if block.says is Items.ANY else all_of(parts)
    if block.says is Items.DENIED:
        asked = negated(some(parts)) if kind is INCLUSION else some(parts)
    if lead is None or (lead.logic is Logic.UNPARSED and block.heads):
        return led(asked, words[block.start : block.end], kind)
    return _joined(lead, asked, kind, block.says)


def _joined(lead: Expression, items: Expression, kind: CriterionType, says: Items) -> Expression:
    if says is Items.OPEN and kind is INCLUSION:
        return (
            some([lead, every([items, unparsed(lead.start, items.end)])])
            if lead.logic is Logic.NOT
            else every([lead, items])
        )
    return every([lead, items])
