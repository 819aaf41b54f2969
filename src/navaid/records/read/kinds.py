"""What a file is: by its first bytes and its structure. Its name only serves to say that it is mislabelled."""

from __future__ import annotations

import enum
import re
from pathlib import PurePath

from navaid.records.read.plain import wide_encoding

HEAD_BYTES = 65_536


class Unread(Exception):
    """A file of a kind that is not read: `what` continues "this file …", `fix` says how to mend it."""

    def __init__(self, what: str, *, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


class Kind(enum.StrEnum):
    """The kinds that are read; the value is what a person calls it."""

    TEXT = "text"
    HTML = "web page (HTML)"
    RTF = "rich text (RTF)"
    DOCX = "Word document (DOCX)"
    PDF = "PDF"
    IMAGE = "picture"
    ZIP = "ZIP archive"
    CCDA = "C-CDA document"
    FHIR = "FHIR record"
    APPLE_HEALTH = "Apple Health export"


# The endings that each kind may have; text and the structured records go by many names.
_ENDINGS: dict[Kind, frozenset[str]] = {
    Kind.HTML: frozenset((".html", ".htm", ".xhtml")),
    Kind.RTF: frozenset((".rtf", ".doc")),
    Kind.DOCX: frozenset((".docx", ".docm", ".dotx")),
    Kind.PDF: frozenset((".pdf",)),
    Kind.IMAGE: frozenset(
        ".jpg .jpeg .jpe .jfif .png .tif .tiff .bmp .gif .webp .heic .heif .hif .avif .jp2 .mpo".split()
    ),
}
_ALL_ENDINGS = frozenset[str]().union(*_ENDINGS.values()) | {".zip", ".xml", ".json", ".ndjson", ".csv", ".md"}

_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_JPEG2000 = b"\x00\x00\x00\x0cjP  \r\n"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "is an old Word, Excel or mail file", "save it as DOCX or PDF and add that"),
    (b"\x1f\x8b", "is packed with gzip", "unpack it and add what is in it"),
    (b"7z\xbc\xaf", "is a 7-Zip archive", "unpack it and add the folder"),
    (b"Rar!", "is a RAR archive", "unpack it and add the folder"),
    (b"BZh", "is packed with bzip2", "unpack it and add what is in it"),
    (b"\xfd7zXZ", "is packed with xz", "unpack it and add what is in it"),
    (b"\x28\xb5\x2f\xfd", "is packed with Zstandard", "unpack it and add what is in it"),
    (b"SQLite format 3", "is a database", "export what you need from the program that made it"),
)
_DICOM = "is a medical image (DICOM); Navaid reads the report about an image, not the image"
_HTML_TAGS = frozenset("html head body main article div p h1 h2 table meta title pre span".split())
_TAG = re.compile(rb"<(?:[\w.-]{1,64}:)?([A-Za-z_][\w.-]{0,63})([^>]{0,2000})")
_BEFORE_ROOT = ((b"<?", b"?>"), (b"<!--", b"-->"))
_DOCTYPE = re.compile(rb"<!doctype\s[^\[>]{0,1000}", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*(?:[\"}]|$)|\[\s*(?:[\[{\"\]\d-]|$))")


def kind_of(data: bytes) -> Kind:
    """The kind of a file that holds (or begins with) these bytes. Raises Unread for one that is not read.

    >>> kind_of(b'{"resourceType": "Observation"}')
    <Kind.FHIR: 'FHIR record'>
    """
    head = data[:HEAD_BYTES]
    if not head.strip():
        raise Unread("is empty", fix="get the file again")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.ZIP
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if _is_image(head):
        return Kind.IMAGE
    if head[128:132] == b"DICM":
        raise Unread(_DICOM, fix="add the written report")
    for magic, what, fix in _OTHERS:
        if head.startswith(magic):
            raise Unread(what, fix=fix)
    return _markup(head, data)


def _is_image(head: bytes) -> bool:
    if head.startswith(b"BM"):  # two letters prove nothing: a text may begin with them
        return len(head) > 30 and head[6:10] == b"\x00\x00\x00\x00" and head[14] in (12, 40, 52, 56, 64, 108, 124)
    return (
        head.startswith((*_IMAGES, _JPEG2000))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and (head[8:12] in _BRANDS or any(b in head[16:64] for b in _BRANDS)))
    )


def _markup(head: bytes, data: bytes) -> Kind:
    plain = _as_utf8(head)
    if _JSON.match(plain):
        return Kind.FHIR if b'"resourceType"' in (data if plain is head else plain) else Kind.TEXT
    if plain.lstrip().startswith(b"<"):
        return _tagged(plain)
    if b"\x00" in plain[:4096]:
        raise Unread(_unknown(head), fix="save it as PDF, DOCX or text")
    return Kind.TEXT


def _as_utf8(head: bytes) -> bytes:
    """The same bytes, or UTF-8 made of UTF-16 or UTF-32; without a mark."""
    encoding = wide_encoding(head)
    return head.decode(encoding, errors="ignore").encode("utf-8", errors="ignore") if encoding else head


def _tagged(head: bytes) -> Kind:
    name, attributes = _root(head)
    if name == "ClinicalDocument":
        return Kind.CCDA
    if name == "HealthData":
        return Kind.APPLE_HEALTH
    if name.lower() in _HTML_TAGS:
        return Kind.HTML
    if b"http://hl7.org/fhir" in attributes:
        raise Unread("is FHIR written as XML", fix="export it as FHIR JSON, or as a C-CDA document")
    if head.lstrip().startswith((b"<?xml", b"<!DOCTYPE")):
        raise Unread("is XML of a kind that is not read here", fix="C-CDA documents and web pages (HTML) are read")
    return Kind.TEXT  # a text that begins with <


def _root(head: bytes) -> tuple[str, bytes]:
    """The first element's name and attributes, after declarations and comments; an HTML doctype counts as `html`."""
    at = 0
    while True:
        at += len(head[at:]) - len(head[at:].lstrip())
        skipped = next(((opening, end) for opening, end in _BEFORE_ROOT if head.startswith(opening, at)), None)
        if skipped is not None:
            end = head.find(skipped[1], at)
            if end < 0:
                return "", b""
            at = end + len(skipped[1])
        elif doctype := _DOCTYPE.match(head, at):
            if doctype[0][9:].strip().lower().startswith(b"html"):
                return "html", b""
            inner = head.find(b"]", doctype.end()) if head[doctype.end() : doctype.end() + 1] == b"[" else doctype.end()
            at = head.find(b">", max(inner, 0)) + 1
            if not at:
                return "", b""
        else:
            tag = _TAG.match(head, at)
            return (tag[1].decode("ascii", "replace"), tag[2]) if tag else ("", b"")


def _unknown(head: bytes) -> str:
    """What puremagic takes it for, where it is fairly sure."""
    import puremagic  # 20 ms that only an unknown file has to wait for

    try:
        best = puremagic.magic_string(head)[:1]
    except (puremagic.PureError, ValueError):
        best = []
    if best and best[0].confidence >= 0.6 and best[0].name:
        return f"is of a kind that is not read here ({best[0].name})"
    return "is no text, and of no kind that is read here"


def mislabelled(kind: Kind, name: str) -> str:
    """A note where a file's ending promises another kind than its bytes are; empty where it does not.

    >>> mislabelled(Kind.PDF, "report.docx")
    'The name ends in .docx, but this file is a PDF; it was read as one.'
    """
    ending = PurePath(name).suffix.lower()
    expected = _ENDINGS.get(kind)
    wrong = ending not in expected if expected else any(ending in endings for endings in _ENDINGS.values())
    if not wrong or ending not in _ALL_ENDINGS:
        return ""
    return f"The name ends in {ending}, but this file is a {kind}; it was read as one."
