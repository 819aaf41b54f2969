"""What the pages work with: settings, library, kept studies, the vault's place. One for the whole server."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library
from navaid.serve.web import memory
from navaid.serve.web.accounts.book import Accounts
from navaid.serve.web.jobs import Jobs
from navaid.serve.web.limits import Tries
from navaid.serve.web.sessions import COOKIE, Sessions
from navaid.trials.store import Store


class Desk:
    """Opened lazily: the first page must not wait for what it does not show."""

    def __init__(
        self,
        settings: Settings,
        library: Path | None = None,
        *,
        secure: bool = False,
        closed: bool = False,
        accounts: Accounts | None = None,
    ) -> None:
        """`secure` where browsers come by TLS, `closed` where nobody without a passphrase may see a page."""
        memory.few_heaps()
        self.settings, self.secure = settings, secure
        self.closed = closed or accounts is not None
        self.sessions, self.jobs, self.tries = Sessions(), Jobs(), Tries()
        self.accounts = accounts
        self.code = ""
        self._library_folder = library
        self._library: Library | None = None
        self._turn = threading.Lock()

    @property
    def cookie(self) -> str:
        """The cookie's name; under TLS one that no other host or path can set."""
        return f"__Host-{COOKIE}" if self.secure else COOKIE

    @property
    def door(self) -> str:
        """Where a passphrase is given."""
        return "/records/open" if self.accounts is None else "/sign-in"

    @contextlib.contextmanager
    def library(self) -> Iterator[Library]:
        """The library, for one thread at a time: a question takes less than a tenth of a second."""
        with self._turn:
            if self._library is None:
                self._library = journeys.open_library(self._library_folder, self.settings)
                memory.give_back()
            yield self._library

    @contextlib.contextmanager
    def library_apart(self) -> Iterator[Library]:
        """The library opened once more, for work that takes long: nobody who asks meanwhile waits for it."""
        with journeys.open_library(self._library_folder, self.settings) as library:
            yield library

    @contextlib.contextmanager
    def trials(self) -> Iterator[Store]:
        """The kept studies, opened anew for each use."""
        with Store(self.trials_folder) as store:
            yield store

    @property
    def trials_folder(self) -> Path:
        return self.settings.home_path / "trials"

    @property
    def records_folder(self) -> Path:
        """Where the vault lies."""
        return self.settings.home_path / "records"

    def close(self) -> None:
        self.jobs.close()
        with self._turn:
            if self._library is not None:
                self._library.close()
                self._library = None
