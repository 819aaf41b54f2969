"""Server-sent events out of bytes, however they are cut: the data of each event, in order."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

_BREAK = re.compile("\r\n|\r|\n")  # the breaks of the standard; `splitlines` knows more, which occur in text


def data_of(chunks: Iterable[bytes]) -> Iterator[str]:
    """The data of each event. Comments and other fields are passed over; an event cut off at the end is dropped.

    Raises UnicodeDecodeError where the bytes are no UTF-8 or end inside a sign.

    >>> list(data_of([b"data: gr\\xc3", b"\\xbc\\xc3\\x9f\\r", b"\\n\\r\\n: ping\\n\\ndata: a\\ndata:b\\n\\ndata: c"]))
    ['grüß', 'a\\nb']
    """
    held: list[str] = []
    for line in _lines(chunks):
        if not line:
            if held:
                yield "\n".join(held)
            held = []
        elif line.startswith("data:"):
            held.append(line[5:].removeprefix(" "))


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8")()
    parts: list[str] = []  # of the line under way; joined once, so that one endless line costs no square
    after_cr = False
    for chunk in chunks:
        text = decode.decode(chunk)
        if not text:
            continue
        if after_cr and text.startswith("\n"):
            text = text[1:]
        after_cr = text.endswith("\r")
        *whole, rest = _BREAK.split(text)
        for one in whole:
            parts.append(one)
            yield "".join(parts)
            parts = []
        parts.append(rest)
    decode.decode(b"", final=True)
