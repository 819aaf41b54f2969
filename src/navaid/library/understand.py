"""From a person's words to what is searched: their words, and other names of what they named.

The other names come from `vocabulary` (brands and ingredients, abbreviations, spellings, lay words);
nothing here knows any medicine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from navaid import vocabulary
from navaid.library.lexical import Weighted, bag
from navaid.terms import Record

_MAX_PHRASES = 3  # names of several words searched in all: each costs as much as the question itself
_MAX_FORMS = 6  # other names searched for each thing that was named: more costs time and finds little


class Query(Record, frozen=True):
    """What will be searched: by meaning `text`, with misspelled names mended; by words `words`, which is the same
    without what people put around a question, and the other names of what it names.
    """

    text: str
    words: str
    concepts: tuple[str, ...]
    other_names: tuple[str, ...]


def understand(text: str) -> Query:
    """The query that a question stands for.

    >>> "trastuzumab" in understand("is herceptin safe for my heart").other_names
    True
    """
    mentions = vocabulary.find(text, typos=True)
    concepts = tuple(dict.fromkeys(mention.concept for mention in mentions))
    said = {mention.text.casefold() for mention in mentions}
    names: dict[str, None] = {}
    for concept in concepts:
        others = [form for form in vocabulary.forms(concept) if form.casefold() not in said]
        names |= dict.fromkeys(others[:_MAX_FORMS])
    mended = _mended(text, mentions)
    return Query(text=mended, words=without_chatter(mended) or mended, concepts=concepts, other_names=tuple(names))


def without_chatter(text: str) -> str:
    """The text without the words that people put around a question.

    >>> without_chatter("hi, my mum wants to know if tamoxifen causes cataracts please")
    'my to if tamoxifen causes cataracts'
    """
    return " ".join(w for w in re.findall(r"[^\s,;:!?]+", text) if w.lower().strip(".'\"") not in chatter())


@cache
def chatter() -> frozenset[str]:
    """Words that people put around a question, in lower case."""
    lines = Path(__file__).with_name("chatter.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _mended(text: str, mentions: tuple[vocabulary.Mention, ...]) -> str:
    """The text with each misspelled name followed by the name that it stands for."""
    for mention in reversed(mentions):
        known = vocabulary.forms(mention.concept)
        if mention.text.casefold() not in {form.casefold() for form in known}:
            text = f"{text[: mention.end]} {known[0]}{text[mention.end :]}"
    return text


def weighted(query: Query, words: Callable[[str], list[str]], synonym_weight: float) -> list[Weighted]:
    """The query as weighted forms for the lexical index; `words` is the index's own analysis."""
    own = words(query.words)
    forms = dict(bag(own))
    phrases = 0
    for name in query.other_names:
        form = tuple(words(name))
        if not form or set(form) <= set(own) or (len(form) > 1 and phrases >= _MAX_PHRASES):
            continue
        phrases += len(form) > 1
        forms.setdefault(form, synonym_weight)
    return list(forms.items())
