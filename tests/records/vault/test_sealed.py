"""Sealed files give back the same bytes, or say that they cannot."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.records.vault import VaultDamaged, sealed

MIB = 1 << 20


def seal(plain: bytes) -> tuple[bytes, bytes]:
    to = io.BytesIO()
    done = sealed.seal(io.BytesIO(plain), to)
    assert done.sha256 == hashlib.sha256(plain).hexdigest()
    assert done.size == len(plain)
    return to.getvalue(), done.key


def unseal(data: bytes, key: bytes) -> bytes:
    return b"".join(sealed.unseal(io.BytesIO(data), key, "here"))


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB])
def test_any_size_comes_back(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    data, key = seal(plain)
    assert unseal(data, key) == plain
    assert plain[:64] not in data or size < 4


def test_each_file_has_its_own_key() -> None:
    (one, key), (other, _) = seal(b"same"), seal(b"same")
    assert one != other
    with pytest.raises(VaultDamaged):
        unseal(other, key)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2 * MIB + 90), st.integers(1, 255))
def test_no_byte_can_be_altered_unseen(place: int, change: int) -> None:
    data, key = _LARGE
    altered = bytearray(data)
    altered[place % len(data)] ^= change
    with pytest.raises(VaultDamaged):
        unseal(bytes(altered), key)


@pytest.mark.parametrize("left", [0, 7, 23, 24, 24 + 8, 24 + MIB, 24 + MIB + 16, 24 + 2 * (MIB + 16)])
def test_a_file_cut_short_is_found(left: int) -> None:
    data, key = _LARGE
    with pytest.raises(VaultDamaged):
        unseal(data[:left], key)


def test_chunks_cannot_change_places_or_be_added() -> None:
    data, key = _LARGE
    head, one, two, rest = data[:24], data[24 : 24 + MIB + 16], data[24 + MIB + 16 : 24 + 2 * (MIB + 16)], b""
    for forged in (head + two + one + rest, data + b"x", data + one):
        with pytest.raises(VaultDamaged):
            unseal(forged, key)


def test_a_wrapped_key_opens_for_its_purpose_only() -> None:
    key = b"k" * 32
    wrapped = sealed.wrap(key, b"secret", b"files")
    assert sealed.unwrap(key, wrapped, b"files") == b"secret"
    assert sealed.unwrap(key, wrapped, b"other") is None
    assert sealed.unwrap(b"o" * 32, wrapped, b"files") is None
    assert sealed.unwrap(key, wrapped[:5], b"files") is None


_LARGE = seal(b"a" * MIB + b"b" * MIB + b"c" * 50)
