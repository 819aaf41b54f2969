"""Sentences of an account that speak of a study or of what may be chosen, not of what the person has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View

_OF_A_STUDY = re.compile(
    r"\b(?:possibilit\w+|considering|consider\w* (?:for|in)|discuss\w+|interest\w* in|options?|about (?:a|the)"
    r"|learn\w*|eligib\w+|enrol\w*"
    r"|offered|exploring|explore)\b[^.;]*\b(?:trials?|stud(?:y|ies)|research)\b"
    r"|\b(?:trials?|stud(?:y|ies))\s+(?:investigating|comparing|combining|evaluating|assessing|exploring"
    r"|testing|aim\w+|would|will|involv\w+|that)\b"
    r"|\b(?:trials?|stud(?:y|ies)) (?:of|for|on) (?!the past)",
    re.IGNORECASE,
)
_LONGEST = 1_500
_TOOK_PART = re.compile(r"\bparticipat\w+|\benrolled in\b[^.;]*\b(?:past|last|previous)", re.IGNORECASE)


def of_a_study(view: View, at: int) -> bool:
    """Whether the sentence at this place speaks of a study: "a trial investigating X for metastatic disease"."""
    sentence = view.sentence_at(at)
    words = view.text[sentence.start : min(sentence.end, sentence.start + _LONGEST)]
    return bool(_OF_A_STUDY.search(words)) and not (_TOOK_PART.search(words) and " not " in words)


def told(view: View) -> Iterator[tuple[int, str]]:
    """The sentences that speak of the person: where each begins, and its words; of an endless one the beginning."""
    for sentence in view.sentences:
        words = view.text[sentence.start : min(sentence.end, sentence.start + _LONGEST)]
        if words.strip() and not of_a_study(view, sentence.start):
            yield sentence.start, words
