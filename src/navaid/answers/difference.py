"""What differs between an answer as it was kept and the same question answered now: what came, went and changed."""

from __future__ import annotations

from navaid.terms import Answer, Claim, Record


class Changed(Record, frozen=True):
    """A sentence that is in both; `what` says in a word or two what is new about it."""

    before: Claim
    now: Claim
    what: tuple[str, ...]


class Went(Record, frozen=True):
    """A sentence that is not there any more; `reason` is empty where others merely fit better now."""

    claim: Claim
    reason: str


class Difference(Record, frozen=True):
    """All that a reader would find otherwise."""

    came: tuple[Claim, ...]
    went: tuple[Went, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


def difference(kept: Answer, now: Answer) -> Difference:
    """What came, went and changed, in the order of the pages."""
    before, after = _claims(kept), _claims(now)
    reasons = {left.what: left.reason for left in now.left_out}
    pairs = ((before[id_], claim) for id_, claim in after.items() if id_ in before)
    return Difference(
        came=tuple(claim for id_, claim in after.items() if id_ not in before),
        went=tuple(Went(claim=c, reason=reasons.get(c.text, "")) for id_, c in before.items() if id_ not in after),
        changed=tuple(Changed(before=a, now=b, what=what) for a, b in pairs if (what := _new(a, b))),
    )


def _claims(answer: Answer) -> dict[str, Claim]:
    """Every sentence of the page with a source, those folded away in a personal one too."""
    folded = answer.personal.folded if answer.personal else ()
    return {claim.id: claim for claim in (*answer.corrections, *answer.claims, *answer.nearest, *folded)}


def _new(before: Claim, now: Claim) -> tuple[str, ...]:
    cited = [{(c.document, c.quote or "") for c in claim.citations} for claim in (before, now)]
    found = (
        ("its words", before.text != now.text),
        ("how sure it is", before.certainty != now.certainty),
        ("the words of its source", cited[0] != cited[1]),
    )
    return tuple(what for what, is_new in found if is_new)
