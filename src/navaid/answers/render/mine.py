"""What a page shows of the person it was made for: why it is as it is, what is not known, what is about others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from navaid.answers.render.page import Gap, Gaps, Mine, Other, Others, Part, Prose, Sentence
from navaid.answers.render.safe import line
from navaid.answers.render.words import Words
from navaid.terms import Answer, Applies, Claim, Facet, Fitting, Personal

ShowClaim = Callable[[Claim], Sentence]
ME = "me"
"""The name that a profile has where a person keeps their own papers."""
BESIDE = (Facet.QUESTION_TO_ASK, Facet.LEARN_MORE)
"""What stands beside an answer and is none."""


def mine(answer: Answer, label: Words, show: ShowClaim) -> Mine | None:
    """The personal part of the page; None on a page that was made for nobody in particular."""
    personal, said = answer.personal, label.personal
    if personal is None:
        return None
    mostly = mostly_others(answer)
    return Mine(
        made_for=said.made_for_me if personal.profile == ME else said.made_for.format(name=line(personal.profile)),
        note=said.mostly_others.format(title=said.folded) if mostly else "",
        because_title=said.because,
        because=tuple(line(one) for one in personal.because),
        folded=_folded(personal, label, show),
        open=mostly,
    )


def mostly_others(answer: Answer) -> bool:
    """True if of what answers the question at least half is about others."""
    personal = answer.personal
    if personal is None or not personal.folded:
        return False
    rest = [claim for claim in answer.claims if claim.facet not in BESIDE]
    folded = [claim for claim in personal.folded if claim.facet not in BESIDE]
    return bool(folded) and len(folded) >= len(rest)


_ONE_TUMOR = re.compile(r"more than one tumor; this is about one of them \(([^,()]+)")  # of applies.py: its side
_STUDIED = (Facet.EVIDENCE, Facet.BENEFIT)


def label_of(fitting: Fitting | None, label: Words, facet: Facet) -> str:
    """The few words beside a sentence that say how it stands to the person; empty for a general one.

    What a study found does not "apply" to anybody: a good course of one woman is no promise to another.
    """
    if fitting is None or fitting.applies is Applies.GENERAL:
        return ""
    said = label.personal
    if fitting.applies is Applies.APPLIES:
        which = next(filter(None, map(_ONE_TUMOR.search, fitting.reasons)), None)
        words = said.applies_studied if facet in _STUDIED else said.applies
        return f"{words}: {line(which[1])}" if which else words
    if fitting.applies is Applies.DOES_NOT_APPLY:
        return said.does_not_apply.format(whom=line(fitting.population)) if fitting.population else said.of_others
    open_ = ", ".join(dict.fromkeys(_names(fitting)))
    return said.may_apply_open.format(what=open_) if open_ else said.may_apply


def why(fitting: Fitting | None, label: Words) -> tuple[str, ...]:
    """The reasons behind that label, with the words of the papers."""
    if fitting is None or fitting.applies is Applies.GENERAL:
        return ()
    whom = (label.personal.about.format(whom=line(fitting.population)),) if fitting.population else ()
    reasons = [line(reason) for reason in dict.fromkeys(fitting.reasons)]
    return (*whom, *(one for one in reasons if not any(one in other for other in reasons if other != one)))


def _names(fitting: Fitting) -> Iterator[str]:
    """What is open, as a person reads it: "chemotherapy" where the reason says "kind of treatment (chemotherapy)"."""
    from navaid.trials.match.told import label as name  # a page for nobody in particular need not wait for it

    for concept in fitting.concepts:
        words = line(name(concept))
        words = words[:1].lower() + words[1:] if words[1:2].islower() else words
        exact = (re.search(rf"{re.escape(words)} \(([^()]+)\)\.", line(reason)) for reason in fitting.reasons)
        found = next(filter(None, exact), None)
        yield found[1] if found else words


def _folded(personal: Personal, label: Words, show: ShowClaim) -> Part | None:
    if not personal.folded:
        return None
    alike: dict[tuple[str, ...], list[Sentence]] = {}
    for claim in personal.folded:
        alike.setdefault(why(personal.of(claim.id), label), []).append(show(claim))
    others = tuple(Other(reasons, tuple(sentences)) for reasons, sentences in alike.items())
    return Part(label.personal.folded, (Others(others),), label.personal.folded_lead)


def watched(answer: Answer, label: Words, show: ShowClaim) -> Iterator[Part]:
    """What to know of a drug that the person has and asks about, the signs that need help at once first."""
    said = label.personal
    for one in answer.personal.watched if answer.personal else ():
        lead = line(one.because)
        for title, claims in ((said.now, one.now), (said.call, one.call), (said.expect, one.expect)):
            if claims:
                yield Part(title.format(name=_capital(line(one.drug))), (Prose(tuple(map(show, claims))),), lead)
                lead = ""


def gaps(answer: Answer, label: Words, show: ShowClaim) -> Iterator[Part]:
    """What is not known yet."""
    personal, said = answer.personal, label.personal
    if personal is None or not personal.gaps:
        return
    found = (
        Gap(
            line(gap.said),
            said.gap_ask.format(question=line(gap.ask)) if gap.ask else "",
            tuple(map(show, gap.why)),
        )
        for gap in personal.gaps
    )
    yield Part(said.gaps, (Gaps(tuple(found)),), said.gaps_lead)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
