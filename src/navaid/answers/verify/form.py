"""The contract: plain sentences of a sensible length, without links, markup, repetition or an echo of the task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.answers.verify.pairing import Broken
from navaid.answers.verify.phrases import Phrases, table
from navaid.answers.verify.words import read

_MARKUP = re.compile(
    r"https?:|www\.|\]\(|<[a-z/!][^>]*>|[*_`#]{2,}|^\s*[-*#>]\s|\{|\}|```|\[\w+\]\(|&\w+;|\bjavascript:", re.I
)
_LONGEST = 1_200  # characters; a sentence beyond it is not read
_SOURCE = 6_000  # and of a source
_WORK = 200_000  # words of the one times words of the other: the time that comparing them takes grows with it
_TIMES = 2.2  # a rewrite may be this many times as long as its source, and 12 words more: plain words take room
_MORE = 12


def check(source: str, rewrite: str, one_sentence: bool = False) -> Iterator[Broken]:
    """What is wrong with the form of the rewrite; `one_sentence` allows it no more sentences than the source has."""
    if not rewrite.strip() or not any(c.isalpha() for c in rewrite):
        yield Broken(rule="empty", rewrite=rewrite.strip())
        return
    if len(rewrite) > max(_LONGEST, len(source)) or not source.strip() or len(source) > _SOURCE:
        yield Broken(rule="length", rewrite=rewrite[:80])
        return
    if (markup := _MARKUP.search(rewrite)) and markup.group() not in source:
        yield Broken(rule="markup", rewrite=markup.group())
        return
    if any((ord(c) < 32 and c not in "\t") or c in "\u202e\u2066\u2067\u200b\ufeff" for c in rewrite.strip()):
        yield Broken(rule="markup", rewrite="a line break or a hidden character")
        return
    yield from _against(source, rewrite, one_sentence)


def _against(source: str, rewrite: str, one_sentence: bool) -> Iterator[Broken]:
    read_source, read_rewrite = read(source), read(rewrite)
    said, given = read_rewrite.words, read_source.words
    if len(said) * len(given) > _WORK:
        yield Broken(rule="length", rewrite=f"{len(said)} words against {len(given)}")
        return
    if len(said) > _TIMES * len(given) + _MORE or len(said) < 2:
        yield Broken(rule="length", rewrite=f"{len(said)} words for {len(given)}")
    if one_sentence and read_rewrite.sentences > read_source.sentences:
        yield Broken(rule="one sentence", rewrite=rewrite.strip()[:80])
    if rewrite.strip().endswith("?") and not source.strip().endswith("?"):
        yield Broken(rule="form", rewrite="a question")
    texts = read_rewrite.texts
    for label, start, end in _echo().find(texts):
        if not any(texts[start:end] == read_source.texts[i : i + end - start] for i in range(len(given))):
            yield Broken(rule=label, rewrite=read_rewrite.said(start, end))
    yield from _repeated(read_source.texts, texts)


def _repeated(given: list[str], texts: list[str]) -> Iterator[Broken]:
    """A word said three times running, or a run of words said again at once, which the source does not."""
    for length in (1, 3, 4, 5, 6, 7, 8):
        for i in range(len(texts) - 2 * length + 1):
            run = texts[i : i + length]
            if texts[i + length : i + 2 * length] != run or (length == 1 and texts[i + 2 : i + 3] != run):
                continue
            if not _twice(given, run):
                yield Broken(rule="repetition", rewrite=" ".join(run))
                return


def _twice(given: list[str], run: list[str]) -> bool:
    size = len(run)
    return any(given[i : i + size] == run == given[i + size : i + 2 * size] for i in range(len(given)))


def _echo() -> Phrases:
    global _phrases
    if _phrases is None:
        _phrases = Phrases({"echo": table("speech")["echo"]})
    return _phrases


_phrases: Phrases | None = None
