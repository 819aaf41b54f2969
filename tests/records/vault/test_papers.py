"""Papers are kept whole, come back byte for byte, stay apart, and can be forgotten without a trace."""

from __future__ import annotations

import datetime as dt
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest_vault import SECRET, TODAY, file_id, keep, reading_of
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from navaid.errors import BadInput
from navaid.records import vault
from navaid.records.reconcile import told
from navaid.records.vault import sealed

CANARY = "CANARYWORD-oestrogen-7731"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / f"report {CANARY}.txt"
    path.write_text(f"{CANARY} ER positive\n" * 2000)
    return path


def bytes_in(folder: Path) -> bytes:
    """The raw bytes of every file, and every name."""
    return b"\0".join(str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


def decrypted_pages(path: Path, key: bytes) -> bytes:
    """Every page of an SQLCipher file as who holds its key may see it, those in no use included."""
    data, pages = path.read_bytes(), []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        body, iv = page[16 if start == 0 else 0 : -80], page[-80:-64]
        cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return b"".join(pages)


def test_bytes_readings_and_words_come_back(opened: vault.Vault, paper: Path) -> None:
    with opened.papers(create=True) as papers:
        kept = keep(papers, paper)
        word = told.word("pr.status", "negative", told.CORRECT, TODAY)
        papers.say(word)
    again = vault.open_(opened.folder, SECRET)
    with again.papers() as papers:
        assert papers.originals() == (kept,)
        assert (kept.name, kept.size, kept.added) == (paper.name, paper.stat().st_size, TODAY)
        assert b"".join(papers.bytes_of(kept.id)) == paper.read_bytes()
        assert papers.readings() == (reading_of(paper),)
        assert papers.said() == (word,)
        assert papers.problems() == []


def test_nothing_on_disk_is_readable_and_only_for_the_owner(opened: vault.Vault, paper: Path) -> None:
    with opened.papers("Canary Person", create=True) as papers:
        keep(papers, paper, CANARY)
        papers.say(told.word("drug", "canarymab", told.CORRECT, TODAY))
    raw = bytes_in(opened.folder)
    for word in (CANARY, "er.status", "positive", "Canary", "canarymab", "SQLite format"):
        assert word.encode() not in raw
    for path in [opened.folder, *opened.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_adding_again_replaces_the_readings_and_keeps_one_original(opened: vault.Vault, paper: Path) -> None:
    with opened.papers(create=True) as papers:
        first = keep(papers, paper, "ER positive")
        papers.say(told.word("er.status", "negative", told.CORRECT, TODAY))
        assert keep(papers, paper, "ER pos") == first
        assert len(papers.originals()) == 1
        assert [reading.findings[0].source.words for reading in papers.readings()] == ["ER pos"]
        assert [word.value for word in papers.said()] == ["negative"]


def test_a_file_that_changes_under_the_reader_is_not_kept(opened: vault.Vault, paper: Path) -> None:
    id_ = file_id(paper)
    paper.write_text("other")
    with opened.papers(create=True) as papers:
        with pytest.raises(BadInput, match="changed"):
            papers.keep(paper, id_, [], TODAY)
        assert papers.originals() == ()
        assert list(opened.folder.glob("*/files/*")) == []


def test_two_people_stay_apart(opened: vault.Vault, paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("HER2 negative")
    with opened.papers("anna", create=True) as anna, opened.papers("berta", create=True) as berta:
        keep(anna, paper)
        keep(berta, other)
        assert [original.name for original in anna.originals()] == [paper.name]
        assert [original.name for original in berta.originals()] == ["other.txt"]
        with pytest.raises(BadInput):
            anna.find("other.txt")
    with pytest.raises(BadInput, match="2 profiles"):
        opened.papers()
    one, two = opened.folder.glob("*/records.db")
    one.write_bytes(two.read_bytes())  # one person's database does not open with the other's key
    broken = 0
    for name in ("anna", "berta"):
        try:
            opened.papers(name)
        except vault.VaultDamaged:
            broken += 1
    assert broken == 1


def test_a_name_an_id_or_none(opened: vault.Vault, paper: Path) -> None:
    with opened.papers(create=True) as papers:
        kept = keep(papers, paper)
        for name in (paper.name, str(paper), kept.id, kept.id[:14], kept.id[5:14]):
            assert papers.find(name) == kept
        with pytest.raises(BadInput, match="no kept file"):
            papers.find("nothing.pdf")
    with pytest.raises(BadInput, match="no profile"):
        opened.papers("nobody")


@pytest.mark.parametrize("damage", ["cut", "altered", "lost", "swapped"])
def test_damage_to_an_original_is_found_and_said(opened: vault.Vault, paper: Path, tmp_path: Path, damage: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text("HER2 negative")
    with opened.papers(create=True) as papers:
        kept = keep(papers, paper)
        blob = next(opened.folder.glob("*/files/*"))
        keep(papers, other)
        data = blob.read_bytes()
        if damage == "cut":
            blob.write_bytes(data[:-100])
        elif damage == "altered":
            blob.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
        elif damage == "lost":
            blob.unlink()
        else:
            sealed.seal(io.BytesIO(b"forged"), blob.open("wb"))
        with pytest.raises(vault.VaultDamaged):
            list(papers.bytes_of(kept.id))
        (problem,) = papers.problems()
        assert paper.name in problem
        keep(papers, paper)  # adding the file again mends it
        assert b"".join(papers.bytes_of(kept.id)) == paper.read_bytes()
        assert papers.problems() == []
        assert len(papers.originals()) == 2


def test_damage_to_the_database_and_to_the_list_is_said(opened: vault.Vault, paper: Path) -> None:
    with opened.papers(create=True) as papers:
        keep(papers, paper)
    (path,) = opened.folder.glob("*/records.db")
    data = path.read_bytes()
    path.write_bytes(data[:1000] + bytes([data[1000] ^ 1]) + data[1001:])
    with pytest.raises(vault.VaultDamaged):
        opened.papers()
    listed = opened.folder / "profiles.sealed"
    listed.write_bytes(listed.read_bytes()[:-1])
    with pytest.raises(vault.VaultDamaged):
        opened.papers()


def test_what_is_forgotten_is_in_no_file_even_for_who_has_the_key(
    opened: vault.Vault, paper: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("HER2 negative")
    with opened.papers(create=True) as papers:
        kept = keep(papers, paper, CANARY)
        keep(papers, other, "STAYSWORD")
        for _ in range(30):
            papers.say(told.word("drug", f"canarymab {CANARY}", told.CORRECT, TODAY))
        (place,) = opened._places()
        path, key = opened.folder / place.folder / "records.db", sealed.derived(place.key, "database")
        assert CANARY.encode() in decrypted_pages(path, key)
        papers.forget(kept.id)
        assert papers.unsay(lambda word: word.concept == "drug") == 30
        assert [original.name for original in papers.originals()] == ["other.txt"]
    pages = decrypted_pages(path, key)
    assert CANARY.encode() not in pages
    assert kept.id.encode() not in pages
    assert b"STAYSWORD" in pages
    assert len(list(opened.folder.glob("*/files/*"))) == 1
    assert sorted(file.name for file in path.parent.iterdir()) == ["files", "records.db"]


def test_a_forgotten_profile_leaves_nothing(opened: vault.Vault, paper: Path) -> None:
    with opened.papers("anna", create=True) as anna, opened.papers("berta", create=True):
        keep(anna, paper)
    opened.forget("anna")
    assert opened.profiles == ("berta",)
    assert len([path for path in opened.folder.iterdir() if path.is_dir()]) == 1
    with pytest.raises(BadInput, match="no profile"):
        opened.forget("anna")
    listed = (opened.folder / "profiles.sealed").read_bytes()
    assert b"anna" not in (sealed.unwrap(opened._sealing, listed, b"profiles.sealed") or b"anna")


_KILLED = """
import os, signal, sys
sys.path.insert(0, {here!r})
from pathlib import Path
from conftest_vault import SECRET, keep
from navaid.records import vault
from navaid.records.vault import papers as module, places, sealed

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point = {point!r}
papers = vault.open_(Path({folder!r}), SECRET).papers()
if point.startswith("forgetting"):
    if point == "forgetting, before rows go":
        module.Database.writing = die
    elif point == "forgetting, before pages go":
        module.Database.squeeze = die
    else:
        module.Papers._sweep = die
    papers.forget(papers.originals()[0].id)
if point == "while sealing":
    module.seal = lambda source, to: (to.write(b"NAVAIDF1 half"), to.flush(), die())
elif point == "after sealing":
    places.sync_folder = die
elif point == "in the transaction":
    module._insert = die
elif point == "before the commit":
    real = module._insert
    module._insert = lambda *given: (real(*given), die())
elif point == "while sweeping":
    module.Papers._sweep = die
keep(papers, Path({paper!r}))
die()
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("point", "kept"),
    [
        ("while sweeping", 1),
        ("while sealing", 1),
        ("after sealing", 1),
        ("in the transaction", 1),
        ("before the commit", 1),
        ("after the commit", 2),
    ],
)
def test_a_killed_add_leaves_the_last_good_state(
    opened: vault.Vault, paper: Path, tmp_path: Path, point: str, kept: int
) -> None:
    first = tmp_path / "first.txt"
    first.write_text("PR positive")
    with opened.papers(create=True) as papers:
        keep(papers, first)
    here = str(Path(__file__).parent)
    code = _KILLED.format(here=here, point=point, folder=str(opened.folder), paper=str(paper))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, env=environment)
    assert done.returncode == -9, done.stderr.decode()
    assert CANARY.encode() not in bytes_in(opened.folder)
    assert list(temporary.iterdir()) == []
    with vault.open_(opened.folder, SECRET).papers() as papers:
        assert len(papers.originals()) == len(papers.readings()) == kept
        assert papers.problems() == []
        keep(papers, paper)  # and it can simply be added again
        assert len(papers.originals()) == 2
        assert papers.problems() == []
        assert len(list(opened.folder.glob("*/files/*"))) == 2


def test_dates_of_words_are_kept_and_a_word_takes_the_place_of_another(opened: vault.Vault) -> None:
    with opened.papers(create=True) as papers:
        papers.say(told.word("er.status", "negative", told.CORRECT, dt.date(2026, 1, 1)))
        papers.say(
            told.word("er.status", "positive", told.CORRECT, TODAY), instead_of=lambda word: word.concept == "er.status"
        )
        assert [(word.value, word.date) for word in papers.said()] == [("positive", TODAY)]


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("point", "kept"),
    [("forgetting, before rows go", 1), ("forgetting, before pages go", 0), ("forgetting, before files go", 0)],
)
def test_a_killed_forget_has_forgotten_or_has_not(opened: vault.Vault, paper: Path, point: str, kept: int) -> None:
    with opened.papers(create=True) as papers:
        keep(papers, paper, CANARY)
    here = str(Path(__file__).parent)
    code = _KILLED.format(here=here, point=point, folder=str(opened.folder), paper=str(paper))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120)
    assert done.returncode == -9, done.stderr.decode()
    (place,) = opened._places()
    path, key = opened.folder / place.folder / "records.db", sealed.derived(place.key, "database")
    with opened.papers() as papers:
        assert len(papers.originals()) == len(papers.readings()) == kept
        assert papers.problems() == []
        assert (CANARY.encode() in decrypted_pages(path, key)) is bool(kept)
        for original in papers.originals():
            papers.forget(original.id)
        keep(papers, paper, "other words")  # the next writer takes away what the dead one left
        assert len(list(opened.folder.glob("*/files/*"))) == 1


def test_two_processes_that_add_at_once_lose_nothing(opened: vault.Vault, tmp_path: Path) -> None:
    opened.papers(create=True)
    code = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from conftest_vault import SECRET, keep
from navaid.records import vault
with vault.open_(Path({folder!r}), SECRET).papers() as papers:
    for number in range(12):
        path = Path({to!r}) / f"{name}-{{number}}.txt"
        path.write_text(path.name)
        keep(papers, path)
"""
    here = str(Path(__file__).parent)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code.format(here=here, folder=str(opened.folder), to=str(tmp_path), name=name)],
            stderr=subprocess.PIPE,
        )
        for name in ("one", "two")
    ]
    assert [(process.wait(120), process.communicate()[1]) for process in running] == [(0, b"")] * 2
    with opened.papers() as papers:
        assert len(papers.originals()) == len(papers.readings()) == 24
        assert papers.problems() == []
