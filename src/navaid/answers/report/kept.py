"""The paper of a kept original, read again from its bytes in memory: nothing of it is written to the disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from navaid.records.paper import Paper
from navaid.records.read import archive, plain, worker
from navaid.records.read.kinds import HEAD_BYTES, Kind, Unread, kind_of
from navaid.records.read.messages import Job
from navaid.records.read.source import Source
from navaid.records.vault import Papers

OnPage = Callable[[str, int, int], None]


def paper(papers: Papers, name: str, on_page: OnPage) -> Iterator[Paper]:
    """The paper of this name or id. Raises BadInput where there is none, and for an archive of several."""
    original = papers.find(name)
    source = Source(data=b"".join(papers.bytes_of(original.id)), path=original.path, name=original.name)
    kind = _kind(source)
    if kind is Kind.TEXT:
        yield plain.read(source)
    elif kind in (Kind.ZIP, Kind.APPLE_HEALTH):
        raise source.error("holds many papers", "unpack it, and explain the one that you mean")
    else:
        job = Job(kind=kind, path=source.path, name=source.name, data=source.data)
        yield worker.read(job, lambda number, of: on_page(source.path, number, of))


def _kind(source: Source) -> Kind:
    try:
        kind = kind_of(source.data[:HEAD_BYTES])
        if kind is not Kind.ZIP:
            return kind
        with archive.opened(io.BytesIO(source.data), source) as packed:
            return archive.kind_of_archive(packed)
    except Unread as error:
        raise source.error(error.what, error.fix) from error
