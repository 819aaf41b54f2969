"""Files of a form, sealed into a waiting room while they come in: none of them is ever plain on the disk.

The usual reading of a form would write larger files into the system's temporary folder. This one gives each part to
the room as it arrives. The form's token must come before the first file, so that nothing is taken from another site.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hmac
from collections.abc import Iterator
from typing import Any

import anyio.to_thread
import python_multipart
from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException

from navaid.errors import BadInput
from navaid.records.read import limits
from navaid.records.vault import Waiting, WaitingRoom
from navaid.records.vault.waiting import Arriving

MOST_FILES = 500
_FILE_BYTES = limits.FILE_BYTES
_FIELD_BYTES = 1000
_PIECE = 1 << 18


class Taken:
    """What came in: files that wait now, names of those that were there already, and how many were too many."""

    def __init__(self) -> None:
        self.files: list[Waiting] = []
        self.again: list[str] = []
        self.large: list[str] = []
        self.over = 0


async def take(request: Request, room: WaitingRoom, csrf: str | None, taken: Taken) -> None:
    """Fills `taken` from the request's form; what came in whole stays there when the connection breaks off.

    `csrf` is the token that must come first, None for a program, which has shown one already. Raises HTTPException 403
    without the token, BadInput for what is no such form, DiskFull, and what the stream raises.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise _no_form()
    form = _Form(room, csrf, taken)
    try:
        parser = python_multipart.MultipartParser(options[b"boundary"], form.callbacks())
        async for piece in request.stream():
            for at in range(0, len(piece), _PIECE):
                await anyio.to_thread.run_sync(parser.write, piece[at : at + _PIECE])
        parser.finalize()
    except python_multipart.exceptions.FormParserError:
        raise _no_form() from None
    finally:
        form.close()
    if not form.ended:
        raise BadInput(
            "the last file did not arrive whole", where="the upload", fix="add it again; the others are kept waiting"
        )


class _Form:
    """The parts of the form, as the parser meets them."""

    def __init__(self, room: WaitingRoom, csrf: str | None, taken: Taken) -> None:
        self._room, self._csrf, self._taken = room, csrf, taken
        self._known = {waiting.file: waiting.name for waiting in room.all()}
        self._allowed, self.ended = csrf is None, False
        self._header, self._value, self._headers = b"", b"", dict[bytes, bytes]()
        self._name, self._field = "", bytearray()
        self._arriving: Arriving | None = None
        self._open = contextlib.ExitStack()

    def callbacks(self) -> Any:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._named,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._whole,
        }

    def close(self) -> None:
        """Takes away a file that did not end."""
        self._open.close()

    def _begin(self) -> None:
        self._headers, self._header, self._value, self._name = {}, b"", b"", ""
        self._field.clear()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _named(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        if not name:  # a field, or a place for a file that was left empty
            return
        if not self._allowed:
            raise HTTPException(403, "ended")
        if len(self._taken.files) >= MOST_FILES:
            self._taken.over += 1
            return
        self._arriving = self._open.enter_context(self._room.arriving(name, dt.date.today()))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._arriving is not None:
            self._arriving.write(data[start:end])
            if self._arriving.size > _FILE_BYTES:
                self._taken.large.append(self._arriving.name)
                self._let_go()
        elif self._name == "csrf" and len(self._field) < _FIELD_BYTES:
            self._field += data[start:end]

    def _end(self) -> None:
        if self._arriving is not None:
            self._keep(self._arriving)
            self._let_go()
        elif self._name == "csrf" and self._csrf is not None:
            self._allowed = hmac.compare_digest(bytes(self._field), self._csrf.encode())
            if not self._allowed:
                raise HTTPException(403, "ended")

    def _keep(self, arriving: Arriving) -> None:
        """The same bytes need not wait twice."""
        waiting = arriving.end()
        if waiting.file in self._known:
            self._taken.again.append(waiting.name)
            self._room.drop(waiting.id)
        else:
            self._known[waiting.file] = waiting.name
            self._taken.files.append(waiting)

    def _let_go(self) -> None:
        self._open.close()
        self._arriving = None

    def _whole(self) -> None:
        self.ended = True


def _no_form() -> BadInput:
    return BadInput("this could not be read as a form with files", where="the upload", fix="go back and add them again")


def unfinished(taken: Taken) -> Iterator[str]:
    """What did not come in, in words."""
    if taken.again:
        yield f"{_named(taken.again)} came twice and was taken once."
    if taken.large:
        yield f"{_named(taken.large)} is larger than {_FILE_BYTES // limits.MB} MB and was not taken: split it."
    if taken.over:
        yield f"{MOST_FILES} files are taken at once; add the other {taken.over} now."


def _named(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
