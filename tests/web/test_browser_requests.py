"""Every request that the browser makes, over all pages, goes to this server; and the browser complains of nothing."""

from __future__ import annotations

import pytest
from tests.web import furnished
from tests.web.conftest import House, Visit


@pytest.mark.parametrize("open_", [False, True])
def test_no_other_host_is_asked_and_no_policy_is_broken(open_: bool, house: House, visit: Visit) -> None:
    who = visit(open_=open_)
    seen = 0
    for name in furnished.NAMES if open_ else furnished.CLOSED:
        page = who.go(house.pages[name])
        inline = page.evaluate(
            "() => [...document.querySelectorAll('[style], script:not([src])')].map(one => one.outerHTML.slice(0, 90))"
        )
        if page.locator("link[href^='/static/page.css']").count():  # the sheets for paper bring their own style
            assert inline == [], name
        for one in page.locator("main details > summary").all()[:3]:
            if one.is_visible():
                one.click()
        seen += 1
    page = who.go(house.pages["an answer from an added document"] if open_ else "/")
    for link in page.locator("[hx-get]").all()[:2]:
        link.dispatch_event("click")
    page.wait_for_load_state("networkidle")
    assert who.heard.elsewhere == []
    assert who.heard.complaints == []
    assert len(who.heard.asked) > 3 * seen  # the listener heard pages, sheets and scripts


def test_the_watch_would_see_another_host(visit: Visit) -> None:
    """So that the test above can fail: a page that asks another host is noticed, and its policy refuses it."""
    who = visit(open_=False)
    page = who.go("/")
    page.evaluate("() => { new Image().src = 'http://elsewhere.invalid/pixel.png' }")
    page.wait_for_timeout(300)
    assert who.heard.complaints, "the policy did not refuse an image of another host"
    page.goto("about:blank")
    page.evaluate("() => { new Image().src = 'http://elsewhere.invalid/pixel.png' }")
    page.wait_for_timeout(300)
    assert set(who.heard.elsewhere) == {"http://elsewhere.invalid/pixel.png"}
