"""Whether a page's text layer is what the page shows, or the page must be read as a picture."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence

from navaid.records.read.layout import Placed

_FEW_LETTERS = 30  # a stamp, a page number
_STAMP_WORDS = 40  # a scanner's or a portal's stamp over the picture of a page has fewer
_DRAWN_PATHS = 300  # letters drawn as outlines: a page of them has thousands of paths
_LATIN = re.compile(r"[A-Za-z]{2,}")
_SPOKEN = re.compile(r"[aeiouyAEIOUY]")
_NO_TEXT = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]|\\(cid:\\d+\\)")


class Quality(enum.Enum):
    """`SCANNED`: a picture of the page with the text that another program's OCR laid behind it."""

    GOOD = enum.auto()
    SCANNED = enum.auto()
    POOR = enum.auto()


def quality(words: Sequence[Placed], image_share: float, paths: int) -> Quality:
    """How far the text layer may be trusted; `image_share` of the page is covered by pictures, `paths` are drawn on it.

    An empty page without pictures is good: there is nothing to read.
    """
    letters = sum(sign.isalnum() for word in words for sign in word.text)
    pictured = image_share > 0.3 or paths > _DRAWN_PATHS
    if _is_junk([word.text for word in words]):
        return Quality.POOR
    if letters < _FEW_LETTERS:
        return Quality.POOR if pictured else Quality.GOOD
    if image_share > 0.8:
        return Quality.POOR if len(words) < _STAMP_WORDS else Quality.SCANNED
    return Quality.GOOD


def _is_junk(texts: Sequence[str]) -> bool:
    """Signs without a meaning, as of fonts without a table of their letters, or words that nobody could speak.

    Only Latin letters are judged; a page in another script is left to what reads it.
    """
    total = sum(map(len, texts))
    if total == 0:
        return False
    if sum(len(_NO_TEXT.findall(text)) for text in texts) > 0.2 * total:
        return True
    words = [word for text in texts for word in _LATIN.findall(text)]
    if sum(map(len, words)) < 0.3 * total:
        return total > 200 and sum(not sign.isalnum() for text in texts for sign in text) > 0.5 * total
    spoken = sum(bool(_SPOKEN.search(word)) or (len(word) <= 4 and word.isupper()) for word in words)
    return len(words) >= 20 and spoken < 0.5 * len(words)
