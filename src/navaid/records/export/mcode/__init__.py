"""A profile in the words of hospitals: an mCODE bundle, and the check that it is one.

In: a `Profile` and the `Reading`s behind it. Out: plain JSON. Start at `bundle` and `problems`.
"""

from __future__ import annotations

from navaid.records.export.mcode.bundle import bundle
from navaid.records.export.mcode.valid import problems

__all__ = ["bundle", "problems"]
