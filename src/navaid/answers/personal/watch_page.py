"""The page of the side-effect watch: what needs help at once stands first, then whom to call, then drug by drug."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from navaid.answers.compose import Draft
from navaid.answers.personal.watch import whom_to_call
from navaid.answers.personal.watch_rows import first, titles
from navaid.starter import Starter
from navaid.terms import Claim, Personal, Profile, Question, Section, Watched


def question(watched: Sequence[Watched]) -> Question:
    """The question that the page answers."""
    text = titles()["question"].format(drugs=", ".join(one.drug for one in watched))
    return Question(text=text, parts=(text,))


def draft(watched: Sequence[Watched], data: Starter) -> Draft:
    """The sentences of the page, each once however many drugs it belongs to; not verified yet."""
    return Draft(sections=tuple(_sections(watched, data)), corrections=(), unanswered=(), nearest=(), left_out=())


def personal(watched: Sequence[Watched], profile: Profile | None) -> Personal | None:
    """Whose page it is, and for each drug the words of the papers; nobody's without a profile."""
    if profile is None:
        return None
    because = tuple(f"{one.drug}: {one.because}" for one in watched)
    return Personal(profile=profile.name, made=profile.made, because=because)


def _sections(watched: Sequence[Watched], data: Starter) -> Iterator[Section]:
    named = titles()
    now = {claim.id: claim for one in watched for claim in one.now}
    order = [id_ for id_ in (*first(), *now) if id_ in now]
    yield Section(title=named["now"], claims=tuple(now[id_] for id_ in dict.fromkeys(order)))
    yield Section(title=named["whom"], claims=whom_to_call(watched, data))
    counted = Counter(c.id for one in watched for c in (*one.call, *one.expect))
    shared = {id_ for id_, count in counted.items() if count > 1}
    for part in ("call", "expect"):
        every = {c.id: c for one in watched for c in _part(one, part) if c.id in shared}
        yield Section(title=named[part].format(drug=named["several"]), claims=tuple(every.values()))
        for one in watched:
            own = tuple(claim for claim in _part(one, part) if claim.id not in shared)
            yield Section(title=named[part].format(drug=one.drug), claims=own)


def _part(one: Watched, part: str) -> tuple[Claim, ...]:
    return one.call if part == "call" else one.expect
