"""Whether a translated sentence still says what its English source says, as far as tables can tell: `check`.

Numbers with units, names of genes and medicines, negation, certainty, direction and polarity are compared by the tables
of the language (`languages/`). A language without a table is checked for digits and names alone. What passes here must
still come back to English as a sentence that `judge` accepts (`answers/translate.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from navaid.answers.verify import figures, names
from navaid.answers.verify.lexicon import Lexicon, bare, lexicon, rules, words
from navaid.terms import Broken

_MARKUP = re.compile(r"https?:|www\.|\]\(|<[a-z/!]|[*_`#]{2,}|^\s*[-*#>]\s|[{}]|```|&\w+;|\bjavascript:", re.I)
_SENTENCE_END = re.compile(r"[.!?。।؟](?=\s+\S)")
_TIMES, _MORE = 2.2, 60  # a translation may be so many times as long as its source, and so many characters more
_SHORTEST = 0.25  # of the source's characters; Chinese needs a third of the English ones
_NEAR = 3  # words from a gene's name to the polarity that is said of it


def check(source: str, translation: str, language: str) -> tuple[Broken, ...]:
    """The rules that the translation breaks; none where it passes. `language` is a code such as `es`.

    >>> check("Tamoxifen does not raise this risk.", "El tamoxifeno no aumenta este riesgo.", "es")
    ()
    >>> check("Tamoxifen does not raise this risk.", "El tamoxifeno aumenta este riesgo.", "es")[0].rule
    'negation'
    """
    if form := tuple(_form(source, translation)):
        return form
    own = lexicon(language)
    if own is None:
        return (*_in_english(translation), *names.unnamed(source, translation), *_digits(source, translation))
    pair = _Pair(source, translation, own)
    return tuple(broken for rule in _RULES for broken in rule(pair))


class _Pair:
    """The two sentences as the rules read them; names are taken out of the words before numbers are looked for."""

    def __init__(self, source: str, translation: str, own: Lexicon) -> None:
        self.source, self.translation, self.own = source, translation, own
        self.english = _english()
        self.said = words(source)
        self.given = words(translation)
        self.marks = self.english.marks(self.said)
        self.own_marks = own.marks(self.given)


@cache
def _english() -> Lexicon:
    found = lexicon("en")
    assert found is not None  # it is shipped
    return found


# --------------------------------------------------------------------------- form


def _form(source: str, translation: str) -> Iterator[Broken]:
    text = translation.strip()
    if not any(c.isalpha() for c in text):
        yield Broken(rule="empty", rewrite=text[:80])
    elif (found := _MARKUP.search(text)) and found.group() not in source:
        yield Broken(rule="markup", rewrite=found.group())
    elif any(unicodedata.category(c) in ("Cc", "Co", "Cs") or c in "\u202e\u2066\u2067\u200b\ufeff" for c in text):
        yield Broken(rule="markup", rewrite="a line break or a hidden character")
    elif len(text) > _TIMES * len(source) + _MORE or len(text) < _SHORTEST * len(source):
        yield Broken(rule="length", rewrite=f"{len(text)} characters for {len(source)}")
    elif len(_SENTENCE_END.findall(text)) > len(_SENTENCE_END.findall(source.strip())) + _abbreviations(text):
        yield Broken(rule="one sentence", rewrite=text[:80])
    elif text[-1] in "?؟" and source.strip()[-1] != "?":
        yield Broken(rule="form", rewrite="a question")
    elif source.strip()[-1] == "?" and text[-1] not in "?؟？;":
        yield Broken(rule="form", rewrite="no question")


def _abbreviations(text: str) -> int:
    return len(re.findall(r"\b(?:EE|UU|Dr|Dra|Sr|Sra|vs|p|ej|etc|aprox)\.(?=\s+\S)", text))


def _language(pair: _Pair) -> Iterator[Broken]:
    """A sentence that was left in English, or an answer to the one who asked."""
    own = sum(word in pair.own.function for word in pair.given)
    english = sum(word in pair.english.function - pair.own.function for word in pair.given)
    if english > own or (own == 0 and len(pair.given) > 4):
        yield Broken(rule="language", rewrite=pair.translation[:80])
    if pair.own.echo and (echo := pair.own.echo.find(pair.given)):
        yield Broken(rule="echo", rewrite=" ".join(pair.given[echo[0][1] : echo[0][2]]))


def _in_english(translation: str) -> Iterator[Broken]:
    """For a language whose words are not known: a sentence that was left in English."""
    given = words(translation)
    found = [word for word in given if word in _english().telltale]
    if len(found) >= 2 and len(found) * 10 >= len(given):
        yield Broken(rule="language", rewrite=" ".join(found[:4]))


# --------------------------------------------------------------------------- numbers and names


def _numbers(pair: _Pair) -> Iterator[Broken]:
    read = (
        (names.without(figures.closed_up(pair.source)), pair.english),
        (names.without(figures.closed_up(pair.translation)), pair.own),
    )
    said, given = (figures.figures(words(text), table) for text, table in read)
    lacking, beyond = figures.unmatched(said, given)
    yield from (Broken(rule="number", source=one.said) for one in lacking)
    yield from (Broken(rule="number", rewrite=one.said) for one in beyond)


def _digits(source: str, translation: str) -> Iterator[Broken]:
    """For a language whose number words are not known: the digits of both, in any script, with units left open."""
    found = []
    for text in (source, translation):
        plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in names.without(text))
        runs = re.findall(r"\d+(?:[.,\u066b]\d+)*", figures.closed_up(plain))
        found.append(sorted(re.sub(r"\D", "", run).lstrip("0") for run in runs))
    if found[0] != found[1]:
        yield Broken(rule="number", source=", ".join(found[0]), rewrite=", ".join(found[1]))


def _names(pair: _Pair) -> Iterator[Broken]:
    yield from names.compare(pair.source, pair.translation, pair.english, pair.own)


# --------------------------------------------------------------------------- what words say


def _negation(pair: _Pair) -> Iterator[Broken]:
    said, given = len(pair.marks.get("negation", ())), _denials(pair)
    if said > given + len(pair.own_marks.get("softened", ())):
        yield Broken(rule="negation", source=_first(pair.said, pair.marks["negation"]))
    elif given > said + len(pair.marks.get("softened", ())):
        yield Broken(rule="negation", rewrite=_first(pair.given, pair.own_marks["negation"]))


def _denials(pair: _Pair) -> int:
    """How often the translation denies. Two words of denial in one clause are one: "no hay ninguna", "sin ni"."""
    places = [start for start, _ in pair.own_marks.get("negation", ())]
    clauses = [bare(part) for part in re.split(r"[,;:.]", pair.translation)]
    sizes = [len(words(part)) for part in clauses]
    count = at = 0
    for size in sizes:
        inside = [pair.given[place] for place in places if at <= place < at + size]
        firm = sum(word in ("no", "sin") for word in inside)
        count += max(firm, min(1, len(inside)))
        at += size
    return count


def _kept(pair: _Pair) -> Iterator[Broken]:
    for name in rules().kept:
        if name in pair.marks and name not in pair.own_marks:
            yield Broken(rule=name.replace("_", " "), source=_first(pair.said, pair.marks[name]))


def _added(pair: _Pair) -> Iterator[Broken]:
    for name, needs in rules().added.items():
        if name in pair.own_marks and needs not in pair.marks:
            yield Broken(rule=name.replace("_", " "), rewrite=_first(pair.given, pair.own_marks[name]))


def _opposites(pair: _Pair) -> Iterator[Broken]:
    for couple in rules().opposites:
        for one, other in (couple, couple[::-1]):
            turned = one in pair.marks and other not in pair.marks
            if turned and other in pair.own_marks and one not in pair.own_marks:
                source, rewrite = _first(pair.said, pair.marks[one]), _first(pair.given, pair.own_marks[other])
                yield Broken(rule=f"{one} or {other}", source=source, rewrite=rewrite)


def _polarity(pair: _Pair) -> Iterator[Broken]:
    """A gene or receptor that is positive in one and negative in the other; or a polarity that is only in one."""
    for name in ("positive", "negative"):
        if (name in pair.marks) != (name in pair.own_marks):
            places = pair.marks.get(name) or pair.own_marks[name]
            word = _first(pair.said if name in pair.marks else pair.given, places)
            yield Broken(rule="polarity", **{"source" if name in pair.marks else "rewrite": word})
    said, given = _signs(pair.source, pair.english), _signs(pair.translation, pair.own)
    for gene in said.keys() & given.keys():
        if said[gene] != given[gene]:
            yield Broken(rule="polarity", source=f"{gene} {said[gene]}", rewrite=f"{gene} {given[gene]}")


def _signs(text: str, table: Lexicon) -> dict[str, str]:
    """The polarity said right after each gene's name, where it is named once."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for gene, rest in names.followed(text):
        after = words(rest)[:_NEAR]
        marks = table.marks(after)
        signs = [(marks[name][0][0], name) for name in ("positive", "negative") if name in marks]
        if gene in found:
            twice.add(gene)
        if signs:
            found[gene] = min(signs)[1]
    return {gene: sign for gene, sign in found.items() if gene not in twice}


def _first(said: list[str], places: list[tuple[int, int]]) -> str:
    start, end = places[0]
    return " ".join(said[start:end])


_RULES: tuple[Callable[[_Pair], Iterator[Broken]], ...] = (
    _language,
    _numbers,
    _names,
    _polarity,
    _negation,
    _kept,
    _added,
    _opposites,
)
