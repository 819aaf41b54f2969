"""Which words of a text belong to names: strange words, words in a name's place, and what stands beside them."""

from __future__ import annotations

import re
from itertools import pairwise

from navaid.records.deidentify import lexicon
from navaid.records.deidentify.context import GAP, by_context, common, in_heading, patterns
from navaid.records.deidentify.lexicon import listed
from navaid.records.deidentify.tokens import Token, named, strange

DOSED = re.compile(
    r"\b([^\W\d_]{4,})\s+(?:(?:XR|SR|CR|DS)\s+)?(?:\d+(?:[.,]\d+)?\s?(?:mg|mcg|ml|units?|iu|g|gm)\b|as needed"
    r"|prn\b|b\.?i\.?d\b|t\.?i\.?d\b|q\.?\s?(?:d|h|\d)"
    r"|(?:one|two|1|2)\s+(?:tab|cap|pill|puff)|tab(?:let)?s?\b|cap(?:sule)?s?\b|(?:once|twice)\s+(?:a\s+day|daily))",
    re.I,
)


def name_words(text: str, words: list[Token]) -> set[int]:
    """The places in `words` of those that belong to a name."""
    taken = _medicines(text)
    hot = {
        at
        for at, word in enumerate(words)
        if word.capital and strange(word) and word.key not in taken and not _term(text, words, at)
    }
    for at in range(len(words)):
        if at not in hot and by_context(text, words, at):
            hot.add(at)
            hot |= _onward(text, words, at)
    hot |= {at for at, word in enumerate(words) if not word.capital and _small_name(word)}
    for at, (one, two) in enumerate(pairwise(words)):
        if _full_name(text, one, two) or _with_particle(text, one, two):
            hot |= {at, at + 1}
    _spread(text, words, hot)
    _repeat(text, words, hot)
    return hot


def _term(text: str, words: list[Token], at: int) -> bool:
    """Whether the word is a surname inside a medical term: Cooper ligaments, Miller-Payne grade."""
    following = words[at + 1].key if at + 1 < len(words) else ""
    return following in listed("eponym_heads") and not text[words[at].end : words[at + 1].start].strip("'’s -")


def _full_name(text: str, one: Token, two: Token) -> bool:
    """Whether two words are a given name and a surname, though both are ordinary words: Carter Hill."""
    return (
        one.shape == two.shape == "title"
        and not one.mass
        and text[one.end : two.start] == " "
        and one.key in lexicon.words("given")
        and two.key in lexicon.words("family")
        and not any(common(w) or lexicon.clinical(w.key) or w.key in listed("calendar") for w in (one, two))
        and one.key not in listed("colours")
    )


def _with_particle(text: str, one: Token, two: Token) -> bool:
    """Whether two words are a capital particle and a capital word, and so a surname: Du Bois, Van Dyke."""
    return (
        one.key in listed("surname_particles")
        and one.shape == two.shape == "title"
        and not one.mass
        and text[one.end : two.start] == " "
        and not lexicon.medical(two.key)
        and not common(two)
    )


def _medicines(text: str) -> set[str]:
    """Words that somewhere in the text have a dose or a schedule: brands that no list holds."""
    return {lexicon.fold(match[1]) for match in DOSED.finditer(text)}


def _onward(text: str, words: list[Token], at: int) -> set[int]:
    """The capitalised words that go on the name begun at `at`: up to three, none of them medical."""
    out: set[int] = set()
    for step in range(at + 1, min(at + 4, len(words))):
        word, gap = words[step], text[words[step - 1].end : words[step].start]
        comma = words[at].mass or words[at].shape == "upper"
        if not (GAP.match(gap) or (comma and gap == ", " and step == at + 1)) or not word.capital:
            break
        if (
            lexicon.medical(word.key)
            or word.key in listed("calendar")
            or (lexicon.ordinary(word.key) and not named(word))
        ):
            break
        out.add(step)
    return out


def _small_name(word: Token) -> bool:
    """Whether a word in small letters is a given name or a place, and nothing else."""
    return (
        len(word.key) > 4
        and "-" not in word.key
        and not lexicon.plain(word.key)
        and (lexicon.given(word.key) or lexicon.place(word.key))
    )


def _spread(text: str, words: list[Token], hot: set[int]) -> None:
    """Takes in what stands beside a name: initials, particles, and names that are also ordinary words."""
    for order in (range(len(words)), range(len(words) - 1, -1, -1), range(len(words))):
        step = 1 if order.step > 0 else -1
        for at in order:
            if at in hot or not 0 <= at - step < len(words):
                continue
            if (at - step in hot and _joins(text, words, at, at - step, hot)) or _in_series(text, words, at, step, hot):
                hot.add(at)
    for at in sorted(hot):
        last = at + 1
        while (
            last < len(words)
            and words[last].key in listed("particles")
            and text[words[last - 1].end : words[last].start] == " "
        ):
            last += 1
        follows = last < len(words) and (
            last in hot or (words[last].shape == "title" and not lexicon.medical(words[last].key))
        )
        if (
            last > at + 1
            and follows
            and text[words[last - 1].end : words[last].start] == " "
            and not _english(words[at + 1 : last], last in hot)
        ):
            hot |= set(range(at + 1, last + 1))


def _english(particles: list[Token], name_follows: bool) -> bool:
    """Whether particles are rather English words: `a`, `of`; more than one settles it, as does a name behind them."""
    return (
        len(particles) == 1
        and not name_follows
        and particles[0].key in {"a", "y", "e", "am", "do", "la", "st", "op", "of", "al", "ten", "le"}
    )


def _joins(text: str, words: list[Token], at: int, beside: int, hot: set[int]) -> bool:
    """Whether the word at `at` belongs to the name that stands right beside it."""
    word, left, right = words[at], min(at, beside), max(at, beside)
    gap = text[words[left].end : words[right].start]
    if not GAP.match(gap) or ("." in gap and words[left].shape != "initial") or not word.capital:
        return False
    if word.shape == "initial":
        return not word.mass
    if word.shape == "upper" and words[beside].shape == "upper" and not word.mass and not lexicon.medical(word.key):
        return True  # OLD MERTON
    if _begins_place(text, word, words[beside]) and beside > at:
        return True  # to Port Ellan
    if word.key in listed("calendar"):
        return lexicon.perhaps_given(word.key) and word.shape == "title"  # April Hughes; a date has gone before
    if (lexicon.clinical(word.key) and not _surname_too(word)) or common(word):
        return False
    if (
        word.shape == words[beside].shape == "title"
        and gap == " "
        and (not word.first or lexicon.perhaps_given(word.key))
    ):
        return True  # Tor Arnesen, Noah Glasses
    if lexicon.medical(word.key):
        return False
    if beside > at and patterns()["title"].search(text[max(0, word.start - 24) : word.start]):
        return True  # Dr. Anil Kulkarni
    if beside < at and words[beside].shape == "initial" and at - 2 in hot and word.shape == "title":
        return True  # Anna S Weaver
    return named(word) or not lexicon.ordinary(word.key)


def _begins_place(text: str, word: Token, following: Token) -> bool:
    before = text[max(0, word.start - 20) : word.start]
    titled = word.shape == following.shape == "title" and not lexicon.medical(word.key) and not common(word)
    return titled and bool(patterns()["place"].search(before))


def _surname_too(word: Token) -> bool:
    """Whether a capitalised word that medicine uses is a surname as well: Li, Raynaud."""
    signs = word.key in listed("signs") or word.key in listed("eponyms")
    return word.shape == "title" and signs and word.key in lexicon.words("family") | lexicon.words("given")


def _in_series(text: str, words: list[Token], at: int, step: int, hot: set[int]) -> bool:
    """`White, Miller and Kessler`: an ordinary word that is a surname, in a series with a name or another such word."""
    word = words[at]
    if word.shape != "title" or word.mass or not named(word) or lexicon.medical(word.key) or common(word):
        return False
    beside = at - step
    left, right = min(at, beside), max(at, beside)
    if beside in hot and text[words[left].end : words[right].start] in {", ", " & "} and words[beside].shape == "title":
        return True
    other = at - 2 * step
    if words[beside].key not in {"and", "or"} or not 0 <= other < len(words) or words[other].shape != "title":
        return False
    left, right = min(at, other), max(at, other)
    if len(text[words[left].end : words[right].start]) > 7:
        return False
    return other in hot or (
        named(words[other])
        and not lexicon.medical(words[other].key)
        and not common(words[other])
        and lexicon.family(word.key)
    )


def _repeat(text: str, words: list[Token], hot: set[int]) -> None:
    """What is a name once is one throughout, in any case; an ordinary word only where a capital marks it."""
    keys = {words[at].key for at in hot if words[at].shape != "initial" and len(words[at].key) > 2} - listed(
        "particles"
    )
    rare = {key for key in keys if not lexicon.plain(key)}
    for at, word in enumerate(words):
        if word.key in rare or (
            word.key in keys and word.shape == "title" and not word.first and not in_heading(text, words, at)
        ):
            hot.add(at)
