"""The picture of a page of a kept paper, with words outlined: made in memory, in a process of its own.

A file that a person was given may be made to break what draws it. So it is drawn where it was read: in a child with
limits, which can write no file, and whose end is one message here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence

import msgspec

from navaid.errors import BadInput
from navaid.terms import Box

SECONDS = 40.0
_AT_ONCE = threading.Semaphore(2)


class Wish(msgspec.Struct, frozen=True):
    """A page of these bytes (0: how many there are), with `boxes` (in the page's units) outlined.

    `near` is only what lies around them; `turn` is by how many degrees clockwise the picture is turned.
    """

    data: bytes
    page: int
    boxes: tuple[Box, ...] = ()
    near: bool = False
    turn: int = 0


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """The picture, and its size in pixels."""

    media_type: str
    data: bytes
    width: int
    height: int


class NoPicture(msgspec.Struct, frozen=True, tag="none"):
    """Why there is none; holds nothing of the paper."""

    what: str
    fix: str


class Pages(msgspec.Struct, frozen=True, tag="pages"):
    """How many pages there are; the answer to a wish for page 0."""

    count: int


Answer = Picture | NoPicture | Pages
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def has_pictures(head: bytes) -> bool:
    """Whether a file that begins with these bytes has pages that can be drawn: a PDF, a photo, a scan."""
    from navaid.records.read.kinds import Kind, Unread, kind_of

    try:
        return kind_of(head) in (Kind.PDF, Kind.IMAGE)
    except Unread:
        return False


def picture(data: bytes, page: int, boxes: Sequence[Box] = (), *, near: bool = False, turn: int = 0) -> Picture:
    """The picture of a page. Raises BadInput where there is none."""
    answer = _asked(Wish(data=data, page=page, boxes=tuple(boxes), near=near, turn=turn)) if page > 0 else None
    if not isinstance(answer, Picture):
        raise _none("this paper has no such page", "go back and look at the list of its pages")
    return answer


def page_count(data: bytes) -> int:
    """How many pages can be drawn. Raises BadInput for what has none."""
    answer = _asked(Wish(data=data, page=0))
    return answer.count if isinstance(answer, Pages) else 0


def _asked(wish: Wish) -> Picture | Pages:
    """What the child answers. Raises BadInput where it has no picture, or gives no answer."""
    with _AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "navaid.records.render.picture_child"],
                input=msgspec.msgpack.encode(wish),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                env={**os.environ, "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"},
                check=False,
            )
            answer = _answers.decode(done.stdout)
        except (OSError, subprocess.TimeoutExpired, msgspec.DecodeError):
            raise _none("the picture of this page could not be made", "open the original instead") from None
    if isinstance(answer, NoPicture):
        raise _none(answer.what, answer.fix)
    return answer


def _none(what: str, fix: str) -> BadInput:
    return BadInput(what, where="the picture of a page", fix=fix)
