"""Which reader reads a file: by what its bytes are, never by its name alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from navaid.records.paper import Page, Paper
from navaid.terms import How


def read(path: Path) -> Iterator[Paper]:
    """The papers of a file; several for an archive or a folder. Raises BadInput with what, where and how to mend."""
    data = path.read_bytes()
    text = data.decode("utf-8", errors="replace")
    yield Paper(
        id="FILE:" + hashlib.sha256(data).hexdigest(),
        path=str(path),
        name=path.name,
        media_type="text/plain",
        text=text,
        pages=(Page(number=1, start=0, end=len(text), how=How.PLAIN),),
    )
