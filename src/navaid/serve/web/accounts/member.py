"""Who is signed in, and what they may open: their own vault, and the profiles that others let them see."""

from __future__ import annotations

from pathlib import Path

import msgspec

from navaid.records import vault
from navaid.records.vault import DEFAULT_PROFILE, Papers, Place, Vault
from navaid.records.vault.errors import WrongKey
from navaid.serve.web import acting
from navaid.serve.web.accounts import audit, grants, locker
from navaid.serve.web.accounts.database import Database
from navaid.terms import decode, encode


class Member:
    """An account whose passphrase was given in this session. It holds the private key for as long as it lives."""

    def __init__(
        self, database: Database, id_: str, name: str, role: str, folder: Path, private: bytes, opened: Vault | None
    ) -> None:
        self.database, self.id, self.name, self.role, self.folder = database, id_, name, role, folder
        self.vault = opened
        self._private = private

    def shared(self) -> tuple[str, ...]:
        """What the profiles that others let this member see are called here."""
        return tuple(self._granted())

    def papers(self, name: str) -> Papers | None:
        """The papers of a profile that was granted and still is, else None. The log gets a line for each request."""
        found = self._granted().get(name)
        if found is None:
            return None
        grant, place = found
        act = acting.act()
        if acting.first((grant.id, act)):
            audit.add(self.database, self.name, act, grant.owner, grant.folder)
        # Under the name that they have here: "me" is another person in this member's own vault.
        return vault.papers_at(self._vault_of(grant.owner), msgspec.structs.replace(place, name=name))

    def _vault_of(self, owner: str) -> Path:
        return self.database.folder / owner / "records"

    def _granted(self) -> dict[str, tuple[grants.Grant, Place]]:
        """By name. Asked anew each time, so that what was taken back opens nothing, however long one was signed in."""
        own = set(self.vault.profiles) if self.vault else set[str]()
        named: dict[str, tuple[grants.Grant, Place]] = {}
        for grant in grants.to(self.database, self.id):
            place = grants.place(self.database, grant, self._private)
            if place is None:
                continue
            plain = grant.owner_name if place.name == DEFAULT_PROFILE else f"{place.name} ({grant.owner_name})"
            name = f"{plain} (shared)" if plain in own | set(named) else plain
            named[name] = grant, place
        return named

    def here(self) -> bool:
        """Whether the account is still there; one that was removed or reset is signed out."""
        rows = self.database.rows("SELECT locker FROM accounts WHERE id = ?", self.id)
        return bool(rows) and decode(rows[0][0], locker.Locker).public == locker.public_of(self._private)

    def change(self, old: str, new: str) -> None:
        """Another passphrase for the same keys. Raises WrongKey."""
        ((kept,),) = self.database.rows("SELECT locker FROM accounts WHERE id = ?", self.id)
        if locker.opened(decode(kept, locker.Locker), old) is None:
            raise WrongKey("this is not the passphrase so far", where="this page", fix="try again; nothing was changed")
        sealed = encode(locker.sealed_with(self._private, new))
        self.database.write("UPDATE accounts SET locker = ? WHERE id = ?", sealed, self.id)
        self.note("changed the passphrase")

    def note(self, act: str, folder: str = "") -> None:
        """A line of the log about this member's own records."""
        audit.add(self.database, self.name, act, self.id, folder)

    def unseal(self, sealed: bytes, purpose: str) -> bytes | None:
        """What somebody sealed for this member."""
        return locker.unseal(self._private, sealed, purpose)

    def folders(self) -> dict[str, str]:
        """What this member's own profiles are called, by the folder that the log names them by."""
        return {self.vault.place(name).folder: name for name in self.vault.profiles} if self.vault else {}
