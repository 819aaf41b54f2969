"""Records of the registry from files: JSON, an answer page with `studies`, JSON Lines, each as it is or gzipped."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from navaid.errors import NavaidError
from navaid.sources.objects import objects
from navaid.sources.skipped import Skipped
from navaid.trials.store import Kept, Store

_BATCH = 500
_GZIP = b"\x1f\x8b"


def add(
    store: Store, paths: Iterable[Path], today: dt.date, on_records: Callable[[int], None] = lambda done: None
) -> Kept:
    """Keep the records of files. What cannot be read is named in `faults`, and the rest goes on.

    The day of the data is what a record says of itself, else the day the file was written.
    """
    kept = Kept()
    for path in paths:
        faults: list[str] = []
        try:
            day = min(today, dt.date.fromtimestamp(path.stat().st_mtime))
            for batch in _batches(path, faults):
                places, rows = zip(*batch, strict=True)
                kept += store.keep(rows, day, where=places, own_day=True)
                on_records(len(rows))
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or "the gzip file is cut or damaged"
            faults.append(f"{path}: {reason}")
        except NavaidError as error:
            faults.append(f"{error.where}: {error.what}")
        kept += Kept(faults=tuple(faults))
    return kept


def _batches(path: Path, faults: list[str]) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    def skip(skipped: Skipped) -> None:
        faults.append(f"{skipped.where}: {skipped.reason}")

    with path.open("rb") as file:
        zipped = file.peek(2)[:2] == _GZIP
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if zipped else file
        found = objects(stream, where=path.name, on_skip=skip)
        while batch := list(itertools.islice(found, _BATCH)):
            yield batch
