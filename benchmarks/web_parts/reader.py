"""A reader of the pages without a browser: asks, and notes when which part of the answer was there."""

from __future__ import annotations

import http.client
import re
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml
from tests.web.serving import Serving

_FIRST_PART = re.compile(rb'<section aria-labelledby="part-1"')
_TOKEN = re.compile(rb'name="csrf" value="([^"]+)"')


class Asked(NamedTuple):
    """Seconds from the click to the first byte of the page, to the first part of the answer, to the end; the page."""

    first_byte: float
    first_part: float
    whole: float
    page: bytes


class Reader:
    """One browser: a connection that stays, a cookie, a token."""

    def __init__(self, url: str) -> None:
        self._line = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=120)
        self._cookie = self._token = ""
        self.look()

    def look(self, path: str = "/") -> bytes:
        """The page at this path. Raises RuntimeError for anything but a page."""
        self._line.request("GET", path, headers=self._headers())
        answer = self._line.getresponse()
        page = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        if cookie := answer.getheader("set-cookie"):
            self._cookie = cookie.split(";")[0]
        if found := _TOKEN.search(page):
            self._token = found[1].decode()
        return page

    def ask(self, question: str) -> Asked:
        """Sends the question as the form does, follows, and reads the answer as it comes in."""
        body = urllib.parse.urlencode({"csrf": self._token, "question": question})
        began = time.perf_counter()
        form = {"content-type": "application/x-www-form-urlencoded"}
        self._line.request("POST", "/ask", body, self._headers() | form)
        answer = self._line.getresponse()
        answer.read()
        to = answer.getheader("location") or ""
        if answer.status != 303 or not to.startswith("/answers/"):
            raise RuntimeError(f"asking: {answer.status}")
        self._line.request("GET", to, headers=self._headers())
        return self._read(began)

    def _read(self, began: float) -> Asked:
        answer = self._line.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"the answer: {answer.status}")
        page, first_byte, first_part = b"", 0.0, 0.0
        while piece := answer.read1(65536):
            page += piece
            first_byte = first_byte or time.perf_counter() - began
            if not first_part and _FIRST_PART.search(page):
                first_part = time.perf_counter() - began
        whole = time.perf_counter() - began
        if b"</html>" not in page:
            raise RuntimeError("the answer broke off")
        return Asked(first_byte, first_part or whole, whole, page)

    def _headers(self) -> dict[str, str]:
        return {"cookie": self._cookie, "accept-encoding": "identity"}


@contextmanager
def serving() -> Iterator[Serving]:
    """A server with a fresh home, warm: one question was answered."""
    with TemporaryDirectory(prefix="navaid-web-") as name:
        server = Serving(Path(name) / "home")
        try:
            Reader(server.url).ask("What is breast cancer?")
            yield server
        finally:
            server.stop()


def questions(folder: Path) -> list[str]:
    """The questions of the answer checks, in a fixed order that mixes the files."""
    held = []
    for name in ("starter.yaml", "fresh.yaml", "answers.yaml"):
        rows = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        held.append([" ".join(row["question"].split()) for row in rows])
    longest = max(map(len, held))
    return list(dict.fromkeys(rows[i] for i in range(longest) for rows in held if i < len(rows)))
