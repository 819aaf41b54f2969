"""The findings of gene tests in a paper, sentence by sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from navaid.records.extract.genes.clauses import Claim, claims
from navaid.records.extract.genes.marks import Mark, marks
from navaid.records.extract.genes.names import HINT, named
from navaid.records.extract.genes.origin import Origins
from navaid.records.extract.genes.panels import Lists, heading, without_heading
from navaid.records.extract.genes.results import Result, results
from navaid.records.extract.genes.table import words
from navaid.records.extract.genes.variants import variants
from navaid.records.extract.sentences import Span
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding

_LONGEST = 1500
# More sentences that name genes, or more results, and it is no report.
_SENTENCES, _MOST = 5000, 2000
_NOT = re.compile(r"\b(?:not|no|never|nor|neither|without|denies|isn't|wasn't)\b(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
_FAMILY = re.compile(r"\b(?:family|fam) (?:history|hx)\W*(?:(?:is|was)\W*)?$", re.IGNORECASE)
# A field "Gene: BRCA2", with those of the variant on the lines below it.
_FIELD = re.compile(r"\s*gene(?: name| symbol)?\s*[:\t|]", re.IGNORECASE)
_FIELDS = 320
# How a test stands, the word that decides first.
_STANDING = (
    ("pending", "pending", Assertion.PRESENT),
    ("not_tested", "not_tested", Assertion.PRESENT),
    ("planned", "not_tested", Assertion.PLANNED),
)


def find(view: View) -> Iterable[Finding]:
    """The results of gene tests, and tests that are pending, planned or were not done."""
    if view.header.type == "leaflet" or not HINT.search(view.text):
        return
    yield from itertools.islice(_findings(view), _MOST)


def _findings(view: View) -> Iterator[Finding]:
    lists, origins = Lists(view.text), Origins(view)
    above: Mark | None = None
    read = until = 0
    for at, sentence in enumerate(view.sentences):
        if sentence.start < until:
            continue
        piece, fields = _piece(view, at, sentence)
        until = piece.end if fields else until
        piece, below = (piece, None) if fields else without_heading(view.text, piece)
        if not (HINT.search(view.text, *piece) or lists.worth(piece)) or words("talk").search(view.text, *piece):
            above = below or above
            continue
        read += 1
        if read > _SENTENCES:
            return
        found = marks(view.text, *piece, lines=fields)
        answered = claims(view.text, found)
        above = heading(view.text, piece, found, above)
        _under(answered, above)
        told = () if _explains(view, piece) else _told(view, origins, piece, answered)
        for claim, symbol, value, assertion in told:
            lists.told(symbol, value)
            yield _finding(view, origins.of(piece, claim, symbol), claim, symbol, value, assertion)
        above = below or above
        for claim, negative in lists.settled(piece, found, answered):
            for symbol in _symbols(claim):
                if not lists.otherwise(symbol):
                    value = Result("negative", negative.start, negative.end)
                    place = origins.of(piece, claim, symbol)
                    yield _finding(view, place, claim, symbol, value, Assertion.PRESENT)


def _piece(view: View, at: int, sentence: Span) -> tuple[Span, bool]:
    """The sentence, or all the lines of a variant's fields; not longer than a sentence may be."""
    if _is_gene_alone(view, at, sentence):
        return Span(sentence.start, view.sentences[at + 1].end), True
    if not _FIELD.match(view.text, sentence.start, sentence.end):
        return Span(sentence.start, min(sentence.end, sentence.start + _LONGEST)), False
    end = sentence.end
    for following in view.sentences[at + 1 : at + 8]:
        if following.end - sentence.start > _FIELDS or named(view.text, *following):
            break
        end = following.end
    return Span(sentence.start, end), True


def _is_gene_alone(view: View, at: int, sentence: Span) -> bool:
    """Whether a gene stands alone in its line and its variant in the next."""
    if sentence.end - sentence.start > 10 or at + 1 >= len(view.sentences):
        return False
    following = view.sentences[at + 1]
    short = following.end - following.start <= 60
    return short and bool(named(view.text, *sentence)) and any(True for _ in variants(view.text, *following))


def _explains(view: View, piece: Span) -> bool:
    """Whether the sentence stands where the test is explained; a list of tested genes may stand there too."""
    return view.section_at(piece.start).kind in ("patient_education", "reference")


def _under(answered: list[Claim], above: Mark | None) -> None:
    """What the heading above says holds for genes that are only named with a variant."""
    for claim in answered:
        if above is not None and claim.has("name") and all(answer.kind == "name" for answer in claim.answers):
            claim.answers.append(Mark(above.kind, claim.mark.start, claim.mark.start))


def _told(
    view: View, origins: Origins, sentence: Span, answered: list[Claim]
) -> Iterator[tuple[Claim, str, Result, Assertion]]:
    """Each gene's result or the standing of its test."""
    for claim in answered:
        given = False
        for symbol, value in _outcomes(view, origins, sentence, claim):
            assertion = _assertion(view, sentence, value, origins.of(sentence, claim, symbol))
            if assertion:
                given = True
                yield claim, symbol, value, assertion
        if not given and not claim.has("negative", "positive", "uncertain"):
            standing = _standing(view, sentence, claim)
            yield from ((claim, symbol, *standing) for symbol in _symbols(claim) if standing)


def _outcomes(view: View, origins: Origins, sentence: Span, claim: Claim) -> list[tuple[str, Result]]:
    """The results of each gene of a claim. "BRCA1/2 positive" does not say which of the two, so it is `BRCA`."""
    if not claim.answers and claim.mark.variant is None:
        return []
    found = []
    for symbol in _symbols(claim):
        germline = origins.of(sentence, claim, symbol) == "germline"
        own = _own(claim, symbol)
        found += [(symbol, one) for one in results(view.text, own, sentence.end, sentence.start, germline=germline)]
    if _symbols(claim) == ["BRCA1", "BRCA2"] and len(claim.mark.genes) == 1:
        first, second = ([one for of, one in found if of == symbol] for symbol in ("BRCA1", "BRCA2"))
        if first == second and all(one.value != "negative" for one in first):
            return [("BRCA", one) for one in first]
    return found


def _symbols(claim: Claim) -> list[str]:
    if claim.mark.kind == "panel":
        return ["panel"]
    return list(dict.fromkeys(symbol for one in claim.mark.genes for symbol in one.symbols))


def _own(claim: Claim, symbol: str) -> Claim:
    """The claim without variants that by their name are of another gene."""
    kept = [
        answer
        for answer in claim.answers
        if answer.variant is None or not answer.variant.gene or symbol in (answer.variant.gene, "BRCA")
    ]
    return Claim(claim.mark, kept)


def _assertion(view: View, sentence: Span, value: Result, place: str) -> Assertion | None:
    """How the result is spoken of; None where it is no result: a possibility, a condition, a denial."""
    before = view.text[max(sentence.start, value.start - 30) : value.start]
    if value.value not in ("negative", "vus") and _NOT.search(before):
        return None
    if before.rstrip().endswith("?") or words("talk_before").search(
        view.text, _row_start(view.text, sentence, value.start), value.end
    ):
        return None
    said = view.context.categories(value.start, value.end, sentence, view.section_at(value.start))
    if "family" in said or _FAMILY.search(before):
        return None if "negated" in said and value.value != "negative" else Assertion.FAMILY
    if said.get("hypothetical") == -1:
        return None
    if place == "somatic" and "historical" in said:
        return Assertion.HISTORICAL
    return Assertion.PRESENT


def _row_start(text: str, sentence: Span, at: int) -> int:
    """Where the row of a table begins that a result stands in; in prose where its sentence does."""
    line = max(sentence.start, text.rfind("\n", sentence.start, at) + 1)
    end = text.find("\n", at)
    row = text[line : end if end >= 0 else at + 200]
    return line if len(_COLUMN.findall(row)) > 1 else sentence.start


_COLUMN = re.compile(r"\S(?:[ ]{2,}|\t|[ ]?\|[ ]?)(?=\S)")


def _standing(view: View, sentence: Span, claim: Claim) -> tuple[Result, Assertion] | None:
    """A test that has given no result: it runs, will be done, or was not done."""
    text, low, high = view.text, max(sentence.start, claim.start - 80), min(sentence.end, claim.end + 80)
    standings: tuple[tuple[str, str, Assertion], ...] = _STANDING
    if claim.mark.kind == "genes" and not words("test").search(text, low, high):
        low, high = max(low, claim.mark.start - 15), min(sentence.end, claim.mark.end + 25)  # "BRCA1/2: not performed"
        standings = _STANDING[:2]
    if words("talk_before").search(text, low, claim.start):
        return None
    section = view.section_at(claim.mark.start)
    if "family" in view.context.categories(claim.mark.start, claim.mark.end, sentence, section):
        return None
    for kind, value, assertion in standings:
        if stated := words(kind).search(text, low, high):
            start, end = min(claim.mark.start, stated.start()), max(claim.mark.end, stated.end())
            return Result(value, start, end), assertion
    return None


def _finding(view: View, place: str, claim: Claim, symbol: str, value: Result, assertion: Assertion) -> Finding:
    """The finding at the words from the gene to its answer, or at the gene where they are far apart."""
    own = next((one for one in claim.mark.genes if symbol in one.symbols), claim.mark)
    start, end = min(own.start, value.start), max(own.end, value.end)
    if end - start > 240:
        start, end = (value.start, value.end) if value.end - value.start <= 240 else (own.start, own.end)
    return view.finding(
        f"gene.{symbol}.{place}", value.value, start, end, rule="genes", assertion=assertion, details=value.details
    )
