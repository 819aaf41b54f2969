"""A study held against a profile: each criterion met, not met or not known, with the words on both sides.

In: a `Study` and a `Profile`. Out: a `Match`. A fact that is missing makes no criterion met, and none not met.
"""

from navaid.trials.match.match import match

__all__ = ["match"]
