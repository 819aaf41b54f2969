"""What tests in the real browser share: one browser and one furnished server for each worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright
from tests.web import browsing, furnished
from tests.web.browsing import Visitor
from tests.web.serving import Serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a loaded machine is at times late: a test that failed is tried once more, and the report says so."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; tests are skipped where there is none."""
    path = browsing.chromium()
    if path is None:
        pytest.skip("there is no Chromium on this machine (`apt-get install chromium`)")
    with sync_playwright() as playwright:
        made = browsing.launch(playwright, path)
        yield made
        made.close()


@dataclass(frozen=True)
class House:
    """A furnished server, its pages by name, and the cookie of whoever opened the records."""

    server: Serving
    pages: dict[str, str]
    cookie: StorageState


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """For tests that look; what changes something takes a server of its own."""
    home = tmp_path_factory.mktemp("house") / "home"
    furnished.keep_study(home)
    server = Serving(home)
    with browsing.visitor(browser, server.url) as who:
        pages = furnished.furnish(who, home.parent / "papers")
        assert not who.heard.elsewhere
        assert not who.heard.complaints
        cookie = who.context.storage_state()
    yield House(server, pages, cookie)
    server.stop()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Visit]:
    """`visit(open_=True, **options)`: a browser at the furnished server; its records open unless said otherwise."""
    made: list[Any] = []

    def come(*, open_: bool = True, **options: Any) -> Visitor:
        one = browsing.visitor(
            browser, house.server.url, **({"storage_state": house.cookie} if open_ else {}), **options
        )
        made.append(one)
        return one.__enter__()

    yield come
    for one in made:
        one.__exit__(None, None, None)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Serving]:
    """A server with a home of its own, in which the made-up study is kept and nothing else."""
    furnished.keep_study(tmp_path / "home")
    server = Serving(tmp_path / "home")
    yield server
    server.stop()
