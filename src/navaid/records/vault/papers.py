"""One person's kept papers: the originals, what was read from them, and what the person said of it."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from navaid.errors import BadInput, DiskFull
from navaid.records.vault import places
from navaid.records.vault.database import Database
from navaid.records.vault.errors import VaultDamaged
from navaid.records.vault.sealed import derived, seal, unseal, unwrap, wrap
from navaid.records.vault.waiting import WaitingRoom
from navaid.terms import Date, Finding, Reading, Record, decode, encode


class Original(Record, frozen=True):
    """A file as the person gave it. `id` is `FILE:` and the SHA-256 of its bytes, `path` where it lay then."""

    id: str
    name: str
    path: str
    size: int
    added: Date


class KeptPage(Record, frozen=True):
    """A page made for the person and kept: its `kind` is `answer`, `match` or `visit`."""

    kind: str
    id: str
    title: str
    date: Date


class Papers:
    """A folder with one encrypted database and a sealed file for each original. Close it, or use it in `with`.

    `waiting` holds what was given and is not read yet.
    """

    def __init__(self, name: str, folder: Path, key: bytes, vault: Path) -> None:
        self.name = name
        self._vault, self._folder = vault, folder
        self._files = places.private_folder(folder / "files")
        self._wrapping = derived(key, "files")
        self.waiting = WaitingRoom(folder / "waiting", derived(key, "waiting"))
        self._database = Database(folder / "records.db", derived(key, "database"))

    def __enter__(self) -> Papers:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    # ---- what is kept

    def originals(self) -> tuple[Original, ...]:
        """Every file, in the order in which it was added."""
        return tuple(
            decode(card, Original) for (card,) in self._database.rows("SELECT card FROM originals ORDER BY number")
        )

    def readings(self, original: str | None = None) -> tuple[Reading, ...]:
        """What the papers say, in the order in which they were added; of one original, if it is given."""
        rows = self._database.rows(
            "SELECT reading FROM readings JOIN originals ON originals.id = original WHERE original = ?1 OR ?1 IS NULL"
            " ORDER BY originals.number, position",
            original,
        )
        return tuple(decode(reading, Reading) for (reading,) in rows)

    def said(self) -> tuple[Finding, ...]:
        """What the person said of their papers, oldest first."""
        return tuple(decode(word, Finding) for (word,) in self._database.rows("SELECT word FROM said ORDER BY id"))

    def find(self, name: str) -> Original:
        """The original of this name, or whose id starts so. Raises BadInput if it is none, or more than one."""
        held = self.originals()
        found = [o for o in held if name in (o.name, o.path, o.id)] or [
            o for o in held if len(name) >= 6 and o.id.removeprefix("FILE:").startswith(name.removeprefix("FILE:"))
        ]
        if len(found) == 1:
            return found[0]
        what = "no kept file has this name" if not found else f"{len(found)} kept files have this name"
        raise BadInput(
            what, where=f"the records of {self.name}", fix="give a name or an id that `navaid records list` shows"
        )

    # ---- keeping and removing

    def keep(self, path: Path, id_: str, readings: Sequence[Reading], today: Date) -> Original:
        """The original and all that was read from it, kept together or not at all.

        One that is kept already gets these readings in place of the old ones, and its bytes anew only if they were
        damaged. Raises BadInput if the file's bytes are no longer those of `id_`.
        """
        with places.only_writer(self._vault):
            self._sweep()
            kept = next((original for original in self.originals() if original.id == id_), None)
            if kept and self._whole(id_):
                with self._database.writing() as database:
                    database.execute("DELETE FROM readings WHERE original = ?", (id_,))
                    _insert(database, id_, readings)
                return kept
            blob = secrets.token_hex(16)
            original, key = self._seal(path, blob, id_, today)
            with self._database.writing() as database:
                wrapped = wrap(self._wrapping, key, blob.encode())
                database.execute("DELETE FROM originals WHERE id = ?", (id_,))  # one that was damaged is mended
                row = (id_, encode(original), blob, wrapped)
                database.execute("INSERT INTO originals(id, card, blob, key) VALUES(?,?,?,?)", row)
                _insert(database, id_, readings)
            return original

    def _whole(self, id_: str) -> bool:
        """Whether the kept original can be given back."""
        try:
            for _ in self.bytes_of(id_):
                pass
        except VaultDamaged:
            return False
        return True

    def _seal(self, path: Path, blob: str, id_: str, today: Date) -> tuple[Original, bytes]:
        """The sealed file is whole and on disk before any row speaks of it. Without that row nobody has its key."""
        sealed_path = self._files / blob
        try:
            with path.open("rb") as source, places.private_file(sealed_path) as descriptor:
                with os.fdopen(os.dup(descriptor), "wb") as to:
                    sealed = seal(source, to)
                os.fsync(descriptor)
            places.sync_folder(self._files)
        except OSError as error:
            sealed_path.unlink(missing_ok=True)
            raise DiskFull(
                f"the file could not be kept: {error.strerror}", where=str(path), fix="nothing was changed; try again"
            ) from None
        if f"FILE:{sealed.sha256}" != id_:
            sealed_path.unlink()
            raise BadInput(
                "the file changed while it was being read", where=str(path), fix="add it again; nothing of it was kept"
            )
        original = Original(id=id_, name=_shown(path.name), path=_shown(str(path)), size=sealed.size, added=today)
        return original, sealed.key

    def say(self, word: Finding, instead_of: Callable[[Finding], bool] = lambda _: False) -> None:
        """Keeps what the person said, in place of what it takes back. It stays when papers are read again."""
        with places.only_writer(self._vault):
            gone = self._spoken(instead_of)
            with self._database.writing() as database:
                database.executemany("DELETE FROM said WHERE id = ?", gone)
                database.execute("INSERT INTO said(word) VALUES(?)", (encode(word),))

    def unsay(self, which: Callable[[Finding], bool]) -> int:
        """How many of the person's own words were forgotten."""
        with places.only_writer(self._vault):
            gone = self._spoken(which)
            with self._database.writing() as database:
                database.executemany("DELETE FROM said WHERE id = ?", gone)
            self._database.squeeze()
        return len(gone)

    def _spoken(self, which: Callable[[Finding], bool]) -> list[tuple[int]]:
        rows = self._database.rows("SELECT id, word FROM said")
        return [(id_,) for id_, word in rows if which(decode(word, Finding))]

    def forget(self, id_: str) -> None:
        """Removes an original, its key and all that was read from it, so that no file of Navaid holds any of it."""
        with places.only_writer(self._vault):
            with self._database.writing() as database:
                database.execute("DELETE FROM originals WHERE id = ?", (id_,))
            self._database.squeeze()
            self._sweep()

    # ---- pages made for the person

    def keep_page(self, page: KeptPage, body: bytes) -> None:
        """Keeps a page under its kind and id, in place of an earlier one."""
        with places.only_writer(self._vault), self._database.writing() as database:
            row = (page.kind, page.id, page.title, page.date.isoformat(), body)
            database.execute("INSERT OR REPLACE INTO pages(kind, id, title, date, page) VALUES(?,?,?,?,?)", row)

    def pages(self, kind: str) -> tuple[KeptPage, ...]:
        """The kept pages of this kind, the newest first."""
        query = "SELECT id, title, date FROM pages WHERE kind = ? ORDER BY number DESC"
        rows = self._database.rows(query, kind)
        return tuple(KeptPage(kind=kind, id=id_, title=title, date=Date.fromisoformat(d)) for id_, title, d in rows)

    def page(self, kind: str, id_: str) -> bytes | None:
        """The record of a kept page as JSON."""
        rows = self._database.rows("SELECT page FROM pages WHERE kind = ? AND id = ?", kind, id_)
        return bytes(rows[0][0]) if rows else None

    def drop_page(self, kind: str, id_: str) -> None:
        """Forgets a kept page."""
        with places.only_writer(self._vault):
            with self._database.writing() as database:
                database.execute("DELETE FROM pages WHERE kind = ? AND id = ?", (kind, id_))
            self._database.squeeze()

    def _sweep(self) -> None:
        """Takes away sealed files that no row speaks of: what a crash in the middle of keeping or forgetting left."""
        known = {blob for (blob,) in self._database.rows("SELECT blob FROM originals")}
        for path in self._files.iterdir():
            if path.name not in known and re.fullmatch("[0-9a-f]{32}", path.name):
                path.unlink()

    # ---- giving back

    def bytes_of(self, id_: str) -> Iterator[bytes]:
        """The original's bytes, a chunk at a time. Raises VaultDamaged if its file was cut, altered or lost."""
        ((blob, wrapped),) = self._database.rows("SELECT blob, key FROM originals WHERE id = ?", id_)
        path, key = self._files / blob, unwrap(self._wrapping, wrapped, blob.encode())
        if key is None or not path.is_file():
            raise VaultDamaged(
                "a kept file is lost" if key else "the key of a kept file was altered",
                where=str(path),
                fix="add the original again, or put the folder back from a backup",
            )
        with path.open("rb") as source:
            yield from unseal(source, key, str(path))

    def problems(self) -> list[str]:
        """What is not as it was written, a line each; empty when every original can be given back."""
        found = self._database.problems()
        for original in self.originals():
            try:
                for _ in self.bytes_of(original.id):
                    pass
            except VaultDamaged as error:
                found.append(f"{original.name}: {error.what} ({error.where})")
        return found


def _shown(name: str) -> str:
    """A name as it can be written out: names on disk need not be valid Unicode."""
    return os.fsencode(name).decode("utf-8", "replace")


def _insert(database: object, id_: str, readings: Sequence[Reading]) -> None:
    rows = [(id_, position, encode(reading)) for position, reading in enumerate(readings)]
    database.executemany("INSERT INTO readings VALUES(?,?,?)", rows)  # type: ignore[attr-defined]
