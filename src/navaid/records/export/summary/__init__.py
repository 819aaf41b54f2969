"""One page for a visit: what the papers say, where they say it, where they disagree, and what they do not say.

In: a `Profile` and the `Reading`s behind it. Out: HTML or PDF. Start at `layout.lay_out`.
"""

from __future__ import annotations

from navaid.records.export.one_page import NoPdf
from navaid.records.export.summary.render import html, pdf

__all__ = ["NoPdf", "html", "pdf"]
