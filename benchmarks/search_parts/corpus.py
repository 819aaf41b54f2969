"""A million passages of real sentences: what the cost benchmark indexes.

The evidence itself gives some 75,000 passages of this length; then its sentences are recombined at
random. Words keep their real frequencies, which is what the cost of BM25 hangs on; what the passages
say is nonsense, so no quality is measured on them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from navaid.library import passages
from navaid.library.sentences import sentence_spans
from navaid.sources.text import TextBuilder
from navaid.terms import BlockKind, Document, Kind, Licence, decode, encode
from search_parts import data

SEED = 20
MEAN_CHARACTERS, _SPREAD = 586, 110
_A_DOCUMENT, _A_SECTION = 50, 10  # passages

Section = tuple[str, list[str]]


class Cut(msgspec.Struct, frozen=True, array_like=True):
    """A document as the library cuts it: what a plain index of the same passages is given."""

    number: int
    title: str
    passages: list[tuple[str, str]]
    """(heading, text)"""


def write(folder: Path, data_folder: Path, size: int) -> dict[str, float]:
    """Write `documents.jsonl` and, of the very same passages, `passages.jsonl`; their count and mean length.

    A folder that holds them is left as it is.
    """
    done = folder / "counts.json"
    if done.exists():
        return dict(decode(done.read_bytes(), dict[str, float]))
    folder.mkdir(parents=True, exist_ok=True)
    count, characters, number = 0, 0, 0
    with (folder / "documents.jsonl").open("wb") as whole, (folder / "passages.jsonl").open("wb") as cuts:
        for document in _documents(data_folder):
            if count >= size:
                break
            number += 1
            cut = [(" ".join(path), document.text[a:b]) for path, a, b in passages.spans(document)]
            whole.write(encode(document) + b"\n")
            cuts.write(encode(Cut(number, document.title, cut)) + b"\n")
            count += len(cut)
            characters += sum(len(text) for _, text in cut)
    counts = {"passages": count, "characters": characters / count, "documents": number}
    done.write_bytes(encode(counts))
    return counts


def documents(folder: Path) -> Iterator[Document]:
    return _lines(folder / "documents.jsonl", Document)


def cuts(folder: Path) -> Iterator[Cut]:
    return _lines(folder / "passages.jsonl", Cut)


def questions(data_folder: Path, count: int = 200) -> list[str]:
    """Real questions, half of them biomedical, half as lay people ask; always the same ones."""
    draw = random.Random(SEED)
    half = count // 2
    biomedical = [row["body"] for row in data.rows(data_folder / "evidence/bioasq/questions.jsonl.gz")]
    lay = [row["question"] for row in data.rows(data_folder / "questions/nci_page_finding/questions.jsonl.gz")]
    return draw.sample(biomedical, half) + draw.sample(lay, count - half)


def _documents(data_folder: Path) -> Iterator[Document]:
    draw = random.Random(SEED)
    texts = _paragraphs(data_folder, draw)
    titles = [document.title for document in data.evidence(data_folder) if document.title]
    number = 0
    while True:
        number += 1
        builder = TextBuilder()
        for _ in range(_A_DOCUMENT // _A_SECTION):
            builder.heading(2, draw.choice(titles))
            for _ in range(_A_SECTION):
                builder.paragraph(next(texts))
        yield Document(
            id=f"BENCH:{number}",
            title=draw.choice(titles),
            publisher="benchmark",
            kind=Kind.PAGE,
            text=builder.text,
            blocks=builder.blocks,
            licence=Licence(name="evaluation only"),
        )


def _paragraphs(data_folder: Path, draw: random.Random) -> Iterator[str]:
    """First what the sources say in a row, then, without end, their sentences at random."""
    sentences: list[str] = []
    for document in data.evidence(data_folder):
        own = [
            document.text[a:b]
            for block in document.blocks
            if block.kind is not BlockKind.HEADING
            for a, b in sentence_spans(document.text, block.start, block.end)
        ]
        sentences += own
        yield from _joined(iter(own), draw)
    yield from _joined(iter(lambda: draw.choice(sentences), None), draw)


def _joined(sentences: Iterator[str], draw: random.Random) -> Iterator[str]:
    """Sentences in a row, to about the mean length; a rest much shorter than that is left out."""
    text, aim = "", draw.gauss(MEAN_CHARACTERS, _SPREAD)
    for sentence in sentences:
        if text and len(text) + len(sentence) / 2 > aim:
            yield text
            text, aim = "", draw.gauss(MEAN_CHARACTERS, _SPREAD)
        text = f"{text} {sentence}" if text else sentence
    if len(text) > MEAN_CHARACTERS / 2:
        yield text


def _lines(path: Path, kind: Any) -> Iterator[Any]:
    with path.open("rb") as lines:
        for line in lines:
            yield decode(line, kind)
