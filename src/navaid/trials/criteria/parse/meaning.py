"""From the words of a statement to its expression: clauses, permissions, exceptions, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from navaid.terms import Criterion, CriterionType, Expression
from navaid.trials.criteria.parse.atom import Atom, every, negated, some, unparsed
from navaid.trials.criteria.parse.compose import compose
from navaid.trials.criteria.parse.readers import READERS

_CLAUSE_END = re.compile(r"(?<![A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)[.](?=\s+[A-Z(\[]|\s*$)|;|\n")
# A sentence that lets something pass asks nothing; in an exclusion it may lift it.
_PERMITS = re.compile(
    r"\b(?:(?:is|are|will be|may be|would be)\s+(?:also\s+)?"
    r"(?:allowed|permitted|acceptable|eligible|not excluded|not exclusionary)"
    r"|(?:may|can)\s+(?:be\s+)?(?:enroll(?:ed)?|participate|included|have|receive|continue)"
    r"|(?:is|are) not (?:required|considered|an exclusion)|(?:allowed|permitted|acceptable)\s*$)",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"^\s*(?:note\s*:|n\.?b\.?)|\b(?:is|are) defined (?:as|by)\b"
    r"|\b(?:according to|as per|per) (?:the )?(?:latest |current )?(?:ASCO|CAP|RECIST)",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"[,;(]?\s*\b(?:unless|except(?:ing|ion)?(?: for| of| that)?|with the exceptions? of|exceptions?\s*:|other than"
    r"|excluding|apart from|aside from)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^\s*(?:if|for (?:patients|participants|subjects|women|men|those)|in (?:patients|participants|subjects))\b",
    re.IGNORECASE,
)


def meaning(criterion: Criterion) -> Expression:
    """What this statement asks, spans counted in the eligibility text it stands in.

    For an exclusion it is what must not be so: `met` means that the exclusion applies.
    """
    words = plain(criterion.text)
    atoms = [atom for read in READERS for atom in read(words)]
    asked: list[Expression] = []
    lifted: list[Expression] = []
    for start, end in _clauses(words):
        clause = words[start:end]
        if _PERMITS.search(clause):
            lifted.append(unparsed(start, end))
        elif not (_DEFINES.search(clause) and asked):
            asked += filter(None, [_clause(words, start, end, atoms, criterion.type)])
    expression = _whole(asked, lifted, criterion.type) or unparsed(0, len(words))
    return _moved(expression, criterion.start)


def plain(text: str) -> str:
    """The words without the registry's escapes and marks, letter for letter in the same place."""
    return re.sub(r"[\\*_#]", " ", text)


def _clauses(words: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _CLAUSE_END.finditer(words):
        if words[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if words[at:].strip():
        yield at, len(words)


def _whole(asked: Sequence[Expression], lifted: Sequence[Expression], kind: CriterionType) -> Expression | None:
    if not asked:
        return None
    if kind is CriterionType.INCLUSION:
        return every(asked)
    whole = some(asked)
    return every([whole, *lifted]) if lifted else whole  # what may be lifted is open even where it applies


def _clause(words: str, start: int, end: int, atoms: Iterable[Atom], kind: CriterionType) -> Expression | None:
    atoms = list(atoms)
    cut = _EXCEPT.search(words, start, end)
    if not cut:
        expression = compose(words, start, end, atoms, kind)
        if expression and _WHEN.match(words[start:end]):
            return some([expression, unparsed(start, end)])  # asked of some only
        return expression
    main = compose(words, start, cut.start(), atoms, kind)
    spared = compose(words, cut.end(), end, atoms, kind) or unparsed(cut.start(), end)
    if main is None:
        return unparsed(start, end)
    if kind is CriterionType.EXCLUSION:
        return every([main, negated(some([spared, unparsed(cut.start(), end)]))])
    return some([main, every([spared, unparsed(cut.start(), end)])])


def _moved(expression: Expression, by: int) -> Expression:
    return Expression(
        logic=expression.logic,
        start=expression.start + by,
        end=expression.end + by,
        parts=tuple(_moved(part, by) for part in expression.parts),
        predicate=expression.predicate,
    )
