"""The gate to every server that is not this machine: nothing passes before a person has agreed to it.

Whoever wants to send shows a `Preview` (exactly the bytes that would leave), asks, and keeps the answer
with `give`. The gate stands in the client's own sending (`wire.py`), so that no call can go around it, and
writes each call into the log of what left before it lets it pass.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import msgspec

from navaid.config import Settings
from navaid.errors import ConsentMissing
from navaid.models import outbox
from navaid.models.endpoint import Endpoint, is_loopback
from navaid.terms import Record, decode, encode

__all__ = ["Gate", "Preview", "Sending", "give", "given", "is_loopback", "withdraw"]


class Sending(Record, frozen=True):
    """Why something is sent, and whether it is about one person.

    `purpose` is a few words for the log ("rewrite sentences"). `profile` is the local id of the person
    whose records any of it was made from, else empty; then it must be de-identified.
    """

    purpose: str
    profile: str = ""
    deidentified: bool = False


class Preview(Record, frozen=True):
    """What would leave this machine, to be shown before a person is asked. `text` is the whole body."""

    destination: str
    model: str
    encrypted: bool
    sending: Sending
    text: str

    @property
    def words(self) -> str:
        """What to show before asking, in lines; the text comes last and whole."""
        records = "de-identified records of a profile" if self.sending.profile else "no records"
        return "\n".join(
            (
                f"To:    {self.destination}" + ("" if self.encrypted else "  (NOT encrypted on the way)"),
                f"Model: {self.model}",
                f"Why:   {self.sending.purpose} ({records})",
                f"Text:  {len(self.text)} characters, exactly these:",
                self.text,
            )
        )


class _Agreed(Record, frozen=True):
    """Since when, and for which persons' de-identified records."""

    since: dt.datetime
    profiles: dict[str, dt.datetime] = msgspec.field(default_factory=dict)


def _path(home: Path) -> Path:
    return home / "consent.json"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _read(home: Path) -> dict[str, _Agreed]:
    try:
        return decode(_path(home).read_bytes(), dict[str, _Agreed])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError):
        raise ConsentMissing(
            "what was agreed to cannot be read, so nothing is sent", where=str(_path(home)), fix="delete the file"
        ) from None


def _write(home: Path, agreed: dict[str, _Agreed]) -> None:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = _path(home).with_name(f".consent.{os.getpid()}")
    new.write_bytes(encode(agreed) + b"\n")
    new.chmod(0o600)
    new.replace(_path(home))


def given(home: Path, destination: str, profile: str = "") -> bool:
    """Whether a person agreed to send to this destination, and where `profile` is given, its records."""
    agreed = _read(home).get(destination)
    return agreed is not None and (not profile or profile in agreed.profiles)


def give(home: Path, destination: str, profile: str = "") -> None:
    """Keeps that a person agreed, after they saw a preview. Records need it once more for their profile."""
    agreed = _read(home)
    kept = agreed.get(destination) or _Agreed(since=_now())
    if profile:
        kept = msgspec.structs.replace(kept, profiles={**kept.profiles, profile: _now()})
    _write(home, agreed | {destination: kept})


def withdraw(home: Path, destination: str) -> None:
    """Takes the agreement back, for texts and all profiles."""
    agreed = _read(home)
    if agreed.pop(destination, None) is not None:
        _write(home, agreed)


class Gate:
    """Lets a body pass, or raises ConsentMissing. One gate serves one purpose."""

    def __init__(self, home: Path, sending: Sending, *, keep_text: bool = False) -> None:
        self._home, self.sending, self._keep_text = home, sending, keep_text

    @classmethod
    def of(cls, settings: Settings, sending: Sending) -> Gate:
        return cls(settings.home_path, sending, keep_text=settings.outbox_text)

    def preview(self, endpoint: Endpoint, body: bytes) -> Preview:
        """What would leave; show it, ask, then `give(home, preview.destination)`."""
        return Preview(
            destination=endpoint.destination,
            model=endpoint.model,
            encrypted=endpoint.encrypted,
            sending=self.sending,
            text=body.decode(),
        )

    def let_pass(self, endpoint: Endpoint, body: bytes) -> None:
        """Returns once the body may leave and its line is in the log; what stays on this machine always may."""
        if not endpoint.leaves:
            return
        who, sending = endpoint.destination, self.sending
        if sending.profile and not sending.deidentified:
            raise ConsentMissing(
                "records are only sent with names, dates, places and numbers taken out, and this was not",
                where=who,
                fix="use a model on this machine",
            )
        if not given(self._home, who, sending.profile):
            what = "the de-identified records of this profile" if sending.profile else "anything"
            raise ConsentMissing(
                f"nobody has agreed yet to send {what} to this server",
                where=who,
                fix="look at what would be sent and agree to it, or use a model on this machine",
            )
        sent = outbox.Sent(
            time=_now(),
            destination=who,
            model=endpoint.model,
            purpose=sending.purpose,
            sha256=outbox.digest(body),
            characters=len(body.decode()),
            deidentified=sending.deidentified,
            profile=sending.profile,
            text=body.decode() if self._keep_text else None,
        )
        outbox.write(self._home, sent)
