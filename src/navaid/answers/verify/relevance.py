"""Whether the rewrite speaks of what the source speaks of: the share of its content that the source has too."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.pairing import Broken, Pair

_SHARE = 0.34  # of the rewrite's content words; plain words for a hard sentence share as little as half
_ALIKE = 0.35  # cosine below which two sentences speak of different things
_FEW = 2


def check(pair: Pair, alike: float | None) -> Iterator[Broken]:
    """Broken where too little of the rewrite is in the source, or the two mean different things."""
    content = pair.rewrite.content
    held, foreign = pair.supported(content)
    if content and (len(held) / len(content) < _SHARE or (len(held) < _FEW and len(content) >= _FEW + 1)):
        words = " ".join(pair.rewrite.words[i].raw for i in foreign[:6])
        yield Broken(rule="relevance", rewrite=words)
    elif alike is not None and alike < _ALIKE:
        yield Broken(rule="relevance", rewrite=f"cosine {alike:.2f}")
