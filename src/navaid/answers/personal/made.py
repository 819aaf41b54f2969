"""What a page says of the person beside its sentences: the facts that shaped it, the gaps, what to watch."""

from __future__ import annotations

from collections.abc import Iterable

from navaid import vocabulary
from navaid.answers.personal import gaps, watch
from navaid.answers.personal.because import because
from navaid.answers.personal.fit import Fitted
from navaid.starter import Starter
from navaid.terms import Personal, Question, Watched
from navaid.trials.match.facts import Facts


def personal(fitted: Fitted, question: Question, facts: Facts, data: Starter) -> Personal:
    """The personal part of an answer. Its claims are not verified yet; `answer.assemble` does so."""
    return Personal(
        profile=facts.profile.name,
        made=facts.today,
        fittings=fitted.fittings,
        folded=fitted.folded,
        because=because(fitted.fittings, facts),
        gaps=gaps.of_answer(fitted.fittings, facts, data),
        watched=tuple(_asked(watch.of(facts.profile, facts, data), question)),
    )


def _asked(watched: Iterable[Watched], question: Question) -> Iterable[Watched]:
    """Of the drugs that the person takes those that the question is about."""
    named = set(question.concepts)
    for one in watched:
        if named & {mention.concept for mention in vocabulary.find(one.drug.replace("_", " "), typos=False)}:
            yield one
