"""A fingerprint of the program's own files, so that what was made by other rules is known to be out of date."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable


def fingerprint(*folders: str) -> str:
    """Sixteen hex digits over the code and the data of folders of this package, such as `trials/criteria`."""
    digest = hashlib.sha256()
    for name in folders:
        for file in _files(resources.files("navaid").joinpath(*name.split("/"))):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry)
        elif entry.name.endswith((".py", ".yaml", ".csv")):
            found.append(entry)
    return found
