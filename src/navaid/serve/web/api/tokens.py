"""What lets a program in: random tokens, of which only the SHA-256 is kept (`NAVAID_HOME/api/tokens.json`).

A token of the scope `read` reaches the library and the kept studies. One of the scope `records` reaches one person's
records as well, once they were opened with the passphrase: the token alone opens nothing.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import hmac
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from navaid.errors import BadInput, UnreadableSource
from navaid.records.vault.places import only_writer, private_folder, write_whole
from navaid.terms import Date, Record, decode, encode

HEAD = "navaid_"
_BYTES = 32


class Scope(enum.StrEnum):
    """What a token reaches. Whoever may see records may read the library too."""

    READ = "read"
    RECORDS = "records"


class Token(Record, frozen=True):
    """A token as it is kept. `profile` is whose records it may reach, empty for the scope `read`."""

    id: str
    name: str
    sha256: str
    scope: Scope
    made: Date
    profile: str = ""
    ends: Date | None = None

    def holds(self, today: Date) -> bool:
        """Whether it is still good on this day."""
        return self.ends is None or today <= self.ends


class Tokens:
    """All tokens of one home folder. They are read anew each time, so that a revoked one ends at once."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "api"
        self._file = self._folder / "tokens.json"

    def list(self) -> tuple[Token, ...]:
        """Every token, the oldest first. Raises UnreadableSource for a file that was damaged."""
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return ()
        try:
            return decode(data, tuple[Token, ...])
        except msgspec.DecodeError:
            raise UnreadableSource(
                "the list of tokens cannot be read, so none is taken",
                where=str(self._file),
                fix="delete the file and make new tokens with `navaid api token new NAME`",
            ) from None

    def new(self, name: str, profile: str, days: int | None, today: Date) -> tuple[Token, str]:
        """A new token, and its secret, which is kept nowhere. Raises BadInput for a name that is taken."""
        if not name.strip() or len(name) > 60 or not name.isprintable():
            raise BadInput("this cannot be a token's name", where="navaid api token new", fix="give a short name")
        secret = HEAD + secrets.token_urlsafe(_BYTES)
        token = Token(
            id=secrets.token_hex(4),
            name=name,
            sha256=_digest(secret),
            scope=Scope.RECORDS if profile else Scope.READ,
            made=today,
            profile=profile,
            ends=today + dt.timedelta(days=days) if days else None,
        )

        def added(held: tuple[Token, ...]) -> tuple[Token, ...]:
            if any(one.name == name for one in held):
                raise BadInput(
                    f"there is a token {name!r} already",
                    where="navaid api token new",
                    fix=f"give another name, or end that one: `navaid api token revoke {name}`",
                )
            return (*held, token)

        self._change(added)
        return token, secret

    def revoke(self, name: str) -> Token:
        """The token of this name or id, which is gone. Raises BadInput for no such one."""
        found = next((one for one in self.list() if name in (one.name, one.id)), None)
        if found is None:
            raise BadInput(
                f"there is no token {name[:60]!r}", where="navaid api token revoke", fix="see `navaid api token list`"
            )
        self._change(lambda held: tuple(one for one in held if one.id != found.id))
        return found

    def find(self, secret: str, today: Date) -> Token | None:
        """The token with this secret, if it still holds. Every one is compared, in the same time."""
        digest, found = _digest(secret), None
        for one in self.list():
            if hmac.compare_digest(one.sha256, digest) and one.holds(today):
                found = one
        return found

    def _change(self, change: Callable[[tuple[Token, ...]], tuple[Token, ...]]) -> None:
        private_folder(self._folder)
        with only_writer(self._folder):
            write_whole(self._file, encode(change(self.list())))


def _digest(secret: str) -> str:
    """A secret of 256 random bits needs no stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()
