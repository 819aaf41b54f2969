"""What opens a vault: `keys.json` holds its random master key, wrapped once for each way in that the person chose.

A way in is a passphrase (stretched by Argon2id), a key file, or an entry in the operating system's keyring. Since the
passphrase wraps only the master key, changing it rewrites this small file and nothing else.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw

from navaid.records.vault.errors import VaultDamaged, VaultMissing, VaultTooNew, WrongKey
from navaid.records.vault.places import write_whole
from navaid.records.vault.sealed import unwrap, wrap
from navaid.records.vault.ways import Secret, Way
from navaid.terms import Record, decode, encode

NAME = "keys.json"
_FORMAT = 1


class Stretch(Record, frozen=True):
    """Argon2id's parameters. The defaults take 0.4 s on a laptop of 2026, and 64 MiB: slow for whoever guesses."""

    salt: bytes
    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 1


class Slot(Record, frozen=True, omit_defaults=True):
    """The master key, wrapped for one way in. `stretch` only for a passphrase."""

    way: Way
    wrapped: bytes
    stretch: Stretch | None = None


class Keys(Record, frozen=True):
    """The file `keys.json`. `vault` is a random name by which a keyring knows this vault."""

    format: int
    vault: str
    slots: tuple[Slot, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        return tuple(slot.way for slot in self.slots)


def make(folder: Path, secret: Secret) -> tuple[Keys, bytes]:
    """A new master key, kept under this secret, and the file that holds it."""
    keys, master = Keys(format=_FORMAT, vault=secrets.token_hex(8), slots=()), secrets.token_bytes(32)
    return with_slot(folder, keys, master, secret), master


def load(folder: Path) -> Keys:
    """The keys of the vault in this folder. Raises VaultMissing, VaultTooNew or VaultDamaged."""
    try:
        data = (folder / NAME).read_bytes()
        format_ = msgspec.json.decode(data, type=dict[str, object]).get("format")
        if isinstance(format_, int) and format_ > _FORMAT:
            raise VaultTooNew(
                "these records were written by a later version of Navaid", where=str(folder), fix="update Navaid"
            )
        return decode(data, Keys)
    except FileNotFoundError:
        raise VaultMissing(
            "no records are kept yet", where=str(folder), fix="start with `navaid records add FILE`"
        ) from None
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError):
        raise VaultDamaged(
            "the file with the keys cannot be read", where=str(folder / NAME), fix="put it back from a backup"
        ) from None


def open_with(keys: Keys, secret: Secret, where: Path) -> bytes:
    """The master key. Raises WrongKey."""
    for slot in keys.slots:
        if slot.way is secret.way and (
            master := unwrap(_key(secret, slot.stretch), slot.wrapped, _purpose(keys, slot))
        ):
            return master
    if secret.way not in keys.ways:
        fix = f"these records open with: {', '.join(way.value.replace('_', ' ') for way in keys.ways)}"
    else:
        fix = "try again; without it nobody can read the records, and nobody can reset it"
    raise WrongKey(f"this {secret.way.value.replace('_', ' ')} does not open the records", where=str(where), fix=fix)


def with_slot(folder: Path, keys: Keys, master: bytes, secret: Secret, *, only: bool = False) -> Keys:
    """The keys with this way in, in place of an older one of its kind; with `only`, in place of every other."""
    stretch = new_stretch() if secret.way is Way.PASSPHRASE else None
    slot = Slot(way=secret.way, wrapped=b"", stretch=stretch)
    slot = msgspec.structs.replace(slot, wrapped=wrap(_key(secret, stretch), master, _purpose(keys, slot)))
    others = () if only else tuple(other for other in keys.slots if other.way is not secret.way)
    keys = msgspec.structs.replace(keys, slots=(*others, slot))
    write_whole(folder / NAME, encode(keys))
    return keys


def new_stretch() -> Stretch:
    """Today's parameters with a salt of their own."""
    return Stretch(salt=secrets.token_bytes(16))


def _key(secret: Secret, stretch: Stretch | None) -> bytes:
    if stretch is None:
        return secret.value
    if not (8 <= stretch.memory_kib <= 1 << 21 and 1 <= stretch.passes <= 64 and 1 <= stretch.lanes <= 16):
        raise VaultDamaged("the keys ask for absurd effort", where=NAME, fix="put keys.json back from a backup")
    return hash_secret_raw(
        secret.value, stretch.salt, stretch.passes, stretch.memory_kib, stretch.lanes, hash_len=32, type=Type.ID
    )


def _purpose(keys: Keys, slot: Slot) -> bytes:
    """What the wrapping covers beside the key, so that no slot can be moved to another vault or weakened."""
    return encode((keys.format, keys.vault, slot.way, slot.stretch))
