"""How good the runs are: questions with known right documents, through `Library` as it is used."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import ir_measures
from ir_measures import Success, nDCG

from navaid.config import Settings
from navaid.library import Library
from navaid.terms import Run
from search_parts import data, vectors
from search_parts.data import Task
from search_parts.table import table

_PASSAGES = 200  # so deep a run that ten documents are in it, however many passages each has

Judged = tuple[str, Callable[[Path], Task], ir_measures.measures.Measure, float | None, float | None]

TASKS: tuple[Judged, ...] = (
    ("SciFact claims, 5,183 abstracts", data.scifact, nDCG @ 10, 0.68, 0.72),
    ("NCI questions, 106 pages", data.nci_pages_2017, Success @ 3, None, 0.93),
    ("BioASQ questions, pooled snippets", data.bioasq, nDCG @ 10, None, 0.78),
)


def by_document(run: Run) -> dict[str, float]:
    """Scores of a run's documents, best first: each document has that of its best passage."""
    best: dict[str, float] = defaultdict(float)
    for found in run.passages:
        best[found.passage.document_id] = max(best[found.passage.document_id], found.score)
    return dict(sorted(best.items(), key=lambda item: -item[1]))


def measure(data_folder: Path, models: Sequence[str], only: str = "") -> str:
    """A Markdown table of every task, lexical and with each model (`minilm` or a directory)."""
    lines = []
    for title, read, measure, lexical_target, dense_target in TASKS:
        if only.casefold() not in title.casefold():
            continue
        task = read(data_folder)
        for model in ("off", *models):
            target = lexical_target if model == "off" else dense_target
            search = "words" if model == "off" else f"words and {model}"
            for judged, figure in score(task, measure, model).items():
                aim = f">= {target}" if target and judged == next(iter(task.qrels)) else ""
                lines.append((title, judged, search, str(measure), f"{figure:.3f}", aim))
    return table(("task", "right is", "search", "measure", "figure", "target"), lines)


def score(task: Task, measure: ir_measures.measures.Measure, model: str) -> dict[str, float]:
    """The mean of a measure over the questions, by way of judging."""
    with ExitStack() as stack:
        embedder = stack.enter_context(vectors.kept(model)) if model != "off" else None
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="navaid-bench-"))
        settings = Settings(embedding=model)
        library = stack.enter_context(Library(Path(folder), settings, create=True))
        library.add(task.documents)
        library.index()
        library.embed()
        runs = {
            question: {data.name(key): found for key, found in by_document(library.search(text, _PASSAGES)).items()}
            for question, text in task.questions.items()
        }
        if embedder:
            print(f"<!-- {embedder} -->", flush=True)
    return {
        judged: float(ir_measures.calc_aggregate([measure], qrels, {q: runs[q] for q in qrels})[measure])
        for judged, qrels in task.qrels.items()
    }
