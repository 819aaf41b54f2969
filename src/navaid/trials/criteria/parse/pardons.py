"""What lets pass: permissions, brackets that allow, and who is asked at all; which of it lifts what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from navaid.terms import CriterionType, Expression
from navaid.trials.criteria.parse.atom import Atom, asks, concepts, every, negated, some, unparsed
from navaid.trials.criteria.parse.clauses import LIFTS, Clause
from navaid.trials.criteria.parse.listed import all_of
from navaid.trials.criteria.parse.phrases import brackets

# Who may join at all: "women with stage II disease are eligible" asks, "those with treated brain metastases are" lets
# pass.
_ASKED_OF_ALL = (
    "cancer",
    "diagnosis",
    "histology",
    "stage",
    "setting",
    "er",
    "pr",
    "hr",
    "her2",
    "age",
    "sex",
    "gene",
    "cohort",
)
_TREATMENT = ("drug", "drug_class", "lines", "radiation", "surgery", "progression", "regimen", "resistance")
_PERSON = ("sex", "menopause", "age", "pregnancy")


def lifting(words: str, start: int, end: int, atoms: Sequence[Atom]) -> tuple[str, Sequence[Atom], list[Expression]]:
    """Brackets that let something pass ("adjuvant chemotherapy is allowed") taken out, and what they may lift."""
    lifted = []
    for low, high in list(brackets(words, start, end)):
        if LIFTS.search(words[low:high]) and not any(atom.start < low < atom.end for atom in atoms):
            lifted.append(unparsed(low, high))
            words = words[:low] + " " * (high - low) + words[high:]
            atoms = [atom for atom in atoms if not low <= atom.start < high]
    return words, atoms, lifted


def had_besides(atom: Atom) -> Atom:
    """Among exclusions, a cancer other than that of the breast is one that she had besides."""
    asked = atom.expression.predicate
    if not asked or asked.concept != "cancer" or "breast" in asked.values:
        return atom
    other = asks(atom.start, atom.end, "other_cancer", "had", *asked.values).expression
    return atom._replace(expression=other)


def one_kind(words: str, start: int, end: int, atoms: Sequence[Atom]) -> bool:
    """Whether a line is but the name of a kind that may join besides others: a cancer not of the breast, a type."""
    first = min((atom for atom in atoms if atom.start >= start), default=None, key=lambda atom: atom.start)
    asked = first.expression.predicate if first else None
    if not first or not asked or asked.concept not in ("cancer", "histology") or "breast" in asked.values:
        return False
    if asked.concept == "histology" and words[first.end : end].strip(" .,;"):
        return False
    return not re.search(
        r"\b(?:must|patients?|participants?|subjects?|diagnos\w+|confirmed|ha(?:s|ve))\b",
        words[start : first.start],
        re.I,
    )


def whole(asked: Sequence[Expression], lifted: Sequence[Expression], kind: CriterionType) -> Expression | None:
    """What is asked, and what may be let pass all the same: open, where that could be so."""
    if not asked:
        return unparsed(min(p.start for p in lifted), max(p.end for p in lifted)) if lifted else None
    whole = all_of(asked) if kind is CriterionType.INCLUSION else some(asked)
    for pardon in lifted:
        if not _touches(whole, pardon):
            continue
        perhaps = every([pardon, unparsed(pardon.start, pardon.end)])
        whole = some([whole, perhaps]) if kind is CriterionType.INCLUSION else every([whole, negated(perhaps)])
    return whole


def _touches(whole: Expression, pardon: Expression) -> bool:
    """Whether a permission may lift this: one on treatment does not lift what says nothing of treatment."""
    said, asked = concepts(pardon), concepts(whole)
    return not any(said and said <= set(group) and not asked & set(group) for group in (_TREATMENT, _PERSON))


def who_may_join(clause: Clause, atoms: Sequence[Atom]) -> bool:
    """Whether "… are eligible" says who may join at all, and so asks."""
    said = [name for a in atoms if clause.start <= a.start and a.end <= clause.end for name in concepts(a.expression)]
    return bool(said) and all(name in _ASKED_OF_ALL for name in said)
