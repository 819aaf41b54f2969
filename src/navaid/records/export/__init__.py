"""Giving back what was read: originals, the profile as JSON, an mCODE bundle, a page for the visit.

In: a `Profile` and the `Reading`s behind it. Out: JSON or bytes. Start at `mcode`, `summary`, `whole`.
"""
