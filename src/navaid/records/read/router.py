"""From what a person names (files, archives, folders) to papers: by what the bytes are, never by the name alone.

path -> files of a folder -> members of an archive -> kind -> reader, in a child process but for plain text
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from navaid.errors import BadInput, NavaidError
from navaid.records.paper import Paper
from navaid.records.read import archive, limits, plain, worker
from navaid.records.read.folder import files, shown
from navaid.records.read.kinds import HEAD_BYTES, Kind, Unread, kind_of, mislabelled
from navaid.records.read.messages import Job
from navaid.records.read.source import Source

OnPage = Callable[[str, int, int], None]
"""Called before a page is read: the paper's path, the page's number, and how many there are (as far as is known)."""


def _silent(path: str, number: int, of: int) -> None:
    """The `OnPage` that says nothing."""


def read(path: Path, *, on_page: OnPage = _silent) -> Iterator[Paper]:
    """The papers of a file; several for an archive or a folder. Raises BadInput with what, where and how to mend.

    Where only some of them can be read, these come first, and then the first error is raised.
    """
    errors = []
    for found in read_all([path], on_page=on_page):
        if isinstance(found, Paper):
            yield found
        else:
            errors.append(found)
    if errors:
        raise errors[0]


def read_all(paths: Iterable[Path], *, on_page: OnPage = _silent) -> Iterator[Paper | NavaidError]:
    """The papers of all these files, archives and folders in order, or for each that cannot be read the error.

    Nothing is raised for a file: one that is bad does not cost the person the others.
    """
    for path in paths:
        for file in files(path):
            if isinstance(file, NavaidError):
                yield file
            else:
                yield from _Reading(on_page).file(file)


class _Reading:
    """The reading of one file, and of all that lies in it if it is an archive."""

    def __init__(self, on_page: OnPage) -> None:
        self._on_page = on_page
        self._budget = archive.Budget()

    def file(self, path: Path) -> Iterator[Paper | NavaidError]:
        """Its papers and errors; nothing is raised."""
        source = Source(data=b"", path=shown(path), name=shown(Path(path.name)))
        try:
            with path.open("rb") as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise source.error("is no file but a device or a pipe", "add a file")
                yield from self._stream(stream, path, source)
        except NavaidError as error:
            yield error
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            yield source.error(f"could not be opened ({reason})", "check who may read it")

    def _stream(self, stream: BinaryIO, path: Path, source: Source) -> Iterator[Paper | NavaidError]:
        head = stream.read(HEAD_BYTES)
        kind = _kind(head, source)
        if kind is Kind.ZIP:
            yield from self._archive(stream, source, 1, path)
        elif kind is Kind.APPLE_HEALTH:
            yield self._export(source, path)
        else:
            whole = _whole(stream, source, head)
            yield self._paper(_kind(whole.data, whole), whole)

    def _archive(
        self, stream: BinaryIO, source: Source, depth: int, path: Path | None = None
    ) -> Iterator[Paper | NavaidError]:
        """`path` is where the archive lies on the disk; None within another archive."""
        with archive.opened(stream, source) as packed:
            try:
                kind = archive.kind_of_archive(packed)
            except Unread as error:
                raise source.error(error.what, error.fix) from error
            if kind is Kind.ZIP:
                yield from self._members(packed, source, depth)
                return
        if kind is Kind.APPLE_HEALTH and path is not None:
            yield self._export(source, path)
        else:
            stream.seek(0)
            yield self._paper(kind, _whole(stream, source))

    def _members(self, packed: zipfile.ZipFile, source: Source, depth: int) -> Iterator[Paper | NavaidError]:
        empty = True
        for member in archive.members(packed, source, self._budget):
            empty = False
            if isinstance(member, NavaidError):
                yield member
                continue
            try:
                yield from self._member(member, depth)
            except BadInput as error:
                yield error
        if empty:
            raise source.error("is an archive without files", "check that this is the archive you meant")

    def _member(self, member: Source, depth: int) -> Iterator[Paper | NavaidError]:
        kind = _kind(member.data, member)
        if kind is not Kind.ZIP:
            yield self._paper(kind, member)
        elif depth < limits.ARCHIVE_DEPTH:
            yield from self._archive(io.BytesIO(member.data), member, depth + 1)
        else:
            raise member.error("is an archive within archives", "unpack it and add the folder")

    def _export(self, source: Source, path: Path) -> Paper:
        """An Apple Health export, read from the disk as a stream."""
        if path.stat().st_size > limits.EXPORT_BYTES:
            raise source.error(f"is larger than {limits.EXPORT_BYTES // limits.MB:,} MB", "export less of it")
        return self._parsed(Kind.APPLE_HEALTH, source, str(path.absolute()))

    def _paper(self, kind: Kind, source: Source) -> Paper:
        paper = plain.read(source) if kind is Kind.TEXT else self._parsed(kind, source)
        note = mislabelled(kind, source.name)
        return msgspec.structs.replace(paper, notes=(note, *paper.notes)) if note else paper

    def _parsed(self, kind: Kind, source: Source, file: str = "") -> Paper:
        job = Job(kind=kind, path=source.path, name=source.name, data=source.data, file=file)
        return worker.read(job, lambda number, of: self._on_page(source.path, number, of))


def _kind(data: bytes, source: Source) -> Kind:
    try:
        return kind_of(data)
    except Unread as error:
        raise source.error(error.what, error.fix) from error


def _whole(stream: BinaryIO, source: Source, head: bytes = b"") -> Source:
    """The source with its bytes; `head` are those already read."""
    data = head + stream.read(limits.FILE_BYTES + 1 - len(head))
    if len(data) > limits.FILE_BYTES:
        raise source.error(*archive.too_large())
    return Source(data=data, path=source.path, name=source.name)
