"""A library that is damaged, half there or mixed up: it heals, or says one clear thing and can be repaired."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from corpus import document, generated, mark
from test_store import an_answer

from navaid.config import Settings
from navaid.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryMissing,
    LibraryTooNew,
    NavaidError,
)
from navaid.library import Library, repair, store

OFF = Settings(embedding="off")
COUNT = 120


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of `COUNT` documents, an earlier version and a saved answer."""
    folder = tmp_path_factory.mktemp("made") / "library"
    with Library(folder, OFF, create=True) as library:
        library.add([document("FILE:A0", "The first version.")])
        library.add(generated(n) for n in range(COUNT))
        library.store.save_answer(an_answer())
        library.index()
    return folder


@pytest.fixture
def copy(made: Path, folder: Path) -> Path:
    shutil.copytree(made, folder)
    return folder


def overwrite(file: Path, at: float, size: int, seed: int) -> None:
    """Random bytes at a share of the file."""
    content = bytearray(file.read_bytes())
    start = int(at * (len(content) - size))
    content[start : start + size] = random.Random(seed).randbytes(size)
    file.write_bytes(content)


def truncate(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])


def sound(folder: Path) -> set[str]:
    """The ids that the library holds, each one as it was added; fails if anything is wrong with it."""
    with Library(folder, OFF) as library:
        ids = set(library.store.ids())
        for id in ids:
            number = int(id.removeprefix("FILE:A"))
            assert library.document(id) == generated(number)
        for id in sorted(ids)[::29]:
            run = library.search(mark(int(id.removeprefix("FILE:A"))))
            assert run.passages[0].passage.document_id == id
        assert library.problems() == []
    return ids


def use_all(folder: Path) -> None:
    """Everything a person does with a library that reads all of it."""
    with Library(folder, OFF) as library:
        for id in library.store.ids():
            library.document(id)
            library.store.card(id)
            library.store.passages_of(id)
        library.statistics()
        library.search("fever")
        list(library.store.passage_texts())


def said_by_use(folder: Path) -> str:
    """The error that reading everything ends in, as a person sees it; empty without one."""
    try:
        use_all(folder)
    except LibraryError as error:
        return str(error)
    return ""


# --------------------------------------------------------------------------- the record of truth


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [30, 3000])
def test_random_bytes_in_the_middle(copy: Path, seed: int, size: int) -> None:
    overwrite(copy / "library.db", random.Random(seed).uniform(0.15, 0.9), size, seed)
    said = said_by_use(copy)
    assert said == "" or ("LibraryDamaged" in said and "library repair" in said)
    assert "clinic" not in said, "a message never holds the text of a document"
    with Library(copy, OFF) as library:
        try:
            damaged = library.problems() != []
        except LibraryDamaged:
            damaged = True
    done = repair(copy, OFF)
    held = sound(copy)
    # A page holds about one document: what lies on other pages is all there.
    assert len(held) >= COUNT - (6 if size == 3000 else 2)
    lost = {f"FILE:A{n}" for n in range(COUNT)} - held
    assert all(any(id in line for line in done) for id in lost), "each lost document is named"
    if damaged:
        assert len(list(copy.glob("damaged-*.db"))) == 1
    else:
        assert len(held) == COUNT


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated(copy: Path, share: float) -> None:
    truncate(copy / "library.db", share)
    rest = (copy / "library.db").read_bytes()
    whole = {f"FILE:A{n}" for n in range(COUNT) if generated(n).text.encode() in rest}
    assert whole
    with pytest.raises(LibraryDamaged, match="cannot be read") as caught:
        use_all(copy)
    assert "library repair" in caught.value.fix
    said = repair(copy, OFF)
    assert any("documents read out" in line for line in said)
    assert sound(copy) >= whole, "all that the file still holds"


@pytest.mark.parametrize("size", [16, 100, 4096])
def test_the_first_page_is_lost(copy: Path, size: int) -> None:
    overwrite(copy / "library.db", 0, size, seed=1)
    with pytest.raises(LibraryDamaged):
        use_all(copy)
    repair(copy, OFF)
    assert len(sound(copy)) == COUNT
    with Library(copy, OFF) as library:
        assert library.store.saved_answer("answer-1") == an_answer()
        first = document("FILE:A0", "The first version.")
        assert library.document("FILE:A0", first.version) == first


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x00" * 8192])
def test_no_database_at_all(copy: Path, content: bytes) -> None:
    (copy / "library.db").write_bytes(content)
    with pytest.raises(LibraryDamaged):
        use_all(copy)
    repair(copy, OFF)
    assert sound(copy) == set()


def test_one_changed_letter_is_found_and_not_kept(copy: Path) -> None:
    content = (copy / "library.db").read_bytes()
    assert content.count(mark(50).encode()) == 3
    (copy / "library.db").write_bytes(content.replace(mark(50).encode(), mark(51).encode(), 1))
    with Library(copy, OFF) as library:
        assert library.problems() == ["the documents do not add up to the snapshot id"]
    assert any("FILE:A50" in line for line in repair(copy, OFF))
    assert sound(copy) == {f"FILE:A{n}" for n in range(COUNT)} - {"FILE:A50"}


def test_what_lies_in_the_log_only_is_read_out_too(copy: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    with Library(copy, OFF) as library:
        library.add([generated(COUNT)])
        assert (copy / "library.db-wal").stat().st_size > 0
        shutil.copytree(copy, crashed)  # as a machine that lost its power leaves it
    (crashed / "library.db-shm").unlink()
    overwrite(crashed / "library.db", 0.5, 40, seed=3)
    repair(crashed, OFF)
    assert f"FILE:A{COUNT}" in sound(crashed)


def test_repair_leaves_a_sound_library_as_it_is(copy: Path) -> None:
    with Library(copy, OFF) as library:
        before = (library.snapshot, library.store.identity)
    assert repair(copy, OFF) == [f"lexical index made anew: {COUNT * 3} passages"]
    with Library(copy, OFF) as library:
        assert (library.snapshot, library.store.identity) == before
    assert not list(copy.glob("damaged-*"))


def test_repair_keeps_the_damaged_file(copy: Path) -> None:
    overwrite(copy / "library.db", 0.5, 500, seed=2)
    damaged = (copy / "library.db").read_bytes()
    repair(copy, OFF)
    assert [path.read_bytes() for path in copy.glob("damaged-*.db")] == [damaged]
    overwrite(copy / "library.db", 0.4, 500, seed=3)
    repair(copy, OFF)
    assert len(list(copy.glob("damaged-*.db"))) == 2, "also the second within a second"


def test_repair_refuses_what_it_cannot_know_and_touches_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LibraryMissing):
        repair(copy / "elsewhere", OFF)
    with Library(copy, OFF) as library:
        monkeypatch.setattr(store, "_WAIT_S", 0.05)
        library.store.db.execute("PRAGMA user_version = 99")
        with pytest.raises(LibraryTooNew):
            repair(copy, OFF)
        library.store.db.execute("PRAGMA user_version = 0")
        library.store.db.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked):
            repair(copy, OFF)
        library.store.db.rollback()
        library.store.db.execute(f"PRAGMA user_version = {len(store.MIGRATIONS)}")
    assert not list(copy.glob("damaged-*"))
    assert len(sound(copy)) == COUNT


def test_a_folder_in_place_of_the_file(folder: Path) -> None:
    (folder / "library.db").mkdir(parents=True)
    with pytest.raises(NavaidError, match="cannot be opened"):
        Library(folder, OFF)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NavaidError, match="folder cannot be made"):
        Library(tmp_path / "file", OFF, create=True)


# --------------------------------------------------------------------------- the index made from it


def whole_folder(lexical: Path) -> None:
    shutil.rmtree(lexical)


def without(name: str) -> Callable[[Path], None]:
    return lambda lexical: (lexical / name).unlink()


def holding(name: str, content: str) -> Callable[[Path], None]:
    return lambda lexical: (lexical / name).write_text(content) and None


HALF_BUILT = {
    "folder deleted": whole_folder,
    "STATE missing": without("STATE"),
    "STATE cut off": holding("STATE", '{"format": 2, "seq"'),
    "STATE of another shape": holding("STATE", "[1, 2]"),
    "meta.json missing": without("meta.json"),
    "meta.json cut off": holding("meta.json", '{"segm'),
    "meta.json of no segments": holding("meta.json", '{"segments": [], "schema": [], "opstamp": 0}'),
}


@pytest.mark.parametrize("damage", HALF_BUILT.values(), ids=HALF_BUILT.keys())
def test_a_half_built_index_heals_at_the_first_search(copy: Path, damage: Callable[[Path], None]) -> None:
    damage(copy / "lexical")
    assert len(sound(copy)) == COUNT


KINDS = ("term", "idx", "pos", "store", "fieldnorm", "fast")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["deleted", "truncated", "emptied"])
def test_a_damaged_segment_heals_at_the_first_search(copy: Path, kind: str, way: str) -> None:
    files = sorted((copy / "lexical").glob(f"*.{kind}"))
    assert files
    for file in files:
        if way == "deleted":
            file.unlink()
        elif way == "truncated":
            truncate(file, 0.5)
        else:
            file.write_bytes(b"")
    with Library(copy, OFF) as library:
        run = library.search(f"{mark(57)} T-DXd")  # with a phrase, which reads positions
        assert run.passages[0].passage.document_id == "FILE:A57"
    assert len(sound(copy)) == COUNT


class PanicException(BaseException):
    """By this name only does Python know a panic of Rust code; a real one may end the process of the tests."""


@pytest.mark.parametrize("error", [ValueError("Fst data is corrupted"), PanicException("index out of bounds")])
def test_an_index_that_fails_while_it_is_searched_is_made_anew(copy: Path, error: BaseException) -> None:
    class Scrambled:
        def searcher(self) -> Scrambled:
            return self

        def search(self, *_: object, **__: object) -> None:
            raise error

    with Library(copy, OFF) as library:
        lexical = library.lexical
        whole = lexical._index
        lexical._index = Scrambled()
        with pytest.raises(LibraryDamaged, match="index cannot be read"):
            lexical.search([(("fever",), 1.0)], 5, heading_weight=0)
        assert library.search(mark(57)).passages[0].passage.document_id == "FILE:A57"
        assert lexical._index is not whole
    assert len(sound(copy)) == COUNT


def test_an_index_of_another_store_is_not_believed(copy: Path, tmp_path: Path) -> None:
    # As many documents, changes and passages as in the first, but other words.
    with Library(tmp_path / "other", OFF, create=True) as other:
        other.add([document("FILE:B0", "The first version.")])
        other.add(generated(n, stream="B") for n in range(COUNT))
        other.index()
    shutil.rmtree(copy / "lexical")
    (tmp_path / "other" / "lexical").rename(copy / "lexical")
    with Library(copy, OFF) as library:
        assert library.problems() != []
    assert len(sound(copy)) == COUNT


def test_an_older_copy_of_the_store_put_back_under_a_newer_index(copy: Path) -> None:
    older = (copy / "library.db").read_bytes()
    with Library(copy, OFF) as library:
        library.add(generated(n) for n in range(COUNT, COUNT + 20))
        library.index()
    (copy / "library.db").write_bytes(older)
    assert len(sound(copy)) == COUNT


def test_passages_of_removed_documents_leave_the_index(copy: Path) -> None:
    with Library(copy, OFF) as library:
        for number in range(0, COUNT, 2):
            library.remove(f"FILE:A{number}")
        library.index()
        assert library.lexical.count() == library.store.count("passages") == COUNT // 2 * 3
        assert library.search(mark(4)).passages == ()
        assert library.search(mark(5)).passages[0].passage.document_id == "FILE:A5"
