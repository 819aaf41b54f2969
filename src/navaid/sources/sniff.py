"""What a file is, by its first bytes; its name only decides between kinds that look the same."""

from __future__ import annotations

import enum
import re

from navaid.sources.limits import is_gzip

HEAD_BYTES = 65_536


class Format(enum.StrEnum):
    GZIP = "gzip"
    PDF = "PDF"
    JSON = "JSON"
    PUBMED = "PubMed XML"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    PLAIN = "plain text"


# Files that people add and that we do not read, by their first bytes: the reason says what they are.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"PK\x03\x04",
        "a ZIP archive, or a Word, EPUB or other office file",
        "unpack it, or save it as PDF or text",
    ),
    (b"PK\x05\x06", "an empty ZIP archive", ""),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file", "save it as PDF or text"),
    (b"{\\rtf", "a rich-text (RTF) file", "save it as PDF or text"),
    (b"\x89PNG", "a picture; the words in pictures are not read here", "add the text that it shows"),
    (b"\xff\xd8\xff", "a picture; the words in pictures are not read here", "add the text that it shows"),
    (b"GIF8", "a picture; the words in pictures are not read here", "add the text that it shows"),
    (b"II*\x00", "a picture; the words in pictures are not read here", "add the text that it shows"),
    (b"MM\x00*", "a picture; the words in pictures are not read here", "add the text that it shows"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
    (b"(\xb5/\xfd", "a Zstandard archive", "unpack it"),
    (b"SQLite format 3", "a database", ""),
)
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|div|p|h1|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|PubmedArticle)")
_ROOT = re.compile(rb"<([A-Za-z][\w:.-]*)")
_JSON = re.compile(rb"\s*(?:\{\s*(?:[\"}]|$)|\[\s*(?:[\[{\"\]\d]|$))")
_MARKDOWN_SIGNS = re.compile(
    rb"^#{1,6} \S|^\|? ?:?-{3,}:? ?\|[-:| ]*$|\]\((?:https?://|/|#)[^)\s]*\)|^(?:```|~~~)", re.MULTILINE
)
_MARKDOWN_NAMES = (".md", ".markdown", ".mkd", ".mdown")


def other_file(head: bytes) -> tuple[str, str] | None:
    """Why a file of this beginning is not read, and how to mend it; None for one that may be read."""
    return next(((reason, fix) for magic, reason, fix in _OTHERS if head.startswith(magic)), None)


def sniff(head: bytes, name: str) -> Format | None:
    """The format of a file that begins with `head`; None for an XML that no reader here knows.

    >>> sniff(b'{"url": "https://example.org"}', "notes.txt")
    <Format.JSON: 'JSON'>
    """
    if is_gzip(head):
        return Format.GZIP
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _JSON.match(text):
        return Format.JSON
    if _XML.match(text) and not _HTML.match(text):
        return _xml(text)
    if _HTML.match(text) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return Format.HTML
    if name.lower().endswith(_MARKDOWN_NAMES) or len(_MARKDOWN_SIGNS.findall(text[:20_000])) > 1:
        return Format.MARKDOWN
    return Format.PLAIN


def _xml(text: bytes) -> Format | None:
    root = _ROOT.search(text)
    name = root[1].lower() if root else b""
    if name in (b"pubmedarticleset", b"pubmedarticle"):
        return Format.PUBMED
    return Format.HTML if name == b"html" else None
