"""The sentences that an answer shows, and the same answer with some of them in other words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from msgspec.structs import replace

from navaid import reading
from navaid.answers import sentences
from navaid.terms import Answer, Claim, Rewording, Verdict, encode

_LONGEST = 1_200  # characters of a sentence that a model may get
_NO_CHANGES = re.compile(r"\bND\b|no ?deriv", re.IGNORECASE)


def claims(answer: Answer) -> dict[str, Claim]:
    """Every claim that is shown, by id, in reading order."""
    shown = (*answer.corrections, *answer.claims, *answer.nearest)
    return {claim.id: claim for claim in shown}


def changeable(answer: Answer, *, nearest: bool = False, away: bool = False) -> tuple[dict[str, Claim], int]:
    """The claims whose sentence a model may get, and how many others there are.

    What speaks to a program is not sent, nor a quotation whose licence allows no changes. The nearest words, which
    the page shows "as the source has them", are only there to be translated. Where the model is `away` from this
    machine, nothing of a file that a person added is sent: it may be a private one.
    """
    as_they_are = set() if nearest else {claim.id for claim in answer.nearest}
    licences = {source.document: source.licence for source in answer.sources}

    def may_change(claim: Claim) -> bool:
        if claim.id in as_they_are or len(claim.text) > _LONGEST or sentences.to_a_machine(claim.text):
            return False
        if away and any(citation.document.startswith("FILE:") for citation in claim.citations):
            return False
        bound = any(_NO_CHANGES.search(licences.get(c.document, "")) for c in claim.citations)
        return not (bound and claim.origin == "quote")

    every = claims(answer)
    chosen = {id_: claim for id_, claim in every.items() if may_change(claim)}
    return chosen, len(every) - len(chosen)


def changed(answer: Answer, new: Mapping[str, Claim], rewording: Rewording) -> Answer:
    """The answer with these claims in place of those of the same ids, their verdicts and its id made anew."""

    def each(old: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(new.get(claim.id, claim) for claim in old)

    done = replace(
        answer,
        corrections=each(answer.corrections),
        nearest=each(answer.nearest),
        sections=tuple(replace(section, claims=each(section.claims)) for section in answer.sections),
        verdicts=tuple(
            _checked(verdict, rewording) if verdict.claim in new else verdict for verdict in answer.verdicts
        ),
        rewordings=(*answer.rewordings, rewording),
    )
    texts = [claim.text for claim in claims(done).values() if claim.language == "en"]
    grade = reading.grade(texts) if texts else None
    return signed(replace(done, grade=None if grade is None or done.language != "en" else round(grade, 1)))


def signed(answer: Answer) -> Answer:
    """The answer with the id that its content gives it."""
    return replace(answer, id=hashlib.sha256(encode(replace(answer, id=""))).hexdigest()[:12])


def _checked(verdict: Verdict, rewording: Rewording) -> Verdict:
    return replace(verdict, checks=(*verdict.checks, *rewording.checks))
