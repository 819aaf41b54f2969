"""ZIP archives: what lies in one, unpacked in memory only, and no further than is safe."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from navaid.errors import BadInput
from navaid.records.read import limits
from navaid.records.read.docx import is_docx
from navaid.records.read.kinds import Kind, Unread
from navaid.records.read.source import Source, tidy

_TAIL_BYTES = 65_557  # the end record and the longest comment after it
_DIRECTORY_BYTES = 16 * limits.MB  # what lists the entries, some 100 bytes each
_CHUNK = 1 << 20
_OFFICE = (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint file"), ("META-INF/container.xml", "an e-book (EPUB)"))
_CLUTTER = frozenset(("thumbs.db", "desktop.ini", "dicomdir"))


class Budget:
    """What one archive, nested ones counted too, may still unpack to."""

    def __init__(self) -> None:
        self.bytes, self.entries = limits.ARCHIVE_BYTES, limits.ARCHIVE_ENTRIES

    def take(self, count: int, source: Source) -> None:
        """Take so many bytes; raises BadInput where there are not so many left."""
        self.bytes -= count
        if self.bytes < 0:
            raise source.error(
                f"unpacks to more than {limits.ARCHIVE_BYTES // limits.MB:,} MB; what is left of it was not read",
                "unpack it yourself, and add the files that are yours",
            )


def opened(stream: BinaryIO, source: Source) -> zipfile.ZipFile:
    """The archive in a stream. Raises BadInput for one that is damaged, or lists too many files to look at."""
    try:
        if _directory_size(stream) > _DIRECTORY_BYTES:
            raise _too_many(source)
        stream.seek(0)
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise source.error("is a damaged or cut ZIP archive", "get it again") from error


def kind_of_archive(archive: zipfile.ZipFile) -> Kind:
    """ZIP for a plain archive, DOCX or APPLE_HEALTH for what only looks like one. Raises Unread for others."""
    names = archive.namelist()
    if is_docx(names):
        return Kind.DOCX
    for start, what in _OFFICE:
        if any(name.startswith(start) for name in names):
            raise Unread(f"is {what}", fix="save what you need of it as PDF and add that")
    if "mimetype" in names and "content.xml" in names:
        raise Unread("is an OpenDocument file", fix="save it as DOCX or PDF and add that")
    if any(PurePosixPath(name).parts[:1] == ("apple_health_export",) for name in names[:50]):
        return Kind.APPLE_HEALTH
    return Kind.ZIP


def members(archive: zipfile.ZipFile, source: Source, budget: Budget) -> Iterator[Source | BadInput]:
    """The files of an archive, or why one is not read. Raises BadInput where the archive as a whole is too much."""
    for entry in archive.infolist():
        name = tidy(entry.filename).replace("\n", " ").replace("\f", " ")
        if entry.is_dir() or _is_clutter(name):
            continue
        budget.entries -= 1
        if budget.entries < 0:
            raise _too_many(source)
        member = Source(data=b"", path=f"{source.path}!{name}", name=PurePosixPath(name).name or name)
        try:
            data = _unpack(archive, entry, member, source, budget)
        except BadInput as error:
            if error.where == source.path:
                raise
            yield error
        else:
            yield Source(data=data, path=member.path, name=member.name)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, member: Source, source: Source, budget: Budget) -> bytes:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise member.error("is a link to another file", "add that file itself")
    if entry.flag_bits & 1:
        raise member.error("is locked with a password", "unpack the archive and add the folder")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise member.error("is packed in a way that is not read here", "unpack the archive and add the folder")
    most = max(limits.RATIO_FREE_BYTES, limits.ARCHIVE_RATIO * entry.compress_size)
    parts, length = [], 0
    try:
        with archive.open(entry) as stream:
            while part := stream.read(_CHUNK):
                length += len(part)
                budget.take(len(part), source)
                if length > most:
                    raise member.error(
                        f"unpacks to more than {limits.ARCHIVE_RATIO} times its size, as no paper does",
                        "if you trust it, unpack it yourself and add that",
                    )
                if length > limits.FILE_BYTES:
                    raise member.error(*too_large())
                parts.append(part)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise member.error("is damaged within its archive", "get the archive again") from error
    return b"".join(parts)


def too_large() -> tuple[str, str]:
    """What is said of a file over the limit, and how to mend it."""
    return (f"is larger than {limits.FILE_BYTES // limits.MB} MB", "split it, or save it smaller")


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    last = parts[-1].lower() if parts else ""
    return "__MACOSX" in parts or last.startswith(".") or last in _CLUTTER


def _too_many(source: Source) -> BadInput:
    return source.error(
        f"holds more than {limits.ARCHIVE_ENTRIES:,} files", "unpack it, and add the files that are yours"
    )


def _directory_size(stream: BinaryIO) -> int:
    """How many bytes list the entries, by the end record (or the one of 64 bits); zipfile reads them all at once."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read(_TAIL_BYTES)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0  # zipfile says what is wrong with it
    large = tail.rfind(b"PK\x06\x06", 0, at)
    if large >= 0 and len(tail) >= large + 48:
        return int(struct.unpack_from("<Q", tail, large + 40)[0])
    return int(struct.unpack_from("<L", tail, at + 12)[0])
