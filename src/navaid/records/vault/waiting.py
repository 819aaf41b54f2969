"""The waiting room: files that a person gave through a page and that are not among their papers yet.

A file is sealed while it comes in, so that one that was cut off, or waits through a night without power, is never
plain on the disk. It is plain only while it is read, in a folder for its owner only; `tidy` takes away what a crash
left there.

waiting/<random>/sealed        the file                 a folder without a card is one that was cut off
waiting/<random>/card          its name, state and key, wrapped
waiting/<random>/plain/NAME    while it is read, and while `lock` is held
"""

from __future__ import annotations

import contextlib
import enum
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from navaid.errors import BadInput, DiskFull
from navaid.records.vault import places
from navaid.records.vault.errors import VaultDamaged, VaultLocked
from navaid.records.vault.sealed import Sealing, unseal, unwrap, wrap
from navaid.terms import Date, Record, decode, encode

_CUT_OFF_S = 120.0
"""A folder without a card that nobody touched for so long was cut off."""
_MOST_NAME = 120


class Standing(enum.StrEnum):
    """Why a file waits: it is not read yet, the person is to say whether it is kept, or it could not be kept."""

    ARRIVED = "arrived"
    DOUBTED = "doubted"
    FAILED = "failed"


class Waiting(Record, frozen=True):
    """A file that waits. `file` is `FILE:` and the SHA-256 of its bytes; `words` tell why it waits."""

    id: str
    name: str
    file: str
    size: int
    given: Date
    standing: Standing = Standing.ARRIVED
    words: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class _Card(Record, frozen=True):
    waiting: Waiting
    key: bytes


class WaitingRoom:
    """What one person gave and is not read yet."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key

    @contextlib.contextmanager
    def arriving(self, name: str, today: Date) -> Iterator[Arriving]:
        """A new file, of which nothing is left if it does not end. Raises DiskFull."""
        places.private_folder(self._folder)
        arriving = Arriving(self._folder, self._key, fitting(name), today)
        try:
            yield arriving
        finally:
            arriving.close()

    def all(self) -> tuple[Waiting, ...]:
        """Every file that came in whole, in the order in which they came."""
        return tuple(card.waiting for _, card in sorted(self._cards(), key=lambda each: each[0]))

    def find(self, id_: str) -> Waiting | None:
        """The file of this id, if it still waits."""
        card = self._card(id_)
        return card.waiting if card else None

    def note(self, waiting: Waiting) -> None:
        """Keeps how the file stands now, if it is still there."""
        card = self._card(waiting.id)
        if card:
            _write(self._folder / waiting.id, self._key, msgspec.structs.replace(card, waiting=waiting))

    def drop(self, id_: str) -> None:
        """Forgets the file."""
        if _is_id(id_):
            shutil.rmtree(self._folder / id_, ignore_errors=True)

    @contextlib.contextmanager
    def plain(self, id_: str) -> Iterator[Path]:
        """The file under its own name, for as long as it is read. Raises VaultLocked where another reads it."""
        card, folder = self._card(id_), self._folder / id_
        if card is None:
            raise BadInput("this file does not wait any more", where=id_, fix="look at the list of your papers")
        with places.only_writer(folder, wait_s=0):
            inside = places.private_folder(folder / "plain")
            try:
                yield _unsealed(folder / "sealed", card, inside / card.waiting.name)
            finally:
                shutil.rmtree(inside, ignore_errors=True)

    def _cards(self) -> Iterator[tuple[float, _Card]]:
        if not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another job has just taken it away
                if card := self._card(folder.name):
                    yield (folder / "sealed").stat().st_mtime, card

    def _card(self, id_: str) -> _Card | None:
        """The card; one that was altered opens nothing, and counts as not there."""
        path = self._folder / id_ / "card"
        if not _is_id(id_) or not path.is_file():
            return None
        plain = unwrap(self._key, path.read_bytes(), id_.encode())
        return decode(plain, _Card) if plain else None


class Arriving:
    """A file that comes in: `write` its bytes, then `end`."""

    def __init__(self, room: Path, key: bytes, name: str, today: Date) -> None:
        self.name, self._key, self._today = name, key, today
        self.id = secrets.token_hex(16)
        self._folder = places.private_folder(room / self.id)
        self._done = False
        with _told():
            self._file = _new(self._folder / "sealed")
            self._sealing = Sealing(self._file)

    @property
    def size(self) -> int:
        """How many bytes came in so far."""
        return self._sealing.size

    def write(self, data: bytes) -> None:
        """The next bytes. Raises DiskFull."""
        with _told():
            self._sealing.write(data)

    def end(self) -> Waiting:
        """The whole file is here, and on the disk before its card speaks of it."""
        with _told():
            sealed = self._sealing.end()
            self._file.flush()
            os.fsync(self._file.fileno())
            waiting = Waiting(
                id=self.id, name=self.name, file=f"FILE:{sealed.sha256}", size=sealed.size, given=self._today
            )
            _write(self._folder, self._key, _Card(waiting=waiting, key=sealed.key))
        self._done = True
        return waiting

    def close(self) -> None:
        """Lets go of it; what did not end is taken away."""
        with contextlib.suppress(OSError):
            self._file.close()
        if not self._done:
            shutil.rmtree(self._folder, ignore_errors=True)


def tidy(records: Path) -> None:
    """Takes away what a crash left plain or cut off in the waiting rooms below this folder. Needs no key."""
    for folder in records.glob("*/waiting/*"):
        if not _is_id(folder.name):
            continue
        with contextlib.suppress(VaultLocked, OSError):
            cut_off = not (folder / "card").is_file() and time.time() - _touched(folder) > _CUT_OFF_S
            if (folder / "plain").exists():
                with places.only_writer(folder, wait_s=0):
                    shutil.rmtree(folder / "plain", ignore_errors=True)
            if cut_off:
                shutil.rmtree(folder, ignore_errors=True)


def fitting(name: str) -> str:
    """A name that a browser sent, as a name on this disk: no folder, no control sign, not hidden, not too long.

    >>> fitting("../../etc/pass\\x00wd"), fitting("C:\\\\scans\\\\Befund März.pdf"), fitting("..")
    ('passwd', 'Befund März.pdf', 'paper')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = plain, ""
    while len(f"{stem}.{ending}".encode()) > _MOST_NAME:
        stem = stem[:-1]
    return (f"{stem}.{ending}" if ending else stem) or "paper"


def _touched(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))


def _unsealed(path: Path, card: _Card, to: Path) -> Path:
    if not path.is_file():
        raise VaultDamaged("a file that waits is lost", where=str(path), fix="add it again")
    with _told(), path.open("rb") as source, _new(to) as plain:
        for chunk in unseal(source, card.key, str(path)):
            plain.write(chunk)
    return to


def _write(folder: Path, key: bytes, card: _Card) -> None:
    places.write_whole(folder / "card", wrap(key, encode(card), folder.name.encode()))


def _new(path: Path) -> BinaryIO:
    """A new file that only its owner can read."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _is_id(name: str) -> bool:
    return re.fullmatch("[0-9a-f]{32}", name) is not None


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskFull(
            f"the file could not be taken: {(error.strerror or 'the disk does not take it').lower()}",
            where="the records",
            fix="make room on the disk, then add it again; what was kept before is untouched",
        ) from None
