"""What is denied stays denied, and nothing else is: each denial is looked for at the words that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Mark, cues
from navaid.answers.verify.words import Sentence, once, stem

_REACH = 12  # content words that a denial may be about, within its clause
_CLOSE = 3
_OPEN = 8
_MOST = 24  # denials of a sentence that are looked at: each is held against each of the other sentence
_PLAIN = frozenset(("not", "no"))
_SOFT = cues("soft_denial")
_SOFTLY = tuple(cue.removesuffix("*") for cue in _SOFT if cue.endswith("*"))
_WHOLE = cues("whole_denial")  # they deny the whole clause


@once
def denials(sentence: Sentence) -> list[Mark]:
    """The denials, in order; "no difference" and "similar" are one kind of them, `same`."""
    same = [mark for mark in sentence.marks("directions") if mark[0] == "same"]
    spoken = [mark for mark in sentence.marks("outcomes") if mark[0] in ("pfs", "dfs")]  # "without the cancer growing"
    covered = {
        i for _, start, end in same + spoken for i in range(start - (sentence.texts[start - 1] == "without"), end)
    }
    told = [mark for mark in sentence.marks("negation") if mark[1] not in covered and not open_to(sentence, mark[2])]
    return sorted(told + same, key=lambda mark: mark[1])[:_MOST]


def open_to(sentence: Sentence, at: int) -> bool:
    """Whether what follows is left open and not denied: "the results do not tell us whether"."""
    words = sentence.words
    return any(w.text == "whether" and w.clause == words[at - 1].clause for w in words[at : at + _OPEN])


def check(pair: Pair) -> Iterator[Broken]:
    given, said = denials(pair.source), [m for m in denials(pair.rewrite) if m[1] not in pair.glossed]
    if pair.near:
        yield from _changed(pair, given, said)
        return
    new = [m for m in said if not pair.idiom(pair.rewrite, *m[1:]) and not _met(pair.rewrite, m, pair.source, given)]
    gone = [m for m in given if not pair.idiom(pair.source, *m[1:]) and _spoken_of(pair, m)]
    gone = [mark for mark in gone if not _met(pair.source, mark, pair.rewrite, said)]
    if not given and _softly(pair.source):
        new = []
    if not said and _softly(pair.rewrite) and not _softly(pair.source):
        gone = []
    free = [m for m in given if _spoken_of(pair, m) and not _in_idiom(pair.source, m)] if new else given
    if (sum(_spoken_of(pair, m) for m in given) == len(said)) and (not new or free) and not (new and gone):
        return  # as many denials, and none that was moved: the same in other words
    for mark in new:
        yield pair.broken("negation", None, (mark[1], mark[2]))
    for mark in gone:
        yield pair.broken("negation", (mark[1], mark[2]), None)


def _in_idiom(sentence: Sentence, mark: Mark) -> bool:
    """Whether the denial only helps to name something: "conditions that are not cancer"."""
    return any(at <= mark[1] and mark[2] <= end and end - at > 1 for _, at, end in sentence.families)


def _softly(sentence: Sentence) -> bool:
    """Whether the sentence denies in a word that no table of denials holds: "few", "still", "only", "avoid"."""
    return any(text in _SOFT or text.startswith(_SOFTLY) for text in sentence.texts)


def _changed(pair: Pair, given: list[Mark], said: list[Mark]) -> Iterator[Broken]:
    """Denials that came or went where the wording is otherwise kept."""
    source, rewrite = pair.source.texts, pair.rewrite.texts
    if len(given) == len(said) and all(_met(pair.rewrite, m, pair.source, given) for m in said):
        return  # "need no scan" for "do not need a scan"
    for a, b, c, d in pair.changes:
        little = max(b - a, d - c) <= 2
        if little and bool(_PLAIN & set(source[a:b])) != bool(_PLAIN & set(rewrite[c:d])) and (b - a) * (d - c) == 0:
            yield pair.broken("negation", (a, b), (c, d))
            continue
        old = [mark for mark in given if a <= mark[1] < b or (mark[1] < b and mark[2] > a)]
        new = [mark for mark in said if c <= mark[1] < d or (mark[1] < d and mark[2] > c)]
        if len(old) == len(new) or (old and new):
            continue
        if old and (
            _dropped(pair, a, b, c, d) or (all(_met(pair.source, m, pair.rewrite, said) for m in old) and said)
        ):
            continue
        if old:
            yield pair.broken("negation", (old[0][1], old[0][2]), (c, d))
        else:
            yield pair.broken("negation", (a, b), (new[0][1], new[0][2]))


def _dropped(pair: Pair, a: int, b: int, c: int, d: int) -> bool:
    """Whether the words around the denial went with it, so that nothing was turned round."""
    gone = [i for i in range(a, b) if not pair.source.words[i].plain and pair.source.texts[i].isalpha()]
    return c == d and len(gone) >= 3


def _met(one: Sentence, mark: Mark, other: Sentence, marks: list[Mark]) -> bool:
    """Whether what `mark` denies in one sentence is denied in the other, or is not spoken of there."""
    label, start, end = mark
    text = one.texts[start]
    if text == "without" and "free" in other.texts:
        return True
    if label == "lacks" and any(other.texts[m[1]] == text for m in marks):
        return True
    if insignificant(one, mark):
        return any(m[0] == "same" or insignificant(other, m) for m in marks) or not _speaks_of_it(other)
    moved = _moves(one, mark)
    if moved and sum(moved == _moves(other, m) for m in marks) >= sum(moved == _moves(one, m) for m in denials(one)):
        return True
    head = _head(one, mark) or _head_before(one, start)
    scope = (one.after(end, 6) | one.before(start, 3)) - COMMON
    if one.texts[start] in _WHOLE:
        head = one.after(end, _REACH) | one.before(start, _REACH)
    heads = {key for key in head if key in other.keys}
    reached = [_scope(other, m) for m in marks]
    if label == "same":
        return any(m[0] == "same" or scope & r for m, r in zip(marks, reached, strict=True)) or not scope & other.keys
    if heads:
        if text.startswith("non"):  # it denies one word, and so must what stands for it
            return any(heads & (other.after(m[2], _CLOSE) | _head(other, m)) for m in marks)
        return any(heads & r for r in reached)
    return any(scope & r or m[0] == "same" for m, r in zip(marks, reached, strict=True)) or not scope & other.keys


def _spoken_of(pair: Pair, mark: Mark) -> bool:
    """Whether the rewrite keeps most of what the source's denial is about."""
    places = [
        i
        for i in pair.source.content
        if i >= mark[2] and pair.source.words[i].clause == pair.source.words[mark[1]].clause
    ]
    kept, lost = pair.kept(places[:4])
    return len(kept) >= len(lost) or (len(kept) > 1 and not denials(pair.rewrite))


def _moves(sentence: Sentence, mark: Mark) -> int:
    """Whether the denial is of something that rises (1) or falls (-1), told by a direction next to it; else 0."""
    for label, start, _ in sentence.marks("directions"):
        if 0 <= start - mark[2] <= 2 and label in ("up", "down", "good", "bad"):
            return 1 if label in ("up", "good") else -1
    return 0


def insignificant(sentence: Sentence, mark: Mark) -> bool:
    """Whether it is significance that is denied, and not what rose or fell."""
    words = sentence.words[mark[1] : mark[2] + 4]
    return mark[0] != "same" and any(word.text in ("significant", "significance", "nonsignificant") for word in words)


def _speaks_of_it(sentence: Sentence) -> bool:
    return any(word.text.startswith(("signific", "clear", "marked")) for word in sentence.words)


def _scope(sentence: Sentence, mark: Mark) -> set[str]:
    own = {key for word in sentence.words[mark[1] : mark[2]] for key in word.keys}
    if sentence.texts[mark[1]] == "non":
        return own | sentence.after(mark[2], 1)
    after = sentence.after(mark[2], _REACH)
    if sentence.texts[mark[1]] in _WHOLE:
        return own | after | sentence.before(mark[1], _REACH)
    if mark[0] == "lacks" and after:
        return own | after
    return own | after | sentence.before(mark[1], _CLOSE)


def _head(sentence: Sentence, mark: Mark) -> set[str]:
    """The meanings of the first content word after a denial; of "inability", "lack" and the like the first three."""
    label, start, end = mark
    found: set[str] = set()
    own = sentence.texts[start]
    for prefix in ("non", "un", "in"):
        if end == start + 1 and own.startswith(prefix) and len(own) > len(prefix) + 4:
            found.add(stem(own.removeprefix(prefix)))
    count = 0
    for i in range(end, min(end + 6, len(sentence.words))):
        word = sentence.words[i]
        if word.clause != sentence.words[end - 1].clause:
            break
        if word.aside and not sentence.words[start].aside:
            continue
        if not word.plain and word.text[:1].isalpha() and not word.keys & {"=clear"}:
            found |= word.keys - {"=unneeded", "=use", "=have"}
            count += 1
            if label == "denies" or count == 3:
                break
    return found


def _head_before(sentence: Sentence, start: int) -> set[str]:
    for i in range(start - 1, max(-1, start - 4), -1):
        word = sentence.words[i]
        if not word.plain and word.text[:1].isalpha():
            return word.keys - {"=unneeded", "=use", "=have"}
    return set()
