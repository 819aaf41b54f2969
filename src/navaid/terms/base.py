"""The base of every record, and records as JSON."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

import msgspec

Date = dt.date


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every record: immutable, compared by value, strict when decoded."""


T = TypeVar("T")


def encode(record: object) -> bytes:
    """The record as canonical JSON (UTF-8, keys in declared order)."""
    return msgspec.json.encode(record)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The record that `encode` wrote; raises `msgspec.ValidationError` naming the path at fault.

    >>> from navaid.terms import Licence
    >>> licence = Licence(name="CC0", redistribute=True)
    >>> decode(encode(licence), Licence) == licence
    True
    """
    return msgspec.json.decode(data, type=kind)
