"""What a statement asks: its words enter, an Expression of predicates in three-valued logic leaves.

Each reader knows one subject and gives `Atom`s: a span of the words, and what it asks. compose.py joins them as the
words between them say. What no reader understands stays in the expression as `unparsed`, so that a statement that was
understood in part can be ruled out, and never be called met.
"""

from navaid.trials.criteria.parse.meaning import meaning

__all__ = ["meaning"]
