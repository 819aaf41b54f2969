"""What the fast vector scan (sign bits, then int8) loses against an exact float scan."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np

from navaid.config import Settings
from navaid.library import Library
from search_parts import data, vectors
from search_parts.table import table

CUTOFFS = (1, 10, 20, 100)


def measure(data_folder: Path) -> str:
    """A Markdown table: of the exact nearest n of every BioASQ question, how many the index returns."""
    task = data.bioasq(data_folder)
    with (
        vectors.kept("minilm") as model,
        tempfile.TemporaryDirectory(prefix="navaid-bench-") as folder,
        Library(Path(folder), Settings(embedding="minilm"), create=True) as library,
    ):
        library.add(task.documents)
        library.embed()
        dense = library.dense
        assert dense is not None, "the library was just embedded"
        passages = list(library.store.passage_texts())
        keys = np.array([key for _, _, _, rows in passages for key, _, _ in rows])
        exact = model.embed([text for _, _, _, rows in passages for _, _, text in rows])
        questions = model.embed(list(task.questions.values()))
        print(f"<!-- {model} -->", flush=True)
        nearest = [keys[np.argsort(-exact @ question, kind="stable")[: max(CUTOFFS)]] for question in questions]
        began = time.perf_counter()
        found = [[key for key, _ in dense.search(question, max(CUTOFFS))] for question in questions]
        ms = (time.perf_counter() - began) / len(questions) * 1000
    shares = [
        np.mean([len(set(a[:n].tolist()) & set(b[:n])) / n for a, b in zip(nearest, found, strict=True)])
        for n in CUTOFFS
    ]
    return table(
        (f"{len(keys):,} vectors, {len(questions):,} questions", *(f"recall@{n}" for n in CUTOFFS), "ms a question"),
        [("sign bits, then int8, against exact float", *(f"{share:.4f}" for share in shares), f"{ms:.2f}")],
    )
