"""What a person opens a vault with: a passphrase, a key file, or the operating system's keyring."""

from __future__ import annotations

import base64
import enum
import os
import secrets
import unicodedata
from pathlib import Path

import msgspec

from navaid.records.vault.errors import VaultError, WrongKey
from navaid.records.vault.places import private_file

_KEYRING_SERVICE = "navaid records"
_KEY_FILE_HEAD = "navaid-key:"


class Way(enum.StrEnum):
    """How a person opens the vault."""

    PASSPHRASE = "passphrase"
    KEY_FILE = "key_file"
    KEYRING = "keyring"


class Secret(msgspec.Struct, frozen=True):
    """What a person gave to open the vault. It does not show itself when it is printed."""

    way: Way
    value: bytes

    def __repr__(self) -> str:
        return f"Secret({self.way.value}, …)"


def passphrase(text: str) -> Secret:
    """A passphrase as a secret: the same characters, however the keyboard composed them."""
    return Secret(Way.PASSPHRASE, unicodedata.normalize("NFC", text).encode())


def read_key_file(path: Path) -> Secret:
    """The key in this file. Raises WrongKey if it is not one."""
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    return key_file(data, str(path))


def key_file(data: bytes, where: str) -> Secret:
    """The key that a file of these bytes holds. Raises WrongKey if it is none."""
    try:
        value = base64.b64decode(data.decode("ascii").strip().removeprefix(_KEY_FILE_HEAD), validate=True)
    except ValueError:
        value = b""
    if len(value) != 32:
        raise WrongKey("this is no key file of Navaid", where=where, fix="give the file that Navaid made for you")
    return Secret(Way.KEY_FILE, value)


def make_key_file(path: Path) -> Secret:
    """A new random key in a new file that only its owner can read. Never writes over a file."""
    if path.exists():
        raise VaultError(
            "this file exists already, and a key is never written over one", where=str(path), fix="choose a new name"
        )
    value = secrets.token_bytes(32)
    path.parent.mkdir(parents=True, exist_ok=True)
    with private_file(path) as descriptor:
        os.write(descriptor, _KEY_FILE_HEAD.encode() + base64.b64encode(value) + b"\n")
        os.fsync(descriptor)
    return Secret(Way.KEY_FILE, value)


def from_keyring(vault: str) -> Secret:
    """The key that the operating system keeps for this vault. Raises WrongKey if it keeps none."""
    kept = _keyring("get_password", vault)
    if not isinstance(kept, str):
        raise WrongKey(
            "the keyring holds no key of these records",
            where="the operating system's keyring",
            fix="use the passphrase",
        )
    return Secret(Way.KEYRING, base64.b64decode(kept))


def into_keyring(vault: str) -> Secret:
    """A new random key that the operating system keeps from now on."""
    value = secrets.token_bytes(32)
    _keyring("set_password", vault, base64.b64encode(value).decode())
    return Secret(Way.KEYRING, value)


def _keyring(call: str, *arguments: str) -> object:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise VaultError(
            "Navaid cannot speak to the keyring", where="package keyring", fix="run `pip install 'navaid[keyring]'`"
        ) from None
    try:
        return getattr(keyring, call)(_KEYRING_SERVICE, *arguments)
    except (KeyringError, OSError) as error:
        raise VaultError(
            f"this machine has no keyring that can be used ({type(error).__name__})",
            where="the operating system's keyring",
            fix="unlock or install one (GNOME Keyring, KWallet, macOS Keychain), or use a passphrase or a key file",
        ) from None
