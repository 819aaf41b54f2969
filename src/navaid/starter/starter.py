"""The embedded library: topics of claims as YAML, read into Documents, Claims and Sources.

    topics/<topic>.yaml     claims in our own words, each with its sources and the day they were opened
    glossary.yaml           words, each explained in one sentence
    beliefs.yaml            false beliefs that people meet, each with the claims that correct it
    sources/<publisher>.yaml  the sources, once each, however many claims rest on them

A topic becomes one Document (`NAVAID:car-t`) with one block a claim, so that claims are found by the
same search as everything else.
"""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import yaml

from navaid.errors import StarterInvalid
from navaid.starter.glossary import as_topic
from navaid.starter.rows import Belief, Beliefs, ClaimRow, SourceRow, Starter, Term, Topic
from navaid.tables import load as load_table
from navaid.terms import (
    Block,
    BlockKind,
    Citation,
    Claim,
    Document,
    Facet,
    Kind,
    Licence,
    decode,
    encode,
)

ASKED = "asked"  # the heading over what people ask
_OURS = Licence(name="Apache-2.0", show_quote=True, show_full=True, redistribute=True)


def folder() -> Path:
    """Where the embedded data lie."""
    return Path(str(resources.files("navaid.starter")))


@cache
def load(cache_folder: Path | None = None) -> Starter:
    """Topics and sources. Reading YAML takes a while, so a copy as JSON may be kept in `cache_folder`.

    Raises StarterInvalid naming the file and the row at fault.
    """
    fingerprint = _fingerprint()
    kept = cache_folder / f"starter-{fingerprint}.json" if cache_folder else None
    if kept and kept.is_file():
        try:
            return decode(kept.read_bytes(), Starter)
        except (OSError, msgspec.DecodeError):
            pass  # cut off while writing, or of another version: read the YAML instead
    starter = read(folder(), fingerprint)
    if kept:
        _keep(kept, starter)
    return starter


def read(data: Path, fingerprint: str = "") -> Starter:
    """The topics and sources under `data`, validated row by row. Raises StarterInvalid."""
    topics = {path: _read(path, Topic) for path in sorted((data / "topics").glob("*.yaml"))}
    glossary: tuple[Term, ...] = ()
    if (data / "glossary.yaml").is_file():
        glossary = _read(data / "glossary.yaml", tuple[Term, ...])
        topics[data / "glossary.yaml"] = as_topic(glossary)
    sources: dict[str, SourceRow] = {}
    for path in sorted((data / "sources").glob("*.yaml")):
        for row in _read(path, tuple[SourceRow, ...]):
            if row.id in sources:
                raise StarterInvalid(f"the source {row.id} stands twice", where=str(path), fix="keep one of them")
            sources[row.id] = row
    ids: set[str] = set()
    for path, topic in topics.items():
        texts: set[str] = set()
        for claim in topic.claims:
            _check(claim, path, sources, ids, texts)
            ids.add(claim.id)
            texts.add(claim.text)
    beliefs = _beliefs(data / "beliefs.yaml", ids)
    return Starter(
        fingerprint=fingerprint, topics=tuple(topics.values()), sources=sources, glossary=glossary, beliefs=beliefs
    )


def _beliefs(path: Path, claims: set[str]) -> tuple[Belief, ...]:
    """The beliefs of the file, if there is one, each with an id of its own and claims that exist."""
    if not path.is_file():
        return ()
    held: Beliefs = _read(path, Beliefs)
    ids: set[str] = set()
    for row in held.beliefs:
        if row.id in ids:
            raise StarterInvalid(f"the id {row.id} stands twice", where=str(path), fix="give one of them another id")
        ids.add(row.id)
        for claim in row.claims:
            if claim not in claims:
                raise StarterInvalid(
                    f"the belief {row.id} is corrected by {claim}, which is no claim",
                    where=str(path),
                    fix="correct the id, or add the claim to its topic",
                )
    return held.beliefs


def _check(claim: ClaimRow, path: Path, sources: dict[str, SourceRow], ids: set[str], texts: set[str]) -> None:
    """Raise StarterInvalid for what no single row can show: ids and texts that repeat, sources that are missing."""
    if claim.id in ids:
        raise StarterInvalid(f"the id {claim.id} stands twice", where=str(path), fix="give one of them another id")
    if claim.text in texts:
        raise StarterInvalid(
            f"the claim {claim.id} repeats the text of another", where=str(path), fix="keep one of them"
        )
    for cite in claim.cites:
        if cite.source not in sources:
            raise StarterInvalid(
                f"the claim {claim.id} cites {cite.source}, which is in no sources file",
                where=str(path),
                fix="add the source to sources/, or correct its id",
            )


def document(topic: Topic) -> Document:
    """A topic as a Document: a heading for each facet, and one item for each claim.

    Under a last heading, `ASKED`, stands what people ask to which a claim is the answer, one item a claim: it is
    searched like the claims, and finds them by a person's own words.
    """
    parts = {facet.value: [row.text for row in topic.claims if row.facet is facet] for facet in Facet}
    parts[ASKED] = [row.asked for row in topic.claims if row.asks]
    text, blocks = "", []
    for heading, items in parts.items():
        if not items:
            continue
        for kind, line, level in [(BlockKind.HEADING, heading, 2), *((BlockKind.ITEM, item, 0) for item in items)]:
            text += "\n" if text else ""
            blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(line), level=level))
            text += line
    return Document(
        id=topic.document_id,
        title=topic.title,
        publisher="Navaid",
        kind=Kind.STARTER,
        text=text,
        blocks=tuple(blocks),
        licence=_OURS,
    )


def claims(topic: Topic) -> dict[str, Claim]:
    """The topic's claims by their text (texts are unique in a topic), as an answer shows them."""
    return {row.text: claim(topic, row) for row in topic.claims}


def claim(topic: Topic, row: ClaimRow) -> Claim:
    """A row of a topic, as an answer shows it."""
    return Claim(
        id=row.id,
        text=row.text,
        facet=row.facet,
        certainty=row.certainty,
        citations=tuple(Citation(document=c.source, locator=c.at, checked=c.checked) for c in row.cites),
        origin="starter",
        subject=topic.id,
        step=row.step,
        gist=row.gist,
        applies=row.applies,
    )


def _read(path: Path, kind: Any) -> Any:
    try:
        return msgspec.convert(load_table(path.read_text(encoding="utf-8")), kind)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise StarterInvalid(str(error), where=str(path), fix="see CONTRIBUTING.md for the form of a row") from error


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder().glob("*/*.yaml"), *folder().glob("*.yaml")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(path: Path, starter: Starter) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(encode(starter))
        Path(file.name).replace(path)
    except OSError:
        pass  # a cache: without it the next start reads the YAML again
