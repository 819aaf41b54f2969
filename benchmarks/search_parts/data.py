"""The evaluation data as Navaid's documents, and the questions with their right answers."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from navaid.sources.markdown import add_markdown
from navaid.sources.text import TextBuilder
from navaid.terms import Document, Kind, Licence

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_LICENCE = Licence(name="evaluation only")
_CONTENTS = " On This Page"  # ends the title of nearly every NCI page of 2017; a text without it has no title

Qrels = dict[str, dict[str, int]]


class Task(NamedTuple):
    """Documents to search, questions by id, and the documents that answer each question."""

    documents: list[Document]
    questions: dict[str, str]
    qrels: dict[str, Qrels]
    """By a name for the way of judging: `cited`, `evidence`, …"""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file; ends the program where there is none."""
    if not path.exists():
        sys.exit(f"no evaluation data at {path}; name its folder with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def document(identity: str, title: str, paragraphs: Iterable[str]) -> Document:
    """A document of plain paragraphs."""
    builder = TextBuilder()
    for paragraph in paragraphs:
        builder.paragraph(paragraph)
    return _built(identity, title, builder)


def scifact(data: Path) -> Task:
    """Abstracts, and training claims whose qrels are all cited abstracts or only those with evidence."""
    folder = data / "evidence" / "scifact"
    claims = list(rows(folder / "claims_train.jsonl.gz"))
    return Task(
        [document(str(r["doc_id"]), r["title"], [" ".join(r["abstract"])]) for r in rows(folder / "corpus.jsonl.gz")],
        {str(claim["id"]): claim["claim"] for claim in claims},
        {
            "cited abstracts": {str(c["id"]): {str(d): 1 for d in c["cited_doc_ids"]} for c in claims},
            "abstracts with evidence": {str(c["id"]): dict.fromkeys(c["evidence"], 1) for c in claims if c["evidence"]},
        },
    )


def bioasq(data: Path) -> Task:
    """Snippets of all questions in one pool, each a document without a title."""
    folder = data / "evidence" / "bioasq"
    questions = list(rows(folder / "questions.jsonl.gz"))
    return Task(
        [document(row["sid"], "", [row["text"]]) for row in rows(folder / "snippets.jsonl.gz")],
        {row["id"]: row["body"] for row in questions},
        {"gold snippets": {row["id"]: dict.fromkeys(row["gold_sids"], 1) for row in questions}},
    )


def nci_pages_2017(data: Path) -> Task:
    """Patient pages, whose text came without structure, and the questions that each answers."""
    folder = data / "questions" / "nci_page_finding"
    pages = []
    for row in rows(folder / "pages.jsonl.gz"):
        title, contents, _ = row["text"].partition(_CONTENTS)
        pages.append(document(row["id"], title if contents else "", [row["text"]]))
    questions = list(rows(folder / "questions.jsonl.gz"))
    return Task(
        pages,
        {row["id"]: row["question"] for row in questions},
        {"the page": {row["id"]: {row["page"]: 1} for row in questions}},
    )


def evidence(data: Path) -> Iterator[Document]:
    """All of the evidence as documents: what the passages of the cost benchmark are made from."""
    for number, row in enumerate(rows(data / "evidence" / "nci_pages.jsonl.gz")):
        builder = TextBuilder()
        add_markdown(builder, row["text"])
        if builder.blocks:
            yield _built(f"nci-{number}", row["title"] or "", builder)
    for row in rows(data / "evidence" / "breast_rct_abstracts.jsonl.gz"):
        yield document(f"rct-{row['pmid']}", "", [row["text"]])
    yield from scifact(data).documents
    yield from bioasq(data).documents


def _built(identity: str, title: str, builder: TextBuilder) -> Document:
    return Document(
        id=f"BENCH:{identity}",
        title=title,
        publisher="benchmark",
        kind=Kind.PAGE,
        text=builder.text,
        blocks=builder.blocks,
        licence=_LICENCE,
    )


def name(document_id: str) -> str:
    """The data's own id of a document."""
    return document_id.removeprefix("BENCH:")
