"""Text and links of untrusted documents, made safe to show anywhere.

What is taken out here cannot be seen on a page but can act: terminal escapes, control characters,
marks that reorder or hide letters. Each format then escapes its own syntax itself.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# A whole terminal sequence goes, not just its first byte: "\x1b[31mred" would leave "[31mred". A string
# sequence (title, link) goes only with its end in sight, and the one-byte forms (\x9b, \x9d) lose that
# byte alone: in badly decoded text they stand for quotation marks, and words must not go with them.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b(?:[()*+][0-9A-Za-z])?"
)
# Controls (tab and line feed are spacing), bidirectional overrides ("Trojan source"), the invisible
# tag letters, the byte order mark, noncharacters. Joiners stay: Persian and Hindi need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_URL_KEEP = ":/?#@!$&'*+,;=%~-._"


def line(text: str) -> str:
    """The text as one line of visible characters.

    >>> line("a \\x1b[31mred\\x1b[0m\\n word\\u202e")
    'a red word'
    """
    return " ".join(_visible(text).split())


def lines(text: str) -> tuple[str, ...]:
    """The text's lines, empty ones left out, each made safe as by `line`.

    >>> lines("one\\r\\n\\r\\n two\\x07")
    ('one', 'two')
    """
    return tuple(found for part in _BREAKS.split(_visible(text)) if (found := " ".join(part.split())))


def link(url: str | None) -> str:
    """The address if it is a web page's, percent-encoded where markup could break it; else "".

    >>> link("https://example.org/a b(1)"), link("javascript:alert(1)"), link(None)
    ('https://example.org/a%20b%281%29', '', '')
    """
    if url is None or url != line(url):
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return quote(url, safe=_URL_KEEP) if usable else ""


def _visible(text: str) -> str:
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _ESCAPES.sub("", text)))
