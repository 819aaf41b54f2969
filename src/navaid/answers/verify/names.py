"""The names that a translation must keep: genes and markers as written, medicines in the language's spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid import vocabulary
from navaid.answers.verify.lexicon import Index, Lexicon, bare, fold, words
from navaid.answers.verify.phrases import Phrases
from navaid.terms import Broken

# Letters with digits (HER2, CDK4/6, p53, PD-L1), a capital before a dash and digits (Ki-67, IL-6): names, not numbers.
_CODED = re.compile(
    r"(?<!\w)(?:[A-Z]{1,4}-[A-Z]{1,2}\d{1,2}|[A-Za-z]{1,6}\d{1,4}[A-Za-z]{0,3}(?:/\d{1,2})?|[A-Z][A-Za-z]{0,5}-\d{1,3}(?![\w%.,]\d))(?!\d)"
)
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,6}(?=s?(?!\w))")
_LONG = 7  # letters of a word that may be known for a medicine by its ending
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def without(text: str) -> str:
    """The text without coded names, so that their digits are not taken for numbers."""
    return _CODED.sub(" ; ", text)


def followed(text: str) -> Iterator[tuple[str, str]]:
    """Each coded name with the text after it."""
    for match in _CODED.finditer(text):
        yield _plain(match.group()), text[match.end() :]


def compare(source: str, translation: str, english: Lexicon, own: Lexicon) -> Iterator[Broken]:
    """Names that only one of the two has."""
    codes, own_codes = coded(source), coded(translation)
    yield from (Broken(rule="name", source=name) for name in sorted(codes - own_codes))
    yield from (Broken(rule="name", rewrite=name) for name in sorted(own_codes - codes))
    said, given = _spelled(source), _spelled(translation)
    known_said, known_given = set[str](), set[str]()  # capitals that a row of the table accounts for
    rows = _rows(own)
    worth = rows.english.may_hold(said) | rows.own.may_hold(given)
    for en, there in (pair for n, pair in enumerate(rows.pairs) if n in worth):
        in_source, in_own = _met(en, said), _met(there, given)
        if in_source and not in_own and not _as_written(source, translation, in_source):
            yield Broken(rule="name", source=" ".join(in_source))
        elif in_own and not in_source and any(word.isupper() for word in in_own):
            yield Broken(rule="name", rewrite=" ".join(in_own))
        known_said |= set(in_source)
        known_given |= set(in_own)
    capitals = {c for c in _CAPITALS.findall(source) if c not in known_said}
    own_capitals = {c for c in _CAPITALS.findall(translation) if c not in known_given}
    yield from (Broken(rule="name", source=name) for name in sorted(capitals - set(_CAPITALS.findall(translation))))
    yield from (Broken(rule="name", rewrite=name) for name in sorted(own_capitals - set(_CAPITALS.findall(source))))
    excused = {bare(word) for word in (*known_said, *known_given)}
    yield from _medicines(source, translation, english, own, excused)


def unnamed(source: str, translation: str) -> Iterator[Broken]:
    """The same for a language without a table: coded names; medicines where the script is Latin."""
    codes, own_codes = coded(source), coded(translation)
    yield from (Broken(rule="name", source=name) for name in sorted(codes - own_codes))
    yield from (Broken(rule="name", rewrite=name) for name in sorted(own_codes - codes))
    letters = [c for c in translation if c.isalpha()]
    if sum(bool(_LATIN.match(c)) for c in letters) < len(letters) / 2:
        return
    there = [fold(word) for word in words(translation)]
    for name in _named(source):
        stem = fold(name)[:5]
        if not any(word.startswith(stem) for word in there):
            yield Broken(rule="drug", source=name)


def coded(text: str) -> set[str]:
    """The coded names of a text, without dashes and in capitals."""
    return {_plain(name) for name in _CODED.findall(text)}


def _plain(name: str) -> str:
    return re.sub(r"[-/\s]", "", name).upper()


def _medicines(source: str, translation: str, english: Lexicon, own: Lexicon, excused: set[str]) -> Iterator[Broken]:
    said, given = words(source), words(translation)
    folded, own_folded = {fold(word) for word in said}, {fold(word) for word in given}
    named = {word for word in said if _by_ending(word, english)} | set(_named(source))
    for name in sorted(named - english.salts - excused):
        if fold(name) not in own_folded:
            yield Broken(rule="drug", source=name)
    for word in sorted(set(given) - own.salts - excused):
        medicine = _by_ending(word, own) or (len(word) >= 5 and fold(word) in _folded_medicines())
        if medicine and fold(word) not in folded:
            yield Broken(rule="drug", rewrite=word)


def _by_ending(word: str, table: Lexicon) -> bool:
    return len(word) >= _LONG and table.inn.fullmatch(word) is not None


def _named(source: str) -> list[str]:
    """The words of the medicines that the vocabulary finds in an English sentence."""
    mentions = [m for m in vocabulary.find(source) if vocabulary.concept(m.concept).kind == "drugs"]
    return [
        word for m in mentions for word in words(without(source[m.start : m.end])) if len(word) > 3 and word.isalpha()
    ]


@cache
def _folded_medicines() -> frozenset[str]:
    every = [c for c in vocabulary.vocabulary().concepts.values() if c.kind == "drugs"]
    forms = (word for concept in every for form in (concept.name, *concept.forms) for word in words(form))
    return frozenset(fold(word) for word in forms if len(word) >= _LONG and word.isalpha())


def _as_written(source: str, translation: str, met: tuple[str, ...]) -> bool:
    """Whether the name stands in the translation just as in the source."""
    return all(word in translation for word in met)


def _spelled(text: str) -> list[str]:
    """The words with their capitals, without accents."""
    plain = re.sub(r"[.](?=[A-Z](?:[.]|\b))|(?<=\b[A-Z])[.]", " ", text)
    return [word if word.isupper() else bare(word) for word in re.findall(r"[^\W\d_]+", plain)]


def _met(forms: Phrases, spelled: list[str]) -> tuple[str, ...]:
    marks = forms.find(spelled)
    return tuple(word for _, start, end in marks for word in spelled[start:end])


class _Rows:
    """The rows of names, each as what to look for on either side."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        cased = [(_cased(en), _cased(there)) for en, there in rows]
        self.pairs = [(Phrases({"n": en}), Phrases({"n": there})) for en, there in cased]
        self.english = Index({n: en for n, (en, _) in enumerate(cased)})
        self.own = Index({n: there for n, (_, there) in enumerate(cased)})


@cache
def _rows(own: Lexicon) -> _Rows:
    return _Rows(own.names)


def _cased(forms: str) -> str:
    """Capitals stay as they are, other words are bare: US is a country and "us" is not."""
    return " | ".join(
        " ".join(word if word.isupper() else bare(word) for word in form.split()) for form in forms.split(" | ")
    )
