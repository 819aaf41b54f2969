"""What a request does, in one word for the log of who looked at whose records. Never a value, never an address."""

from __future__ import annotations

import contextvars

from starlette.requests import Request

_PLACES = {
    "records": "papers",
    "for-me": "what the papers mean",
    "trials": "trials",
    "visit": "the visit",
    "answers": "an answer",
    "ask": "an answer",
    "settings": "settings",
    "people": "the list of people",
    "api": "a program's request",
}
_act: contextvars.ContextVar[str] = contextvars.ContextVar("act", default="work in the background")
_written: contextvars.ContextVar[set[object] | None] = contextvars.ContextVar("written", default=None)


def begin(request: Request) -> None:
    """From now on, in this request, `act` tells what it does."""
    place = _PLACES.get(request.url.path.strip("/").split("/")[0], "a page")
    _act.set(f"{'looked at' if request.method in ('GET', 'HEAD') else 'changed'}: {place}")
    _written.set(set())


def name(act: str) -> None:
    """From now on `act` tells this, where a page knows better what it does than its address says."""
    _act.set(act)


def act() -> str:
    """What this request does, such as `looked at: papers`."""
    return _act.get()


def first(mark: object) -> bool:
    """Whether this was not noted yet for this request; a page opens the same papers several times."""
    written = _written.get()
    if written is None:
        return True
    new = mark not in written
    written.add(mark)
    return new
