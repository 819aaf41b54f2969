"""The waiting room: what arrives is sealed, what is cut off or altered opens nothing, a crash leaves nothing plain."""

from __future__ import annotations

import datetime as dt
import os
import stat
import time
from pathlib import Path

import msgspec
import pytest

from navaid.errors import BadInput, DiskFull
from navaid.records.vault import Standing, VaultDamaged, VaultLocked, WaitingRoom
from navaid.records.vault.waiting import Waiting, fitting, tidy

DAY = dt.date(2026, 6, 1)
KEY = bytes(range(32))
DATA = b"Canaryword " * 7


@pytest.fixture
def room(tmp_path: Path) -> WaitingRoom:
    return WaitingRoom(tmp_path / "0" / "waiting", KEY)


def given(room: WaitingRoom, data: bytes = DATA, name: str = "a.txt") -> Waiting:
    with room.arriving(name, DAY) as arriving:
        for at in range(0, len(data), 1000):
            arriving.write(data[at : at + 1000])
        return arriving.end()


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (2 << 20) + 5])
def test_what_arrives_in_pieces_comes_out_whole(room: WaitingRoom, size: int) -> None:
    data = os.urandom(size)
    waiting = given(room, data)
    assert waiting.size == size
    with room.plain(waiting.id) as path:
        assert path.read_bytes() == data
        assert path.name == "a.txt"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.exists()


def test_nothing_on_the_disk_names_or_holds_the_paper(room: WaitingRoom, tmp_path: Path) -> None:
    given(room, name="Jane Doe biopsy.pdf")
    for path in tmp_path.rglob("*"):
        assert "Jane" not in str(path)
        if path.is_file():
            assert b"Canaryword" not in path.read_bytes()
            assert b"Jane" not in path.read_bytes()
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_does_not_end_leaves_nothing(room: WaitingRoom, tmp_path: Path) -> None:
    with room.arriving("a.txt", DAY) as arriving:
        arriving.write(DATA)
    with pytest.raises(ZeroDivisionError), room.arriving("b.txt", DAY):
        raise ZeroDivisionError
    assert room.all() == ()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_notes_are_kept_and_what_is_dropped_is_gone(room: WaitingRoom) -> None:
    first, second = given(room, b"1"), given(room, b"2")
    room.note(msgspec.structs.replace(first, standing=Standing.DOUBTED, words=("why",)))
    assert {waiting.words for waiting in room.all()} == {("why",), ()}
    room.drop(first.id)
    room.drop(first.id)
    room.note(first)
    assert room.all() == (second,)
    assert room.find(first.id) is None
    with pytest.raises(BadInput), room.plain(first.id):
        pass


def test_another_key_and_an_altered_card_open_nothing(room: WaitingRoom, tmp_path: Path) -> None:
    waiting = given(room)
    assert WaitingRoom(tmp_path / "0" / "waiting", bytes(32)).all() == ()
    card = tmp_path / "0" / "waiting" / waiting.id / "card"
    whole = card.read_bytes()
    card.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert room.all() == ()


def test_a_sealed_file_that_was_cut_is_told(room: WaitingRoom, tmp_path: Path) -> None:
    waiting = given(room)
    sealed = tmp_path / "0" / "waiting" / waiting.id / "sealed"
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(VaultDamaged), room.plain(waiting.id):
        pass
    assert not (sealed.parent / "plain").exists()


def test_one_reads_at_a_time(room: WaitingRoom) -> None:
    waiting = given(room)
    with room.plain(waiting.id), pytest.raises(VaultLocked), room.plain(waiting.id):
        pass
    with room.plain(waiting.id) as path:
        assert path.exists()


def test_tidying_takes_what_a_crash_left_and_nothing_else(room: WaitingRoom, tmp_path: Path) -> None:
    whole, held = given(room), given(room, b"x")
    folder = tmp_path / "0" / "waiting"
    (folder / whole.id / "plain").mkdir()
    (folder / whole.id / "plain" / "a.txt").write_bytes(DATA)
    old = folder / ("a" * 32)
    old.mkdir()
    (old / "sealed").write_bytes(b"half")
    for path in (old / "sealed", old):
        os.utime(path, (time.time() - 1000, time.time() - 1000))
    with room.arriving("now.txt", DAY) as arriving, room.plain(held.id) as path:
        arriving.write(b"1")
        tidy(tmp_path)
        assert path.exists()
        arriving.end()
    assert not (folder / whole.id / "plain").exists()
    assert not old.exists()
    assert len(room.all()) == 3


def test_a_full_disk_is_told_and_leaves_nothing(
    room: WaitingRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match="no space left"):
        given(room)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "/", "a/../..", "\0", "CON:", "  .pdf", "x" * 1000, "é" * 200 + ".pdf"]
)
def test_any_name_fits_on_the_disk(room: WaitingRoom, name: str) -> None:
    made = fitting(name)
    assert made
    assert len(made.encode()) <= 120
    waiting = given(room, name=name)
    with room.plain(waiting.id) as path:
        assert path.parent.name == "plain"
        assert path.read_bytes() == DATA
