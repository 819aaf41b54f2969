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
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "half": "50",
    "dozen": "12",
}
_WORD_NUMBERS |= {"twice": "2", "double": "2", "third": "3", "quarter": "4", "once": "1", "single": "1"}

# A number stands by itself: the digits of HER2, CD19, B7-H3, PD-L1 or T4 belong to a name. The two ends of
# "2017-2019" are numbers. A staining score keeps its sign: HER2 3+ is not HER2 2+, nor three of anything.
_DIGITS = re.compile(r"(?<![\w.,/])(?<![A-Za-z]-)(?:[0-3]\+(?!\w)|\d+(?:,\d{3})*(?:\.\d+)?(?!\w)(?!-[A-Za-z]\d))")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())

# Kinds of names that must stand in the source when they stand in our sentence.
_BINDING = frozenset({"drugs", "biomarkers", "subtypes", "regimens"})

_NEGATOR = re.compile(r"\b(?:not|no|none|never|neither|nor|without|free (?:of|from)|cannot|\w+n['’]t)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:,!?()]|\b(?:but|and|or|so|because|which|who|that|while|although)\b", re.IGNORECASE)
_SMALL = frozenset(
    "a an the any all some many most more few much yet been be is are was were has have had having do does did "
    "to of in into for from with at as on by than then about it its this these those their your they you can may "
    "might could will would should just only also even very one other each such when where "
    "day days week weeks month months year years later before after".split()  # "no cancer after 5 years" denies no year
)
_NEGATED_WORDS = 3  # how far a negation reaches, in words that carry meaning


def numbers(text: str) -> frozenset[str]:
    """The numbers a text states, digits and words alike, without thousands separators.

    >>> sorted(numbers("In 2017, six of 1,200 women with HER2 3+ disease (0.50%)"))
    ['0.5', '1200', '2017', '3+', '6']
    """
    found = {_plain(match.group()) for match in _DIGITS.finditer(text)}
    found |= {number for word in _WORDS.findall(text.lower()) for number in _in_words(word)}
    return frozenset(found)


def _in_words(word: str) -> list[str]:
    """The numbers of a word and its hyphenated parts: 28 for "twenty-eight", 2 for "two-year"."""
    first, _, unit = word.partition("-")
    if first in _TENS and len(_WORD_NUMBERS.get(unit, "")) == 1:
        return [str(int(_WORD_NUMBERS[first]) + int(_WORD_NUMBERS[unit]))]
    return [_WORD_NUMBERS[part] for part in word.split("-") if part in _WORD_NUMBERS]


def missing_numbers(ours: str, source: str) -> frozenset[str]:
    """Numbers that our sentence states and the source does not.

    "One" is an article too often to count, and "30 in 100" is what a source writes as 30%.

    >>> missing_numbers("In 2017, 30 in 100 people were well.", "By 2017, 30% were well.")
    frozenset()
    """
    implied = {"1"} | ({"100"} if re.search(r"%|per ?cent", source) else set())
    return numbers(ours) - numbers(source) - implied


def missing_names(ours: str, source: str) -> frozenset[str]:
    """Ids of drugs, biomarkers, subtypes and regimens that our sentence names and the source does not.

    A name is met by any of its other names, or by something narrower ("TCH" for trastuzumab).

    >>> sorted(missing_names("Herceptin can harm the heart.", "Pertuzumab can harm the heart."))
    ['trastuzumab']
    """
    wanted = {mention.concept for mention in vocabulary.find(ours)}
    wanted = {concept for concept in wanted if _binds(concept)}
    if not wanted:
        return frozenset()
    held = {mention.concept for mention in vocabulary.find(source)}
    held |= {above for concept in held for above in vocabulary.broader(concept)}
    return frozenset(wanted - held)


def _binds(concept: str) -> bool:
    """Whether a concept is specific: "gene", "biomarker" and "breast cancer" are too general to bind."""
    kind, narrower = vocabulary.concept(concept).kind, vocabulary.narrower(concept)
    if kind == "biomarkers":
        return not narrower
    if kind == "subtypes":
        return not narrower or bool(vocabulary.broader(concept))
    return kind in _BINDING  # a drug stays itself, however many regimens hold it


def contradicts(ours: str, source: str) -> str:
    """A word that one of the two denies and the other affirms; empty if there is none.

    >>> contradicts("CAR-T is not approved for it.", "CAR-T is approved for it.")
    'approved'
    >>> contradicts("CAR-T is not approved for it.", "CAR-T for it is still experimental.")
    ''
    """
    denied, affirmed = _polarity(ours)
    their_denied, their_affirmed = _polarity(source)
    clash = (denied & their_affirmed - their_denied) | (affirmed & their_denied - their_affirmed - denied)
    return min(clash, default="")


def _polarity(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words of meaning that the text denies, and those that it does not."""
    denied: set[str] = set()
    spans: list[tuple[int, int]] = []
    for match in _NEGATOR.finditer(text):
        end = _CLAUSE_END.search(text, match.end())
        reach = text[match.end() : end.start() if end else len(text)]
        words = [w for w in re.finditer(r"[A-Za-z]{3,}", reach) if w.group().lower() not in _SMALL]
        words = words[: 1 if match.group().lower().startswith("free") else _NEGATED_WORDS]
        denied |= {w.group().lower() for w in words}
        spans += [(match.end() + w.start(), match.end() + w.end()) for w in words]
    kept = "".join(" " if any(a <= n < b for a, b in spans) else c for n, c in enumerate(text))
    return frozenset(denied), frozenset(w.lower() for w in re.findall(r"[A-Za-z]{3,}", kept)) - _SMALL


def _plain(number: str) -> str:
    if number.endswith("+"):
        return number
    number = number.replace(",", "")
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"
