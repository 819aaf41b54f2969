"""Files and folders -> Documents: each file goes to the reader of what it really is."""

from __future__ import annotations

import datetime as dt
import io
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from navaid.errors import BadInput, NavaidError, UnreadableSource
from navaid.sources import clinicaltrials, html, markdown, pages, pdf, plain, pubmed
from navaid.sources.limits import Gunzip, read_all
from navaid.sources.objects import Object, objects
from navaid.sources.skipped import OnSkip, Skipped, skipped
from navaid.sources.sniff import HEAD_BYTES, Format, other_file, sniff
from navaid.terms import Document

_ONE_DOCUMENT = {
    Format.PDF: pdf.read_bytes,
    Format.HTML: html.read_bytes,
    Format.MARKDOWN: markdown.read_bytes,
    Format.PLAIN: plain.read_bytes,
}
_FAULT_FIX = "please report it with the kind of file; the other files were read"


def read(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    on_skip: OnSkip,
    retrieved: dt.date | None = None,
) -> Iterator[Document]:
    """The documents in files and folders, one at a time, folders in the order of their names.

    `on_skip` is told of each file, row or record that gave no document, and why; nothing is left
    out silently. `retrieved` is the day to note as that of retrieval. Raises `BadInput` at once for
    a path that does not exist; nothing else is raised for what a file holds.

    >>> list(read([], on_skip=print))
    []
    """
    asked = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found = [Path(path) for path in asked]
    for path in found:
        if not _exists(path):
            raise BadInput("there is no such file or folder", where=str(path), fix="check the path")
    return _read(found, on_skip, retrieved)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _read(paths: list[Path], on_skip: OnSkip, retrieved: dt.date | None) -> Iterator[Document]:
    for path in paths:
        for file in _walk(path, on_skip):
            yield from read_file(file, on_skip=on_skip, retrieved=retrieved)


def _walk(path: Path, on_skip: OnSkip) -> Iterator[Path]:
    """The files under a path in the order of their names. Links inside a folder are not followed."""
    if not path.is_dir():
        yield path
        return

    def unreadable(error: OSError) -> None:
        on_skip(Skipped(where=str(error.filename), reason=_os_reason(error), fix="check who may read it"))

    for folder, folders, files in os.walk(path, onerror=unreadable):
        for name in sorted(folders):
            if name.startswith("."):
                on_skip(Skipped(where=str(Path(folder, name)), reason="a hidden folder"))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(folder, name)
            if name.startswith("."):
                on_skip(Skipped(where=str(file), reason="a hidden file"))
            elif file.is_symlink():
                on_skip(Skipped(where=str(file), reason="a link to another place", fix="add that file itself"))
            else:
                yield file


def read_file(path: Path, *, on_skip: OnSkip, retrieved: dt.date | None = None) -> Iterator[Document]:
    """The documents in one file; whatever is wrong with it goes to `on_skip`."""
    where = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableSource("is not a regular file", where=where)
        with path.open("rb") as stream:
            yield from _read_stream(stream, where, path.name, on_skip, retrieved)
    except NavaidError as error:
        on_skip(skipped(where, error))
    except OSError as error:
        on_skip(Skipped(where=where, reason=_os_reason(error), fix="check who may read it"))
    except MemoryError:
        on_skip(Skipped(where=where, reason="does not fit in memory", fix="split it into parts"))
    except Exception as error:
        # A fault of ours, not of the file: it is said, and it does not cost the person the other files.
        on_skip(Skipped(where=where, reason=f"a fault in the reader ({type(error).__name__})", fix=_FAULT_FIX))


def _read_stream(
    stream: BinaryIO, where: str, name: str, on_skip: OnSkip, retrieved: dt.date | None
) -> Iterator[Document]:
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), HEAD_BYTES)
    head = buffered.peek(HEAD_BYTES)[:HEAD_BYTES]
    if not head.strip():
        raise UnreadableSource("is empty", where=where)
    if (other := other_file(head)) is not None:
        raise UnreadableSource(f"is {other[0]}", where=where, fix=other[1])
    kind = sniff(head, name)
    if kind is Format.GZIP:
        if isinstance(stream, Gunzip):
            raise UnreadableSource("is packed twice", where=where, fix="unpack it yourself and add that")
        inner = cast(BinaryIO, Gunzip(buffered, where=where))
        yield from _read_stream(inner, where, name.removesuffix(".gz"), on_skip, retrieved)
    elif kind is Format.JSON:
        yield from _read_objects(buffered, where, on_skip, retrieved)
    elif kind is Format.PUBMED:
        yield from pubmed.read_stream(buffered, where=where, on_skip=on_skip, retrieved=retrieved)
    elif kind is None:
        raise UnreadableSource(
            "is XML of a kind that no reader here knows", where=where, fix="PubMed XML and HTML are read"
        )
    else:
        document = _ONE_DOCUMENT[kind](read_all(buffered, where=where), name=name, retrieved=retrieved)
        yield document


def _read_objects(stream: BinaryIO, where: str, on_skip: OnSkip, retrieved: dt.date | None) -> Iterator[Document]:
    for place, row in objects(stream, where=where, on_skip=on_skip):
        try:
            yield _read_object(row, place, retrieved)
        except NavaidError as error:
            on_skip(skipped(place, error))


def _read_object(row: Object, where: str, retrieved: dt.date | None) -> Document:
    if clinicaltrials.is_study(row):
        return clinicaltrials.read_study(row, where=where, retrieved=retrieved)
    if pages.is_page(row):
        return pages.read_page(row, where=where, retrieved=retrieved)
    raise UnreadableSource(
        "is neither a trial record nor a page",
        where=where,
        fix="a page has `url` or `title` and `text`; a trial record has `protocolSection`",
    )


def _os_reason(error: OSError) -> str:
    return f"could not be opened ({(error.strerror or type(error).__name__).lower()})"
