"""Enters: a sentence and what it rests on. Leaves: whether it may be shown, and if not, the rule and the words.

It fails closed: what is not shown to hold is not said. Start with `quotes.py` (the source's own words).
"""

from navaid.answers.verify.quotes import verify

__all__ = ["verify"]
