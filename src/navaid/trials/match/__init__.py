"""A study held against a profile: each criterion met, not met or not known, with the words on both sides.

In: a `Study` and a `Profile`, or a short note that becomes one (`profile_of`). Out: a `Match`. A fact that is missing
makes no criterion met, and none not met. Start at match.py; ask.py says which file answers which kind of predicate.
"""
