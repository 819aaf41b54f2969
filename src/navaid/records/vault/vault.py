"""The vault: one folder, one master key, and in it each person's papers under a key of their own.

records/                 only its owner can look into it
  keys.json              the master key, wrapped for each way in       keys.py, ways.py
  profiles.sealed        names of the profiles, their folders and keys, under the master key
  lock                   held by whoever writes
  <random>/records.db    one person's database (SQLCipher)             database.py, papers.py
  <random>/files/<random>   their originals, each under its own key    sealed.py
  <random>/waiting/<random> what they gave and is not read yet         waiting.py
"""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path

from navaid.errors import BadInput
from navaid.records.vault import keys as key_file
from navaid.records.vault import places
from navaid.records.vault.errors import VaultDamaged, VaultMissing
from navaid.records.vault.papers import Papers
from navaid.records.vault.sealed import derived, unwrap, wrap
from navaid.records.vault.ways import Secret, Way
from navaid.terms import Record, decode, encode

DEFAULT_PROFILE = "me"
_PROFILES = "profiles.sealed"


class Place(Record, frozen=True):
    """Where a person's papers lie, and the key that opens them."""

    name: str
    folder: str
    key: bytes

    def __repr__(self) -> str:
        return f"Place({self.name!r}, …)"


class SharedPapers(Papers):
    """Another person's papers, which they let somebody read and add to, not take away."""

    def forget(self, id_: str) -> None:
        raise BadInput(
            "only the person whose papers these are can remove one", where=self.name, fix="ask them to do it"
        )


class Vault:
    """An open vault. It holds the master key in memory for as long as it lives, and writes it nowhere in plain."""

    def __init__(self, folder: Path, keys: key_file.Keys, master: bytes) -> None:
        self.folder, self.keys = folder, keys
        self._master = master
        self._sealing = derived(master, "profiles")

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names of the people whose papers are kept, in the order in which they were first added."""
        return tuple(place.name for place in self._places())

    def papers(self, name: str | None = None, *, create: bool = False) -> Papers:
        """The papers of this person; without a name, of the only one. Raises BadInput if that is not clear."""
        held = self._places()
        if name is None:
            if len(held) > 1:
                raise BadInput(
                    f"there are {len(held)} profiles: {', '.join(place.name for place in held)}",
                    where=str(self.folder),
                    fix="say whose papers you mean: `--profile NAME`",
                )
            name = held[0].name if held else DEFAULT_PROFILE
        place = next((place for place in held if place.name == name), None)
        if place is None and not create:
            raise BadInput(
                f"there is no profile {name!r}" if held else "no papers are kept yet",
                where=str(self.folder),
                fix="see `navaid records profiles`" if held else "start with `navaid records add FILE`",
            )
        return self._open(place or self._new(name))

    def place(self, name: str) -> Place:
        """What opens the papers of this person and of nobody else. Raises BadInput for no such one."""
        found = next((place for place in self._places() if place.name == name), None)
        if found is None:
            raise BadInput(f"there is no profile {name!r}", where=str(self.folder), fix="see `navaid records profiles`")
        return found

    def _open(self, place: Place) -> Papers:
        return Papers(place.name, places.private_folder(self.folder / place.folder), place.key, self.folder)

    def _new(self, name: str) -> Place:
        if not name.strip() or len(name) > 60 or not name.isprintable():
            raise BadInput("this cannot be a profile's name", where="--profile", fix="give a short name, such as `mum`")
        with places.only_writer(self.folder):
            held = self._places()
            if known := next((place for place in held if place.name == name), None):
                return known  # another process was first
            place = Place(name=name, folder=secrets.token_hex(8), key=secrets.token_bytes(32))
            self._open(place)._database.close()
            self._write((*held, place))
        return place

    def forget(self, name: str) -> None:
        """Removes a person's papers, their key and all that was said of them. Raises BadInput for no such one."""
        with places.only_writer(self.folder):
            held = self._places()
            place = next((place for place in held if place.name == name), None)
            if place is None:
                raise BadInput(
                    f"there is no profile {name!r}", where=str(self.folder), fix="see `navaid records profiles`"
                )
            self._write(tuple(other for other in held if other.name != name))
            self._sweep()

    def _sweep(self) -> None:
        """Takes away the folders that no profile speaks of; a crash in the middle of forgetting may leave one."""
        known = {place.folder for place in self._places()}
        for path in self.folder.iterdir():
            if path.name not in known and re.fullmatch("[0-9a-f]{16}", path.name):
                shutil.rmtree(path)

    def add_way(self, secret: Secret, *, only: bool = False) -> None:
        """From now on this secret opens the vault, in place of the older one of its kind, or with `only` of all."""
        with places.only_writer(self.folder):
            self.keys = key_file.with_slot(self.folder, key_file.load(self.folder), self._master, secret, only=only)

    def _places(self) -> tuple[Place, ...]:
        try:
            data = (self.folder / _PROFILES).read_bytes()
        except FileNotFoundError:
            return ()
        plain = unwrap(self._sealing, data, _PROFILES.encode())
        if plain is None:
            raise VaultDamaged(
                "the list of profiles was cut or altered",
                where=str(self.folder / _PROFILES),
                fix="put it back from a backup; without it the papers cannot be opened",
            )
        return decode(plain, tuple[Place, ...])

    def _write(self, held: tuple[Place, ...]) -> None:
        places.write_whole(self.folder / _PROFILES, wrap(self._sealing, encode(held), _PROFILES.encode()))


def papers_at(folder: Path, place: Place) -> SharedPapers:
    """One person's papers in the vault of this folder, by their own key; the rest stays closed. Raises VaultMissing."""
    if not (folder / place.folder / "records.db").is_file():
        raise VaultMissing("these records are no longer kept", where=str(folder), fix="ask whoever kept them")
    return SharedPapers(place.name, folder / place.folder, place.key, folder)


def exists(folder: Path) -> bool:
    """Whether there is a vault in this folder."""
    return (folder / key_file.NAME).is_file()


def ways_in(folder: Path) -> tuple[Way, ...]:
    """How the vault in this folder can be opened. Raises VaultMissing."""
    return key_file.load(folder).ways


def create(folder: Path, secret: Secret) -> Vault:
    """A new vault that this secret opens. Raises VaultError where there is one already."""
    places.private_folder(folder)
    with places.only_writer(folder):
        if exists(folder):
            raise BadInput("records are kept here already", where=str(folder), fix="open them with what you chose then")
        keys, master = key_file.make(folder, secret)
    return Vault(folder, keys, master)


def destroy(folder: Path) -> None:
    """Removes the vault, the keys first: what a crash in between leaves cannot be opened. Raises VaultMissing."""
    if not exists(folder):
        key_file.load(folder)
    with places.only_writer(folder):
        for name in (key_file.NAME, _PROFILES):
            (folder / name).unlink(missing_ok=True)
        for path in folder.iterdir():
            if path.is_dir() and re.fullmatch("[0-9a-f]{16}", path.name):
                shutil.rmtree(path)
    (folder / "lock").unlink(missing_ok=True)


def open_(folder: Path, secret: Secret) -> Vault:
    """The vault in this folder. Raises VaultMissing, WrongKey, VaultTooNew or VaultDamaged."""
    keys = key_file.load(folder)
    return Vault(folder, keys, key_file.open_with(keys, secret, folder))
