"""Who is here: a cookie names a session that lives in this process only, and ends when it is not used.

Nothing of a session is written to disk. An opened vault lives in it, and is let go with it.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from navaid.errors import NavaidError

if TYPE_CHECKING:
    from navaid.records.vault import Papers, Vault
    from navaid.serve.web.accounts.member import Member
    from navaid.terms import Answer

COOKIE = "navaid"
IDLE_S = 30 * 60
"""After so long without a request the records close; whoever comes back gives the passphrase again."""
_ASKED, _ANSWERED = 40, 8
"""So many questions are remembered, and the answers of the last of them; an older one is made again if it is wanted."""
_MOST = (500, 200, 100)
"""How many sessions are held that did nothing yet, that asked something, and that hold opened records. Each kind makes
room for its own only: a thousand visitors without a cookie close nobody's records."""


class Locked(NavaidError):
    """A page needs the records, and they are not open in this session."""


class Whose(NavaidError):
    """Several people's records are open, and nobody has said yet whose are looked at."""


class NotShared(NavaidError):
    """Records that whoever is signed in may not see, or may not see any more."""


@dataclass(repr=False)
class Asked:
    """A question of this session: its words stay out of addresses and logs. `after` is the one it follows on.

    `text` is what is answered: `typed`, and where it follows on another question, with the subject of that. `profile`
    is the person from whose papers it is answered, empty for everybody's answer; `plain` is it in plainer words.
    """

    id: str
    text: str
    profile: str = ""
    after: str = ""
    typed: str = ""
    answer: Answer | None = None
    plain: Answer | None = None


@dataclass(repr=False, eq=False)
class Session:
    """One browser. `vault` is there while the records are open; `profile` is whose; `member` is who signed in.

    `country` (such as `US`) is where the person said they are, for the numbers to call.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    seen: float = field(default_factory=time.monotonic)
    vault: Vault | None = None
    profile: str = ""
    user: str = ""
    country: str = ""
    member: Member | None = None
    asked: OrderedDict[str, Asked] = field(default_factory=OrderedDict)
    said: str = ""
    busy: bool = False
    """Whether it ever sent a form; a page that was only looked at is worth less than one that was used."""
    wanted: bool = False
    """Whether a page holds its token. Before that it need not be remembered, nor a cookie be set."""
    _csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def csrf(self) -> str:
        """What every form of this session carries; no other site can know it."""
        self.wanted = True
        return self._csrf

    @property
    def open(self) -> bool:
        """Whether somebody gave a passphrase here."""
        return self.vault is not None or self.member is not None

    @property
    def profiles(self) -> tuple[str, ...]:
        """Whose records can be looked at here: the person's own profiles, then those that others granted."""
        own = self.vault.profiles if self.vault else ()
        return (*own, *(self.member.shared() if self.member else ()))

    @property
    def own(self) -> bool:
        """Whether the records that are looked at are those of whoever is here, not of somebody who let them see."""
        return self.vault is not None and (not self.profile or self.profile in self.vault.profiles)

    def ask(self, text: str, after: str = "") -> Asked:
        """Remembers a question under a new id; the oldest of many is forgotten."""
        one = Asked(id=secrets.token_urlsafe(9), text=text, profile=self.profile, after=after)
        self.asked[one.id] = one
        while len(self.asked) > _ASKED:
            self.asked.popitem(last=False)
        for old in list(self.asked.values())[:-_ANSWERED]:
            old.answer = old.plain = None
        return one

    def papers(self, name: str | None = None) -> Papers:
        """The papers of the person who is looked at; close them. Raises Locked, Whose, and BadInput for no such one."""
        if not self.open:
            raise Locked("your records are closed", where="this page", fix="open them with your passphrase")
        name, own = name or self.profile, self.vault.profiles if self.vault else ()
        if not name and len(every := self.profiles) != 1 and (every or self.member is not None):
            raise self._nobody(every)
        name = name or next(iter(self.profiles), "")
        if self.member is not None and name not in own:
            shared = self.member.papers(name)
            if shared is None:
                raise NotShared("there are no such records here", where="this page", fix="choose whose records to see")
            return shared
        assert self.vault is not None  # open, and no member without a vault comes here
        return self.vault.papers(name or None)

    @staticmethod
    def _nobody(every: tuple[str, ...]) -> NavaidError:
        if every:
            return Whose("nobody has said yet whose records these are", where="this page", fix="choose whose")
        return NotShared("no records are open to you here", where="this page", fix="ask the person to let you see them")

    def apart(self, name: str) -> Session:
        """Another session that opens this person's papers, for work that goes on whatever becomes of this one."""
        return Session(vault=self.vault, profile=name, user=self.user, member=self.member)

    def drop(self) -> None:
        """Lets go of the key, and of what was asked."""
        self.vault = self.member = None
        self.profile = self.user = self.said = ""
        self.asked.clear()

    def _kind(self) -> int:
        return 2 if self.open else 1 if self.busy or self.asked else 0


class Sessions:
    """All sessions of this process."""

    def __init__(self, idle_s: float = IDLE_S, now: Callable[[], float] = time.monotonic) -> None:
        self.idle_s, self._now = idle_s, now
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._turn = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def find(self, token: str | None) -> Session | None:
        """The session of this cookie, if it has not ended; it lives on from now."""
        self.sweep()
        with self._turn:
            held = self._held.get(token or "")
            if held is not None:
                held.seen = self._now()
                self._held.move_to_end(held.token)
            return held

    def passing(self) -> Session:
        """A session for one request, forgotten after it unless it is held."""
        return Session(seen=self._now())

    def start(self) -> Session:
        """A new session that is held."""
        return self.hold(self.passing())

    def hold(self, session: Session) -> Session:
        """The session, remembered from now on. Of too many of its kind, the one not used for longest ends."""
        with self._turn:
            self._held[session.token] = session
            counts = Counter(one._kind() for one in self._held.values())
            for kind, most in enumerate(_MOST):
                for one in [o for o in self._held.values() if o._kind() == kind][: max(0, counts[kind] - most)]:
                    self._held.pop(one.token).drop()
        return session

    def renew(self, session: Session) -> Session:
        """The same session under a new token, after the passphrase was given: an older cookie opens nothing."""
        with self._turn:
            self._held.pop(session.token, None)
            session.token, session._csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        return self.hold(session)

    def end(self, session: Session) -> None:
        """The session is forgotten, and with it the key of the vault."""
        with self._turn:
            self._held.pop(session.token, None)
        session.drop()

    def end_where(self, which: Callable[[Session], bool]) -> None:
        """Every session of which this is true ends."""
        for one in [one for one in list(self._held.values()) if which(one)]:
            self.end(one)

    def sweep(self) -> None:
        """Ends the sessions that were not used for long; called with every request, and by the clock."""
        with self._turn:
            too_old = self._now() - self.idle_s
            while self._held:
                oldest = next(iter(self._held.values()))
                if oldest.seen >= too_old:
                    break
                self._held.pop(oldest.token).drop()
