"""From the words of a statement to its expression: items, sentences, permissions, exceptions, conditions, cohorts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from navaid.terms import Criterion, CriterionType, Expression, Logic
from navaid.trials.criteria.parse.above import asks_more, cohort, held_under, in_cohort
from navaid.trials.criteria.parse.atom import Atom, concepts, every, moved, negated, some, unparsed
from navaid.trials.criteria.parse.clauses import EXCEPT, Clause, Sort, clauses, condition, sort, without_cue
from navaid.trials.criteria.parse.compose import compose
from navaid.trials.criteria.parse.items import Block, Items, blocks
from navaid.trials.criteria.parse.phrases import hushed, mask
from navaid.trials.criteria.parse.readers import READERS

INCLUSION, EXCLUSION = CriterionType.INCLUSION, CriterionType.EXCLUSION

# Who may join at all: "women with stage II disease are eligible" asks; "women with treated brain metastases are" lets pass.
_ASKED_OF_ALL = ("cancer", "diagnosis", "histology", "stage", "setting", "er", "pr", "her2", "age", "sex", "gene", "cohort")
_TREATMENT = ("drug", "drug_class", "lines", "radiation", "surgery", "progression", "regimen", "resistance")
_PERSON = ("sex", "menopause", "age", "pregnancy")
# What a study wants to be there: "no measurable disease" as an exclusion means what it says.
_WANTED = ("measurable_disease", "evaluable_disease", "lab", "er", "pr", "her2", "gene", "antigen")
_PREFIX = re.compile(r"^\W*(?P<name>[^:.\n]{3,60}?)\s*:(?=\s)")
_STARTS_NO = re.compile(r"^\W*(?:no|not|without|never|absence|none)\b", re.IGNORECASE)


def meaning(criterion: Criterion) -> Expression:
    """What this statement asks, spans counted in the eligibility text it stands in.

    For an exclusion it is what must not be so: `met` means that the exclusion applies.
    """
    return moved(_read(criterion.text, criterion.type, criterion.under), criterion.start)


@lru_cache(maxsize=4096)
def _read(text: str, kind: CriterionType, under: tuple[str, ...]) -> Expression:
    words = plain(text)
    atoms = [atom for read in READERS for atom in read(words)]
    if not atoms:  # most statements, and the quick way out
        return unparsed(0, len(words))
    words = hushed(words, atoms)
    block = blocks(text)
    expression = _block(words, block, atoms, kind) or unparsed(0, len(words))
    return held_under(expression, under, kind)


def plain(text: str) -> str:
    """The words without the registry's escapes and marks, letter for letter in the same place."""
    return re.sub(r"[\\*_#]", " ", text)


def _block(words: str, block: Block, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """A line with the items below it, each parsed by itself."""
    lead = _statement(words, block.start, block.end, atoms, kind)
    if not block.items or block.says is Items.TOLD:
        return lead
    below = (block.items[0].start, block.items[-1].last)
    if block.says is Items.OPEN:
        open_items = unparsed(*below)
        return open_items if lead is None else _joined(lead, open_items, kind, block.says)
    parts = [_block(words, item, atoms, kind) or unparsed(item.start, item.last) for item in block.items]
    asked = some(parts) if block.says is Items.ANY else every(parts)
    if block.says is Items.DENIED:
        asked = negated(some(parts)) if kind is INCLUSION else some(parts)
    if lead is None or lead.logic is Logic.UNPARSED and block.heads:
        return asked
    return _joined(lead, asked, kind, block.says)


def _joined(lead: Expression, items: Expression, kind: CriterionType, says: Items) -> Expression:
    if says is Items.OPEN and kind is INCLUSION:
        return some([lead, every([items, unparsed(lead.start, items.end)])]) if lead.logic is Logic.NOT else every([lead, items])
    return every([lead, items])


def _statement(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """The sentences of a line together."""
    name, start = _cohort(words, start, end)
    quiet = mask(words, atoms)
    asked: list[Expression] = []
    lifted: list[Expression] = []
    for clause in clauses(words, start, end, quiet):
        what = sort(quiet[clause.start : clause.end])
        if what is Sort.JOINS and (asked or not _who_may_join(clause, atoms)):
            what = Sort.ALLOWS
        if what in (Sort.ALLOWS, Sort.ALSO_JOINS):
            lifted.append(compose(words, clause.start, clause.end, atoms, INCLUSION) or unparsed(clause.start, clause.end))
            continue
        if what is Sort.TELLS:
            if not asked or "10" in words[clause.start : clause.end]:
                asked.append(unparsed(clause.start, clause.end))
            continue
        expression = _clause(words, quiet, clause, atoms, kind, what)
        if expression is None:
            continue
        if asked and clause.alternative:
            before = every(asked) if clause.listed and kind is INCLUSION else asked[-1]
            kept = [] if clause.listed and kind is INCLUSION else asked[:-1]
            asked = [*kept, some([before, expression])]
        else:
            asked.append(expression)
    whole = _whole(asked, lifted, kind)
    return in_cohort(whole, name, kind) if whole and name else whole


def _whole(asked: Sequence[Expression], lifted: Sequence[Expression], kind: CriterionType) -> Expression | None:
    """What is asked, and what may be let pass all the same: open, where that could be so."""
    if not asked:
        return unparsed(lifted[0].start, lifted[-1].end) if lifted else None
    whole = every(asked) if kind is INCLUSION else some(asked)
    for pardon in lifted:
        if not _touches(whole, pardon):
            continue
        perhaps = every([pardon, unparsed(pardon.start, pardon.end)])
        whole = some([whole, perhaps]) if kind is INCLUSION else every([whole, negated(perhaps)])
    return whole


def _touches(whole: Expression, pardon: Expression) -> bool:
    """Whether a permission may lift this: one on treatment does not lift what says nothing of treatment."""
    said, asked = concepts(pardon), concepts(whole)
    for group in (_TREATMENT, _PERSON):
        if said and said <= set(group) and not asked & set(group):
            return False
    return True


def _who_may_join(clause: Clause, atoms: Sequence[Atom]) -> bool:
    said = [name for a in atoms if clause.start <= a.start and a.end <= clause.end for name in concepts(a.expression)]
    return bool(said) and all(name in _ASKED_OF_ALL for name in said)


def _clause(
    words: str, quiet: str, clause: Clause, atoms: Sequence[Atom], kind: CriterionType, what: Sort
) -> Expression | None:
    start, end = clause.start, clause.end
    if what in (Sort.REFUSES, Sort.JOINS):
        words = without_cue(words, start, end) if what is Sort.JOINS else _refused(words, quiet, start, end)
    cut = EXCEPT.search(quiet, start, end)
    upto = cut.start() if cut else end
    # What is refused is a list of which any one is enough, like an exclusion.
    main = _conditional(words, quiet, start, upto, atoms, EXCLUSION if what is Sort.REFUSES else kind)
    if main is None:
        return unparsed(start, end) if cut else None
    if what is Sort.REFUSES and kind is INCLUSION:
        main = negated(main)
    elif kind is EXCLUSION and _STARTS_NO.match(words[start:end]):
        main = _without(main, what)
    if not cut:
        return main
    spared = compose(words, cut.end(), end, atoms, INCLUSION) or unparsed(cut.start(), end)
    perhaps = every([spared, unparsed(cut.start(), end)])
    if kind is EXCLUSION:
        return every([main, negated(perhaps)])
    return some([main, perhaps])


def _refused(words: str, quiet: str, start: int, end: int) -> str:
    """The words of what is refused; cues inside atoms are left alone."""
    hidden = without_cue(quiet, start, end)
    said = "".join(w if q == h else " " for w, q, h in zip(words[start:end], quiet[start:end], hidden[start:end], strict=True))
    return words[:start] + said + words[end:]


def _without(main: Expression, what: Sort) -> Expression:
    """ "No X" among exclusions: what must not be missing, or an author who wrote a demand in the wrong list."""
    if what is Sort.REFUSES:  # "no X is allowed"
        return main.parts[0] if main.logic is Logic.NOT else unparsed(main.start, main.end)
    return main if concepts(main) and concepts(main) <= set(_WANTED) else unparsed(main.start, main.end)


def _conditional(
    words: str, quiet: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType
) -> Expression | None:
    found = condition(quiet, start, end)
    if found is None:
        return compose(words, start, end, atoms, kind)
    first, last, begin, stop = found
    given = compose(words, first, last, atoms, INCLUSION) or unparsed(first, last)
    asked = compose(words, begin, stop, atoms, kind)
    if asked is None:
        return unparsed(start, end)
    if kind is EXCLUSION:
        return every([asked, given, unparsed(first, last)])
    return some([asked, every([negated(given), unparsed(first, last)])])


def _cohort(words: str, start: int, end: int) -> tuple[str, int]:
    """The part of the study named before the statement ("COHORT B:"), and where the statement begins behind it."""
    name = ""
    while prefix := _PREFIX.match(words[start:end]):
        this = cohort(prefix["name"])
        if not this and not _is_step(prefix["name"]) and asks_more(prefix["name"]):
            break
        name, start = name or this, start + prefix.end()
    return name, start


def _is_step(name: str) -> bool:
    return bool(re.match(r"(?:(?:pre-?)?(?:registration|randomi[sz]ation|screening|enrol?lment)|step\s*\d)", name, re.I))
