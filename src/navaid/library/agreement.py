"""Do a sentence of ours and a passage of its source agree in numbers, names and negation?

These are the plain, deterministic checks that tie a starter claim to the words it rests on. They can
only refuse: agreement in all three does not prove that a sentence follows from its source.
"""

from __future__ import annotations

import re

from navaid import vocabulary

_WORD_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "hundred": "100",
    "half": "50",
    "dozen": "12",
}
_WORD_NUMBERS |= {"twice": "2", "double": "2", "third": "3", "quarter": "4", "once": "1", "single": "1"}

# A number stands by itself: the digits of HER2, CD19, B7-H3, PD-L1 or T4 belong to a name.
_DIGITS = re.compile(r"(?<![\w.,/-])(?<!\w-)\d+(?:,\d{3})*(?:\.\d+)?(?![\w])(?!-[A-Za-z]?\d)")
_WORDS = re.compile(r"[a-z]+")

_NEGATION = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|cannot|can't|\w+n't|lacks?|lacking|fail(?:s|ed|ure)?|"
    r"negative|absent|unlikely|unable|unknown|unclear|rarely|hardly|few|little|instead|rather than|"
    r"experimental|investigational|limited|only|withdrawn|stopped|terminated|halt\w*|closed)\b",
    re.IGNORECASE,
)
_PLAIN_NEGATION = re.compile(r"\b(?:not|no|none|never|neither|nor|without|cannot|can't|\w+n't)\b", re.IGNORECASE)

# Kinds of names that must stand in the source when they stand in our sentence.
_BINDING = frozenset({"drugs", "biomarkers", "subtypes", "regimens", "tests"})


def numbers(text: str) -> frozenset[str]:
    """The numbers a text states, digits and words alike, without thousands separators.

    >>> sorted(numbers("In 2017, six of 1,200 women with HER2 3+ disease (0.50%)"))
    ['0.5', '1200', '2017', '6']
    """
    found = {_plain(match.group()) for match in _DIGITS.finditer(text)}
    found |= {_WORD_NUMBERS[word] for word in _WORDS.findall(text.lower()) if word in _WORD_NUMBERS}
    return frozenset(found)


def missing_numbers(ours: str, source: str) -> frozenset[str]:
    """Numbers that our sentence states and the source does not. "One" is an article too often to count."""
    return numbers(ours) - numbers(source) - {"1"}


def missing_names(ours: str, source: str) -> frozenset[str]:
    """Ids of drugs, biomarkers, subtypes and tests that our sentence names and the source does not.

    A name is met by any of its other names, and a class by one of its members ("PARP inhibitor" by
    "olaparib"), never the other way round.
    """
    wanted = {m.concept for m in vocabulary.find(ours) if vocabulary.concept(m.concept).kind in _BINDING}
    if not wanted:
        return frozenset()
    held = {m.concept for m in vocabulary.find(source)}
    held |= {above for concept in held for above in vocabulary.broader(concept)}
    return frozenset(wanted - held)


def negation_differs(ours: str, source: str) -> bool:
    """True if our sentence denies something and nothing in the source does."""
    return bool(_PLAIN_NEGATION.search(ours)) and not _NEGATION.search(source)


def _plain(number: str) -> str:
    number = number.replace(",", "")
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"
