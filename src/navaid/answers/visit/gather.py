"""The questions for a visit, in order: what is open in the papers first, then what studies, answers and lists ask."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from navaid.answers.visit.settled import settled
from navaid.answers.visit.situation import fitting
from navaid.starter import Starter, visits
from navaid.starter.visits import Visit
from navaid.terms import (
    Answer,
    Applies,
    Citation,
    Expression,
    Facet,
    Fit,
    Gap,
    Judgement,
    Label,
    Match,
    Origin,
    Record,
    VisitItem,
)
from navaid.trials.match.facts import Facts

_OF_LIST = (8, 5, 3)  # questions of the first, second and third list
_OF_TRIALS = 6
_OF_ANSWER = 3  # questions to ask that one answer shows
_BRING = 3  # things to bring that one list names
_ALIKE = 0.75  # shared part of the words of two questions that are one
_NAMED = 2  # studies named in one question
_SMALL = frozenset(
    "a an and any are at be can could do does did for from has have how i if in is it me my of on or our should that "
    "the this to was we what when which who will with would you your".split()
)


class Gathered(Record, frozen=True):
    """The questions in order, the lists that some are from, and what those say to take along."""

    items: tuple[VisitItem, ...]
    lists: tuple[str, ...]
    bring: tuple[str, ...]


def gather(
    facts: Facts, gaps: Sequence[Gap], matches: Iterable[Match], answers: Iterable[Answer], data: Starter
) -> Gathered:
    """What to ask, first what would change the next decision; of questions that say the same, the first is kept.

    `gaps` come with what papers disagree on, the most weighty first, and keep their order.
    """
    lists = _lists(facts, data)
    answers = tuple(answers)
    of_answers = (gap for answer in answers if answer.personal for gap in answer.personal.gaps)
    opened = [*gaps, *(gap for gap in of_answers if not facts.fields(gap.concept))]  # papers may have come since
    every = [*map(_of_gap, opened), *_of_trials(matches, opened), *_of_answers(answers), *_of_lists(lists, facts)]
    bring = dict.fromkeys(thing for list_ in lists for thing in list_.bring[:_BRING])
    return Gathered(items=tuple(_merged(every)), lists=tuple(list_.id for list_ in lists), bring=tuple(bring))


def _lists(facts: Facts, data: Starter) -> list[Visit]:
    held = {list_.id: list_ for list_ in visits.load(data)}
    return [held[id_] for id_ in fitting(facts)]


def _merged(items: Sequence[VisitItem]) -> Iterator[VisitItem]:
    seen: list[tuple[str, frozenset[str]]] = []
    for item in items:
        words = _words(item.text)
        ids = {item.id, _test(item)}
        if any(id_ in ids or _alike(words, other) for id_, other in seen):
            continue
        seen += [(id_, words) for id_ in ids]
        yield item


def _test(item: VisitItem) -> str:
    """One name for all that one test gave: papers that disagree on its staining disagree on its level as well."""
    return f"{item.origin}.{item.about.partition('.')[0]}" if item.origin is Origin.CONFLICT else item.id


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = one | other
    return not both or len(one & other) / len(both) >= _ALIKE


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - _SMALL


# --------------------------------------------------------------------------- one kind of question each


def _of_gap(gap: Gap) -> VisitItem:
    conflict = gap.id.startswith("conflict.")
    why = gap.why[0] if gap.why else None
    return VisitItem(
        id=gap.id if conflict else f"gap.{gap.id.removeprefix('gap.')}",
        text=gap.ask,
        origin=Origin.CONFLICT if conflict else Origin.GAP,
        why=why.text if why else "",
        words=gap.said,
        about=gap.concept,
        citations=why.citations if why else (),
    )


def _of_trials(matches: Iterable[Match], gaps: Sequence[Gap]) -> Iterator[VisitItem]:
    """What studies leave open: what stands alone between the person and a study comes first."""
    known = {gap.concept for gap in gaps}
    asked: dict[str, list[Match]] = {}
    for match in matches:
        if match.verdict is Fit.DOES_NOT_FIT:
            continue
        for judgement in match.judgements:
            if _is_open(judgement) and not _concepts(judgement.criterion.expression) & known:
                asked.setdefault(judgement.question, []).append(match)
    weight = {question: sum(1 / max(1, match.unknown) for match in of) for question, of in asked.items()}
    for question in sorted(asked, key=lambda each: -weight[each])[:_OF_TRIALS]:
        studies = list(dict.fromkeys(match.nct_id for match in asked[question]))
        more = f" and {len(studies) - _NAMED} more" if len(studies) > _NAMED else ""
        named = ", ".join(studies[:_NAMED]) + more
        yield VisitItem(
            id=f"trial.{_short(question)}",
            text=f"{'A study' if len(studies) == 1 else 'Studies'} that I kept ({named}): {question} Can you tell me?",
            origin=Origin.TRIAL,
            why="Whether the study may fit hangs on it.",
            about=", ".join(studies),
        )


def _is_open(judgement: Judgement) -> bool:
    return judgement.label is Label.UNKNOWN and bool(judgement.question)


def _concepts(expression: Expression | None) -> set[str]:
    if expression is None:
        return set()
    own = {expression.predicate.concept} if expression.predicate else set()
    return own.union(*(_concepts(part) for part in expression.parts))


def _of_answers(answers: Iterable[Answer]) -> Iterator[VisitItem]:
    """What a kept answer left open, and the questions that it says to ask and that are for this person."""
    for answer in answers:
        for part in answer.unanswered:
            yield VisitItem(
                id=f"answer.{_short(part)}",
                text=part if part.endswith("?") else f"{part}?",
                origin=Origin.ANSWER,
                why="I asked this, and no source could answer it for me.",
                about=answer.id,
            )
        asks = [c for c in answer.claims if c.facet is Facet.QUESTION_TO_ASK and _is_for(answer, c.id)]
        for claim in asks[:_OF_ANSWER]:
            yield VisitItem(
                id=f"claim.{claim.id}",
                text=claim.text,
                origin=Origin.ANSWER,
                why=f"From my question: {answer.question.text}",
                about=answer.id,
            )


def _is_for(answer: Answer, claim: str) -> bool:
    fitting_ = answer.personal.of(claim) if answer.personal else None
    return fitting_ is None or fitting_.applies is not Applies.DOES_NOT_APPLY


def _of_lists(lists: Sequence[Visit], facts: Facts) -> Iterator[VisitItem]:
    for list_, most in zip(lists, _OF_LIST, strict=False):
        every = [question for group in list_.groups for question in group.questions]
        questions = [question for question in every if not settled(question.text, facts)]
        for question in questions[:most]:
            yield VisitItem(
                id=f"claim.{question.claim}" if question.claim else f"list.{_short(question.text)}",
                text=question.text,
                origin=Origin.LIST,
                why=question.why,
                about=list_.id,
                citations=tuple(
                    Citation(document=cite.source, locator=cite.at, checked=cite.checked) for cite in question.cites
                ),
            )


def _short(text: str) -> str:
    """The same few letters for the same words each time."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:10]


def own(text: str) -> VisitItem:
    """A question that the person wrote."""
    return replace(VisitItem(id=f"own.{_short(text)}", text=text, origin=Origin.OWN), edited=True)
