"""Enters: a sentence and what it rests on. Leaves: whether it may be shown, and if not, which rule and which words say so.

It fails closed: what is not shown to hold is not said. Start with `quotes.py` (the source's own words).
"""

from navaid.answers.verify.quotes import verify

__all__ = ["verify"]
