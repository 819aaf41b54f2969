"""How sure the sentence is stays as it is: no hedge lost or gained, no association made a cause."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Mark, cues
from navaid.answers.verify.words import Sentence

_MILD = cues("mild")
_OPEN = cues("open")
_LABELS = ("maybe", "linked", "causes", "certain", "vague", "soft", "usual", "aim")
_DOUBT = cues("doubt")


def check(pair: Pair) -> Iterator[Broken]:
    given, said = _by(pair.source), _by(pair.rewrite)
    yield from _raised(pair, given, said)
    yield from _lowered(pair, given, said)
    if given["linked"] and len(said["causes"]) > len(given["causes"]) and len(said["linked"]) < len(given["linked"]):
        yield pair.broken("certainty raised", given["linked"][0], said["causes"][0])


def _by(sentence: Sentence) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {label: [] for label in _LABELS}
    for label, start, end in sentence.marks("certainty"):
        found[label].append((start, end))
    return found


def _raised(
    pair: Pair, given: dict[str, list[tuple[int, int]]], said: dict[str, list[tuple[int, int]]]
) -> Iterator[Broken]:
    texts = pair.rewrite.texts
    for start, end in said["certain"]:
        if said["maybe"] and texts[start] == "will":
            continue  # "probably will not"
        if texts[start] == "never" and pair.source.marks("negation"):
            continue  # "never" for "at no time": a denial, for which `negation` looks
        proof = texts[start].startswith("prove") and not any(text.startswith("prove") for text in pair.source.texts)
        if (proof or not given["certain"]) and not all(
            pair.rewrite.words[i].stem in pair.source.keys for i in range(start, end)
        ):
            yield pair.broken("certainty raised", None, (start, end))
            return
    if (
        (given["aim"] or "whether" in pair.source.texts)
        and not said["aim"]
        and not _OPEN.intersection(texts)
        and not said["maybe"]
        and not said["vague"]
    ):
        yield pair.broken("certainty raised", given["aim"][0] if given["aim"] else _at(pair.source, "whether"), None)
        return
    hedges = [mark for mark in given["maybe"] if _kept(pair, mark)]
    mild = _MILD & set(texts) - set(pair.source.texts)  # "can" for "may" still leaves room for doubt
    if len(said["maybe"]) + len(said["vague"]) + len(mild) >= len(given["maybe"]):
        return
    if hedges and not said["maybe"] and not said["vague"] and not mild:
        yield pair.broken("certainty raised", hedges[0], None)
        return
    if pair.near:
        for a, b, c, d in pair.changes:
            lost = [m for m in given["maybe"] if a <= m[0] < b]
            if lost and not any(c <= m[0] < d for m in said["maybe"]) and (c < d or b - a <= 2):
                yield pair.broken("certainty raised", lost[0], (c, d))
                return


def _at(sentence: Sentence, text: str) -> tuple[int, int]:
    place = sentence.texts.index(text)
    return place, place + 1


def _kept(pair: Pair, mark: tuple[int, int]) -> bool:
    """Whether what the hedge is about is still spoken of."""
    about = pair.source.after(mark[1], 4)
    return not about or len(about & pair.rewrite.keys) > 0


def _lowered(
    pair: Pair, given: dict[str, list[tuple[int, int]]], said: dict[str, list[tuple[int, int]]]
) -> Iterator[Broken]:
    if said["vague"] and not given["vague"]:
        start, end = said["vague"][0]
        if not pair.holds(pair.source, pair.rewrite.words[start].keys):
            yield pair.broken("certainty lowered", None, (start, end))
            return
    if "=allowed" in pair.source.keys:
        said = said | {"maybe": [m for m in said["maybe"] if pair.rewrite.texts[m[0]] != "may"]}  # a permission
    new = [
        m
        for m in said["maybe"]
        if pair.rewrite.texts[m[0]] != "could" and not pair.holds(pair.source, {pair.rewrite.words[m[0]].stem})
    ]
    weak = all(pair.rewrite.texts[m[0]].startswith(("tend", "appear", "seem", "likel", "suggest")) for m in new)
    if (
        new
        and not given["maybe"]
        and not given["vague"]
        and not (weak and (given["linked"] or given["usual"]))
        and not given["soft"]
    ):
        yield pair.broken("certainty lowered", None, new[0])
        return
    doubts = [m for m in said["maybe"] if pair.rewrite.texts[m[0]] in _DOUBT - {"could"}]
    had = [
        m
        for m in given["maybe"]
        if pair.source.texts[m[0]] in _DOUBT or pair.source.texts[m[0]][:4] in ("sugg", "poss", "pote")
    ]
    had += given["vague"]
    if doubts and not had and len(doubts) > len(given["maybe"]) and (len(doubts) > 1 or not given["soft"]):
        yield pair.broken("certainty lowered", None, doubts[0])


__all__ = ["Mark", "check"]
