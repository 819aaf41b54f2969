"""Tie each starter claim to the passage of its source that supports it, once that source is held.

For each citation whose document is in the library: the sentences of the document are searched, those
near the words and the place that the claim's author noted first; the best window of one to three
sentences must agree with the claim in numbers, names and negation. A claim that its own source does
not support is reported and no longer shown.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from navaid.library import agreement
from navaid.library.lexical import analyzer
from navaid.library.sentences import sentence_spans
from navaid.library.store import Store
from navaid.starter.starter import Cite, ClaimRow, Starter
from navaid.terms import BlockKind, Citation, Claim, Document, Record, Retraction, encode

_WINDOW = 3  # sentences at most: a reader must see at a glance what supports the claim
_MIN_OVERLAP = 0.2  # of the claim's words, weighted by rarity, where the author noted no words
_PLACE_BONUS = 0.15
_TRIES = 8
_RULES = 1  # raise it when the checks change: every claim is then tied anew


class Tie(Record, frozen=True):
    """What was found for one citation: `supported` with the span, or `unsupported` with the reason."""

    claim: str
    citation: int
    document: str
    version: str
    state: str
    reason: str = ""
    start: int | None = None
    end: int | None = None


def tie_all(store: Store, data: Starter, progress: Callable[[int], None] = lambda _: None) -> list[Tie]:
    """Ties that were made now, for claims or documents that are new or changed since the last time."""
    made: list[Tie] = []
    reader: _Reader | None = None
    for document_id, version, wanted in _stale(store, data):
        document = store.document(document_id)
        if document is None:
            continue
        reader = _Reader(document)
        found = [_tie(reader, version, row, number, cite) for row, number, cite in wanted]
        with store.writing():
            store.db.executemany(
                "INSERT OR REPLACE INTO ties VALUES (?,?,?,?,?,?,?,?,?)",
                [
                    (
                        t.claim,
                        t.citation,
                        _digest(row, cite),
                        t.document,
                        version,
                        t.state,
                        t.start,
                        t.end,
                        t.reason,
                    )
                    for t, (row, _, cite) in zip(found, wanted, strict=True)
                ],
            )
        made += found
        progress(len(found))
    return made


def tied(store: Store, claim: Claim) -> tuple[Claim | None, str]:
    """The claim with the quotations that support it, or None and the reason if its sources do not.

    A citation whose source is not held stays as it is: place and day checked, no quotation.
    """
    rows = {row[0]: row[1:] for row in store.db.execute(_TIED, (claim.id,))}
    kept: list[Citation] = []
    reasons: list[str] = []
    for number, citation in enumerate(claim.citations):
        if number not in rows:  # not held, or changed since it was tied
            kept.append(citation)
            continue
        document, state, reason, retraction, show_quote, start, end, quote = rows[number]
        if retraction == Retraction.RETRACTED:
            reasons.append(f"{document} has been retracted")
        elif state != "supported":
            reasons.append(reason)
        elif not show_quote:
            kept.append(citation)
        else:
            kept.append(replace(citation, document=document, quote=quote, start=start, end=end))
    return (replace(claim, citations=tuple(kept)) if kept else None), "; ".join(reasons)


_TIED = """
    SELECT t.citation, d.id, t.state, t.reason, d.retraction, d.show_quote, t.start, t.end,
           substr(d.text, t.start + 1, t.end - t.start)
    FROM ties t JOIN documents d ON d.id = t.document AND d.version = t.version WHERE t.claim = ?
"""


def unsupported(store: Store) -> list[tuple[str, str, str]]:
    """`(claim, document, reason)` of every claim that its own held source does not support."""
    return list(store.db.execute("SELECT claim, document, reason FROM ties WHERE state <> 'supported' ORDER BY claim"))


def _stale(store: Store, data: Starter) -> Iterator[tuple[str, str, list[tuple[ClaimRow, int, Cite]]]]:
    """`(document id, version, [(claim, citation number, citation)])` still to be tied."""
    done = {
        (claim, number): (digest, version)
        for claim, number, digest, version in store.db.execute("SELECT claim, citation, digest, version FROM ties")
    }
    held = _held(store, data)
    wanted: dict[tuple[str, str], list[tuple[ClaimRow, int, Cite]]] = {}
    for topic in data.topics:
        for row in topic.claims:
            for number, cite in enumerate(row.cites):
                place = held.get(cite.source)
                if place and done.get((row.id, number)) != (_digest(row, cite), place[1]):
                    wanted.setdefault(place, []).append((row, number, cite))
    for (document_id, version), rows in wanted.items():
        yield document_id, version, rows


def _held(store: Store, data: Starter) -> dict[str, tuple[str, str]]:
    """Which cited sources are held, by id or else by address: source id to document id and version."""
    found: dict[str, tuple[str, str]] = {}
    for source in data.sources.values():
        row = store.db.execute(
            "SELECT id, version FROM documents WHERE id = ? OR url = ? ORDER BY id = ? DESC LIMIT 1",
            (source.id, source.url, source.id),
        ).fetchone()
        if row:
            found[source.id] = (row[0], row[1])
    return found


def _digest(row: ClaimRow, cite: Cite) -> str:
    return hashlib.sha256(encode((_RULES, row.text, cite))).hexdigest()[:16]


# --------------------------------------------------------------------------- finding the place


class _Reader:
    """A document's sentences, each with its stems and the path of headings above it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.analyze = analyzer().analyze
        self.spans: list[tuple[int, int]] = []
        self.places: list[str] = []
        path: list[tuple[int, str]] = []
        for block in document.blocks:
            words = document.text[block.start : block.end]
            if block.kind is BlockKind.HEADING:
                path = [(level, name) for level, name in path if level < block.level] + [(block.level, words)]
                continue
            inner = sentence_spans(document.text, block.start, block.end)
            self.spans += inner
            self.places += [" > ".join(name for _, name in path)] * len(inner)
        self.stems = [set(self.analyze(self.text(n, n))) for n in range(len(self.spans))]
        counts = Counter(stem for stems in self.stems for stem in stems)
        self.rarity = {stem: math.log(1 + len(self.spans) / count) for stem, count in counts.items()}

    def text(self, first: int, last: int) -> str:
        return self.document.text[self.spans[first][0] : self.spans[last][1]]

    def context(self, n: int) -> str:
        return f"{self.document.title}. {self.places[n]}"

    def overlap(self, stems: set[str], n: int) -> float:
        """Share of the claim's words, weighted by rarity, that stand in sentence n."""
        total = sum(self.rarity.get(stem, 0.0) for stem in stems)
        return sum(self.rarity[stem] for stem in stems & self.stems[n]) / total if total else 0.0


def _tie(reader: _Reader, version: str, row: ClaimRow, number: int, cite: Cite) -> Tie:
    stems = set(reader.analyze(row.text))
    tie = Tie(claim=row.id, citation=number, document=reader.document.id, version=version, state="unsupported")
    reason = "no sentence of the source speaks of it"
    for n in _candidates(reader, stems, cite):
        for first, last in _windows(n, reader):
            reason = _disagreement(row.text, reader, first, last)
            if not reason:
                return replace(tie, state="supported", start=reader.spans[first][0], end=reader.spans[last][1])
    return replace(tie, reason=reason)


def _candidates(reader: _Reader, stems: set[str], cite: Cite) -> list[int]:
    """Sentences to try, best first: those that hold the noted words, else those most alike."""
    place, noted = _fold(cite.at), _fold(cite.find)
    ranked = sorted(
        range(len(reader.spans)),
        key=lambda n: -(reader.overlap(stems, n) + (0.15 if place and place in _fold(reader.places[n]) else 0)),
    )
    if noted:
        exact = [n for n in ranked if noted in _fold(reader.text(n, min(n + 1, len(reader.spans) - 1)))]
        if exact:
            return exact[:_TRIES]
    return [n for n in ranked[:_TRIES] if reader.overlap(stems, n) >= _MIN_OVERLAP]


def _windows(n: int, reader: _Reader) -> Iterator[tuple[int, int]]:
    """Sentence n alone, then with its neighbours under the same heading."""
    count = len(reader.spans)
    for first, last in ((n, n), (n, n + 1), (n - 1, n), (n - 1, n + 1), (n, n + 2), (n - 2, n)):
        inside = first >= 0 and last < count and last - first < _WINDOW
        if inside and reader.places[first] == reader.places[last]:
            yield first, last


def _disagreement(ours: str, reader: _Reader, first: int, last: int) -> str:
    """Why the window does not support the sentence, or an empty string."""
    words = reader.text(first, last)
    around = f"{words} {reader.context(first)}"
    if lost := agreement.missing_numbers(ours, around):
        return f"the source does not state {', '.join(sorted(lost))} there"
    if names := agreement.missing_names(ours, around):
        return f"the source does not name {', '.join(sorted(names))} there"
    if agreement.negation_differs(ours, words):
        return "the source does not deny it there"
    return ""


def _fold(text: str) -> str:
    """Lower case, one space between words, plain quotes and hyphens: how people retype what they read."""
    return " ".join(text.translate(_PLAIN_SIGNS).casefold().split())


_PLAIN_SIGNS = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'} | dict.fromkeys(range(0x2010, 0x2016), "-")
