"""The lexical index: BM25 over passages, by tantivy, made from the store and never the truth.

The folder holds tantivy's files and a small `STATE` that says up to which change of the store they
go. `catch_up` brings it level; a folder that is missing, of another format or damaged is made anew.
"""

from __future__ import annotations

import json
import math
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import tantivy

from navaid.errors import DiskFull, LibraryDamaged, LibraryError, LibraryLocked
from navaid.library.store import Store, no_space

FORMAT = 2
_HEAP_BYTES = 128_000_000
_REMEMBERED = 20_000  # sentences whose stems are kept
_WAIT_S = 60.0

# Words that carry no topic. "not", "no" and "without" stay: they do.
STOPWORDS = frozenset(
    "a about all also am an and any are as at be been being but by can could did do does for from had has "
    "have how i if in into is it its just me more most my of on or our should so some such than that the "
    "their them then there these they this those to us was we were what when where which who why will with "
    "would you your".split()
)

Weighted = tuple[tuple[str, ...], float]  # the words of one form, in order, and its weight


def analyzer() -> tantivy.TextAnalyzer:
    """Letters and digits, lower case, accents folded, stop words out, English stems."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{N}]+"))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.custom_stopword(sorted(STOPWORDS)))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", stored=True, fast=True)
    builder.add_integer_field("document", indexed=True)  # deleting by a term never meets an unsigned field
    builder.add_unsigned_field("starter", indexed=True)
    builder.add_text_field("body", tokenizer_name="navaid")
    builder.add_text_field("heading", tokenizer_name="navaid", index_option="freq")
    return builder.build()


class LexicalIndex:
    """Passages by words. Search sees what `catch_up` last committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.analyzer = analyzer()
        self._schema = schema()
        self._stems: dict[str, frozenset[str]] = {}
        self._open()

    # ------------------------------------------------------------------ keeping level with the store

    def applied(self, store: Store) -> int:
        """The last change of the store that this index holds; 0 for an empty, damaged or another store's index."""
        try:
            state = json.loads((self.folder / "STATE").read_text())
            sound = (state["format"], state["store"], state["passages"]) == (FORMAT, store.identity, self.count())
            return int(state["seq"]) if sound else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def catch_up(self, store: Store, progress: Callable[[int], None] = lambda _: None) -> int:
        """How many passages were added. Raises LibraryLocked or DiskFull."""
        if self.applied(store) == store.seq:
            return 0
        with _translated(self.folder):
            writer = self._writer()
            try:
                return self._apply(store, writer, progress)
            except BaseException:
                # The lock goes with the writer, which an error that somebody keeps would keep too.
                with suppress(ValueError, RuntimeError):
                    writer.wait_merging_threads()
                raise

    def _apply(self, store: Store, writer: tantivy.IndexWriter, progress: Callable[[int], None]) -> int:
        self._index.reload()  # we may have waited for another writer: see what it left
        applied, target, added = self.applied(store), store.seq, 0
        if applied > target or not applied:  # of a later copy of the store, or unknown: begin again
            writer.delete_all_documents()
            applied = 0
        for key in store.removed(after_seq=applied):
            writer.delete_documents_by_term("document", key)
        for key, title, starter, rows in store.passage_texts(after_seq=applied):
            if applied:  # a run cut off between commit and STATE may have added this one before
                writer.delete_documents_by_term("document", key)
            for passage, heading, text in rows:
                entry = tantivy.Document()
                entry.add_unsigned("passage", passage)
                entry.add_integer("document", key)
                entry.add_unsigned("starter", starter)
                entry.add_text("body", text)
                entry.add_text("heading", f"{title} {heading}")
                writer.add_document(entry)
            added += len(rows)
            progress(len(rows))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        state = self.folder / "STATE.new"
        state.write_text(
            json.dumps({"format": FORMAT, "store": store.identity, "seq": target, "passages": self.count()})
        )
        state.replace(self.folder / "STATE")
        return added

    def rebuild(self, store: Store, progress: Callable[[int], None] = lambda _: None) -> int:
        """How many passages the index holds after it was made anew."""
        self._discard()
        self._open()
        return self.catch_up(store, progress)

    def count(self) -> int:
        """How many passages the index holds."""
        return int(self._index.searcher().num_docs)

    def _writer(self) -> tantivy.IndexWriter:
        until = time.monotonic() + _WAIT_S
        while True:
            try:
                return self._index.writer(_HEAP_BYTES)
            except ValueError as error:
                if "lock" not in str(error).lower() or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _open(self) -> None:
        with _translated(self.folder):
            try:
                self._index = self._opened()
            except BaseException as error:
                if not _is_damage(error):
                    raise
                self._discard()  # another format, or damaged: it can always be made anew
                self._index = self._opened()

    def _opened(self) -> tantivy.Index:
        self.folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, str(self.folder))
        index.register_tokenizer("navaid", self.analyzer)
        index.reload()
        return index

    def _discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------------ searching

    def words(self, text: str) -> list[str]:
        """The index's own form of a text's words."""
        return list(self.analyzer.analyze(text))

    def stems(self, text: str) -> frozenset[str]:
        """The same as a set; remembered for the sentences that are compared with every question."""
        if text not in self._stems:
            if len(self._stems) >= _REMEMBERED:
                self._stems.clear()
            self._stems[text] = frozenset(self.words(text))
        return self._stems[text]

    def frequency(self, word: str) -> int:
        """In how many passages a word stands, in the index's form (`words`)."""
        return int(self._index.searcher().doc_freq("body", word))

    def rarity(self, word: str) -> float:
        """How rare a word is among the passages, as BM25 counts it; an unknown word is rarest."""
        held, count = self.frequency(word), self.count()
        return math.log(1 + (count - held + 0.5) / (held + 0.5))

    def search(
        self, forms: Iterable[Weighted], limit: int, *, heading_weight: float, starter: bool | None = None
    ) -> list[tuple[int, float]]:
        """`(passage key, BM25 score)`, best first. A form of several words matches as a phrase.

        `starter` asks for claims of the starter library only, or for none of them.
        Raises LibraryDamaged where the index cannot be read; `rebuild` mends that.
        """
        given = list(forms)
        words = [clause for form in given if len(form[0]) == 1 for clause in self._clauses(*form, heading_weight)]
        phrases = [clause for form in given if len(form[0]) > 1 for clause in self._clauses(*form, heading_weight)]
        # tantivy passes over what cannot reach the top only in a union of single words. So the words are asked for
        # first, then the passages that hold a phrase; the second score of a passage, where there is one, is the whole.
        found = dict(self._hits(words, [], limit, starter)) if words else {}
        if phrases:
            found |= dict(self._hits(words, phrases, limit, starter))
        return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _hits(
        self, clauses: list[tantivy.Query], needed: list[tantivy.Query], limit: int, starter: bool | None
    ) -> list[tuple[int, float]]:
        """Passages by the sum of the clauses that they meet; at least one of `needed` must be met, if given."""
        occur, boolean = tantivy.Occur, tantivy.Query.boolean_query
        parts = [(occur.Should, clause) for clause in clauses]
        if needed:
            parts.append((occur.Must, boolean([(occur.Should, clause) for clause in needed])))
        claim = tantivy.Query.term_query(self._schema, "starter", 1)
        if starter is False:  # leaving out is cheaper than asking for the others, which are nearly all
            parts.append((occur.MustNot, claim))
        query = boolean(parts)
        if starter:
            query = boolean([(occur.Must, query), (occur.Must, tantivy.Query.const_score_query(claim, 0.0))])
        searcher = self._index.searcher()
        try:
            hits = searcher.search(query, limit, count=False).hits
            # A column of numbers: reading the stored documents instead takes twenty times as long.
            keys = searcher.fast_field_values("passage", [address for _, address in hits])
            return [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True) if key is not None]
        except BaseException as error:
            if not _is_damage(error):
                raise
            raise _damaged(self.folder) from error

    def _clauses(self, words: tuple[str, ...], weight: float, heading_weight: float) -> list[tantivy.Query]:
        query, boost = tantivy.Query, tantivy.Query.boost_query
        if len(words) > 1:
            return [boost(query.phrase_query(self._schema, "body", list(words)), weight)]
        clauses = [boost(query.term_query(self._schema, "body", words[0], "freq"), weight)]
        if heading_weight:
            in_heading = query.term_query(self._schema, "heading", words[0], "freq")
            clauses.append(boost(in_heading, weight * heading_weight))
        return clauses


def bag(words: Iterable[str]) -> list[Weighted]:
    """Single words as forms, each as heavy as it is frequent."""
    return [((word,), float(count)) for word, count in Counter(words).items()]


def _is_damage(error: BaseException) -> bool:
    """On damaged files tantivy raises ValueError, or a Rust panic, which Python knows by its name only."""
    return isinstance(error, ValueError) or type(error).__name__ == "PanicException"


def _damaged(folder: Path) -> LibraryDamaged:
    return LibraryDamaged(
        "the search index cannot be read", where=str(folder), fix="run `navaid library repair`: it is made anew"
    )


class _translated:
    """tantivy's errors in Navaid's words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if type(error).__name__ == "PanicException":
            raise _damaged(self.folder) from error
        if not isinstance(error, (ValueError, OSError)):
            return
        said, where = str(error), str(self.folder)
        # A worker of tantivy that met a full disk says only that it was killed.
        killed = "killed" in said and no_space(self.folder, _HEAP_BYTES)
        if killed or "no space" in said.lower() or "os error 28" in said.lower() or "errno 28" in said.lower():
            raise DiskFull(
                "the disk is full; the documents are kept, the index waits",
                where=where,
                fix="free some space; the index goes on by itself at the next use",
            ) from error
        if "lock" in said.lower():
            raise LibraryLocked(
                f"another process has been indexing for more than {_WAIT_S:.0f} s",
                where=where,
                fix="wait for it to end; the index goes on by itself at the next use",
            ) from error
        raise LibraryError(
            f"the search index cannot be written ({said[:120]})",
            where=where,
            fix="run `navaid library repair`",
        ) from error
