"""Files on disk as a vault wants them: for their owner only, written whole or not at all, one writer at a time."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from navaid.records.vault.errors import VaultError, VaultLocked

_WAIT_S = 15.0  # as long as keeping a large file may take


def private_folder(path: Path) -> Path:
    """The folder, made if need be, that only its owner can look into. Raises VaultError."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise VaultError(
            "the folder for records cannot be used",
            where=f"{path}: {error.strerror}",
            fix="make it a folder that you can write to, or set NAVAID_HOME to another place",
        ) from None
    return path


def write_whole(path: Path, data: bytes) -> None:
    """The file holds `data`, or what it held before: never a part, whenever the machine stops."""
    new = path.with_name(path.name + ".new")
    with private_file(new) as descriptor:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(data)
        os.fsync(descriptor)
    new.replace(path)
    sync_folder(path.parent)


@contextlib.contextmanager
def private_file(path: Path) -> Iterator[int]:
    """A descriptor of a new, empty file that only its owner can read; one of that name is emptied first."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Names in the folder are on disk too. Windows has no such call and keeps names by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def only_writer(folder: Path, wait_s: float = _WAIT_S) -> Iterator[None]:
    """No other process writes here meanwhile. The lock ends with the process that holds it, however it ends."""
    with (folder / "lock").open("ab") as file:
        (folder / "lock").chmod(0o600)
        until = time.monotonic() + wait_s
        while not _try(file.fileno()):
            if time.monotonic() > until:
                raise VaultLocked(
                    "another `navaid` is writing to your records",
                    where=str(folder),
                    fix="wait until it is done, then try again; nothing was changed",
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            _release(file.fileno())


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
