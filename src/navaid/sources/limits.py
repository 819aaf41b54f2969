"""How much is read, and bytes unpacked no further than that."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from navaid.errors import UnreadableSource

MAX_DOCUMENT_BYTES = 500_000_000
MAX_LINE_BYTES = 64_000_000
# Text packs to a fifth, tables of numbers to a twentieth or so; gzip's bombs reach 1 : 1032.
_MAX_RATIO = 200
_ALWAYS_ALLOWED = 16_000_000
_GZIP_MAGIC = b"\x1f\x8b"


def is_gzip(head: bytes) -> bool:
    return head.startswith(_GZIP_MAGIC)


class Gunzip(io.RawIOBase):
    """The unpacked bytes of a gzip stream; raises `UnreadableSource` for a bomb or a damaged file.

    What was unpacked before the damage has been given out by then: a cut JSON Lines file still
    gives its whole lines.
    """

    def __init__(self, packed: BinaryIO, *, where: str) -> None:
        self._packed, self._where = packed, where
        self._unpacker = zlib.decompressobj(wbits=31)
        self._bytes_in = self._bytes_out = 0
        self._left, self._inside = b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._next(len(view))
        view[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while self._left or self._refill():
            try:
                data = self._unpacker.decompress(self._left, size)
            except zlib.error as error:
                raise self._error("is a damaged gzip file", "get the file again") from error
            self._left, self._inside = self._unpacker.unconsumed_tail, True
            if self._unpacker.eof:
                # Several gzip members may follow one another, as from `cat a.gz b.gz`.
                self._left, self._inside = self._unpacker.unused_data.lstrip(b"\x00"), False
                self._unpacker = zlib.decompressobj(wbits=31)
            if data:
                self._count(len(data))
                return data
        return b""

    def _refill(self) -> bool:
        self._left = self._packed.read(65_536)
        self._bytes_in += len(self._left)
        if not self._left and self._inside:
            self._inside = False  # say it once
            raise self._error("is a gzip file cut short", "get the file again; what came before was read")
        return bool(self._left)

    def _count(self, unpacked: int) -> None:
        self._bytes_out += unpacked
        if self._bytes_out > max(_ALWAYS_ALLOWED, _MAX_RATIO * self._bytes_in):
            raise self._error(
                f"unpacks to more than {_MAX_RATIO} times its size",
                "if you trust it, unpack it yourself and add that",
            )

    def _error(self, what: str, fix: str) -> UnreadableSource:
        return UnreadableSource(what, where=self._where, fix=fix)


def read_all(stream: BinaryIO, *, where: str, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """All bytes of a stream; raises `UnreadableSource` where there are more than `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableSource(
            f"is one document of more than {limit // 1_000_000} MB", where=where, fix="split it into parts"
        )
    return data
