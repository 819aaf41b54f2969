"""Going through a page with the keyboard alone, and what a person sees of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_AT = """async () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = () => { const at = one.getBoundingClientRect(); return at.bottom > 0 && at.top < innerHeight; };
  // It is brought into sight with the next frames.
  for (let frame = 0; frame < 120 && !seen(); frame++) await new Promise(requestAnimationFrame);
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  // Words that run over a line's end are looked at on their first line: the box around both holds other words too.
  const line = [...one.getClientRects()].find(each => each.width > 1 && each.height > 1) || box;
  const x = Math.min(innerWidth - 2, Math.max(1, line.x + Math.min(line.width / 2, 20)));
  const y = line.y + Math.min(line.height / 2, 12), top = document.elementFromPoint(x, y);
  const label = one.labels && [...one.labels].includes(top);
  return {name: one.computedName, role: one.computedRole, tag: one.tagName.toLowerCase(),
    html: one.outerHTML.slice(0, 120),
    outline: {none: 0, auto: 2}[style.outlineStyle] ?? parseFloat(style.outlineWidth),  // auto: the browser's own ring
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !!top && top !== one && !one.contains(top) && !top.contains(one) && !label};
}"""


def at(page: Page) -> dict[str, Any]:
    """What has the focus, as it is read out, and whether it can be seen."""
    found: dict[str, Any] | None = page.evaluate(_AT)
    return found or {"name": "", "role": "", "tag": "", "html": "", "outline": 0, "inside": True, "covered": False}


def unseen(found: dict[str, Any]) -> str:
    """Why a person would not see where they are, or nothing."""
    if found["outline"] < 2:
        return f"no outline: {found['html']}"
    if not found["inside"]:
        return f"out of sight: {found['html']}"
    return f"covered: {found['html']}" if found["covered"] else ""


def tab_to(page: Page, name: str, *, most: int = 120, role: str = "") -> dict[str, Any]:
    """Presses Tab until the control whose name begins so has the focus. Each stop on the way must be seen."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found = at(page)
        if found["tag"]:
            assert not unseen(found), unseen(found)
        if found["name"].startswith(name) and role in ("", found["role"]):
            return found
        passed.append(found["name"])
    raise AssertionError(f"Tab never came to {name!r}; it passed {passed}")
