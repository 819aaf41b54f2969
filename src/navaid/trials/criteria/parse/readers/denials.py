"""An atom that denies by itself ("HIV negative") where a "no" may deny the whole list that it stands in."""

from __future__ import annotations

import re

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import every, negated, unparsed

_DENIED = re.compile(
    r"\b(?:no|not|without|never|none|neither|nor|absence|free (?:of|from)|lack)\b[^.;\n]*$", re.IGNORECASE
)


def denied(words: str, start: int, expression: Expression) -> Expression:
    """Not this; left open behind another denial in the same sentence, which would turn it round.

    "No hepatitis, HIV negative": whoever denies the list would ask for HIV.
    """
    inner = negated(expression)
    if _DENIED.search(words[:start]):
        return every([inner, unparsed(expression.start, expression.end)])
    return inner
