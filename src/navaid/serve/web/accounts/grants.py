"""What one person lets another see: the key of one profile, sealed for one carer, until it is taken back."""

from __future__ import annotations

import secrets

from navaid.errors import BadInput
from navaid.records.vault import Place
from navaid.serve.web.accounts import audit, locker
from navaid.serve.web.accounts.database import Database
from navaid.terms import Record, decode, encode


class Grant(Record, frozen=True):
    """A profile (`folder`) of the account `owner` that the account `carer` may see; both with their names."""

    id: str
    owner: str
    owner_name: str
    folder: str
    carer: str
    carer_name: str
    made: str


_SELECT = (
    "SELECT grants.id, owner, owners.name, folder, carer, carers.name, grants.made FROM grants"
    " JOIN accounts AS owners ON owners.id = owner JOIN accounts AS carers ON carers.id = carer"
)


def give(database: Database, owner: str, owner_name: str, place: Place, carer: str) -> None:
    """Lets the carer of this name see the profile. Raises BadInput where no carer has it."""
    from navaid.serve.web.accounts.book import folded

    query = "SELECT id, locker FROM accounts WHERE folded = ? AND role = 'carer' AND id != ?"
    rows = database.rows(query, folded(carer), owner)
    if not rows:
        raise BadInput(
            "no carer has this name here", where="this page", fix="ask the carer how their account is called"
        )
    id_, kept = rows[0]
    sealed = locker.seal_for(decode(kept, locker.Locker).public, encode(place), _purpose(owner, place.folder))
    database.write(
        "INSERT OR REPLACE INTO grants(id, owner, folder, carer, sealed, made) VALUES(?,?,?,?,?,?)",
        *(secrets.token_hex(8), owner, place.folder, id_, sealed, audit.now()),
    )
    audit.add(database, owner_name, "let a carer see", owner, place.folder)


def take_back(database: Database, owner: str, owner_name: str, id_: str) -> bool:
    """Whether there was such a grant of this owner; from now on it opens nothing."""
    rows = database.rows("SELECT folder FROM grants WHERE id = ? AND owner = ?", id_, owner)
    if not rows:
        return False
    database.write("DELETE FROM grants WHERE id = ? AND owner = ?", id_, owner)
    audit.add(database, owner_name, "took back from a carer", owner, rows[0][0])
    return True


def forget(database: Database, owner: str, folder: str | None = None) -> None:
    """No grant of this profile is left, or without one of all of this owner."""
    database.write("DELETE FROM grants WHERE owner = ?1 AND (folder = ?2 OR ?2 IS NULL)", owner, folder)


def of(database: Database, owner: str) -> tuple[Grant, ...]:
    """What this account lets others see."""
    return tuple(Grant(*row) for row in database.rows(f"{_SELECT} WHERE owner = ? ORDER BY carers.folded", owner))


def to(database: Database, carer: str) -> tuple[Grant, ...]:
    """What others let this account see."""
    return tuple(Grant(*row) for row in database.rows(f"{_SELECT} WHERE carer = ? ORDER BY owners.folded", carer))


def place(database: Database, grant: Grant, private: bytes) -> Place | None:
    """The key that was granted, as long as it is; None once it was taken back."""
    rows = database.rows("SELECT sealed FROM grants WHERE id = ? AND carer = ?", grant.id, grant.carer)
    plain = locker.unseal(private, rows[0][0], _purpose(grant.owner, grant.folder)) if rows else None
    return decode(plain, Place) if plain else None


def _purpose(owner: str, folder: str) -> str:
    """What the sealing covers, so that no grant can be passed off as one of another person's profile."""
    return f"grant {owner} {folder}"
