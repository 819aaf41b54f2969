"""What a statement asks: its words enter, an Expression of predicates in three-valued logic leaves.

Each reader knows one subject and gives `Atom`s: a span of the words, and what it asks. What no reader understands stays
in the expression as `unparsed`, so that a statement that was understood in part can be ruled out, and never be called
met; where two readings of the words are possible, the expression is definite only where both agree.

Start at meaning.py (lines and headings), then sentences.py (what each sentence does), compose.py (one part of a
sentence), segments.py and listed.py (what "and", "or", commas and "no" make of its atoms). The words that decide are
data: fillers.yaml, phrases.yaml.
"""

from navaid.trials.criteria.parse.meaning import meaning

__all__ = ["meaning"]
