"""What the rewrite may not leave out: the subject, what it is compared with, and the clause that limits it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.guard.drugs import abbreviated
from navaid.answers.verify.guard.negation import insignificant
from navaid.answers.verify.guard.roles import relations
from navaid.answers.verify.guard.trend import trends
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Phrases, cues, table
from navaid.answers.verify.words import Sentence, Word
from navaid.vocabulary import vocabulary

_OPENING = cues("opening_turn")
_VERBS = cues("verb")
_TAKES = cues("taken")
_P = re.compile(r"\bP\s*[=>]\s*0?\.(\d+)", re.I)
_SCHOLARS = frozenset(("researchers", "authors", "investigators", "scientists", "we"))
_ALPHA = 0.05
_KEPT = 0.34  # of a limiting clause's words, the share that must be found again


def check(pair: Pair) -> Iterator[Broken]:
    yield from _pronoun(pair)
    yield from _subject(pair)
    yield from _caveats(pair)
    yield from _significance(pair)
    yield from _comparison(pair)


def _significance(pair: Pair) -> Iterator[Broken]:
    """What rose or fell "but not significantly" may not simply rise or fall."""
    marks = [
        m for m in pair.source.marks("negation") if insignificant(pair.source, m) and not pair.source.words[m[1]].aside
    ]
    marks = marks or _phrases("trend").find(pair.source.texts)
    told = any(insignificant(pair.rewrite, mark) for mark in pair.rewrite.marks("negation"))
    chances = [float(f"0.{digits}") for digits in _P.findall(pair.source.clean)]
    if chances and min(chances) > _ALPHA and not told and not any(t.startswith("signific") for t in pair.source.texts):
        place = next((i for i, text in enumerate(pair.rewrite.texts) if text.startswith("signific")), None)
        if place is not None:
            yield pair.broken("certainty raised", None, (place, place + 1))
    same = any(mark[0] == "same" for mark in pair.rewrite.marks("directions"))
    if not marks or told or same or _phrases("weak").find(pair.rewrite.texts):
        return
    if any(trend.label != "same" and not trend.denied for trend in trends(pair.rewrite)):
        yield pair.broken("dropped condition", (marks[0][1], min(marks[0][2] + 2, len(pair.source.words))), None)


def _comparison(pair: Pair) -> Iterator[Broken]:
    """ "More effective than the usual care" is not "effective": what is compared with may not vanish."""
    if any(relation.kind == "against" for relation in relations(pair.rewrite)):
        return
    for relation in relations(pair.source):
        than = relation.kind == "against" and pair.source.texts[relation.end - 1] == "than"
        if than and relation.second and relation.second.isdisjoint(pair.rewrite.keys):
            yield pair.broken("dropped condition", (relation.at, relation.end + 2), None)
            return


def _pronoun(pair: Pair) -> Iterator[Broken]:
    """A rewrite that opens with a pronoun for what the source names; "it is unclear whether" is no such pronoun."""
    texts, source = pair.rewrite.texts, pair.source.texts
    opening = ("it", "this", "these", "they", "that", "those")
    if texts[0] not in opening or source[0] in opening or _SCHOLARS & set(source[:2]):
        return  # "they also looked at" for "the researchers also examined"
    if texts[:2] == ["it", "must"]:
        return
    if texts[0] == "it" and ({"that", "whether", "to"} & set(texts[2:8]) or texts[1] in ("took", "takes", "seems")):
        return
    if (
        texts[1] in _VERBS
        or any(mark[1] == 1 for mark in pair.rewrite.marks("directions"))
        or texts[0] in ("it", "they")
    ):
        yield pair.broken("lost subject", None, (0, 2))


def _subject(pair: Pair) -> Iterator[Broken]:
    """A pronoun or "the drug" stands where the source names something that the rewrite never names."""
    missing = [i for i in _names(pair.source) if _missing(pair, i)]
    half = pair.source.content[: (len(pair.source.content) + 1) // 2]
    drugs = [i for i in half if _is_drug(pair.source, i)]
    if drugs and all(_missing(pair, i) for i in drugs):
        yield pair.broken("lost subject", (drugs[0], drugs[0] + 1), None)
        return
    for _, start, end in _phrases("vague_subject").find(pair.rewrite.texts):
        texts = pair.rewrite.texts
        if start < 2 and end - start > 1:
            opening = [
                i
                for i in pair.source.content
                if not pair.source.words[i].keys & COMMON and not pair.source.words[i].aside
            ][:2]
            known = pair.rewrite.words[end - 1].keys & pair.source.keys
            gone = missing if known else missing or [i for i in opening if _missing(pair, i)]
        elif end - start > 1 or (texts[start - 1] in _TAKES and texts[start] in ("it", "this", "them", "these")):
            gone = missing
        else:
            continue
        if gone and not _echoes(pair, start, end):
            yield pair.broken("lost subject", (gone[0], gone[0] + 1), (start, end))
            return


def _missing(pair: Pair, i: int) -> bool:
    word = pair.source.words[i]
    return (
        not pair.holds(pair.rewrite, word.keys)
        and not abbreviated(pair.rewrite, word.raw)
        and not _spelt(pair, word.raw)
    )


def _spelt(pair: Pair, short: str) -> bool:
    """Whether capitals of the source ("AI") are the first letters of words that the rewrite spells out."""
    letters = short.lower()
    firsts = "".join(text[0] for text in pair.rewrite.texts)
    return short.isupper() and (letters in firsts or letters.removesuffix("s") in firsts)


def _echoes(pair: Pair, start: int, end: int) -> bool:
    """Whether the source opens its sentence with the same words."""
    return start < 2 and pair.source.texts[start:end] == pair.rewrite.texts[start:end]


def _names(sentence: Sentence) -> list[int]:
    """The words that name what the source is about: drugs, and names in capitals."""
    words = sentence.words
    return [i for i in sentence.content if not words[i].aside and (_capitals(words[i]) or _is_drug(sentence, i))]


def _capitals(word: Word) -> bool:
    """Whether it is a name in capitals, and not a measure of statistics ("HR") or an outcome ("OS")."""
    plain = word.text in table("speech")["statistics"].split()
    return word.raw.isupper() and len(word.raw) > 1 and not plain and not any(key[0] == "~" for key in word.keys)


def _is_drug(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return not word.aside and any(
        key[0] == "#" and key != "#placebo" and vocabulary().concepts[key[1:]].kind in ("drugs", "regimens")
        for key in word.keys
    )


def _caveats(pair: Pair) -> Iterator[Broken]:
    """A clause with "although", "but" or the like of which nearly nothing is found again."""
    words = pair.source.words
    told = [i for i, word in enumerate(words) if not word.plain and word.text[:1].isalnum()]
    marks = _phrases("caveat").find(pair.source.texts)
    marks = [m for m in marks if (m[1] or pair.source.texts[0] in _OPENING) and not words[m[1]].aside]
    _, foreign = pair.supported(pair.rewrite.content)
    contrasts = len(_phrases("contrast").find(pair.rewrite.texts)) - len(
        _phrases("contrast").find(pair.source.texts[1:])
    )
    for _, start, end in marks:
        if pair.source.texts[max(0, start - 1)] in ("especially", "even") or (
            start and pair.source.texts[start] == "while"
        ):
            continue
        if contrasts >= 0 and _phrases("contrast").find(pair.source.texts[start:end]):
            continue  # the rewrite turns as often as the source
        places = [i for i in told if i >= start and words[i].clause == words[start].clause and not words[i].aside]
        kept, lost = pair.kept(places)
        _, elsewhere = pair.kept([i for i in pair.source.content if i < start and not words[i].aside])
        if not places or len(foreign) >= len(lost) + len(elsewhere) / 2:
            continue  # the rewrite has as many words of its own, which may stand for them
        if len(kept) / len(places) < _KEPT or (len(places) <= 2 and lost):
            yield pair.broken("dropped condition", (start, places[-1] + 1), None)
            return


@cache
def _phrases(label: str) -> Phrases:
    return Phrases({label: table("speech")[label]})
