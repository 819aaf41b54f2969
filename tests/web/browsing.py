"""The machine's own Chromium, and pages that remember every request and every complaint of the browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
Scheme = Literal["light", "dark"]
_PATIENCE_MS = 60_000


def chromium() -> str | None:
    """Where Chromium is; Playwright's own browsers are not fetched."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright, path: str) -> Browser:
    """The browser. The named feature lets a page be asked which name each control has when it is read aloud."""
    switches = ["--enable-blink-features=ComputedAccessibilityInfo", "--disable-dev-shm-usage", "--disable-gpu"]
    return playwright.chromium.launch(executable_path=path, args=[*switches, "--no-sandbox"])


@dataclass
class Heard:
    """What a browser did and said: the addresses it asked for, those of others among them, and its complaints."""

    host: str
    asked: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.elsewhere.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text  # an error page that a test asked for
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(f"{message.type}: {message.text}")

    def error(self, error: Any) -> None:
        self.complaints.append(f"script: {error}")


class Visitor:
    """One browser profile on one server: its context, its first page, and what was heard."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url.rstrip("/")
        self.heard = Heard(urlsplit(url).netloc)
        context.on("request", self.heard.request)
        context.on("console", self.heard.console)
        context.on("weberror", lambda one: self.heard.error(one.error))
        context.set_default_timeout(_PATIENCE_MS)
        self.page = context.new_page()

    def go(self, path: str) -> Page:
        """The page at this path."""
        self.page.goto(self.url + path)
        return self.page

    @property
    def path(self) -> str:
        """Where the page is now."""
        return self.page.url.removeprefix(self.url)


@contextmanager
def visitor(browser: Browser, url: str, **options: Any) -> Iterator[Visitor]:
    """A fresh browser profile, at phone width unless said otherwise; nothing of it is left."""
    context = browser.new_context(**{"viewport": PHONE, "locale": "en-US", **options})
    try:
        yield Visitor(context, url)
    finally:
        context.close()
