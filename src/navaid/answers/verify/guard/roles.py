"""Who is compared with whom, and what makes what: the two sides of a relation keep their places."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.guard.trend import Trend, opposed, trends
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import cues
from navaid.answers.verify.words import Sentence, is_time, once
from navaid.terms import Record

_MOST = 12  # relations of a sentence that are looked at
_SIDE = 4  # content words of what follows "than"
_CAUSAL = frozenset(("because", "so", "acts", "factor", "linked"))
_CAUSE = 10  # and of a cause or an effect
_NUMBERS = frozenset(("half", "one", "two", "three", "four", "five", "six", "ten", "twice", "double"))
_AS = cues("reason")
_GROUPS = cues("group")
_THROUGH = cues("through")


class Relation(Record, frozen=True):
    """What follows a word of relation (`second`), what else is spoken of (`first`), and the direction it is about."""

    kind: str
    at: int
    end: int
    first: frozenset[str]
    second: frozenset[str]
    moves: tuple[Trend, ...] = ()


def turned(pair: Pair, move: Trend) -> bool:
    """Whether a direction of the rewrite belongs to a comparison whose sides changed places, which turns it round."""
    for relation in relations(pair.rewrite):
        if relation.kind == "against" and move in relation.moves:
            for other in relations(pair.source):
                if other.kind == "against" and _turned(other, relation):
                    return True
    return False


def check(pair: Pair) -> Iterator[Broken]:
    given, said = relations(pair.source), relations(pair.rewrite)
    for kind in ("against", "rather", "because", "acts", "factor", "if"):
        ours = [relation for relation in said if relation.kind == kind]
        theirs = [
            relation for relation in given if relation.kind == kind or (kind == "acts" and relation.kind == "linked")
        ]
        if kind == "because" and not theirs:
            theirs = [relation for relation in given if relation.kind == "follows"]
        for number, relation in enumerate(ours):
            rivals = [theirs[number]] if pair.near and len(ours) == len(theirs) else theirs
            told = [other for other in rivals if _turned(other, relation) is not None]
            wrong = [other for other in told if _wrong(other, relation)]
            if wrong and len(wrong) == len(told):
                rule = "cause" if kind in ("because", "acts", "factor", "if") else "comparator"
                yield pair.broken(rule, (wrong[0].at, wrong[0].end), (relation.at, relation.end))
                return
    yield from _caused(pair, given)


def _caused(pair: Pair, given: list[Relation]) -> Iterator[Broken]:
    """A reason given in the rewrite where the source gives none."""
    reasons = [mark for mark in pair.rewrite.marks("relations") if mark[0] == "because"]
    reasons = [mark for mark in reasons if pair.rewrite.texts[mark[1]] not in ("since", "as", "in")]
    if any(mark[0] == "because" for mark in pair.source.marks("relations")):
        return
    if not reasons or (pair.source.marks("relations") and any(r.kind in ("because", "acts", "factor") for r in given)):
        return
    if any(mark[0] == "causes" for mark in pair.source.marks("certainty")) or _AS & set(pair.source.texts):
        return
    texts = pair.source.texts
    if any(
        text == "as" and texts[i + 1 : i + 2] in (["they"], ["it"], ["the"], ["these"]) for i, text in enumerate(texts)
    ):
        return
    if "with" in pair.source.texts[:3] or ";" in pair.source.clean or ":" in pair.source.clean:
        return  # "with its larger size" gives a reason
    if any(relation.kind == "follows" for relation in given):
        return  # and so do "by easing pain" and "stopped after the results"
    yield pair.broken("cause", None, (reasons[0][1], reasons[0][2]))


def _wrong(one: Relation, other: Relation) -> bool:
    crossed = _turned(one, other)
    return crossed is not None and crossed != _against(one, other)


def _against(ours: Relation, theirs: Relation) -> bool:
    """Whether the two comparisons go opposite ways, told by the directions that are about the same thing."""
    sides = ours.second | theirs.second
    pairs = [
        (1 + len((one.about & other.about) - sides), opposed(one, other))
        for one in ours.moves
        for other in theirs.moves
    ]
    apart = max((shared for shared, against in pairs if against), default=0)
    along = max((shared for shared, against in pairs if not against), default=0)
    return apart > 1.5 * along


def _turned(one: Relation, other: Relation) -> bool | None:
    """Whether the sides changed places; None where that cannot be told."""
    kept = one.second & other.second
    crossed = len(one.second & other.first), len(one.first & other.second)
    if one.kind in ("against", "rather"):
        if "!" in (one.second & other.first) | (one.first & other.second):
            return True  # "than those without it" became "than those with it"
        return False if kept - {"@"} else (True if all(crossed) else (False if kept else None))
    if one.kind == "if":
        return True if all(crossed) and not one.first & other.first else None
    straight = len(kept) + len(one.first & other.first)
    if min(crossed) > len(kept) or (all(crossed) and sum(crossed) > straight):
        return True
    return False if kept else None


@once
def relations(sentence: Sentence) -> list[Relation]:
    """The relations of a sentence; `second` is what it is compared with, the road not taken, or the cause."""
    moves: list[Trend] | None = None
    found = []
    if sentence.texts[:1] == ["if"] and len(sentence.texts) > 2:
        found.append(_relation(sentence, "if", 0, 1, _cause(sentence, 0, 1), ()))
    for i, text in enumerate(sentence.texts):
        if text == "after" or (text == "by" and i + 1 < len(sentence.texts) and sentence.texts[i + 1].endswith("ing")):
            found.append(_relation(sentence, "follows", i, i + 1, _cause(sentence, i, i + 1), ()))
    for kind, start, end in sentence.marks("relations"):
        if sentence.words[start].aside or _bound(sentence, start, end) or _degree(sentence, start):
            continue  # "(86 % vs 69 %)" is a list, "more than half" a number
        if kind in _CAUSAL:
            places = _cause(sentence, start, end)
            name = kind if kind in ("acts", "factor", "linked") else "because"
            found.append(_relation(sentence, name, start, end, places, (), turn=kind != "because"))
            continue
        moves = trends(sentence) if moves is None else moves
        near = _near(sentence, moves, start) if kind == "against" else ()
        found.append(_relation(sentence, kind, start, end, _reference(sentence, start, end), near))
    return [relation for relation in found if relation.first or relation.second][:_MOST]


def _degree(sentence: Sentence, start: int) -> bool:
    """Whether "so" only points or measures ("does so within a year"), and opens no effect."""
    words = sentence.words
    if words[start].text != "so" or not start:
        return False
    return words[start].comma == words[start - 1].comma and words[start - 1].text != "and"


def _bound(sentence: Sentence, start: int, end: int) -> bool:
    following = sentence.texts[end] if end < len(sentence.texts) else ""
    if following == "a":
        return sentence.texts[end + 1 : end + 2] in (["third"], ["quarter"], ["fifth"], ["tenth"])
    return sentence.texts[start] == "than" and (following[:1].isdigit() or following in _NUMBERS)


def _relation(
    sentence: Sentence, kind: str, start: int, end: int, places: set[int], moves: tuple[Trend, ...], turn: bool = False
) -> Relation:
    words = sentence.words
    others = {i for i in range(len(words)) if i not in places and not start <= i < end}
    if kind == "rather":
        others = set(sorted(i for i in others if i < start and not words[i].plain)[-_SIDE:])
    if kind in _CAUSAL or kind == "follows":
        others = {i for i in others if abs(words[i].clause - words[start].clause) <= 1}
    inside, outside = _keys(sentence, places), _keys(sentence, others)
    first, second = outside - inside, inside - outside
    if turn:
        first, second = second, first
    return Relation(kind=kind, at=start, end=end, first=frozenset(first), second=frozenset(second), moves=moves)


def _keys(sentence: Sentence, places: set[int]) -> set[str]:
    """The meanings of the words at these places; a denial among them counts as a meaning ("those without it")."""
    words = sentence.words
    keys = {key for i in places if not words[i].plain and words[i].text[:1].isalpha() for key in words[i].keys} - COMMON
    keys |= {words[i].text for i in places if words[i].text.isdigit() and is_time(words, i)}  # "5 years than 2 years"
    if any(words[i].text in ("it", "they", "them") for i in places):
        keys.add("@")
    for label, start, _ in sentence.marks("negation"):
        if label in ("denies", "lacks") and start in places and _of_group(sentence, start):
            keys.add("!")
    return keys


def _of_group(sentence: Sentence, start: int) -> bool:
    """Whether a denial tells one group from another: "those without it", "noncarriers", "than not telling"."""
    if not start or sentence.texts[start].startswith("non") or sentence.texts[start - 1] == "than":
        return True
    return any(word.text in _GROUPS or "=person" in word.keys for word in sentence.words[max(0, start - 3) : start])


def _reference(sentence: Sentence, start: int, end: int) -> set[int]:
    """The words of what is compared with: those after the mark, up to the end of its clause or its part."""
    words = sentence.words
    places: set[int] = set()
    count = 0
    for i in range(end, len(words)):
        word, before = words[i], words[i - 1]
        if i > end and word.clause != before.clause and word.text not in _THROUGH:
            break
        if i > end and word.comma != before.comma:
            break
        if count and word.text in ("and", "or", "in", "at"):
            break
        places.add(i)
        if not word.plain and word.text[:1].isalpha() and not word.aside:
            count += 1
            if count == _SIDE:
                break
    return places


def _cause(sentence: Sentence, start: int, end: int) -> set[int]:
    """The words after a word of cause; where it opens the sentence, those up to the comma."""
    words = sentence.words
    places: set[int] = set()
    count = 0
    for i in range(end, len(words)):
        word = words[i]
        if i > end and (word.clause != words[i - 1].clause and word.text not in _THROUGH):
            break
        if start < 2 and word.comma != words[end].comma and word.text not in ("and", "or"):
            break
        places.add(i)
        count += not word.plain
        if count == _CAUSE:
            break
    return places


def _near(sentence: Sentence, moves: list[Trend], start: int) -> tuple[Trend, ...]:
    """The directions that a comparison may speak of: those of its clause, or of its sentence if it has none."""
    told = [move for move in moves if move.label != "same" and (move.size or move.worth) and not move.aside]
    clause = sentence.words[start].clause
    here = [move for move in told if sentence.words[move.start].clause == clause] or told
    return tuple([move for move in here if move.end <= start][-2:] or here)
