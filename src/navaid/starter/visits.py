"""The questions to take to a visit, by situation: `visits.yaml` read, tied to the claims, and found by name.

The questions are ours. What is said about why one matters rests on claims of the topics, so each such
sentence has their sources, and a claim that changes is noticed here: `load` names the row that lost its claim.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
import yaml

from navaid import vocabulary
from navaid.errors import StarterInvalid
from navaid.starter.rows import Cite, ClaimRow, SourceRow, Starter
from navaid.starter.starter import folder
from navaid.tables import load as load_table
from navaid.terms import Facet, Record

FILE = "visits.yaml"
_ALIKE, _NEAR = 0.8, 0.6  # spelled so much alike that it is taken for the word; that it is worth offering
_SHORTEST_MENDED = 5  # letters; a shorter word is one letter away from too many others
_TOO_GENERAL = 5  # a concept that more topics than this are named after says nothing of a situation
_EMPTY = frozenset("a an and at for from has have i in is it list my of on or question the to with".split())


# --------------------------------------------------------------------------- as written in visits.yaml


class QuestionRow(Record, frozen=True):
    """A question as written: its own `text`, or the id of the `claim` that already asks it."""

    why: str
    text: str | None = None
    claim: str | None = None
    rests_on: tuple[str, ...] = ()


class GroupRow(Record, frozen=True):
    title: str
    questions: tuple[QuestionRow, ...]


class VisitRow(Record, frozen=True):
    """A situation as written. `learn_more` are ids of sources, `topics` those whose answers point here."""

    id: str
    title: str
    aka: tuple[str, ...]
    when: str
    groups: tuple[GroupRow, ...]
    bring: tuple[str, ...]
    learn_more: tuple[str, ...]
    topics: tuple[str, ...] = ()


# --------------------------------------------------------------------------- as it is shown


class Question(Record, frozen=True):
    """A question to ask, why it matters, and the places that carry the why where it states a fact.

    `claim` is the id of the claim that asks it, if it is one of a topic.
    """

    text: str
    why: str
    cites: tuple[Cite, ...] = ()
    claim: str | None = None


class Group(Record, frozen=True):
    title: str
    questions: tuple[Question, ...]


class Visit(Record, frozen=True):
    """The list for one situation, with everything that a page needs.

    `sources` are those that the reasons rest on, in the order in which they are first needed.
    """

    id: str
    title: str
    aka: tuple[str, ...]
    when: str
    groups: tuple[Group, ...]
    bring: tuple[str, ...]
    learn_more: tuple[SourceRow, ...]
    sources: tuple[SourceRow, ...]
    topics: tuple[str, ...] = ()


def load(data: Starter, path: Path | None = None) -> tuple[Visit, ...]:
    """All lists, in the order of the file, tied to the claims and sources of `data`.

    Raises StarterInvalid naming the list and the row at fault.
    """
    path = path or folder() / FILE
    claims = {row.id: row for topic in data.topics for row in topic.claims}
    rows = _rows(path)
    _check_names(rows, {topic.id for topic in data.topics}, path)
    return tuple(_tied(row, claims, data.sources, path) for row in rows)


def for_question(visits: tuple[Visit, ...], topic_ids: Iterable[str]) -> Visit | None:
    """The list that an answer on these topics can point to: that of the first topic that has one.

    `topic_ids` come best first, as `answers.topics.ranked` gives them.
    """
    of_topic = {topic: visit for visit in visits for topic in visit.topics}
    return next((of_topic[topic] for topic in topic_ids if topic in of_topic), None)


@cache
def _rows(path: Path) -> tuple[VisitRow, ...]:
    try:
        return msgspec.convert(load_table(path.read_text(encoding="utf-8")), tuple[VisitRow, ...])
    except (OSError, yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise StarterInvalid(str(error), where=str(path), fix="see the head of visits.yaml for the form") from error


def _check_names(rows: tuple[VisitRow, ...], topics: set[str], path: Path) -> None:
    """Raise StarterInvalid where a name or a topic belongs to two lists, or a topic to none that exists."""
    owner: dict[tuple[str, str], str] = {}
    for row in rows:
        named = {("name", _fold(name)) for name in (row.id, row.title, *row.aka)}
        for key in [*sorted(named), *(("topic", topic) for topic in row.topics)]:
            if key in owner:
                raise _invalid(f"the {key[0]} {key[1]!r} stands in {owner[key]} and in {row.id}", path)
            owner[key] = row.id
        for topic in row.topics:
            if topic not in topics:
                raise _invalid(f"{row.id} names the topic {topic}, which does not exist", path)


def _tied(row: VisitRow, claims: dict[str, ClaimRow], sources: dict[str, SourceRow], path: Path) -> Visit:
    for source in row.learn_more:
        if source not in sources:
            raise _invalid(f"{row.id} points to {source}, which is in no sources file", path)
    groups = tuple(
        Group(title=group.title, questions=tuple(_question(q, row.id, claims, path) for q in group.questions))
        for group in row.groups
    )
    needed = dict.fromkeys(cite.source for group in groups for q in group.questions for cite in q.cites)
    return Visit(
        id=row.id,
        title=row.title,
        aka=row.aka,
        when=row.when,
        groups=groups,
        bring=row.bring,
        learn_more=tuple(sources[source] for source in row.learn_more),
        sources=tuple(sources[source] for source in needed),
        topics=row.topics,
    )


def _question(row: QuestionRow, visit: str, claims: dict[str, ClaimRow], path: Path) -> Question:
    if (row.text is None) == (row.claim is None):
        raise _invalid(f"a question of {visit} needs either `text` or `claim` ({row.why})", path)
    for id_ in filter(None, (row.claim, *row.rests_on)):
        if id_ not in claims:
            raise _invalid(f"{visit} rests on the claim {id_}, which does not exist", path)
    text = row.text
    if row.claim is not None:
        if claims[row.claim].facet is not Facet.QUESTION_TO_ASK:
            raise _invalid(f"{visit} asks {row.claim}, which is not a question to ask", path)
        text = claims[row.claim].text
    cites = dict.fromkeys(cite for id_ in row.rests_on for cite in claims[id_].cites)
    return Question(text=text or "", why=row.why, cites=tuple(cites), claim=row.claim)


def _invalid(what: str, path: Path) -> StarterInvalid:
    return StarterInvalid(what, where=str(path), fix="correct the row in visits.yaml")


# --------------------------------------------------------------------------- found by what a person says


def find(data: Starter, visits: tuple[Visit, ...], words: str) -> tuple[Visit, ...]:
    """The lists that some words name, best first; empty if none does.

    A list is named by all the words of one of its names, in any order; more words, then longer ones, speak
    for it. If there is none, words may be misspelled; then they may name a topic (a drug, a gene) of a list.
    """
    asked = _fold(words)
    for visit in visits:
        if asked and asked in {_fold(name) for name in (visit.id, visit.title, *visit.aka)}:
            return (visit,)
    said = _content(words)
    return _named(visits, said) or _named(visits, _mended(visits, said)) or _by_topic(data, visits, words)


def near(visits: tuple[Visit, ...], words: str) -> tuple[Visit, ...]:
    """Up to three lists with a name that is spelled somewhat like the words, or like one of them."""
    names = {_fold(name): visit for visit in visits for name in (visit.id, visit.title, *visit.aka)}
    asked = _fold(words)
    close: list[str] = []
    for piece in dict.fromkeys([asked, *(word for word in asked.split() if len(word) >= _SHORTEST_MENDED)]):
        alike = [name for name in names if name[:1] == piece[:1]]  # few people mistype a first letter
        close += difflib.get_close_matches(piece, alike, 2, _NEAR)
    return tuple({names[name].id: names[name] for name in close}.values())[:3]


def _named(visits: tuple[Visit, ...], said: frozenset[str]) -> tuple[Visit, ...]:
    scores: dict[str, tuple[int, int]] = {}
    for visit in visits:
        met = [name for name in _names(visit) if name <= said]
        if met:
            scores[visit.id] = max((len(name), sum(map(len, name))) for name in met)
    return tuple(sorted((v for v in visits if v.id in scores), key=lambda v: scores[v.id], reverse=True))


def _mended(visits: tuple[Visit, ...], said: frozenset[str]) -> frozenset[str]:
    """The words as they were probably meant: each that no name holds becomes the most alike one that some name does."""
    known = sorted({word for visit in visits for name in _names(visit) for word in name})
    meant = set()
    for word in said:
        alike = difflib.get_close_matches(word, known, 1, _ALIKE) if len(word) >= _SHORTEST_MENDED else []
        meant.add(alike[0] if alike and word not in known else word)
    return frozenset(meant)


def _by_topic(data: Starter, visits: tuple[Visit, ...], words: str) -> tuple[Visit, ...]:
    """The lists of the topics whose title names a thing that the words name, the most specific topic first."""
    asked = {mention.concept for mention in vocabulary.find(words)}
    if not asked:
        return ()
    named = {t.id: {m.concept for m in vocabulary.find(t.title, typos=False)} for t in data.topics}
    asked = {concept for concept in asked if sum(concept in of for of in named.values()) <= _TOO_GENERAL}
    shares = {topic: len(of & asked) / len(of) for topic, of in named.items() if of & asked}
    found = (for_question(visits, [topic]) for topic in sorted(shares, key=lambda t: (-shares[t], t)))
    return tuple({visit.id: visit for visit in found if visit}.values())


def _names(visit: Visit) -> tuple[frozenset[str], ...]:
    return tuple(filter(None, (_content(name) for name in (visit.id, *visit.aka))))


@cache
def _content(text: str) -> frozenset[str]:
    """The words that carry the sense, without the s of a plural.

    >>> sorted(_content("questions on my Brain-Mets"))
    ['brain', 'met']
    """
    return frozenset(_fold(text).split()) - _EMPTY


def _fold(text: str) -> str:
    words = re.sub(r"[^a-z0-9+]+", " ", text.casefold()).split()
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words)
