"""Drugs, classes of drugs, regimens and treatments: the rewrite names none that the source does not."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import table
from navaid.answers.verify.words import Sentence, once
from navaid.vocabulary import broader, vocabulary


def check(pair: Pair) -> Iterator[Broken]:
    given = {mention.concept for mention in pair.source.mentions}
    above = {wider for id in given for wider in broader(id)}
    for mention in pair.rewrite.mentions:
        kind = vocabulary().concepts[mention.concept].kind
        if kind in table("drugs")["kinds"] or mention.concept in table("drugs")["treatments"]:
            if mention.concept in table("drugs")["treatments"] and _aside(pair.rewrite, mention.concept):
                continue  # "(skin damage from radiation)" explains a word
            allowed = mention.concept in given or (kind == "drug_classes" and mention.concept in above)
            if not allowed and not _written(pair, mention.text) and not abbreviated(pair.source, mention.text):
                yield Broken(rule="drug", rewrite=mention.text)
    endings = tuple(table("drugs")["endings"].split())
    for word in pair.rewrite.words:
        if not word.text.endswith(endings) or len(word.text) < 7 or any(key[0] == "#" for key in word.keys):
            continue
        if not pair.holds(pair.source, _own(word.keys)) and not abbreviated(pair.source, word.text):
            yield Broken(rule="drug", rewrite=word.raw)
    yield from _replaced(pair)


def _aside(sentence: Sentence, concept: str) -> bool:
    return all(word.aside for word in sentence.words if f"#{concept}" in word.keys)


def _replaced(pair: Pair) -> Iterator[Broken]:
    """A drug in whose place another stands that the source names elsewhere."""
    if not pair.near:
        return
    for a, b, c, d in pair.changes:
        old, new = _drugs(pair.source, a, b), _drugs(pair.rewrite, c, d)
        if not old or not new or max(b - a, d - c) > 3 or old & new:
            continue
        if not any(n in broader(o) or o in broader(n) for o in old for n in new):
            yield pair.broken("drug", (a, b), (c, d))


def _drugs(sentence: Sentence, start: int, end: int) -> set[str]:
    concepts = {key[1:] for word in sentence.words[start:end] for key in word.keys if key[0] == "#"}
    return {id for id in concepts if vocabulary().concepts[id].kind in ("drugs", "regimens")}


def _written(pair: Pair, text: str) -> bool:
    """Whether the source has these words, or words that stand for them, though it was read as something else."""
    pieces = set(text.lower().replace("-", " ").split())
    words = [word for word in pair.rewrite.words if word.text in pieces and not word.plain]
    return bool(words) and all(pair.holds(pair.source, _own(word.keys)) for word in words)


def _own(keys: set[str]) -> set[str]:
    return {key for key in keys if key[0] not in "#^"} - {"=treatment", "=use"} or keys


@once
def _shorts(sentence: Sentence) -> list[str]:
    """The short words that begin with a capital."""
    found = [word.raw if len(word.raw) == 3 else word.raw.removesuffix("s") for word in sentence.words]
    return [short for short in found if short[:1].isupper() and len(short) <= 6]


def abbreviated(sentence: Sentence, text: str) -> bool:
    """Whether the sentence writes this name as its capitals or its beginning ("AI", "TAM", "Bis")."""
    pieces = text.lower().replace("-", " ").split()
    initials = "".join(piece[0] for piece in pieces)
    for short in _shorts(sentence):
        if short.isupper() and short.lower() == initials:
            return True
        if len(short) >= 3 and len(pieces) == 1 and pieces[0].startswith(short.lower()):
            return True
    return False
