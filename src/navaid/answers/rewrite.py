"""Plainer words by a language model that can add, drop or bend nothing: `reword`.

Attribute first: the model gets sentences that are on the page already, with their sources, and gives back one sentence
for each. Each is judged against its own sentence (`verify/rewrite.py`); what is not accepted, missing or in the wrong
form leaves the sentence as it was. Nothing that goes wrong with a model costs the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from navaid import reading, vocabulary
from navaid.answers import batches, sentences, shown
from navaid.answers.batches import OnBatch, Told
from navaid.answers.render.safe import line
from navaid.answers.verify.rewrite import Contradicts, judge
from navaid.answers.verify.words import read
from navaid.models.chat import Cancel, ChatModel
from navaid.terms import Answer, Broken, Claim, Refused, Rewording

CHECKS = ("reworded: form", "reworded: relevance", "reworded: guard")
Number = TypeVar("Number", int, float)
_HARDER = 4.0  # school grades by which a rewrite may be harder to read; the grade of one sentence is a rough figure


def reword(
    answer: Answer,
    model: ChatModel,
    *,
    size: int = 4,
    contradicts: Contradicts | None = None,
    cancel: Cancel = None,
    on_batch: OnBatch = batches.quiet,
) -> Answer:
    """The answer in plainer words where the model's sentence matches its source, else as it was.

    `size` sentences go in one call. `contradicts` may reject what the rules accept. The answer's last `rewordings`
    tells what became of each sentence.
    """
    chosen, not_sent = shown.changeable(answer, away=batches.away(model))
    told = batches.send(model, batches.prompt("plain"), texts(chosen), size=size, cancel=cancel, on_batch=on_batch)
    new: dict[str, Claim] = {}
    refused: list[Refused] = []
    same = 0
    for id_, text in told.texts.items():
        claim = chosen[id_]
        if " ".join(text.split()) == line(claim.text):
            same += 1
        elif rules := broken(claim.text, text, contradicts):
            refused.append(Refused(claim=id_, text=line(text), rules=rules))
        else:
            new[id_] = replace(claim, text=line(text), original=claim.original or claim.text)
    done = replace(
        took(told, model, "plain", answer.language),
        accepted=len(new),
        same=same,
        not_sent=not_sent,
        refused=tuple(refused),
        checks=CHECKS,
    )
    return shown.changed(answer, new, done)


def texts(claims: Mapping[str, Claim]) -> dict[str, str]:
    """The sentences as a model gets them."""
    return {id_: claim.text for id_, claim in claims.items()}


def broken(source: str, text: str, contradicts: Contradicts | None = None) -> tuple[Broken, ...]:
    """The rules that a model's sentence breaks against its source; none where it may be shown."""
    return spoilt(source, text) or against(source, text, contradicts) or _harder(source, text)


def spoilt(source: str, text: str) -> tuple[Broken, ...]:
    """Broken where the text holds what no sentence of a page may, whatever its language."""
    if line(text) != " ".join(text.split()):
        return (Broken(rule="markup", rewrite="a hidden character"),)
    if sentences.unfit(text) and not sentences.unfit(source):
        return (Broken(rule="form", rewrite="speaks of the page or to a program"),)
    return ()


def against(source: str, text: str, contradicts: Contradicts | None = None) -> tuple[Broken, ...]:
    """What the layers of verification reject. A fault in one of them rejects too: it fails closed."""
    try:
        found = judge(source, text, model=contradicts, one_sentence=True)
    except Exception as error:  # whatever a rule or a model trips over, the source's own sentence is safe
        return (Broken(rule="error", rewrite=type(error).__name__),)
    if found.accepted:
        return _added_effects(source, text)
    rules = tuple(Broken(rule=one.rule, source=one.source, rewrite=one.rewrite) for one in found.rules)
    return rules or (Broken(rule="not accepted"),)


def _added_effects(source: str, text: str) -> tuple[Broken, ...]:
    """Broken where a side effect is named that the source does not name: "joint pain" must not become "hair loss"."""
    known = {mention.concept for mention in read(source).mentions}
    wider = {one for concept in known for one in (*vocabulary.broader(concept), *vocabulary.narrower(concept))}
    return tuple(
        Broken(rule="side effect", rewrite=read(text).clean[mention.start : mention.end])
        for mention in read(text).mentions
        if vocabulary.concept(mention.concept).kind == "side_effects" and mention.concept not in known | wider
    )


def _harder(source: str, text: str) -> tuple[Broken, ...]:
    before, after = reading.grade([source]), reading.grade([text])
    if before is None or after is None or after <= before + _HARDER:
        return ()
    return (Broken(rule="not plainer", source=f"grade {before:.0f}", rewrite=f"grade {after:.0f}"),)


def took(told: Told, model: ChatModel, task: str, language: str) -> Rewording:
    """The record of a pass, with what it took. A count that one reply lacks is not known for the whole."""
    replies = told.replies
    return Rewording(
        task=task,
        model=model.name,
        language=language,
        sent=told.sent,
        failures=tuple(told.failures),
        calls=told.calls,
        seconds=round(sum(reply.seconds for reply in replies), 3),
        tokens_in=_sum([reply.tokens_in for reply in replies]),
        tokens_out=_sum([reply.tokens_out for reply in replies]),
        cost=_sum([reply.cost for reply in replies]),
        currency=replies[0].currency if replies else "",
    )


def _sum(numbers: list[Number | None]) -> Number | None:
    known = [number for number in numbers if number is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(numbers) else None
