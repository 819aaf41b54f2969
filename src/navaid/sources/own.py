"""A person's own files: their bytes, their ids, and the terms they are held under."""

from __future__ import annotations

import datetime as dt
import hashlib
from urllib.parse import urlsplit

from navaid.errors import UnreadableSource
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document, Kind, Licence

OWN_PUBLISHER = "Your own files"
# What a person adds may be under anyone's copyright: it is shown to them and goes nowhere else.
OWN_LICENCE = Licence(name="added by the person", show_quote=True, show_full=True, redistribute=False)

_MAX_TITLE = 300
_LANGUAGE_LETTERS = range(2, 4)


def file_id(data: bytes) -> str:
    """The id of a file by what it holds, whatever it is called and wherever it lies.

    >>> file_id(b"")[:23]
    'FILE:sha256-e3b0c44298f'
    """
    return f"FILE:sha256-{hashlib.sha256(data).hexdigest()}"


def own_document(
    data: bytes,
    builder: TextBuilder,
    *,
    name: str,
    title: str = "",
    publisher: str = "",
    url: str | None = None,
    published: dt.date | None = None,
    updated: dt.date | None = None,
    language: str = "",
    retrieved: dt.date | None = None,
) -> Document:
    """The document of a file that the person added; raises `UnreadableSource` where it holds no text.

    `name` is the file's name: it stands for a title that the file does not have.
    """
    text = builder.text
    if not text:
        raise UnreadableSource("holds no text", where=name, fix="check that this is the file you meant")
    return Document(
        id=file_id(data),
        title=clean(title)[:_MAX_TITLE] or clean(name) or "Untitled",
        publisher=clean(publisher)[:_MAX_TITLE] or OWN_PUBLISHER,
        kind=Kind.PAGE,
        text=text,
        blocks=builder.blocks,
        licence=OWN_LICENCE,
        url=web_url(url),
        published=published,
        updated=updated,
        retrieved=retrieved,
        language=language_code(language),
        page_starts=builder.page_starts,
    )


def decode(data: bytes, *, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252; line ends become `\\n`.

    Raises `UnreadableSource` for bytes that are no text.
    """
    text = _decode(data)
    if text is None or _is_binary(text[:65_536]):
        raise UnreadableSource(
            "is not text",
            where=name,
            fix="add a text, Markdown, HTML or PDF file; save others as one of these",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def web_url(url: object) -> str | None:
    """The address if a browser may open it (http or https, with a host), else None.

    >>> web_url("https://example.org/a"), web_url("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if not isinstance(url, str) or len(url) > 2000 or any(sign.isspace() for sign in url.strip()):
        return None
    url = clean(url)
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def language_code(language: object) -> str:
    """The language as a bare ISO 639 code: `en` for `en-US`, and for what is not stated."""
    code = language.replace("_", "-").split("-")[0].strip().lower() if isinstance(language, str) else ""
    return code if len(code) in _LANGUAGE_LETTERS and code.isascii() and code.isalpha() else "en"


def _decode(data: bytes) -> str | None:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_binary(sample: str) -> bool:
    controls = sum(sign < " " and sign not in "\t\n\r\f\x1b" for sign in sample)
    return "\x00" in sample or controls > len(sample) / 100
