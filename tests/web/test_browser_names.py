"""Reading the screens aloud: every control has a name that a person would use, and no name means two things.

Chromium itself is asked for the name and role of each control, as a screen reader would be. What is read out on each
page is kept beside the other output of the tests (`--basetemp`, in the folder `spoken`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TypedDict

import pytest
from tests.web import furnished
from tests.web.browsing import DESK, PHONE
from tests.web.conftest import House, Visit

_CONTROLS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .map(one => {
    const form = one.closest('form');
    const sent = form && ['BUTTON', 'INPUT'].includes(one.tagName) && (one.type === 'submit');
    const fields = sent ? [...form.querySelectorAll('input[type=hidden]')]
        .filter(field => !['csrf', 'seen', 'to', 'back'].includes(field.name)).map(f => `${f.name}=${f.value}`) : [];
    const does = one.tagName === 'A' ? one.getAttribute('href')
      : sent ? [form.getAttribute('action'), ...fields, `${one.name}=${one.value}`].join(' ')
      : one.tagName === 'SUMMARY' ? '' : one.id;
    return {name: one.computedName, role: one.computedRole, does, tag: one.tagName.toLowerCase(),
            type: one.type || '', html: one.outerHTML.slice(0, 140),
            within: one.closest('nav, section')?.computedName || '', seen: (one.innerText || '').trim()};
  })"""
_NOBODY_SAYS = {"button", "link", "here", "click here", "more", "submit", "go", "ok", "icon", "x", "untitled", "image"}
_CODE = re.compile(r"\w_\w|[{}<>]|^https?://|^[A-Z]{2,}_|\bundefined\b|^None$|\bnull\b")


class Control(TypedDict):
    """A control as it is read out: `does` is where it leads or what it sends, `within` names the part of the page."""

    name: str
    role: str
    does: str
    tag: str
    type: str
    html: str
    within: str
    seen: str


def nameless(controls: list[Control]) -> list[str]:
    """Controls without a name, or with one that nobody would say."""
    wrong = []
    for one in controls:
        name = one["name"].strip()
        words = re.findall(r"[^\W\d_]{2,}", name)
        if not name or not words or name.casefold().strip(" .:") in _NOBODY_SAYS or _CODE.search(name):
            wrong.append(f"{name!r}: {one['html']}")
    return wrong


def ambiguous(controls: list[Control]) -> list[str]:
    """Names that two controls of a kind share, in one named part of the page, while they do different things."""
    does: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in controls:
        if one["tag"] != "summary":  # it opens what stands beneath it, after the sentence that it belongs to
            does[one["within"], one["role"], one["name"].strip().casefold()].add(one["does"])
    return [f"{role} {name!r}: {sorted(what)}" for (_, role, name), what in does.items() if len(what) > 1]


def mismatched(controls: list[Control]) -> list[str]:
    """Names that lack the words that are seen: whoever speaks to the machine says what they see (WCAG 2.5.3)."""
    wrong = []
    for one in controls:
        seen, name = _plain(one["seen"]), _plain(one["name"])
        if seen and one["tag"] in ("a", "button") and seen not in name:
            wrong.append(f"{one['seen']!r} is called {one['name']!r}")
    return wrong


@pytest.mark.parametrize("name", furnished.NAMES)
def test_each_control_has_a_name_that_a_person_would_use(
    name: str, house: House, visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    who = visit(open_=name not in furnished.CLOSED)
    page, wrong = who.go(house.pages[name]), []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        controls: list[Control] = page.evaluate(_CONTROLS)
        assert name in furnished.SHEETS or len(controls) > 8
        wrong += nameless(controls) + ambiguous(controls) + mismatched(controls)
    assert page.title().strip() not in ("", "Navaid")
    assert page.locator("h1:visible").count() == 1 or page.locator("h1.unseen").count() == 1
    outline = page.locator("body").aria_snapshot()
    _spoken(tmp_path_factory).joinpath(f"{re.sub('[^a-z0-9]+', '-', name.casefold())}.txt").write_text(outline)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_what_is_wrong_with_names_is_seen() -> None:
    """So that the test above can fail."""
    good = Control(name="Ask", role="button", does="/ask", tag="button", type="submit", html="", within="", seen="Ask")
    link = Control(name="Open it", role="link", does="/a", tag="a", type="", html="", within="", seen="Open it")
    assert not nameless([good, link]) + ambiguous([good, good, link]) + mismatched([good, link])
    assert nameless([{**good, "name": ""}, {**good, "name": "→"}, {**good, "name": "er_status"}]) != []
    assert ambiguous([link, {**link, "does": "/b"}]) == ["link 'open it': ['/a', '/b']"]
    assert mismatched([{**link, "name": "Read the paper"}]) != []


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _spoken(factory: pytest.TempPathFactory) -> Path:
    folder = factory.getbasetemp() / "spoken"
    folder.mkdir(exist_ok=True)
    return folder
