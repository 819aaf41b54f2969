"""What the tools work with: the library, opened once, and the place of the kept studies."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library


class Desk:
    """Opened lazily: an assistant lists the tools long before it uses one."""

    def __init__(self, settings: Settings, library: Path | None = None) -> None:
        self.settings = settings
        self._folder, self._library = library, contextlib.ExitStack()
        self._held: Library | None = None
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def library(self) -> Iterator[Library]:
        """The library, for one thread at a time."""
        with self._turn:
            if self._held is None:
                self._held = self._library.enter_context(journeys.open_library(self._folder, self.settings))
            yield self._held

    @property
    def trials_folder(self) -> Path:
        return self.settings.home_path / "trials"

    def close(self) -> None:
        with self._turn:
            self._held = None
            self._library.close()
