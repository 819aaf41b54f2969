"""What is asked: the single questions, the facets, the things named, and what is compared."""

from __future__ import annotations

import itertools
import re
import unicodedata

from navaid import vocabulary
from navaid.answers import facets
from navaid.answers.asked import too_general
from navaid.errors import BadInput
from navaid.terms import Facet, Question

MAX_CHARACTERS = 4000  # a long letter; more is a document, and belongs to `library add` or `records add`

# Kinds of things that can be weighed against each other in a table.
_COMPARABLE = frozenset({"drugs", "drug_classes", "therapies", "tests", "regimens", "subtypes"})
_VERSUS = re.compile(
    r"\b(?:or|and|vs\.?|versus|compared (?:to|with)|instead of|better than|rather than|"
    r"differ\w* (?:between|from))\b",
    re.IGNORECASE,
)
_BETWEEN = 5  # words between two names that are weighed against each other, the weighing word among them
_COMPARES = re.compile(
    r"\b(?:vs\.?|versus|compared?|comparison|difference|differ|better|worse|instead|rather|choose|choosing|"
    r"should i|which|pros and cons)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?<=[?])\s+|\s*[?.;,]?\s+(?:and|also|plus|but)\s+(?=(?:what|how|is|are|can|could|does|do|will|when|where|why|who|"
    r"should|which)\b)",
    re.IGNORECASE,
)


def plan(text: str) -> Question:
    """What was understood of a question. Raises BadInput for one that holds no words, or far too many.

    >>> plan("How does CAR-T work for breast cancer, and is it approved?").parts
    ('How does CAR-T work for breast cancer', 'is it approved?')
    """
    text = cleaned(text)
    concepts = tuple(dict.fromkeys(m.concept for m in vocabulary.find(text, typos=True)))
    return Question(
        text=text,
        parts=_parts(text),
        facets=facets.asked(text),
        concepts=concepts,
        compared=_compared(text),
        language=_language(text),
    )


def cleaned(text: str) -> str:
    """The question without control characters, and with single spaces."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    text = " ".join(text.split())
    if not any(c.isalpha() for c in text):
        raise BadInput("the question holds no words", where="the question", fix="type it in a sentence or a few words")
    if len(text) > MAX_CHARACTERS:
        raise BadInput(
            f"the question has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read as a question",
            where="the question",
            fix="ask in a few sentences; add a long text with `navaid library add`",
        )
    return text


def is_broad(question: Question) -> bool:
    """True if the question is about a thing as a whole, so that the whole page is the answer."""
    broad = {Facet.HOW_IT_WORKS, Facet.WHAT_IT_IS}
    return not question.facets or (len(question.facets) == 1 and question.facets[0] in broad)


def _parts(text: str) -> tuple[str, ...]:
    parts = [part.strip(" ,;") for part in _NEXT.split(text) if part and part.strip(" ,;?")]
    return tuple(parts) or (text,)


def _compared(text: str) -> tuple[str, ...]:
    """Ids of two things of one sort that the question weighs, or none."""
    named = [m for m in vocabulary.find(text, typos=True) if m.concept not in too_general()]
    mentions = [m for m in named if vocabulary.concept(m.concept).kind in _COMPARABLE]
    for left, right in itertools.pairwise(mentions):
        between = text[left.end : right.start]
        same_sort = vocabulary.concept(left.concept).kind == vocabulary.concept(right.concept).kind
        close = len(between.split()) <= _BETWEEN and not re.search(r"[.?!;]", between)
        if left.concept == right.concept or not same_sort or not close or not _VERSUS.search(between):
            continue
        nothing_else = {m.concept for m in named} == {left.concept, right.concept}
        if _COMPARES.search(text) or (nothing_else and re.search(r"\bor\b", between, re.IGNORECASE)):
            return (left.concept, right.concept)
    return ()


_COMMON = frozenset("the of and is are to in for my what how can i do does a with after have it be on cancer".split())


def _language(text: str) -> str:
    """`en`, or `und` where nothing shows that it is English: a long question without one common word."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return "en" if len(words) < 5 or _COMMON & set(words) else "und"
