"""Pictures of the pages at phone width for docs/images, made anew with one command.

    python -m tests.web.pictures [FOLDER]

Everything on them is made up: the person, the papers, the study.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from tests.web import browsing, furnished
from tests.web.serving import Serving

FOLDER = Path(__file__).parents[2] / "docs" / "images"
_MOST = 150_000
_TALL = {"width": 390, "height": 844}


def main(folder: Path = FOLDER) -> int:
    """Writes the pictures; 2 where there is no Chromium."""
    path = browsing.chromium()
    if path is None:
        print("there is no Chromium on this machine: apt-get install chromium", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="navaid-pictures-") as name, sync_playwright() as playwright:
        home = Path(name) / "home"
        furnished.keep_study(home)
        server, browser = Serving(home), browsing.launch(playwright, path)
        try:
            with browsing.visitor(browser, server.url, viewport=_TALL) as who:
                pages = furnished.furnish(who, Path(name) / "papers")
                for picture, page in (
                    ("answer", "an answer"),
                    ("values", "where a value stands"),
                    ("for-me", "a question, for me"),
                    ("trials", "a study"),
                    ("visit", "my visit"),
                ):
                    who.go(pages[page])
                    if picture == "answer":
                        _open_first_source(who.page)
                    _keep(who.page, folder / f"{picture}.png")
            with browsing.visitor(browser, server.url, viewport=_TALL) as stranger:
                _keep(stranger.go("/"), folder / "ask.png")
        finally:
            browser.close()
            server.stop()
    return 0


def _open_first_source(page: Page) -> None:
    mark = page.locator(".said details.mark > summary").first
    mark.click()
    page.locator("details.mark[open] .behind").first.wait_for()
    page.evaluate(
        "() => document.querySelector('details.mark[open]').closest('section').scrollIntoView({behavior: 'instant'})"
    )
    page.wait_for_timeout(500)


def _keep(page: Page, path: Path) -> None:
    page.screenshot(path=path, animations="disabled", scale="css")
    size = path.stat().st_size
    print(f"{path.name}: {size:,} bytes")
    if size > _MOST:
        raise RuntimeError(f"{path.name} has {size:,} bytes; {_MOST:,} are wanted at most")


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
