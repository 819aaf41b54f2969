"""A real `navaid serve` on a free port of this machine, in a process of its own, with a home of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

_STARTS_WITHIN_S = 60.0
_NAVAID = "from navaid.serve.cli import main; main()"


class Serving:
    """One server process. `url` is where it listens; `said` is what it printed."""

    def __init__(self, home: Path, port: int = 0, command: tuple[str, ...] = ()) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home, self.said = home, ""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("NAVAID_")}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NAVAID, "serve", "--port", str(port), *command],
            env=kept | {"NAVAID_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._open = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()
        if not self._open.wait(_STARTS_WITHIN_S) or not self.said.startswith("Navaid is open at "):
            self.kill()
            raise RuntimeError(f"the server did not start: {self.said}")
        self.url = self.said.removeprefix("Navaid is open at ").split()[0]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said += line
            self._open.set()
        self._open.set()

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1].strip("/"))

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """As when the power fails: nothing is tidied up."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As with Ctrl+C."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
