"""One rival's program: build, search, say what it took. Runs in the rivals' own Python, not in Navaid's.

    python rival_program.py NAME FOLDER

FOLDER holds `passages.json` ([id, text], …), `vectors.npy` (their vectors, made by the same model for
everyone) and `questions.json` ({id: text}). Prints one line of JSON.
"""

# mypy: disable-error-code="import-not-found"
# The rivals are installed in a Python of their own.

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

LIMIT = 20

Search = Callable[[str], list[str]]


class Model:
    """Vectors of passages as given; those of questions from the model itself, in the time of the search."""

    def __init__(self, folder: Path, texts: list[str]) -> None:
        from navaid.models.embedding import load

        self._vectors = dict(zip(texts, np.load(folder / "vectors.npy"), strict=True))
        self._model: Any = load("minilm")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self._model.embed([text])[0]]


def langchain_memory(folder: Path, ids: list[str], texts: list[str]) -> Search:
    from langchain_core.vectorstores import InMemoryVectorStore

    store = InMemoryVectorStore(Model(folder, texts))
    store.add_texts(texts, metadatas=[{"id": one} for one in ids])
    return lambda text: [found.metadata["id"] for found in store.similarity_search(text, k=LIMIT)]


def langchain_chroma(folder: Path, ids: list[str], texts: list[str]) -> Search:
    from langchain_chroma import Chroma

    store = Chroma(
        embedding_function=Model(folder, texts),
        persist_directory=str(folder / "chroma"),
        collection_metadata={"hnsw:space": "cosine"},
    )
    for at in range(0, len(texts), 5000):  # its greatest batch
        part = slice(at, at + 5000)
        store.add_texts(texts[part], metadatas=[{"id": one} for one in ids[part]])
    return lambda text: [found.metadata["id"] for found in store.similarity_search(text, k=LIMIT)]


def llama_index_memory(folder: Path, ids: list[str], texts: list[str]) -> Search:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.embeddings import MockEmbedding
    from llama_index.core.schema import QueryBundle, TextNode

    model = Model(folder, texts)
    vectors = model.embed_documents(texts)
    nodes = [TextNode(id_=i, text=t, embedding=v) for i, t, v in zip(ids, texts, vectors, strict=True)]
    # The vectors are there already and each question brings its own: the stand-in is never asked.
    index = VectorStoreIndex(nodes, embed_model=MockEmbedding(embed_dim=len(vectors[0])))
    retriever = index.as_retriever(similarity_top_k=LIMIT)

    def search(text: str) -> list[str]:
        return [hit.node.node_id for hit in retriever.retrieve(QueryBundle(text, embedding=model.embed_query(text)))]

    return search


def paperqa_index(folder: Path, ids: list[str], texts: list[str]) -> Search:
    """Its index of papers, by words (tantivy with its default analysis), here of passages."""
    from paperqa.agents.search import SearchIndex

    loop = asyncio.new_event_loop()
    index = SearchIndex(index_directory=folder / "paperqa")

    async def build() -> None:
        for one, text in zip(ids, texts, strict=True):
            await index.add_document({"file_location": one, "body": text}, document=one)
        await index.save_index()

    loop.run_until_complete(build())
    return lambda text: loop.run_until_complete(index.query(text, top_n=LIMIT))


RIVALS = {
    "langchain, in memory": langchain_memory,
    "langchain, Chroma": langchain_chroma,
    "llama-index, in memory": llama_index_memory,
    "paper-qa, its index": paperqa_index,
}


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    passages = json.loads((folder / "passages.json").read_text())
    ids, texts = [one for one, _ in passages], [text for _, text in passages]
    began = time.perf_counter()
    search = RIVALS[name](folder, ids, texts)
    built = time.perf_counter() - began
    runs, taken = {}, []
    for key, question in json.loads((folder / "questions.json").read_text()).items():
        began = time.perf_counter()
        runs[key] = search(question)
        taken.append((time.perf_counter() - began) * 1000)
    held = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(json.dumps({"build": built, "ms": taken, "runs": runs, "peak_mb": int(held[1]) / 1e3 if held else None}))


if __name__ == "__main__":
    main()
