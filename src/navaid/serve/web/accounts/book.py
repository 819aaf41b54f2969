"""The accounts: adding one, signing in, another passphrase, taking one away."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import sqlite3
import unicodedata
from pathlib import Path

from navaid.errors import BadInput
from navaid.records import vault
from navaid.records.vault.errors import WrongKey
from navaid.records.vault.places import private_folder, write_whole
from navaid.serve.web.accounts import audit, locker
from navaid.serve.web.accounts.database import Database
from navaid.serve.web.accounts.member import Member
from navaid.serve.web.accounts.roles import Role
from navaid.terms import Record, decode, encode


class Account(Record, frozen=True):
    """An account as the list shows it."""

    id: str
    name: str
    role: Role
    made: str


class Accounts:
    """All accounts of one home folder."""

    def __init__(self, home: Path) -> None:
        self.database = Database(home)

    def list(self) -> tuple[Account, ...]:
        """Every account, by name."""
        if not self.database.there:
            return ()
        rows = self.database.rows("SELECT id, name, role, made FROM accounts ORDER BY folded")
        return tuple(Account(id_, name, Role(role), made) for id_, name, role, made in rows)

    def find(self, name: str) -> Account:
        """The account of this name. Raises BadInput."""
        found = next((one for one in self.list() if folded(one.name) == folded(name)), None)
        if found is None:
            raise BadInput(f"there is no account {name!r}", where="navaid accounts", fix="see `navaid accounts list`")
        return found

    def add(self, name: str, role: Role, passphrase: str) -> Account:
        """A new account and, but for a navigator, its empty vault. Raises BadInput for a name that is taken."""
        name = name.strip()
        if not name or len(name) > 60 or not name.isprintable():
            raise BadInput("this cannot be an account's name", where="navaid accounts", fix="give a short name")
        made, private = locker.make(passphrase)
        one = Account(secrets.token_hex(8), name, role, audit.now())
        try:
            self.database.write(
                "INSERT INTO accounts(id, name, folded, role, locker, made) VALUES(?,?,?,?,?,?)",
                *(one.id, name, folded(name), role.value, encode(made), one.made),
            )
        except sqlite3.IntegrityError:
            raise BadInput(
                f"there is an account {name!r} already", where="navaid accounts", fix="give another name"
            ) from None
        self._vault(one, private)
        return one

    def sign_in(self, name: str, passphrase: str) -> Member:
        """Who this is. Raises WrongKey, with the same words and after the same time for a name that is not known."""
        rows = self.database.rows("SELECT id, name, role, locker FROM accounts WHERE folded = ?", folded(name))
        id_, known, role, kept = rows[0] if rows else ("", "", "", None)
        private = locker.opened(decode(kept, locker.Locker) if kept else None, passphrase)
        if private is None:
            if rows:
                audit.add(self.database, known, "gave a wrong passphrase", id_)
            raise WrongKey(
                "this name and passphrase do not belong together", where="signing in", fix="check both, and try again"
            )
        folder = self._folder(id_)
        opened = None
        if role != Role.NAVIGATOR:
            opened = vault.open_(folder, locker.vault_secret(private))
        audit.add(self.database, known, "signed in", id_)
        return Member(self.database, id_, known, role, folder, private, opened)

    def remove(self, name: str) -> None:
        """The account, its records and its grants are gone; what the log says of it stays."""
        one = self.find(name)
        folder = self._folder(one.id)
        if vault.exists(folder):
            vault.destroy(folder)
        shutil.rmtree(folder.parent, ignore_errors=True)
        self.database.write("DELETE FROM accounts WHERE id = ?", one.id)
        audit.add(self.database, "the keeper of this machine", "removed the account", one.id)

    def reset(self, name: str, passphrase: str) -> Path | None:
        """A new passphrase for whoever lost theirs. What it opened stays closed, in the folder that is given back."""
        one = self.find(name)
        folder = self._folder(one.id)
        aside = None
        if vault.exists(folder):
            aside = folder.with_name(f"records-closed-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}")
            folder.rename(aside)
            ((old,),) = self.database.rows("SELECT locker FROM accounts WHERE id = ?", one.id)
            write_whole(aside / "locker.json", old)  # with it, who remembers the old passphrase could still open it
        made, private = locker.make(passphrase)
        with self.database.writing() as rows:
            rows.execute("UPDATE accounts SET locker = ? WHERE id = ?", (encode(made), one.id))
            rows.execute("DELETE FROM grants WHERE owner = ?1 OR carer = ?1", (one.id,))
            rows.execute("DELETE FROM reviews WHERE owner = ?1 OR navigator = ?1", (one.id,))
        self._vault(one, private)
        audit.add(self.database, "the keeper of this machine", "set a new passphrase", one.id)
        return aside

    def _vault(self, one: Account, private: bytes) -> None:
        if one.role is Role.NAVIGATOR:
            return
        private_folder(self._folder(one.id).parent)
        made = vault.create(self._folder(one.id), locker.vault_secret(private))
        if one.role is Role.PERSON:
            with made.papers(vault.DEFAULT_PROFILE, create=True):
                pass

    def _folder(self, id_: str) -> Path:
        return self.database.folder / id_ / "records"


def folded(name: str) -> str:
    """A name as it is compared: without its capitals, however the keyboard composed its letters."""
    return unicodedata.normalize("NFC", name.strip()).casefold()
