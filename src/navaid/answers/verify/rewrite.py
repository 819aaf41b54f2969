"""Whether a rewrite of one source sentence may be shown: `judge`.

Layers, in order: form, relevance, the guard. The first that rejects ends it, and whatever goes wrong rejects. An
accepted rewrite matches its source; whether the source is right is not asked here.
"""

from __future__ import annotations

from typing import Protocol

from navaid.answers.verify import form, relevance
from navaid.answers.verify.guard import RULES
from navaid.answers.verify.pairing import Broken, Pair
from navaid.terms import Record


class Judgement(Record, frozen=True):
    """Whether the rewrite may be shown, and every rule that it breaks."""

    accepted: bool
    rules: tuple[Broken, ...] = ()


class Contradicts(Protocol):
    """A model that reads two sentences. It may only reject."""

    def __call__(self, source: str, rewrite: str) -> bool:
        """Whether the rewrite says what the source does not."""
        ...


def judge(
    source: str,
    rewrite: str,
    alike: float | None = None,
    model: Contradicts | None = None,
    one_sentence: bool = False,
) -> Judgement:
    """The judgement on a rewrite; `alike` is the cosine of the two sentences' vectors, where it is known.

    `one_sentence` refuses a rewrite that has more sentences than its source.

    >>> judge("The drug lowered the risk of relapse.", "The drug raised the risk of relapse.").rules[0].rule
    'direction'
    """
    broken = tuple(form.check(source, rewrite, one_sentence))
    if not broken:
        pair = Pair(source, rewrite)
        broken = tuple(relevance.check(pair, alike))
        if not broken:
            broken = tuple(found for rule in RULES for found in rule(pair))
    if not broken and model is not None and model(source, rewrite):
        broken = (Broken(rule="model", rewrite=rewrite),)
    return Judgement(accepted=not broken, rules=broken)
