"""The log of what left this machine: one line a call in `outbox.jsonl`, written before the call.

It holds no text unless the setting `outbox_text` says so, but the digest of the exact bytes: who keeps
the text can prove that it is what was sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

import msgspec

from navaid.errors import ConsentMissing
from navaid.terms import Record, decode, encode


class Sent(Record, frozen=True, omit_defaults=True):
    """What left, to whom and why. `sha256` and `characters` are of the whole body of the call."""

    time: dt.datetime
    destination: str
    model: str
    purpose: str
    sha256: str
    characters: int
    deidentified: bool = msgspec.field()
    profile: str = ""
    text: str | None = None


def path(home: Path) -> Path:
    return home / "outbox.jsonl"


def write(home: Path, sent: Sent) -> None:
    """Adds a line. Raises ConsentMissing where it cannot be written: what is not logged is not sent."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = os.open(path(home), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(log, encode(sent) + b"\n")  # one write, so that lines of two processes do not mix
        finally:
            os.close(log)
    except OSError as error:
        raise ConsentMissing(
            "the log of what leaves this machine cannot be written, so nothing was sent",
            where=f"{path(home)}: {error.strerror}",
            fix='make the folder writable, or set `chat = "off"`',
        ) from None


def read(home: Path) -> list[Sent]:
    """What left, oldest first; a line cut short by a crash is passed over."""
    try:
        lines = path(home).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(decode(line, Sent))
        except msgspec.DecodeError:
            continue
    return found


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
