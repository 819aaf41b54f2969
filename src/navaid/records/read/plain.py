"""Plain text -> Paper. The encoding is guessed with care: a wrong one turns a sign such as `≥` or `µ` into another."""

from __future__ import annotations

import codecs
import re

from navaid.records.paper import Paper
from navaid.records.read import limits
from navaid.records.read.source import Draft, Source, tidy
from navaid.terms import How

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_UTF8_SIGN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LOST = "Some signs of this file could not be read, and stand as �."


def read(source: Source) -> Paper:
    """The paper of a text file, its pages parted by form feeds. Raises BadInput for bytes that are no text."""
    if len(source.data) > limits.TEXT_BYTES:
        raise source.error(
            f"is a text of more than {limits.TEXT_BYTES // limits.MB} MB",
            "split it, and add the parts that are about you",
        )
    text = decode(source.data)
    if text is None:
        raise source.error("is no text, and of no kind that is read here", "save it as PDF, DOCX or text")
    draft = Draft(source, "text/plain")
    if "\ufffd" in text:
        draft.note(_LOST)
    for page in tidy(text).rstrip("\f").split("\f"):
        draft.page(page, How.PLAIN)
    return draft.paper()


def decode(data: bytes) -> str | None:
    """The text of bytes, `�` for what cannot be read; None where they are no text.

    UTF-8, UTF-16 and UTF-32 by their mark; UTF-16 without one by where its zeros stand; UTF-8 where the bytes are, or
    mostly are; else Windows-1252, or Latin-1 where bytes stand in it that Windows-1252 does not have.

    >>> decode("Ki-67 ≥ 20 %".encode("utf-16-le")), decode(b"2 \\xb5m"), decode(b"\\x7fELF\\x00\\x01\\x02")
    ('Ki-67 ≥ 20 %', '2 µm', None)
    """
    encoding = wide_encoding(data)
    if encoding is not None:
        text = data.decode(encoding, errors="replace")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _single_bytes(data)
    return None if _is_binary(text[:_SAMPLE]) else text


def wide_encoding(data: bytes) -> str | None:
    """The Unicode encoding that a mark tells, or UTF-16 without one: every second byte of Latin script is zero."""
    if marked := next((name for mark, name in _MARKS if data.startswith(mark)), None):
        return marked
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 2 or 0 not in sample:
        return None
    even, odd = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _single_bytes(data: bytes) -> str:
    high = len(_HIGH.findall(data))
    within = sum(len(sign) for sign in _UTF8_SIGN.findall(data))
    if within > high / 2:
        return data.decode("utf-8", errors="replace")  # UTF-8 with some damage, or cut in the middle of a sign
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_binary(sample: str) -> bool:
    controls = sum(sign < " " and sign not in "\t\n\r\f\v\x1b\x1a" for sign in sample)
    lost = sample.count("\ufffd")
    return "\x00" in sample or controls > len(sample) / 100 or lost > max(3, len(sample) / 10)
