"""The tables by which a translation is checked: `lexicon("es")`, or None for a language that has none.

A table holds number words, units, endings of medicine names, names that are written another way, and the words of
negation, certainty, direction and polarity (`languages/*.yaml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from navaid.answers.verify.phrases import Phrases
from navaid.errors import BadInput, StarterInvalid
from navaid.tables import load as load_table
from navaid.terms import Record

_KNOWN = 50_000  # words remembered
_TABLES = Path(__file__).parent / "languages"
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%°]")
_SAME_SOUND = (
    ("ph", "f"), ("th", "t"), ("y", "i"), ("rr", "r"), ("ll", "l"), ("ss", "s"), ("tt", "t"), ("nn", "n"), ("mm", "m"),
    ("cc", "c"), ("k", "c"), ("qu", "c"),
)  # fmt: skip


class NumberWords(Record, frozen=True):
    """How a language writes numbers. `loose` may stand for a number and need not; `vague` begins none ("miles de")."""

    decimal: str
    words: dict[str, float]
    ones: str
    scales: dict[str, float]
    vague: str
    joins: str
    of: str
    shares: dict[str, float]
    loose: dict[str, float]
    units: dict[str, str]


class Rules(Record, frozen=True):
    """How classes of marks are compared (`rules.yaml`)."""

    kept: tuple[str, ...]
    added: dict[str, str]
    opposites: tuple[tuple[str, str], ...]


class Index:
    """Which of many sets of phrases may be found in some words, by the first word of each phrase."""

    def __init__(self, phrases: Mapping[Hashable, str]) -> None:
        self._exact: dict[str, set[Hashable]] = {}
        self._stars: dict[str, set[Hashable]] = {}
        for key, text in phrases.items():
            for phrase in text.split("|"):
                first = phrase.split()[0]
                at = self._stars if first.endswith("*") else self._exact
                at.setdefault(first.removesuffix("*"), set()).add(key)
        self._known: dict[str, set[Hashable]] = {}

    def may_hold(self, words: Iterable[str]) -> set[Hashable]:
        """The keys whose phrases are worth looking for."""
        return set().union(*(self._begun_by(word) for word in set(words)))

    def _begun_by(self, word: str) -> set[Hashable]:
        known = self._known.get(word)
        if known is None:
            known = set(self._exact.get(word, ())).union(
                *(self._stars.get(word[:n], ()) for n in range(1, len(word) + 1))
            )
            if len(self._known) < _KNOWN:
                self._known[word] = known
        return known


class Lexicon:
    """One language's table, ready to be searched."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.numbers = msgspec.convert(table["numbers"], NumberWords)
        self.ask: str = table.get("ask", table["name"])
        self.register: str = table.get("register", "")
        self.function = frozenset(table["function"].split())
        self.telltale = frozenset(table.get("telltale", "").split())
        inn = "|".join(table["inn"].split())
        self.inn = re.compile(rf"[a-z]{{2,}}(?:{inn})s?")
        self.salts = frozenset(table["salts"].split())
        self.echo = Phrases({"echo": table["echo"]}) if "echo" in table else None
        self.units = Phrases(self.numbers.units)
        self.of = Phrases({"of": self.numbers.of})
        self.shares = Phrases({str(value): " | ".join(p for p, v in self.numbers.shares.items() if v == value)
                               for value in set(self.numbers.shares.values())})  # fmt: skip
        self.names: list[tuple[str, str]] = [(row["en"], row["own"]) for row in table.get("names", ())]
        hidden = table.get("hidden", {})
        self._index = Index(table["marks"])
        self._marks = {
            name: Phrases({name: words} | ({"none": hidden[name]} if name in hidden else {}))
            for name, words in table["marks"].items()
        }

    def marks(self, words: list[str]) -> dict[str, list[tuple[int, int]]]:
        """The classes found in the words, each with its places."""
        worth = self._index.may_hold(words)
        found = {name: [(a, b) for _, a, b in one.find(words)] for name, one in self._marks.items() if name in worth}
        return {name: places for name, places in found.items() if places}


@cache
def lexicon(language: str) -> Lexicon | None:
    """The table of a language, if there is one. Raises StarterInvalid for one that cannot be used."""
    path = _TABLES / f"{language.partition('-')[0]}.yaml"
    if not re.fullmatch(r"[a-z]{2,3}", path.stem) or not path.is_file():
        return None
    try:
        return Lexicon(load_table(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise StarterInvalid(f"the table cannot be used: {error}", where=path.name, fix="compare en.yaml") from None


@cache
def rules() -> Rules:
    return msgspec.convert(load_table((_TABLES / "rules.yaml").read_text(encoding="utf-8")), Rules)


def checked_code(language: str) -> str:
    """The code of a language in its usual form. Raises BadInput for what is none.

    >>> checked_code("ES"), checked_code("pt_br")
    ('es', 'pt-BR')
    """
    first, _, rest = language.strip().replace("_", "-").partition("-")
    code = first.lower() + (f"-{rest.upper() if len(rest) == 2 else rest}" if rest else "")
    if not _CODE.fullmatch(code):
        raise BadInput("this is no code of a language", where="--language", fix="write it as `es`, `fr` or `pt-BR`")
    return code


def called(language: str) -> str:
    """The language's name for a model, in English."""
    own = lexicon(language)
    if own is not None:
        return own.ask
    table: dict[str, str] = load_table((_TABLES / "names.yaml").read_text(encoding="utf-8"))
    return table.get(language.partition("-")[0], f"the language with the code {language}")


def bare(text: str) -> str:
    """The text in lower case without accents.

    >>> bare("Ácido zoledrónico, años")
    'acido zoledronico, anos'
    """
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words and numbers of a text, bare."""
    return _WORD.findall(bare(text.replace("n't", " not").replace("n’t", " not")))


@lru_cache(maxsize=_KNOWN)
def fold(word: str) -> str:
    """A medicine's name so that its spellings in languages of Latin script meet.

    >>> [fold(a) == fold(b) for a, b in (("tamoxifen", "tamoxifeno"), ("cyclophosphamide", "ciclofosfamida"))]
    [True, True]
    """
    word = bare(word)
    for written, sound in _SAME_SOUND:
        word = word.replace(written, sound)
    return word.rstrip("aeo")
