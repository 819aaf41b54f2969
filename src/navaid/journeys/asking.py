"""From a question to a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from navaid import starter
from navaid.answers import answer as answers
from navaid.answers import beyond, compose, evidence, plan
from navaid.answers.triage import triage
from navaid.journeys.telling import Explain, silent
from navaid.library import Library
from navaid.starter import visits
from navaid.terms import Answer, Personal, Profile, Question, Section

if TYPE_CHECKING:
    from navaid.models.chat import ChatModel


def ask(
    library: Library,
    text: str,
    *,
    profile: Profile | None = None,
    papers: Mapping[str, str] | None = None,
    country: str | None = None,
    today: dt.date | None = None,
    explain: Explain = silent,
) -> Answer:
    """A question becomes a verified answer. Raises BadInput for a question that cannot be read.

    With a `profile` it is that person's: what is about others is folded away, with the reason in the words of their
    papers, whose names are `papers`. `country` (such as `US`) chooses the crisis lines.
    """
    question = plan.plan(text)
    explain("plan", question)
    urgent = triage(question.text, country)
    explain("triage", urgent)
    data = starter.load(library.folder)
    found = evidence.gather(library, data, question)
    explain("search", found)
    day, own = today or dt.date.today(), None
    if profile is None:
        draft = compose.compose(question, found, withheld=beyond.parts(question))
    else:
        draft, own = _for_person(data, question, found, profile, papers, day, explain)
    explain("compose", draft)
    list_ = visits.for_question(visits.load(data), found.topics)
    visit = list_.id if list_ else ""
    answer = answers.assemble(library, data, question, urgent, draft, day, visit, own)
    explain("verify", answer.verdicts)
    return answer


def first(text: str, *, country: str | None = None, today: dt.date | None = None) -> Answer:
    """What is known of an answer before anything is searched: its title, and what must be read first.

    Raises BadInput for a question that cannot be read.
    """
    question = plan.plan(text)
    return answers.first(question, triage(question.text, country), today or dt.date.today())


def _for_person(
    data: starter.Starter,
    question: Question,
    found: evidence.Evidence,
    profile: Profile,
    papers: Mapping[str, str] | None,
    day: dt.date,
    explain: Explain,
) -> tuple[compose.Draft, Personal]:
    """The draft for the person whose profile this is, and what the page says of them beside it."""
    from navaid.answers.personal import fit, made  # what a page without a profile need not wait for
    from navaid.trials.match.facts import Facts

    facts = Facts(profile, day, papers)
    fitted = fit.fit(question, found, facts, withheld=beyond.parts(question))
    explain("fit", (*fitted.fittings, *fitted.folded))
    own = made.personal(fitted, question, facts, data)
    explain("personal", own)
    return fitted.draft, own


def in_other_words(
    answer: Answer,
    model: ChatModel,
    *,
    plain: bool = False,
    language: str = "en",
    size: int = 4,
    explain: Explain = silent,
    on_batch: Callable[[int, int], None] = lambda done, total: None,
) -> Answer:
    """The answer with its sentences in plainer words, then in a language, where what the model says matches its source.

    A model that fails costs nothing but its own words: the answer then says so. Nothing of the question is sent.
    """
    from navaid.answers import rewrite, translate  # what only a page in other words has to wait for

    if plain:
        answer = rewrite.reword(answer, model, size=size, on_batch=on_batch)
        explain("reword", answer.rewordings[-1])
    if language != "en":
        answer = translate.translate(answer, model, language, size=size, on_batch=on_batch)
        explain("translate", answer.rewordings[-1:])
    return answer


def how_it_works(library: Library, topic: str, title: str, *, today: dt.date | None = None) -> Answer:
    """The verified page of the stages of a process: the sentences of this topic that tell one, in their order."""
    data = starter.load(library.folder)
    rows = next((one for one in data.topics if one.id == topic), None)
    told = tuple(one for one in starter.claims(rows).values() if one.step) if rows else ()
    section = Section(title="Step by step", claims=told)
    draft = compose.Draft(sections=(section,), corrections=(), unanswered=(), nearest=(), left_out=())
    question = Question(text=title, parts=())
    return answers.assemble(library, data, question, triage(""), draft, today or dt.date.today())
