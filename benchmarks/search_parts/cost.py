"""What searching costs as a library grows, beside tantivy alone on the very same passages."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from navaid.config import Settings
from navaid.library import Library, Part, lexical
from navaid.models.embedding import Vectors
from search_parts import corpus, cost_table, data, meter, vectors

SIZES = (20_000, 200_000, 1_000_000)
LIMIT = 20
_HEAP_BYTES = 128_000_000  # for writing; as much as the library takes
_REAL_VECTORS = 1000  # from which a million are made by perturbation

Row = dict[str, Any]
Search = Callable[[str], object]


def measure(data_folder: Path, sizes: Sequence[int], kept: Path | None = None) -> str:
    """A Markdown table of cost against size, one column a size.

    `kept` is a folder in which the corpora stay for the next run; without it they are made anew.
    """
    questions = corpus.questions(data_folder)
    columns = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="navaid-bench-") as name:
            folder = Path(name)
            (folder / "raw").mkdir()
            texts = (kept or folder) / f"corpus-{size}"
            made = meter.alone(corpus.write, texts, data_folder, size)
            columns.append(made | _column(folder, texts, data_folder, questions))
            print(f"<!-- {columns[-1]} -->", file=sys.stderr, flush=True)
    return cost_table.table_of(columns)


def _column(folder: Path, texts: Path, data_folder: Path, questions: list[str]) -> Row:
    return {
        "raw build": meter.alone(_build_raw, folder, texts),
        "navaid build": meter.alone(_build_navaid, folder, texts),
        "words": meter.alone(_search_words, folder, questions),
        "words memory": meter.alone(_only_search, folder, questions, "off"),
        "vectors": meter.alone(_build_vectors, folder, data_folder),
        "hybrid": meter.alone(_search_hybrid, folder, questions),
        "hybrid memory": meter.alone(_only_search, folder, questions, "minilm"),
    }


# --------------------------------------------------------------------------- each in a process of its own


def _build_raw(folder: Path, texts: Path) -> Row:
    """tantivy alone: the same fields, words and memory for writing."""
    index = _raw(folder)
    source, key = meter.Pulled(corpus.cuts(texts)), 0
    watch = meter.Watch(source)
    writer = index.writer(_HEAP_BYTES)
    for cut in source:
        for heading, text in cut.passages:
            key += 1
            entry = tantivy.Document()
            entry.add_unsigned("passage", key)
            entry.add_integer("document", cut.number)
            entry.add_unsigned("starter", 0)
            entry.add_text("body", text)
            entry.add_text("heading", f"{cut.title} {heading}")
            writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()
    return {**watch.read(), "disk_mb": meter.megabytes(folder / "raw")}


def _build_navaid(folder: Path, texts: Path) -> Row:
    source = meter.Pulled(corpus.documents(texts))
    watch = meter.Watch(source)
    with Library(folder / "library", Settings(embedding="off"), create=True) as library:
        library.add(source)
        added = watch.read()["seconds"]
        library.index()
    whole = watch.read()
    index = whole["seconds"] - added
    return {**whole, "add": added, "index": index, "disk_mb": meter.megabytes(folder / "library")}


def _search_words(folder: Path, questions: list[str]) -> Row:
    raw = _raw(folder)
    with Library(folder / "library", Settings(embedding="off")) as library:
        return meter.alternate(
            questions,
            {
                "raw": _parsed(raw),
                "raw body": _body_only(raw),
                "navaid": lambda text: library.search(text, LIMIT),
                "sources": lambda text: library.search(text, LIMIT, Part.SOURCES),
            },
        )


def _only_search(folder: Path, questions: list[str], model: str) -> Row:
    """Open, ask every question, and nothing else: what memory a reader needs."""
    began = time.perf_counter()
    with Library(folder / "library", Settings(embedding=model)) as library:
        library.search(questions[0], LIMIT)
        first = time.perf_counter() - began
        for question in questions:
            library.search(question, LIMIT)
    return {"first": first}


def _build_vectors(folder: Path, data_folder: Path) -> Row:
    """Keep and lay out a vector for every passage, through the library's own code."""
    texts = [row["text"] for row in data.rows(data_folder / "evidence/bioasq/snippets.jsonl.gz")][:_REAL_VECTORS]
    with vectors.kept("minilm") as model:
        perturbed = Perturbed(model.embed(texts), model.name)
    with vectors.instead(perturbed), Library(folder / "library", Settings(embedding="minilm")) as library:
        began = time.perf_counter()
        library.embed()
        seconds = time.perf_counter() - began
    return {"seconds": seconds - perturbed.seconds, "disk_mb": meter.megabytes(folder / "library")}


def _search_hybrid(folder: Path, questions: list[str]) -> Row:
    """Hybrid search, the real model embedding each question anew."""
    with Library(folder / "library", Settings(embedding="minilm")) as library:
        return meter.alternate(questions, {"hybrid": lambda text: library.search(text, LIMIT)}, rounds=2)


class Perturbed:
    """Gives real vectors, each shifted at random and brought to unit length, whatever the texts are."""

    def __init__(self, real: Vectors, name: str) -> None:
        self.name, self.size, self.seconds = name, real.shape[1], 0.0
        self._real, self._draw = real, np.random.default_rng(corpus.SEED)

    def embed(self, texts: Sequence[str]) -> Vectors:
        began = time.perf_counter()
        chosen = self._real[self._draw.integers(0, len(self._real), len(texts))]
        # The length of the shift is about that of the vector: cosine to the origin near 0.7.
        shifted = chosen + self._draw.normal(0, 1 / np.sqrt(self.size), chosen.shape).astype(np.float32)
        unit: Vectors = shifted / np.linalg.norm(shifted, axis=1, keepdims=True)
        self.seconds += time.perf_counter() - began
        return unit


def _raw(folder: Path) -> tantivy.Index:
    """An index with the fields and the analysis of the library's own."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", stored=True, fast=True)
    builder.add_integer_field("document", indexed=True)
    builder.add_unsigned_field("starter", indexed=True)
    builder.add_text_field("body", tokenizer_name="navaid")
    builder.add_text_field("heading", tokenizer_name="navaid", index_option="freq")
    index = tantivy.Index(builder.build(), str(folder / "raw"))
    index.register_tokenizer("navaid", lexical.analyzer())
    index.reload()
    return index


def _parsed(index: tantivy.Index) -> Search:
    """The question given to tantivy's parser: its words joined by OR, each in both fields."""
    weight = {"heading": Settings().heading_weight}

    def search(text: str) -> list[int]:
        query, _ = index.parse_query_lenient(text, ["body", "heading"], field_boosts=weight)
        return _keys(index, query)

    return search


def _body_only(index: tantivy.Index) -> Search:
    """The least that can be asked: the question's words joined by OR in the text alone."""
    return lambda text: _keys(index, index.parse_query_lenient(text, ["body"])[0])


def _keys(index: tantivy.Index, query: tantivy.Query) -> list[int]:
    searcher = index.searcher()
    return [searcher.doc(at)["passage"][0] for _, at in searcher.search(query, LIMIT, count=False).hits]
