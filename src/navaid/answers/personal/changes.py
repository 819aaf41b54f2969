"""What differs between a personal answer as it was kept and the same question answered now."""

from __future__ import annotations

from navaid.terms import Answer, AnswerChange, Applies, Claim, Moved


def between(kept: Answer, now: Answer) -> AnswerChange | None:
    """What moved; None where a reader would find the same page."""
    before, after = _standing(kept), _standing(now)
    texts = {claim.id: claim.text for answer in (kept, now) for claim in _claims(answer)}
    moved = [
        Moved(claim=id_, text=texts[id_], before=before.get(id_), after=after.get(id_), because=_because(now, id_))
        for id_ in dict.fromkeys([*after, *before])
        if before.get(id_) is not after.get(id_)
    ]
    was, is_ = _gaps(kept), _gaps(now)
    settled = tuple(said for id_, said in was.items() if id_ not in is_)
    opened = tuple(said for id_, said in is_.items() if id_ not in was)
    if not (moved or settled or opened):
        return None
    return AnswerChange(
        id=kept.id, title=kept.title, date=kept.date, moved=tuple(moved), settled=settled, opened=opened
    )


def _claims(answer: Answer) -> tuple[Claim, ...]:
    folded = answer.personal.folded if answer.personal else ()
    return (*answer.corrections, *answer.claims, *folded)


def _standing(answer: Answer) -> dict[str, Applies]:
    """How each sentence of the page stands, in reading order; one of a general page is general."""
    fittings = {one.claim: one.applies for one in answer.personal.fittings} if answer.personal else {}
    return {claim.id: fittings.get(claim.id, Applies.GENERAL) for claim in _claims(answer)}


def _because(answer: Answer, claim: str) -> tuple[str, ...]:
    found = answer.personal.of(claim) if answer.personal else None
    return found.reasons if found else ()


def _gaps(answer: Answer) -> dict[str, str]:
    return {gap.id: gap.said for gap in answer.personal.gaps} if answer.personal else {}
