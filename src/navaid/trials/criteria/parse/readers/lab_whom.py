"""Limits that are meant of some people only: with liver metastases, with Gilbert's syndrome, of one sex."""

from __future__ import annotations

import re

from navaid.terms import Expression, Logic
from navaid.trials.criteria.parse.atom import asks, every, negated, some, unparsed
from navaid.trials.criteria.parse.readers.quantity import Quantity

# For whom a second limit is: the words, and what is asked of the person.
_FOR_WHOM: tuple[tuple[re.Pattern[str], tuple[str, str, str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), asked)
    for pattern, asked in (
        (
            r"\b(?:liver|hepatic)\b[^.;]{0,40}(?:metasta\w+|involvement|lesions?|tumou?rs?|disease)"
            r"|metasta\w+ (?:in|to|of) (?:the )?liver",
            ("metastasis.site", "had", "liver"),
        ),
        (r"\b(?:bone|bony|skeletal)\b(?:\s+\w+){0,4}\s+(?:metasta\w+|involvement)", ("metastasis.site", "had", "bone")),
        (r"\bGilbert", ("comorbidity", "had", "gilbert_syndrome")),
        (r"\banti-?coag|\bwarfarin|\bheparin", ("medication_class", "had", "anticoagulant")),
        (r"\b(?:females?|women)\b", ("sex", "is", "female")),
        (r"\b(?:males?|men)\b", ("sex", "is", "male")),
    )
)
# A limit of these labs is open for people of whom the same statement says more further on.
_SPARES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("bilirubin",), re.compile(r"\bGilbert", re.IGNORECASE)),
    (
        ("ast", "alt", "transaminases", "alp"),
        re.compile(r"\b(?:liver|hepatic|bone)\W+(?:\w+\W+){0,3}metasta", re.IGNORECASE),
    ),
)


def only_for(
    words: str, limits: dict[str, Expression], first: Quantity, end: int, stop: int
) -> tuple[dict[str, Expression], int]:
    """A limit for people with metastases alone ("≤ 5 x ULN with liver metastases"): of others it says nothing."""
    match = re.compile(
        r"[\s,(]*(?:if|with|in|for|when)\b(?P<whom>[^.;,()≥≤<>\d]{0,60}\b(?:metasta\w+|involvement)(?:\s+(?:is|are)?\s*present)?)\s*\)?",
        re.IGNORECASE,
    ).match(words, end, stop)
    upper = first.op in ("at_most", "normal") or (first.op == "below" and first.of == "ULN")
    if not match or not upper:
        return limits, end
    whom = for_whom(match["whom"], match.start("whom"), match.end("whom"))
    others = every([negated(whom), unparsed(match.start("whom"), match.end("whom"))])
    return {lab: some([limit, others]) for lab, limit in limits.items()}, match.end()


def spared(
    words: str, limits: dict[str, Expression], first: Quantity, end: int, stop: int
) -> tuple[dict[str, Expression], int]:
    """ "Unless known Gilbert's syndrome": a second group without a limit of its own."""
    match = re.compile(
        r"\s*[,(\[]?\s*(?:unless|except(?:ions?)?(?: for| in| of)?|with the exception of|excluding|higher "
        r"[^.;()]{0,40}permitted if)\b"
        r"(?P<whom>[^.;()]{3,110})[)\]]?",
        re.IGNORECASE,
    ).match(words, end, stop)
    if not match:
        return limits, end
    whom = for_whom(match["whom"], match.start("whom"), match.end("whom"))
    open_ = unparsed(match.start("whom"), match.end("whom"))
    if first.op in ("at_most", "normal") or (first.op == "below" and first.of == "ULN") or first.op == "at_least":
        return {lab: some([limit, every([whom, open_])]) for lab, limit in limits.items()}, match.end()
    return {lab: every([limit, negated(every([whom, open_]))]) for lab, limit in limits.items()}, match.end()


def later(words: str, limits: dict[str, Expression], first: Quantity, end: int) -> dict[str, Expression]:
    """The limit, open for people with Gilbert's syndrome or with metastases where what follows says more of them."""
    upper = first.op in ("at_most", "normal") or (first.op == "below" and first.of == "ULN")
    told = {}
    for lab, limit in limits.items():
        match = next((pattern for ids, pattern in _SPARES if lab in ids and pattern.search(words, end)), None)
        if match and upper and limit.logic is Logic.IS:
            whom = for_whom(words[end:], end, len(words))
            limit = some([limit, every([whom, unparsed(end, len(words))])])
        told[lab] = limit
    return told


def for_some(strict: Expression, other: Expression, whom: Expression, first: Quantity, second: Quantity) -> Expression:
    """Two limits, the second for some only: whichever implies the other decides at its end."""
    if first.op in ("at_most", "below", "normal"):
        lenient = second.value >= first.value
        accepts = lenient
    else:
        lenient = second.value <= first.value
        accepts = lenient
    if first.of != second.of or (first.unit != second.unit):
        accepts = first.op in ("at_most", "normal", "at_least")
    if accepts:
        return some([strict, every([other, whom])])
    return every([strict, some([other, negated(whom)])])


def for_whom(said: str, start: int, end: int) -> Expression:
    told: list[Expression] = []
    for pattern, (concept, op, value) in _FOR_WHOM:
        if pattern.search(said) and not (concept == "sex" and told):
            told.append(asks(start, end, concept, op, value).expression)
    return some(told) if told else unparsed(start, end)
