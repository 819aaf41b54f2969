"""The record of truth: what changes the snapshot, what is kept, and what is refused."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from pathlib import Path

import pytest
from corpus import document, generated
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from navaid.config import Settings
from navaid.errors import BadInput, LibraryLocked, LibraryMissing, LibraryTooNew
from navaid.library import Library, store
from navaid.library.store import MIGRATIONS, Store
from navaid.terms import Answer, Document, Question, Retraction, Snapshot, Triage, TriageClass

OFF = Settings(embedding="off")
EMPTY = "0" * 16


def an_answer(id: str = "answer-1") -> Answer:
    return Answer(
        id=id,
        question=Question(text="What is it?", parts=("What is it?",)),
        title="What is it?",
        date=dt.date(2026, 1, 2),
        triage=Triage(class_=TriageClass.ORDINARY),
        sections=(),
        sources=(),
        left_out=(),
        verdicts=(),
        notice="",
        snapshot=Snapshot(library=EMPTY, starter="", settings="", navaid="0"),
    )


class SnapshotFollowsContent(RuleBasedStateMachine):
    """The snapshot is a name of what is held: equal content, equal name, whatever happened in between."""

    ids = st.sampled_from(["FILE:1", "FILE:2", "PMID:3"])
    texts = st.sampled_from(["Fever is common.", "Rest helps.", "Eat well."])

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library(Path(self.folder.name) / "l", OFF, create=True)
        self.held: dict[str, Document] = {}
        self.by_content: dict[frozenset[tuple[str, str]], str] = {}
        self.by_snapshot: dict[str, frozenset[tuple[str, str]]] = {}

    @rule(id=ids, text=texts, day=st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 3)))
    def add(self, id: str, text: str, day: dt.date) -> None:
        given = replace(document(id, text), retrieved=day)
        before = self.held.get(id)
        added = self.library.add([given])
        wanted = "new" if before is None else "unchanged" if before.text == text else "changed"
        assert getattr(added, wanted) == added.new + added.changed + added.unchanged == 1
        if wanted != "unchanged":
            self.held[id] = given

    @rule(id=ids)
    def remove(self, id: str) -> None:
        assert self.library.remove(id) == (self.held.pop(id, None) is not None)

    @rule(id=ids, text=texts)
    def remove_and_add_back(self, id: str, text: str) -> None:
        if id in self.held:
            before = self.library.snapshot
            self.library.remove(id)
            assert self.library.snapshot != before
            self.library.add([self.held[id]])
            assert self.library.snapshot == before

    @rule(text=texts)
    def change_together_or_not_at_all(self, text: str) -> None:
        before = self.library.snapshot
        with pytest.raises(BadInput), self.library.store.writing():  # noqa: PT012
            self.library.add([document("FILE:1", text), document("FILE:9", text)])
            self.library.remove("FILE:2")
            raise BadInput("the person pressed Ctrl-C")
        assert self.library.snapshot == before

    @rule()
    def do_what_is_no_content(self) -> None:
        self.library.store.save_answer(an_answer())
        self.library.store.set_meta("vectors", "5")
        self.library.index()

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library(self.library.folder, OFF)

    @invariant()
    def snapshot_names_the_content(self) -> None:
        if not hasattr(self, "library"):
            return
        content = frozenset((held.id, held.version) for held in self.held.values())
        snapshot = self.library.snapshot
        assert self.by_content.setdefault(content, snapshot) == snapshot
        assert self.by_snapshot.setdefault(snapshot, content) == content
        assert (snapshot == EMPTY) == (not content)
        assert {held.id: held for held in self.library.store.documents()} == self.held
        assert self.library.store.problems() == []

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


TestSnapshotFollowsContent = SnapshotFollowsContent.TestCase
TestSnapshotFollowsContent.settings = hypothesis_settings(max_examples=12, stateful_step_count=14, deadline=None)


def test_the_order_of_adding_leaves_no_trace_in_the_snapshot(tmp_path: Path) -> None:
    documents = [generated(n) for n in range(7)]
    with Library(tmp_path / "a", OFF, create=True) as one, Library(tmp_path / "b", OFF, create=True) as other:
        one.add(documents)
        for held in reversed(documents):
            other.add([held])
        assert one.snapshot == other.snapshot != EMPTY


def test_vectors_leave_the_snapshot(folder: Path, bags: object) -> None:
    with Library(folder, create=True) as library:
        library.add([generated(1)])
        before = library.snapshot
        assert library.embed() == library.store.count("passages") > 0
        assert library.snapshot == before


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Fever is rare. Tell your team."},
        {"title": "Another page"},
        {"retraction": Retraction.RETRACTED},
        {"updated": dt.date(2026, 1, 1)},
    ],
)
def test_everything_a_publisher_may_change_changes_the_snapshot(library: Library, changed: dict[str, object]) -> None:
    library.add([document("FILE:1")])
    before = library.snapshot
    assert library.add([replace(document("FILE:1"), **changed)]).changed == 1
    assert library.snapshot != before


def test_adding_again_changes_nothing(library: Library) -> None:
    documents = [generated(n) for n in range(20)]
    assert library.add(documents).new == 20
    library.index()
    seq, snapshot = library.store.seq, library.snapshot
    again = library.add(documents)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 20)
    assert (library.store.seq, library.snapshot) == (seq, snapshot)
    assert library.index() == 0
    assert library.store.count("versions") == 0


def test_on_kept_is_called_when_another_reader_can_see_the_document(library: Library) -> None:
    seen: list[tuple[str, str, bool]] = []
    with sqlite3.connect(library.folder / "library.db") as reader:

        def on_kept(held: Document, state: str) -> None:
            row = reader.execute("SELECT 1 FROM documents WHERE id = ?", (held.id,)).fetchone()
            seen.append((held.id, state, row is not None))

        library.add([document("FILE:1"), document("FILE:2"), document("FILE:1", "Changed.")], on_kept)
    reader.close()
    assert seen == [("FILE:1", "new", True), ("FILE:2", "new", True), ("FILE:1", "changed", True)]


def test_what_was_read_before_a_source_failed_is_kept(library: Library) -> None:
    def source():
        yield document("FILE:1")
        library_batch_ends()
        raise BadInput("the next file cannot be read")

    def library_batch_ends() -> None:
        assert not library.store.db.in_transaction, "no lock is held while a file is read"

    with pytest.raises(BadInput):
        library.add(source())
    assert library.store.problems() == []


def test_an_earlier_version_reads_back_byte_for_byte(library: Library) -> None:
    first = replace(generated(1), retrieved=dt.date(2025, 3, 4), page_starts=(0, 7))
    second = replace(first, text="Ein Wort: größer. 🙂", blocks=(), title="Neu")
    library.add([first])
    library.add([second])
    assert library.document(first.id) == second
    assert library.document(first.id, first.version) == first
    library.remove(first.id)
    assert library.document(first.id) is None
    assert library.document(first.id, first.version) == first
    assert library.document(first.id, second.version) == second
    assert library.document(first.id, "0" * 64) is None
    library.add([first])
    assert library.document(first.id) == library.document(first.id, first.version) == first


def test_a_saved_answer_reads_back(library: Library) -> None:
    library.store.save_answer(an_answer("b"))
    library.store.save_answer(replace(an_answer("a"), date=dt.date(2026, 5, 5)))
    assert library.store.saved_answer("b") == an_answer("b")
    assert library.store.saved_answer("c") is None
    assert [row[0] for row in library.store.saved_answers()] == ["a", "b"]


# --------------------------------------------------------------------------- opening


def test_a_library_that_is_not_there_is_not_made_by_looking(folder: Path) -> None:
    with pytest.raises(LibraryMissing, match="no library"):
        Library(folder, OFF)
    assert not folder.exists()


def test_an_older_library_is_moved_up_with_what_it_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(store, "MIGRATIONS", MIGRATIONS[:1])
        with Library(folder, OFF, create=True) as library:
            library.add([generated(1), generated(2)])
            snapshot = library.snapshot
            assert library.store.db.execute("PRAGMA user_version").fetchone() == (1,)
    with Library(folder, OFF) as library:
        assert library.store.db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert library.snapshot == snapshot
        assert library.document("FILE:A1") == generated(1)
        assert len(library.store.identity) == 32
        assert library.problems() == [] or library.index()
        assert library.search("markA2q").passages[0].passage.document_id == "FILE:A2"


def test_a_migration_that_fails_leaves_the_old_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(folder, OFF, create=True) as library:
        library.add([generated(1)])
    with monkeypatch.context() as broken:
        broken.setattr(store, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE more(a); CREATE TABLE more(b)"))
        with pytest.raises(Exception, match="more"):
            Library(folder, OFF)
    with Library(folder, OFF) as library:
        assert library.store.db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert library.document("FILE:A1") == generated(1)


def test_two_stores_have_two_identities(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "a.db"), Store(tmp_path / "b.db")
    assert one.identity != other.identity
    one.close()
    other.close()


def test_a_library_of_a_later_navaid_is_refused_and_left_alone(folder: Path) -> None:
    with Library(folder, OFF, create=True) as library:
        library.add([generated(1)])
        library.store.db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = (folder / "library.db").read_bytes()
    with pytest.raises(LibraryTooNew, match=f"format {len(MIGRATIONS) + 1}"):
        Library(folder, OFF)
    assert (folder / "library.db").read_bytes() == before


def test_a_library_that_another_process_writes_is_named_locked(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT_S", 0.05)
    library.add([generated(1)])
    with Library(library.folder, OFF) as other:
        library.store.db.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked, match="another process"):
            other.add([generated(2)])
        assert other.document("FILE:A1") == generated(1), "reading goes on"
        library.store.db.rollback()
        assert other.add([generated(2)]).new == 1


def test_a_commit_that_fails_leaves_no_transaction_open(library: Library) -> None:
    # A deferred check fails at the commit itself, as a full disk does.
    db = library.store.db
    db.execute("CREATE TABLE leans(key INTEGER REFERENCES documents(key) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlite3.IntegrityError), library.store.writing():
        db.execute("INSERT INTO leans VALUES (77)")
    assert not db.in_transaction
    library.add([generated(1)])
    with Library(library.folder, OFF) as other:
        assert other.document("FILE:A1") == generated(1)
