"""A file under AES-256-GCM, in chunks, so that a large one needs little memory and none can be cut or altered unseen.

The layout: `NAVAIDF1`, a random file id (16 bytes), then chunks of 1 MiB (the last may be shorter, or empty), each with
its 16-byte tag. What a chunk's tag covers beside its bytes: the file id, the chunk's number, and whether it is the
last, so chunks can be neither moved, left out, nor taken from another file. Each file has a random key of its own that
is used for nothing else; so the chunk's number may serve as the nonce.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from navaid.records.vault.errors import VaultDamaged

_MAGIC = b"NAVAIDF1"
_CHUNK = 1 << 20
_TAG = 16


class Sealed(NamedTuple):
    """The key that opens what was sealed, and the SHA-256 (hex) and size of the plain bytes."""

    key: bytes
    sha256: str
    size: int

    def __repr__(self) -> str:
        return f"Sealed(…, {self.sha256[:8]}, {self.size})"


class Sealing:
    """A file that is sealed as its bytes come in, under a new key that only the caller then has."""

    def __init__(self, to: BinaryIO) -> None:
        self._key, self._file_id = AESGCM.generate_key(256), secrets.token_bytes(16)
        self._cipher, self._digest = AESGCM(self._key), hashlib.sha256()
        self._to, self._held, self._number, self.size = to, bytearray(), 0, 0
        to.write(_MAGIC + self._file_id)

    def write(self, data: bytes) -> None:
        """More of the plain bytes. A full chunk waits until it is known whether it is the last."""
        self._digest.update(data)
        self.size += len(data)
        self._held += data
        while len(self._held) > _CHUNK:
            self._chunk(bytes(self._held[:_CHUNK]), last=False)
            del self._held[:_CHUNK]

    def end(self) -> Sealed:
        """Everything has come in. Of nothing there is one empty chunk."""
        self._chunk(bytes(self._held), last=True)
        return Sealed(self._key, self._digest.hexdigest(), self.size)

    def _chunk(self, plain: bytes, *, last: bool) -> None:
        self._to.write(self._cipher.encrypt(_nonce(self._number), plain, _bound(self._file_id, self._number, last)))
        self._number += 1


def seal(source: BinaryIO, to: BinaryIO) -> Sealed:
    """Everything of `source` goes into `to`, sealed under a new key that only the caller then has."""
    sealing = Sealing(to)
    while part := source.read(_CHUNK):
        sealing.write(part)
    return sealing.end()


def unseal(source: BinaryIO, key: bytes, where: str) -> Iterator[bytes]:
    """The plain bytes, a chunk at a time. Raises VaultDamaged, after sound chunks, at the first that is not."""
    head = source.read(len(_MAGIC) + 16)
    if head[: len(_MAGIC)] != _MAGIC or len(head) < len(_MAGIC) + 16:
        raise _damaged(where)
    cipher, file_id = AESGCM(key), head[len(_MAGIC) :]
    for number, (chunk, last) in enumerate(_chunks(source, _CHUNK + _TAG)):
        try:
            yield cipher.decrypt(_nonce(number), chunk, _bound(file_id, number, last))
        except (InvalidTag, ValueError):
            raise _damaged(where) from None


def wrap(key: bytes, secret: bytes, purpose: bytes) -> bytes:
    """A small secret under a key; it opens only for the same purpose."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, secret, purpose)


def unwrap(key: bytes, wrapped: bytes, purpose: bytes) -> bytes | None:
    """The secret, or None if the key is another one or the bytes were altered."""
    try:
        return AESGCM(key).decrypt(wrapped[:12], wrapped[12:], purpose)
    except (InvalidTag, ValueError):
        return None


def derived(key: bytes, purpose: str) -> bytes:
    """A key for one purpose out of a key for several."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"navaid records {purpose}".encode()).derive(key)


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Chunks of this size and whether each is the last; of nothing, one empty last chunk."""
    chunk = _full(source, size)
    while True:
        following = _full(source, size) if len(chunk) == size else b""
        yield chunk, not following
        if not following:
            return
        chunk = following


def _full(source: BinaryIO, size: int) -> bytes:
    """This many bytes, fewer only at the end: a pipe may hand them over bit by bit."""
    parts = bytearray()
    while len(parts) < size and (part := source.read(size - len(parts))):
        parts += part
    return bytes(parts)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(file_id: bytes, number: int, last: bool) -> bytes:
    return _MAGIC + file_id + number.to_bytes(8, "big") + bytes([last])


def _damaged(where: str) -> VaultDamaged:
    return VaultDamaged(
        "a kept file was cut or altered, so it cannot be given back whole",
        where=where,
        fix="add the original again, or put this file back from a backup; `navaid records check` names every such file",
    )
