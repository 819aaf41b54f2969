"""Navaid beside what a developer would otherwise pick, on the same passages, questions and model."""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import nDCG

from navaid.config import Settings
from navaid.library import Library
from navaid.models import embedding
from navaid.models.embedding import Vectors
from navaid.terms import Document
from search_parts import data, meter, vectors
from search_parts.data import Qrels, Task
from search_parts.quality import by_document
from search_parts.rival_program import LIMIT, RIVALS
from search_parts.table import table

_QUESTIONS, _SEED = 200, 20
_PROGRAM = Path(__file__).with_name("rival_program.py")
_SOURCES = Path(__file__).resolve().parents[2] / "src"


def measure(data_folder: Path, size: int, python: Path | None) -> str:
    """A Markdown table: time to build without the model's, latency, memory and quality of each."""
    task = _subset(data.bioasq(data_folder), size)
    qrels = task.qrels["gold snippets"]
    with tempfile.TemporaryDirectory(prefix="navaid-bench-") as name:
        folder = Path(name)
        _hand_over(folder, task)
        found = {
            "navaid, words": meter.alone(_navaid, folder, task.documents, "off"),
            "navaid, words and meaning": meter.alone(_navaid, folder, task.documents, "minilm"),
            **{rival: _run(python, rival, folder) for rival in RIVALS},
        }
    lines = [(name, *_cells(result, qrels)) for name, result in found.items()]
    return table((f"{len(task.documents):,} passages", "build s", "p50 ms", "p95 ms", "peak MB", "nDCG@10"), lines)


def _subset(task: Task, size: int) -> Task:
    """About `size` snippets: all those of questions drawn at random; of these, 200 are asked."""
    gold = task.qrels["gold snippets"]
    wanted: set[str] = set()
    asked: list[str] = []
    for question in random.Random(_SEED).sample(sorted(task.questions), len(task.questions)):
        if len(wanted) >= size:
            break
        wanted |= gold[question].keys()
        asked.append(question)
    asked = asked[:_QUESTIONS]
    return Task(
        [document for document in task.documents if data.name(document.id) in wanted][:size],
        {question: task.questions[question] for question in asked},
        {"gold snippets": {question: gold[question] for question in asked}},
    )


def _hand_over(folder: Path, task: Task) -> None:
    """What every program reads: passages, their vectors, and questions."""
    texts = [document.text for document in task.documents]
    with vectors.kept("minilm") as model:
        np.save(folder / "vectors.npy", model.embed(texts))
        print(f"<!-- {model} -->", flush=True)
    passages = [(data.name(document.id), document.text) for document in task.documents]
    (folder / "passages.json").write_text(json.dumps(passages))
    (folder / "questions.json").write_text(json.dumps(task.questions))


def _run(python: Path | None, rival: str, folder: Path) -> dict[str, Any] | str:
    """What the rival's program said, or why there is nothing."""
    if python is None or not python.exists():
        return "not installed"
    environment = {**os.environ, "PYTHONPATH": str(_SOURCES), "ANONYMIZED_TELEMETRY": "False"}
    command = [str(python), str(_PROGRAM), rival, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return "not installed" if "ModuleNotFoundError" in last else f"failed: {last[:80]}"
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _navaid(folder: Path, documents: Sequence[Document], setting: str) -> dict[str, Any]:
    given = Given(folder, documents) if setting != "off" else None
    questions: dict[str, str] = json.loads((folder / "questions.json").read_text())
    with vectors.instead(given), Library(folder / setting, Settings(embedding=setting), create=True) as library:
        began = time.perf_counter()
        library.add(documents)
        library.index()
        library.embed()
        built = time.perf_counter() - began - (given.seconds if given else 0.0)
        runs, taken = {}, []
        for key, question in questions.items():
            began = time.perf_counter()
            run = library.search(question, LIMIT)
            taken.append((time.perf_counter() - began) * 1000)
            runs[key] = [data.name(found) for found in by_document(run)]
    return {"build": built, "ms": taken, "runs": runs}


class Given:
    """Vectors of passages as they were handed over; any other text goes to the model."""

    def __init__(self, folder: Path, documents: Sequence[Document]) -> None:
        model = embedding.load("minilm")
        assert model is not None, "`minilm` is loaded or raises"
        self._model, self.name, self.size, self.seconds = model, model.name, model.size, 0.0
        self._known: dict[str, Vectors] = dict(
            zip((one.text for one in documents), np.load(folder / "vectors.npy"), strict=True)
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), size); `seconds` adds up what the model took."""
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        if text in self._known:
            return self._known[text]
        began = time.perf_counter()
        vector: Vectors = self._model.embed([text])[0]
        self.seconds += time.perf_counter() - began
        return vector


def _cells(result: dict[str, Any] | str, qrels: Qrels) -> list[str]:
    if isinstance(result, str):
        return [result, "", "", "", ""]
    scores = {q: {found: 1 / rank for rank, found in enumerate(run, 1)} for q, run in result["runs"].items()}
    quality = float(ir_measures.calc_aggregate([nDCG @ 10], qrels, scores)[nDCG @ 10])
    p50, p95 = np.percentile(result["ms"], (50, 95))
    return [f"{result['build']:.1f}", f"{p50:.1f}", f"{p95:.1f}", f"{result['peak_mb']:.0f}", f"{quality:.3f}"]
