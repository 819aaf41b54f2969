"""The files of a folder, in the order of their names; links, hidden files and more than a bounded number are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from navaid.errors import BadInput
from navaid.records.read import limits

_TOO_MANY = f"holds more than {limits.ARCHIVE_ENTRIES:,} files; only those before were read"


def files(path: Path) -> Iterator[Path | BadInput]:
    """The path itself, or the files in and below the folder that it is, or why they are not read."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _unopened(path, error)
        return
    if not stat.S_ISDIR(mode):
        yield path if stat.S_ISREG(mode) else _device(path)
        return
    left = [limits.ARCHIVE_ENTRIES]
    empty = True
    for found in _below(path, left, 1):
        empty = False
        yield found
    if left[0] < 0:
        yield BadInput(f"{shown(path)} {_TOO_MANY}", where=shown(path), fix="add the folder with your papers only")
    elif empty:
        yield BadInput(
            f"{shown(path)} holds no files", where=shown(path), fix="check that this is the folder you meant"
        )


def shown(path: Path) -> str:
    """The path as it can be written out: names on disk need not be valid Unicode."""
    return os.fsencode(path).decode("utf-8", "replace")


def _below(folder: Path, left: list[int], depth: int) -> Iterator[Path | BadInput]:
    """`left` is how many more files are looked at; -1 once there were more."""
    try:
        entries = _listed(folder, left)
    except OSError as error:
        yield _unopened(folder, error)
        return
    for entry in entries:
        if left[0] < 0:
            return
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_symlink():
            yield BadInput(f"{shown(Path(entry.name))} is a link to another place", where=shown(path), fix="add that")
        elif not entry.is_dir():
            left[0] -= 1
            if left[0] >= 0:
                yield path if entry.is_file() else _device(path)
        elif depth < limits.FOLDER_DEPTH:
            yield from _below(path, left, depth + 1)
        else:
            yield BadInput(f"{shown(Path(entry.name))} lies too deep", where=shown(path), fix="add it by itself")


def _listed(folder: Path, left: list[int]) -> list[os.DirEntry[str]]:
    """At most as many entries as may still be looked at, and one more that tells that there are too many."""
    entries = []
    with os.scandir(folder) as found:
        for entry in found:
            entries.append(entry)
            if len(entries) > left[0] + 1_000:  # hidden files and folders do not count
                break
    return sorted(entries, key=lambda entry: entry.name)


def _device(path: Path) -> BadInput:
    return BadInput(f"{shown(Path(path.name))} is no file but a device or a pipe", where=shown(path), fix="add a file")


def _unopened(path: Path, error: OSError | ValueError) -> BadInput:
    reason = (getattr(error, "strerror", None) or "not a path").lower()
    return BadInput(
        f"{shown(Path(path.name))} could not be opened ({reason})",
        where=shown(path),
        fix="check the name, and who may read it",
    )
