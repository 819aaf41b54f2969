"""From the words of a statement to its expression: items, sentences, permissions, exceptions, conditions, cohorts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from navaid.terms import Criterion, CriterionType, Expression, Logic
from navaid.trials.criteria.parse.above import asks_more, cohort, held_under, in_cohort
from navaid.trials.criteria.parse.atom import Atom, asks, concepts, every, moved, negated, some, unparsed
from navaid.trials.criteria.parse.clauses import EXCEPT, LIFTS, Clause, Sort, clauses, condition, refusal, sort, without_joins
from navaid.trials.criteria.parse.compose import all_of, apart, compose
from navaid.trials.criteria.parse.items import Block, Items, blocks
from navaid.trials.criteria.parse.phrases import brackets, hushed, mask
from navaid.trials.criteria.parse.readers import READERS

INCLUSION, EXCLUSION = CriterionType.INCLUSION, CriterionType.EXCLUSION

# Who may join at all: "women with stage II disease are eligible" asks; "women with treated brain metastases are" lets pass.
_ASKED_OF_ALL = ("cancer", "diagnosis", "histology", "stage", "setting", "er", "pr", "her2", "age", "sex", "gene", "cohort")
_TREATMENT = ("drug", "drug_class", "lines", "radiation", "surgery", "progression", "regimen", "resistance")
_PERSON = ("sex", "menopause", "age", "pregnancy")
# What a study wants to be there: "no measurable disease" as an exclusion means what it says.
_WANTED = ("measurable_disease", "evaluable_disease", "lab", "er", "pr", "her2", "gene", "antigen")
_DEMANDS = re.compile(r"\b(?:must|should|(?:is|are) required to|will need to|ha(?:s|ve) to)\b", re.IGNORECASE)
_PREFIX = re.compile(r"^\W*(?P<name>[^:.\n]{3,60}?)\s*:(?=\s)")
# "Part 1B and Part 1C (combination) locally advanced …": no colon between the part and what is asked.
_PART = r"(?:cohorts?|parts?|arms?|phases?|groups?|modules?|stratum|strata|sub-?stud(?:y|ies))"
_BARE_PREFIX = re.compile(
    rf"\W*(?:for\s+|in\s+)?(?P<name>{_PART}\s+(?-i:[A-Z0-9]{{1,3}}[a-z]?)(?![a-z])(?:\s*(?:,|and|or|&|/)\s*(?:{_PART}\s+)?(?-i:[A-Z0-9]{{1,3}}[a-z]?)(?![a-z]))*(?:\s*\([^)]*\))?)(?:\s+only)?[\s,:;–-]+",
    re.IGNORECASE,
)
_STARTS_NO = re.compile(r"^\W*(?:no|not|without|never|absence|none)\b", re.IGNORECASE)


def meaning(criterion: Criterion) -> Expression:
    """What this statement asks, spans counted in the eligibility text it stands in.

    For an exclusion it is what must not be so: `met` means that the exclusion applies.
    """
    return moved(_read(criterion.text, criterion.type, criterion.under), criterion.start)


@lru_cache(maxsize=4096)
def _read(text: str, kind: CriterionType, under: tuple[str, ...]) -> Expression:
    words = plain(text)
    atoms = apart([atom for read in READERS for atom in read(words)], 0, len(words))
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
    asked = some(parts) if block.says is Items.ANY else all_of(parts)
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
    if kind is EXCLUSION:
        atoms = [_before(atom) for atom in atoms]
    words, atoms, lifted = _lifting(words, start, end, atoms)
    quiet = mask(words, atoms)
    for low, high in brackets(words, start, end):
        quiet = quiet[:low] + " " * (high - low) + quiet[high:]
    asked: list[Expression] = []
    for clause in clauses(words, start, end, quiet):
        excepted = EXCEPT.search(quiet, clause.start, clause.end)
        what = sort(quiet[clause.start : excepted.start() if excepted else clause.end])
        if kind is EXCLUSION and what is Sort.ASKS and _DEMANDS.search(quiet, clause.start, clause.end):
            what = Sort.TELLS  # a demand among exclusions is none
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
    if whole and kind is INCLUSION and _one_kind(words, start, atoms):
        whole = some([whole, unparsed(start, end)])
    return in_cohort(whole, name, kind) if whole and name else whole


def _lifting(
    words: str, start: int, end: int, atoms: Sequence[Atom]
) -> tuple[str, Sequence[Atom], list[Expression]]:
    """Brackets that let something pass ("adjuvant chemotherapy is allowed") taken out, and what they may lift."""
    lifted = []
    for low, high in list(brackets(words, start, end)):
        if LIFTS.search(words[low:high]) and not any(atom.start < low < atom.end for atom in atoms):
            lifted.append(unparsed(low, high))
            words = words[:low] + " " * (high - low) + words[high:]
            atoms = [atom for atom in atoms if not low <= atom.start < high]
    return words, atoms, lifted


def _before(atom: Atom) -> Atom:
    """Among exclusions, a cancer other than that of the breast is one that she had besides."""
    asked = atom.expression.predicate
    if not asked or asked.concept != "cancer" or "breast" in asked.values:
        return atom
    other = asks(atom.start, atom.end, "other_cancer", "had", *asked.values).expression
    return atom._replace(expression=other)


def _one_kind(words: str, start: int, atoms: Sequence[Atom]) -> bool:
    """Whether a line is but the name of a cancer not of the breast: one of several kinds that may join."""
    first = min((atom for atom in atoms if atom.start >= start), default=None, key=lambda atom: atom.start)
    asked = first.expression.predicate if first else None
    if not first or not asked or asked.concept != "cancer" or "breast" in asked.values:
        return False
    return not re.search(r"\b(?:must|patients?|participants?|subjects?|diagnos\w+|confirmed|ha(?:s|ve))\b", words[start : first.start], re.I)


def _whole(asked: Sequence[Expression], lifted: Sequence[Expression], kind: CriterionType) -> Expression | None:
    """What is asked, and what may be let pass all the same: open, where that could be so."""
    if not asked:
        return unparsed(lifted[0].start, lifted[-1].end) if lifted else None
    whole = all_of(asked) if kind is INCLUSION else some(asked)
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
    if what is Sort.JOINS:
        words = without_joins(words, start, end)
    cut = EXCEPT.search(quiet, start, end)
    upto = cut.start() if cut else end
    if what is Sort.REFUSES:
        main = _refused(words, quiet, start, upto, atoms, kind)
    else:
        main = _conditional(words, quiet, start, upto, atoms, kind)
    if main is None:
        return unparsed(start, end) if cut else None
    if kind is EXCLUSION and _STARTS_NO.match(words[start:end]):
        main = _without(main, what)
    if not cut:
        return main
    spared = compose(words, cut.end(), end, atoms, INCLUSION) or unparsed(cut.start(), end)
    perhaps = every([spared, unparsed(cut.start(), end)])
    if kind is EXCLUSION:
        return every([main, negated(perhaps)])
    return some([main, perhaps])


def _refused(
    words: str, quiet: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType
) -> Expression | None:
    """ "Patients with X are not eligible", "must not have X": X is a list of which any one is enough to be refused."""
    first, last, begin, stop = refusal(quiet, start, end)
    main = _conditional(words, quiet, first, last, atoms, EXCLUSION)
    if main is None:
        return None
    others = [atom for atom in atoms if begin <= atom.start and atom.end <= stop]
    told = begin >= last and re.search(r"\b(?:if|when|who|with|within|for|until|only)\b", words[begin:stop])
    if kind is EXCLUSION:
        return every([main, unparsed(begin, stop)]) if others or told else main
    if begin < first and others:  # "those with Y must not have X"
        given = compose(words, begin, stop, atoms, INCLUSION) or unparsed(begin, stop)
        return some([negated(main), every([negated(given), unparsed(begin, stop)])])
    return negated(every([main, unparsed(begin, stop)]) if others or told else main)


def _without(main: Expression, what: Sort) -> Expression:
    """ "No X" among exclusions: what must not be missing, or an author who wrote a demand in the wrong list."""
    if what is Sort.REFUSES:  # "no X is allowed"
        return main.parts[0] if main.logic is Logic.NOT else unparsed(main.start, main.end)
    return main if concepts(main) and concepts(main) <= set(_WANTED) else unparsed(main.start, main.end)


def _conditional(
    words: str, quiet: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType
) -> Expression | None:
    found = condition(words, quiet, start, end)
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
    bare = _BARE_PREFIX.match(words, start, end)
    if bare and asks_more(bare["name"]):
        return name or " ".join(bare["name"].split()), bare.end()
    return name, start


def _is_step(name: str) -> bool:
    return bool(re.match(r"(?:(?:pre-?)?(?:registration|randomi[sz]ation|screening|enrol?lment)|step\s*\d)", name, re.I))
