"""The guard: rules that each say one thing about language. `RULES` holds them in the order they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from navaid.answers.verify.guard import (
    additions,
    arms,
    axes,
    binding,
    certainty,
    direction,
    drugs,
    negation,
    numbers,
    omissions,
    outcomes,
    roles,
    scope,
    swaps,
    timing,
)
from navaid.answers.verify.pairing import Broken, Pair

RULES: tuple[Callable[[Pair], Iterable[Broken]], ...] = (
    numbers.check,
    arms.check,
    swaps.check,
    drugs.check,
    axes.check,
    outcomes.check,
    timing.check,
    negation.check,
    direction.check,
    roles.check,
    binding.check,
    certainty.check,
    additions.check,
    omissions.check,
    scope.check,
)
