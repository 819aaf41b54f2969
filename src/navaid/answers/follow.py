"""A follow-up question: "and what are the side effects?" after one about Enhertu means those of Enhertu.

What the person wrote stays as it is; the subject is added in brackets, where everybody can see it. It is added only
where the words lean on what came before, and never to words that must be answered first.
"""

from __future__ import annotations

import re

from navaid import vocabulary
from navaid.answers.asked import too_general, unknown_names
from navaid.answers.triage import triage
from navaid.terms import TriageClass

_SUBJECTS = frozenset({"drugs", "drug_classes", "regimens", "therapies", "biomarkers", "subtypes", "tests"})
_LESSER = frozenset({"side_effects", "sites", "stages"})
_MOST = 2  # things that one question is about; more make no subject
_SHORT = 9  # words; a longer question tells what it is about
_ALONE = frozenset(
    {
        TriageClass.EMERGENCY_NOW,
        TriageClass.URGENT_SAME_DAY,
        TriageClass.CRISIS,
        TriageClass.OUT_OF_SCOPE,
        TriageClass.INJECTION,
    }
)
_OPENS = re.compile(r"\s*(?:and|but|so|also|then|ok|okay|what about|how about|what if|tell me more|explain)\b", re.I)
_POINTS = re.compile(r"\b(?:it|its|it's|this|that|these|those|they|them|their|one|ones)\b", re.I)
_ASKS = re.compile(
    r"\s*(?:what|how|why|when|where|who|which|is|are|am|was|do|does|did|can|could|will|would|should|may|must|has|have)\b",
    re.I,
)
_WEIGHS = re.compile(r"\b(?:than|versus|vs|instead|compared|together with|combined with|along with)\b", re.I)
_OF_A_THING = re.compile(
    r"\b(?:side.?effects?|risks?|benefits?|symptoms?|options?|alternatives?|costs?|works?|given|takes?|lasts?|helps?|"
    r"approved|safe|better|best|differ\w*|used for|how long|how often)\b|\bwho (?:is|can|should)\b|"
    r"\b(?:will|do) i lose\b",
    re.I,
)


def follow(text: str, before: str) -> str:
    """The question with the subject of the one before, where it leans on it; else as it is.

    >>> follow("and what are the side effects?", "What is Enhertu?")
    'and what are the side effects (Enhertu)?'
    >>> follow("What is a PET scan?", "What is Enhertu?")
    'What is a PET scan?'
    """
    subject = _subject(before)
    if not subject or not _leans(text) or triage(text).class_ in _ALONE:
        return text
    words = text.rstrip()
    stem = words.rstrip("?!. ")
    end = words[len(stem) :].strip() or ("?" if _ASKS.match(text) else "")
    return f"{stem} ({subject}){end}"


def _subject(text: str) -> str:
    """What a question is about, in its own words; empty where it names nothing or too many things."""
    found = [m for m in vocabulary.find(text, typos=True) if m.concept not in too_general()]
    for kinds in (_SUBJECTS, _LESSER):
        named = {m.concept: text[m.start : m.end] for m in reversed(found) if _kind(m.concept) in kinds}
        if named:
            return ", ".join(reversed(named.values())) if len(named) <= _MOST else ""
    return ""


def _leans(text: str) -> bool:
    """Whether the words need a subject from before."""
    named = any(
        _kind(m.concept) in _SUBJECTS for m in vocabulary.find(text, typos=True) if m.concept not in too_general()
    )
    points = bool(_POINTS.search(text))
    if named or unknown_names(text):
        return points and bool(_WEIGHS.search(text))
    asks, opens = bool(_ASKS.match(text)) or text.rstrip().endswith("?"), bool(_OPENS.match(text))
    if not (asks or opens):
        return False
    return opens or points or (len(text.split()) <= _SHORT and bool(_OF_A_THING.search(text)))


def _kind(concept: str) -> str:
    return vocabulary.concept(concept).kind
