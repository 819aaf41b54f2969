"""The sentences of a statement: what each asks, denies or lets pass, with its exceptions and conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from navaid.terms import CriterionType, Expression, Logic
from navaid.trials.criteria.parse.above import in_cohort
from navaid.trials.criteria.parse.atom import Atom, concepts, every, negated, some, unparsed
from navaid.trials.criteria.parse.clauses import (
    DEFINED,
    EXCEPT,
    Clause,
    Sort,
    clauses,
    condition,
    refusal,
    sort,
    without_joins,
)
from navaid.trials.criteria.parse.compose import compose
from navaid.trials.criteria.parse.pardons import had_besides, lifting, one_kind, who_may_join, whole
from navaid.trials.criteria.parse.phrases import brackets, mask
from navaid.trials.criteria.parse.prefix import named_part
from navaid.vocabulary.matching import lower

INCLUSION, EXCLUSION = CriterionType.INCLUSION, CriterionType.EXCLUSION

# What a study wants to be there: "no measurable disease" as an exclusion means what it says.
_WANTED = ("measurable_disease", "evaluable_disease", "lab", "er", "pr", "hr", "her2", "gene", "antigen")
_DEMANDS = re.compile(r"\b(?:must|should|(?:is|are) required to|will need to|ha(?:s|ve) to)\b", re.IGNORECASE)
# A definition that departs from the usual one: receptors of up to 10 % counted as negative.
_TENTH = re.compile(r"10\s?%")
_STARTS_NO = re.compile(r"^\W*(?:no|not|without|never|absence|none)\b", re.IGNORECASE)


def statement(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """The sentences of a line together; None where they say nothing that could be asked."""
    name, start = named_part(words, start, end)
    if kind is EXCLUSION:
        atoms = [had_besides(atom) for atom in atoms]
    words, atoms, lifted = lifting(words, start, end, atoms)
    quiet = _quiet(words, start, end, atoms)
    asked: list[Expression] = []
    for clause in clauses(words, start, end, quiet):
        what, clause = _sorted(words, quiet, clause, kind, bool(asked))
        if what is Sort.JOINS and (asked or not who_may_join(clause, atoms)):
            what = Sort.ALLOWS
        if what in (Sort.ALLOWS, Sort.ALSO_JOINS):
            said = compose(words, clause.start, clause.end, atoms, INCLUSION)
            lifted.append(said or unparsed(clause.start, clause.end))
        elif what is Sort.TELLS:
            if not asked or _TENTH.search(words, clause.start, clause.end):
                asked.append(unparsed(clause.start, clause.end))
        elif expression := _clause(words, quiet, clause, atoms, kind, what):
            asked = _joined(asked, expression, clause, kind)
    together = whole(asked, lifted, kind)
    if together and kind is INCLUSION and one_kind(words, start, end, atoms):
        together = some([together, unparsed(start, end)])
    return in_cohort(together, name, kind) if together and name else together


def _quiet(words: str, start: int, end: int, atoms: Sequence[Atom]) -> str:
    """The words in lower case without atoms and brackets: where cues are looked for."""
    quiet = lower(mask(words, atoms))
    for low, high in brackets(words, start, end):
        quiet = quiet[:low] + " " * (high - low) + quiet[high:]
    return quiet


def _sorted(words: str, quiet: str, clause: Clause, kind: CriterionType, more: bool) -> tuple[Sort, Clause]:
    """What a clause does, and what of it is asked; `more`: it is not the first."""
    excepted = EXCEPT.search(quiet, clause.start, clause.end)
    what = sort(quiet[clause.start : excepted.start() if excepted else clause.end])
    if kind is EXCLUSION and what is Sort.ASKS and _DEMANDS.search(words, clause.start, clause.end):
        return Sort.TELLS, clause  # a demand among exclusions is none
    if what is Sort.TELLS and not more:
        told = DEFINED.search(quiet, clause.start, clause.end)
        if told and not _TENTH.search(words, told.end(), clause.end):  # "postmenopausal, defined as …"
            return Sort.ASKS, replace(clause, end=told.start())
    return what, clause


def _joined(asked: list[Expression], last: Expression, clause: Clause, kind: CriterionType) -> list[Expression]:
    """A further clause: beside those before, or an alternative to the last of them (or to all of a list)."""
    if not asked or not clause.alternative:
        return [*asked, last]
    if clause.listed and kind is INCLUSION:
        return [some([every(asked), last])]
    return [*asked[:-1], some([asked[-1], last])]


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
        if _DEMANDS.search(words, begin, stop):  # "must have had X but may not have had Y"
            return every([given, negated(main)])
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
    given = compose(words, *found.given, atoms, INCLUSION) or unparsed(*found.given)
    asked = compose(words, *found.asked, atoms, kind)
    if asked is None:
        return unparsed(start, end)
    if kind is EXCLUSION:
        return every([asked, given, unparsed(*found.given)])
    # "Those with X must have Y" may also ask for X: whoever has not X is left open.
    met = every([given, asked]) if found.who else asked
    return some([met, every([negated(given), unparsed(*found.given)])])
