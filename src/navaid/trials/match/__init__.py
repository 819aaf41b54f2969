"""A study held against a profile: each criterion met, not met or not known, with the words on both sides.

In: a `Study` and a `Profile`, or a short note that becomes one (`profile_of`). Out: a `Match`. A fact that is missing
makes no criterion met, and none not met. Start at `match`; ask.py says which file answers which kind of predicate.
"""

from navaid.trials.match.facts import Facts
from navaid.trials.match.match import match, match_facts
from navaid.trials.match.note import profile_of

__all__ = ["Facts", "match", "match_facts", "profile_of"]
