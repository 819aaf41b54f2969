"""Tie each starter claim to the passage of its source that supports it, once that source is held.

For each citation whose document is in the library, the sentences of the document are searched, those
near the words and the place that the claim's author noted first, for the window of one to three
sentences that agrees best with the claim in numbers, names and negation. A claim may rest on several
sources together: what one does not state another may. A claim with a number or name that none of its
sources states (all of them being held), or that one of them denies, is reported and not shown.
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
from navaid.starter import claims
from navaid.starter.rows import Cite, ClaimRow, Starter
from navaid.terms import BlockKind, Citation, Claim, Document, Record, Retraction, encode

_WINDOW = 3  # sentences at most: a reader must see at a glance what supports the claim
_MIN_OVERLAP = 0.2  # of the claim's words, weighted by rarity, where the author noted no words
_PLACE_BONUS = 0.15
_TRIES = 8
_RULES = 4  # raise it when the checks change: every claim is then tied anew


class Tie(Record, frozen=True):
    """What was found for one citation.

    `state` is `found` (with the span), `absent` (no sentence speaks of it) or `denied` (the source says
    the opposite); `missing` names the numbers and names of the claim that the span does not state.
    """

    claim: str
    citation: int
    document: str
    version: str
    state: str
    missing: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


def tie_all(store: Store, data: Starter, progress: Callable[[int], None] = lambda _: None) -> list[Tie]:
    """Ties that were made now, for claims or documents that are new or changed since the last time."""
    made: list[Tie] = []
    _forget(store, data)
    for document_id, version, wanted in _stale(store, data):
        document = store.document(document_id)
        if document is None:
            continue
        reader = _Reader(document)
        found = [_tie(reader, version, row, number, cite) for row, number, cite in wanted]
        with store.writing():
            store.db.executemany(
                "INSERT OR REPLACE INTO ties VALUES (?,?,?,?,?,?,?,?,?)",
                [_as_row(tie, _digest(row, cite)) for tie, (row, _, cite) in zip(found, wanted, strict=True)],
            )
        made += found
        progress(len(found))
    return made


def _forget(store: Store, data: Starter) -> None:
    """Drop ties of claims and citations that have changed: their quotations support another sentence."""
    digests = {
        (row.id, n): _digest(row, cite)
        for topic in data.topics
        for row in topic.claims
        for n, cite in enumerate(row.cites)
    }
    kept = store.rows("SELECT claim, citation, digest FROM ties")
    gone = [(claim, number) for claim, number, digest in kept if digests.get((claim, number)) != digest]
    with store.writing():
        store.db.executemany("DELETE FROM ties WHERE claim = ? AND citation = ?", gone)


def _as_row(tie: Tie, digest: str) -> tuple[object, ...]:
    place = (tie.start, tie.end, ",".join(tie.missing))
    return (tie.claim, tie.citation, digest, tie.document, tie.version, tie.state, *place)


def tied(store: Store, claim: Claim) -> tuple[Claim | None, str]:
    """The claim with the quotations that support it, or None and the reason if its sources do not.

    A citation whose source is not held stays as it is: place and day checked, no quotation.
    """
    rows = {row[0]: row[1:] for row in store.rows(_TIED, claim.id)}
    kept: list[Citation] = []
    missing: set[str] | None = None
    reason = ""
    for number, citation in enumerate(claim.citations):
        document, current, state, lacking, retraction, show_quote, start, end, quote = rows.get(number, _NO_ROW)
        if retraction == Retraction.RETRACTED:
            reason = f"{document} has been retracted"
        elif not current:  # not held, or changed since it was tied
            kept.append(citation)
            missing = set()
        elif state == "denied":
            return None, f"{document} seems to say the opposite"
        elif state == "absent":
            reason = f"no sentence of {document} speaks of it"
        else:
            lacks = set(filter(None, lacking.split(",")))
            missing = lacks if missing is None else missing & lacks
            place = {"document": document, "quote": quote, "start": start, "end": end} if show_quote else {}
            kept.append(replace(citation, **place))
    if missing:
        return None, f"none of its sources states {', '.join(sorted(missing))}"
    return (replace(claim, citations=tuple(kept)) if kept else None), reason


_NO_ROW = (None, False, *(None,) * 7)
_TIED = """
    SELECT t.citation, d.id, d.version = t.version, t.state, t.missing, d.retraction, d.show_quote, t.start, t.end,
           substr(d.text, t.start + 1, t.end - t.start)
    FROM ties t JOIN documents d ON d.id = t.document WHERE t.claim = ?
"""


def unsupported(store: Store, data: Starter) -> list[tuple[str, str]]:
    """`(claim, reason)` of every claim with a citation, or all of them, that its held sources do not support."""
    pairs = ((claim.id, tied(store, claim)[1]) for topic in data.topics for claim in claims(topic).values())
    return [(claim, reason) for claim, reason in pairs if reason]


def _stale(store: Store, data: Starter) -> Iterator[tuple[str, str, list[tuple[ClaimRow, int, Cite]]]]:
    """`(document id, version, [(claim, citation number, citation)])` still to be tied."""
    done = {
        (claim, number): (digest, version)
        for claim, number, digest, version in store.rows("SELECT claim, citation, digest, version FROM ties")
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
        sql = "SELECT id, version FROM documents WHERE id = ? OR url = ? ORDER BY id = ? DESC LIMIT 1"
        for row in store.rows(sql, source.id, source.url, source.id):
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
        date = f"{self.document.date:%d %B %Y}" if self.document.date else ""
        return f"{self.document.title}. {self.places[n]}. {date}"

    def overlap(self, stems: set[str], n: int) -> float:
        """Share of the claim's words, weighted by rarity, that stand in sentence n."""
        total = sum(self.rarity.get(stem, 0.0) for stem in stems)
        return sum(self.rarity[stem] for stem in stems & self.stems[n]) / total if total else 0.0


def _tie(reader: _Reader, version: str, row: ClaimRow, number: int, cite: Cite) -> Tie:
    tie = Tie(claim=row.id, citation=number, document=reader.document.id, version=version, state="absent")
    best: tuple[int, int, tuple[int, int], tuple[str, ...]] | None = None
    denied = False
    for place, n in enumerate(_candidates(reader, set(reader.analyze(row.text)), cite)):
        for first, last in _windows(n, reader):
            if agreement.contradicts(row.text, reader.text(first, last)):
                denied = True
                continue
            lacking = tuple(sorted(_lacking(row.text, reader, first, last)))
            rank = (len(lacking), place * _WINDOW + last - first)
            if best is None or rank < best[:2]:
                best = (*rank, (first, last), lacking)
    if best is None:
        return replace(tie, state="denied") if denied else tie
    first, last = best[2]
    start, end = reader.spans[first][0], reader.spans[last][1]
    return replace(tie, state="found", start=start, end=end, missing=best[3])


def _lacking(ours: str, reader: _Reader, first: int, last: int) -> frozenset[str]:
    """Numbers and names of our sentence that neither the window nor its headings, title or date state."""
    around = f"{reader.text(first, last)} {reader.context(first)}"
    return agreement.missing_numbers(ours, around) | agreement.missing_names(ours, around)


def _candidates(reader: _Reader, stems: set[str], cite: Cite) -> list[int]:
    """Sentences to try, best first: those that hold the noted words, else those most alike."""
    place, noted = _fold(cite.at), _fold(cite.find)
    ranked = sorted(
        range(len(reader.spans)),
        key=lambda n: -(reader.overlap(stems, n) + (_PLACE_BONUS if place and place in _fold(reader.places[n]) else 0)),
    )
    if noted:
        exact = [n for n in ranked if noted in _fold(reader.text(n, n))]
        # The noted words may run over the end of a sentence, or of a list item.
        exact = exact or [n for n in ranked if noted in _fold(reader.text(n, min(n + 1, len(reader.spans) - 1)))]
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


def _fold(text: str) -> str:
    """Lower case, one space between words, plain quotes and hyphens: how people retype what they read."""
    return " ".join(text.translate(_PLAIN_SIGNS).casefold().split())


_PLAIN_SIGNS = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'} | dict.fromkeys(range(0x2010, 0x2016), "-")
