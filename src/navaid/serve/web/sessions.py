"""Who is here: a cookie names a session that lives in this process only, and ends when it is not used.

Nothing of a session is written to disk. An opened vault lives in it, and is let go with it.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from navaid.errors import NavaidError

if TYPE_CHECKING:
    from navaid.records.vault import Papers, Vault
    from navaid.terms import Answer

COOKIE = "navaid"
IDLE_S = 30 * 60
"""After so long without a request the records close; whoever comes back gives the passphrase again."""
_MOST, _ASKED = 500, 40


class Locked(NavaidError):
    """A page needs the records, and they are not open in this session."""


@dataclass
class Asked:
    """A question of this session: its words stay out of addresses and logs. `after` is the one it follows on."""

    id: str
    text: str
    profile: str = ""
    after: str = ""
    answer: Answer | None = None


@dataclass
class Session:
    """One browser. `csrf` is in every form; `vault` is there while the records are open; `profile` is whose."""

    token: str
    csrf: str
    seen: float
    vault: Vault | None = None
    profile: str = ""
    user: str = ""
    asked: OrderedDict[str, Asked] = field(default_factory=OrderedDict)
    said: str = ""

    def ask(self, text: str, after: str = "") -> Asked:
        """Remembers a question under a new id; the oldest of many is forgotten."""
        one = Asked(id=secrets.token_urlsafe(9), text=text, profile=self.profile, after=after)
        self.asked[one.id] = one
        while len(self.asked) > _ASKED:
            self.asked.popitem(last=False)
        return one

    def papers(self, name: str | None = None) -> Papers:
        """The papers of the person who is looked at; close them. Raises Locked, and BadInput where there are none."""
        if self.vault is None:
            raise Locked("your records are closed", where="this page", fix="open them with your passphrase")
        return self.vault.papers(name or self.profile or None)


class Sessions:
    """All sessions of this process."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self.idle_s = idle_s
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._turn = threading.Lock()

    def find(self, token: str | None) -> Session | None:
        """The session of this cookie, if it has not ended; it lives on from now."""
        with self._turn:
            held = self._held.get(token or "")
            if held is None:
                return None
            if time.monotonic() - held.seen > self.idle_s:
                del self._held[held.token]
                return None
            held.seen = time.monotonic()
            self._held.move_to_end(held.token)
            return held

    def start(self) -> Session:
        """A new session with secrets of its own; of too many, the one not used for longest ends."""
        new = Session(token=secrets.token_urlsafe(32), csrf=secrets.token_urlsafe(32), seen=time.monotonic())
        with self._turn:
            self._held[new.token] = new
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return new

    def renew(self, session: Session) -> Session:
        """The same session under a new token, after the passphrase was given: an older cookie opens nothing."""
        with self._turn:
            self._held.pop(session.token, None)
            session.token, session.csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
            self._held[session.token] = session
        return session

    def end(self, session: Session) -> None:
        """The session is forgotten, and with it the key of the vault."""
        with self._turn:
            self._held.pop(session.token, None)
        session.vault = None
        session.asked.clear()
