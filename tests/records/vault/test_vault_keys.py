"""What opens a vault: passphrases, key files, the keyring, and changes of them."""

from __future__ import annotations

import stat
import sys
import types
from pathlib import Path

import msgspec
import pytest

from navaid.records import vault
from navaid.records.vault import keys, places, ways
from navaid.terms import decode


def test_only_the_passphrase_opens_it(tmp_path: Path) -> None:
    vault.create(tmp_path, ways.passphrase("a long walk by the sea"))
    assert vault.open_(tmp_path, ways.passphrase("a long walk by the sea")).profiles == ()
    with pytest.raises(vault.WrongKey) as error:
        vault.open_(tmp_path, ways.passphrase("a long walk by the see"))
    assert "see" not in str(error.value)
    assert b"walk" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    kept = decode((tmp_path / "keys.json").read_bytes(), keys.Keys).slots[0].stretch
    assert kept is not None
    assert (kept.memory_kib, kept.passes, kept.lanes) == (65536, 3, 1)


def test_a_composed_and_a_decomposed_letter_are_the_same() -> None:
    assert ways.passphrase("caf\u00e9") == ways.passphrase("cafe\u0301")
    assert "caf" not in repr(ways.passphrase("caf\u00e9"))


def test_after_a_change_only_the_new_one_opens_it_and_papers_stay(tmp_path: Path) -> None:
    held = vault.create(tmp_path, ways.passphrase("the old one"))
    held.papers(create=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.db")}
    held.add_way(ways.passphrase("the new one"))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.db")} == before
    assert vault.open_(tmp_path, ways.passphrase("the new one")).profiles == ("me",)
    with pytest.raises(vault.WrongKey):
        vault.open_(tmp_path, ways.passphrase("the old one"))


def test_a_change_that_stops_before_the_end_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = vault.create(tmp_path, ways.passphrase("the old one"))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        held.add_way(ways.passphrase("the new one"))
    monkeypatch.undo()
    assert vault.open_(tmp_path, ways.passphrase("the old one"))


def test_a_key_file_is_a_second_way_in(tmp_path: Path) -> None:
    held = vault.create(tmp_path / "records", ways.passphrase("a passphrase"))
    secret = ways.make_key_file(tmp_path / "key")
    held.add_way(secret)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert vault.open_(tmp_path / "records", ways.read_key_file(tmp_path / "key"))
    assert vault.open_(tmp_path / "records", ways.passphrase("a passphrase"))
    held.add_way(secret, only=True)
    with pytest.raises(vault.WrongKey, match="passphrase does not open") as error:
        vault.open_(tmp_path / "records", ways.passphrase("a passphrase"))
    assert "key file" in error.value.fix
    with pytest.raises(vault.VaultError):
        ways.make_key_file(tmp_path / "key")
    (tmp_path / "other").write_text("no key")
    with pytest.raises(vault.WrongKey):
        ways.read_key_file(tmp_path / "other")


def test_the_keyring_keeps_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, ...], str] = {}
    ring = types.ModuleType("keyring")
    ring.errors = types.ModuleType("keyring.errors")  # type: ignore[attr-defined]
    ring.errors.KeyringError = RuntimeError  # type: ignore[attr-defined]
    ring.set_password = lambda *given: kept.update({given[:2]: given[2]})  # type: ignore[attr-defined]
    ring.get_password = lambda *given: kept.get(given)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", ring.errors)  # type: ignore[attr-defined]
    held = vault.create(tmp_path, ways.passphrase("a passphrase"))
    held.add_way(ways.into_keyring(held.keys.vault))
    assert vault.open_(tmp_path, ways.from_keyring(held.keys.vault))
    with pytest.raises(vault.WrongKey, match="keyring holds no key"):
        ways.from_keyring("another vault")


def test_a_machine_without_a_keyring_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backends import fail

    monkeypatch.setattr(keyring, "get_password", fail.Keyring().get_password)
    with pytest.raises(vault.VaultError, match="no keyring") as error:
        ways.from_keyring("any")
    assert "passphrase" in error.value.fix


def test_damage_to_the_keys_is_said(tmp_path: Path) -> None:
    vault.create(tmp_path, vault.Secret(vault.Way.KEY_FILE, b"k" * 32))
    path = tmp_path / "keys.json"
    good = path.read_bytes()
    path.write_bytes(good[: len(good) // 2])
    with pytest.raises(vault.VaultDamaged):
        vault.ways_in(tmp_path)
    path.write_bytes(good.replace(b'"format":1', b'"format":2'))
    with pytest.raises(vault.VaultTooNew):
        vault.ways_in(tmp_path)
    path.unlink()
    with pytest.raises(vault.VaultMissing):
        vault.ways_in(tmp_path)


def test_weaker_stretching_cannot_be_slipped_in(tmp_path: Path) -> None:
    vault.create(tmp_path, ways.passphrase("a passphrase"))
    held = keys.load(tmp_path)
    slot = held.slots[0]
    assert slot.stretch is not None
    for stretch in (
        msgspec.structs.replace(slot.stretch, passes=1),
        msgspec.structs.replace(slot.stretch, memory_kib=1 << 30),
    ):
        altered = msgspec.structs.replace(held, slots=(msgspec.structs.replace(slot, stretch=stretch),))
        with pytest.raises(vault.VaultError):
            keys.open_with(altered, ways.passphrase("a passphrase"), tmp_path)


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    vault.create(tmp_path, vault.Secret(vault.Way.KEY_FILE, b"k" * 32))
    with (
        places.only_writer(tmp_path),
        pytest.raises(vault.VaultLocked),
        places.only_writer(tmp_path, wait_s=0.1),
    ):
        pass
    with places.only_writer(tmp_path, wait_s=0.1):
        pass
