"""Which studies may fit a person, and why: a registry's record enters, each criterion's verdict leaves.

In: a record of ClinicalTrials.gov and a `Profile`. Out: a `Study`, its `Criterion`s, and a `Match` with reasons.
Start at `match`.
"""
