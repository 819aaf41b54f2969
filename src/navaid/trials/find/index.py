"""An index of the studies' words (BM25, by tantivy): made from the store, and made anew where it is damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from navaid.errors import LibraryDamaged, LibraryLocked
from navaid.library.lexical import analyzer
from navaid.terms import Study

FORMAT = 1
_HEAP_BYTES = 60_000_000
_WEIGHTS = {"body": 1.0, "title": 0.3, "conditions": 0.3, "interventions": 0.3}
"""The whole record counts, and a word more where it stands in what a study is about. The parts summed without the whole
ranked the trials that written patients were written for lower (16 of 19 among the first ten instead of 17)."""

Group = Sequence[Sequence[str]]
"""One thing that is asked for: its forms, each as words in the index's own form."""


class WordIndex:
    """Studies by words. `seq` is the last study of the store that it holds, 0 where it has to be made anew."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.folder, self._identity = folder, identity
        self.analyzer = analyzer()
        self._schema = _schema()
        try:
            self._index = self._opened()
        except BaseException as error:
            if not _is_damage(error):
                raise
            self.clear()

    @property
    def seq(self) -> int:
        try:
            state = json.loads((self.folder / "STATE").read_text())
            sound = (state["format"], state["store"], state["studies"]) == (FORMAT, self._identity, self.count())
            return int(state["seq"]) if sound else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def count(self) -> int:
        """How many studies it holds."""
        return int(self._index.searcher().num_docs)

    def clear(self) -> None:
        """Begin anew, with nothing in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._index = self._opened()

    def add(self, studies: Iterable[Study], seq: int) -> None:
        """Put studies in, in place of earlier versions of them; `seq` is the number of the last."""
        try:
            writer = self._index.writer(_HEAP_BYTES, 1)
        except ValueError as error:
            what = "the index of trials is being written by another process, or cannot be written"
            fix = "wait for the other to end; `navaid trials repair` makes the index anew"
            raise LibraryLocked(what, where=str(self.folder), fix=fix) from error
        for study in studies:
            writer.delete_documents_by_term("nct_id", study.nct_id)
            writer.add_document(_document(study))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self.__dict__.pop("_searcher", None)
        state = {"format": FORMAT, "store": self._identity, "seq": seq, "studies": self.count()}
        new = self.folder / "STATE.new"
        new.write_text(json.dumps(state))
        new.replace(self.folder / "STATE")

    # ------------------------------------------------------------------ searching

    def words(self, text: str) -> tuple[str, ...]:
        """The index's own form of a text's words."""
        return tuple(self.analyzer.analyze(text))

    def all_of(self, groups: Sequence[Group], limit: int) -> list[tuple[str, float]]:
        """Studies that speak of every group, in any of its forms: NCT id and score, best first."""
        must = [(tantivy.Occur.Must, self._any(group)) for group in groups if group]
        return self._hits(tantivy.Query.boolean_query(must), limit) if must else []

    def any_of(self, groups: Sequence[Group], limit: int) -> list[tuple[str, float]]:
        """Studies that speak of some of the groups: NCT id and score, best first."""
        should = [(tantivy.Occur.Should, self._any(group)) for group in groups if group]
        return self._hits(tantivy.Query.boolean_query(should), limit) if should else []

    def like(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Studies that share words with a text: NCT id and score, best first."""
        return self.any_of([[(word,)] for word in dict.fromkeys(self.words(text))], limit)

    def _any(self, group: Group) -> tantivy.Query:
        clauses = [clause for form in group if form for clause in self._clauses(tuple(form))]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])

    def _clauses(self, form: tuple[str, ...]) -> list[tantivy.Query]:
        query = tantivy.Query
        clauses = []
        for name, weight in _WEIGHTS.items():
            if len(form) == 1:
                clause = query.term_query(self._schema, name, form[0], "freq")
            else:
                clause = query.phrase_query(self._schema, name, list(form))
            clauses.append(query.boost_query(clause, weight))
        return clauses

    @cached_property
    def _searcher(self) -> Any:
        return self._index.searcher()

    def _hits(self, query: tantivy.Query, limit: int) -> list[tuple[str, float]]:
        try:
            searcher = self._searcher
            hits = searcher.search(query, max(1, limit), count=False).hits
            keys = searcher.fast_field_values("number", [address for _, address in hits])
        except BaseException as error:
            if not _is_damage(error):
                raise
            raise LibraryDamaged(
                "the index of trials cannot be read", where=str(self.folder), fix="run `navaid trials repair`"
            ) from error
        found = [(f"NCT{int(key):08}", float(score)) for key, (score, _) in zip(keys, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _opened(self) -> tantivy.Index:
        self.folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, str(self.folder))
        index.register_tokenizer("navaid", self.analyzer)
        index.reload()
        return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    builder.add_text_field("nct_id", tokenizer_name="raw")
    for name in _WEIGHTS:
        builder.add_text_field(name, tokenizer_name="navaid")
    return builder.build()


def _document(study: Study) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned("number", int(study.nct_id.removeprefix("NCT")))
    entry.add_text("nct_id", study.nct_id)
    entry.add_text("title", "\n".join(dict.fromkeys((study.brief_title, study.official_title, study.acronym))))
    entry.add_text("conditions", "\n".join((*study.conditions, *study.keywords)))
    entry.add_text(
        "interventions", "\n".join(text for it in study.interventions for text in (it.name, *it.other_names))
    )
    body = [study.brief_title, study.official_title, *study.conditions, *study.keywords]
    body += [text for it in study.interventions for text in (it.name, *it.other_names)]
    body += [study.brief_summary, study.detailed_description, study.eligibility_criteria, study.sponsor]
    body += [text for arm in study.arms for text in (arm.label, arm.description)]
    body += [it.description for it in study.interventions]
    entry.add_text("body", "\n".join(body))
    return entry


def _is_damage(error: BaseException) -> bool:
    """On damaged files tantivy raises ValueError, or a Rust panic, which Python knows by its name only."""
    return isinstance(error, ValueError) or type(error).__name__ == "PanicException"
