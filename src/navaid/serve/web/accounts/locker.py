"""What an account's passphrase opens: a key pair. From it comes the key of the vault, and what others seal for it.

The passphrase is checked against an Argon2id hash, and stretched again, with another salt, into the key that the
private half lies under. So whoever takes the file of accounts has to guess each passphrase, at half a second a guess.
"""

from __future__ import annotations

import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from navaid.records.vault import Secret, Way, keys
from navaid.records.vault.sealed import derived, unwrap, wrap
from navaid.records.vault.ways import passphrase as as_secret
from navaid.terms import Record

_PURPOSE: Final = b"navaid account key"


class Locker(Record, frozen=True):
    """What is kept of an account's keys: nothing of it opens anything without the passphrase, except `public`."""

    password: str
    stretch: keys.Stretch
    public: bytes
    sealed: bytes

    def __repr__(self) -> str:
        return "Locker(…)"


def make(passphrase: str) -> tuple[Locker, bytes]:
    """A new key pair under this passphrase, and its private half."""
    private = X25519PrivateKey.generate().private_bytes_raw()
    return sealed_with(private, passphrase), private


def sealed_with(private: bytes, passphrase: str) -> Locker:
    """The same key pair under this passphrase."""
    stretch = keys.new_stretch()
    return Locker(
        password=_hasher(stretch).hash(as_secret(passphrase).value),
        stretch=stretch,
        public=public_of(private),
        sealed=wrap(_stretched(passphrase, stretch), private, _PURPOSE),
    )


def opened(locker: Locker | None, passphrase: str) -> bytes | None:
    """The private half, or None for a wrong passphrase. Without a locker it takes as long as with one, and is None."""
    given = as_secret(passphrase).value
    if locker is None:
        _hasher(keys.new_stretch()).hash(given)
        return None
    try:
        _hasher(locker.stretch).verify(locker.password, given)
    except (VerificationError, InvalidHashError):
        return None
    return unwrap(_stretched(passphrase, locker.stretch), locker.sealed, _PURPOSE)


def public_of(private: bytes) -> bytes:
    """The half of the key pair that everybody may know."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def vault_secret(private: bytes) -> Secret:
    """What opens the vault of this account; the passphrase can change without the vault being written anew."""
    return Secret(Way.KEY_FILE, derived(private, "of an account"))


def seal_for(public: bytes, data: bytes, purpose: str) -> bytes:
    """`data`, readable for whoever has the private half, for this purpose only; not even the sender can open it."""
    once = X25519PrivateKey.generate()
    head, nonce = once.public_key().public_bytes_raw(), secrets.token_bytes(12)
    key = _shared(once, public, head, public, purpose)
    return head + nonce + AESGCM(key).encrypt(nonce, data, purpose.encode())


def unseal(private: bytes, sealed: bytes, purpose: str) -> bytes | None:
    """What was sealed for this key and purpose, or None."""
    own, head, nonce = X25519PrivateKey.from_private_bytes(private), sealed[:32], sealed[32:44]
    try:
        key = _shared(own, head, head, own.public_key().public_bytes_raw(), purpose)
        return AESGCM(key).decrypt(nonce, sealed[44:], purpose.encode())
    except (InvalidTag, ValueError):
        return None


def _shared(own: X25519PrivateKey, other: bytes, head: bytes, public: bytes, purpose: str) -> bytes:
    secret = own.exchange(X25519PublicKey.from_public_bytes(other))
    info = b"navaid sealed " + purpose.encode() + head + public
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


def _hasher(stretch: keys.Stretch) -> PasswordHasher:
    return PasswordHasher(time_cost=stretch.passes, memory_cost=stretch.memory_kib, parallelism=stretch.lanes)


def _stretched(passphrase: str, stretch: keys.Stretch) -> bytes:
    given = as_secret(passphrase).value
    return hash_secret_raw(
        given, stretch.salt, stretch.passes, stretch.memory_kib, stretch.lanes, hash_len=32, type=Type.ID
    )
