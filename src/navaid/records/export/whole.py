"""A person's profile and everything behind it as one JSON file that can be read back without loss."""

from __future__ import annotations

from typing import Any

import msgspec

from navaid.records.nested import nested
from navaid.records.vault import Original
from navaid.terms import Finding, Profile, Reading, Record, encode

_FORMAT = 1


class Whole(Record, frozen=True):
    """The file. `by_name` repeats the profile's fields for programs: `by_name["er"]["status"]["value"]`."""

    navaid_records: int
    profile: Profile
    originals: tuple[Original, ...]
    readings: tuple[Reading, ...]
    said: tuple[Finding, ...]
    by_name: dict[str, Any]


def whole(
    profile: Profile, originals: tuple[Original, ...], readings: tuple[Reading, ...], said: tuple[Finding, ...]
) -> bytes:
    """The file's bytes: indented, so that a person can read it too."""
    made = Whole(
        navaid_records=_FORMAT,
        profile=profile,
        originals=originals,
        readings=readings,
        said=said,
        by_name=nested(profile),
    )
    return msgspec.json.format(encode(made), indent=2) + b"\n"
