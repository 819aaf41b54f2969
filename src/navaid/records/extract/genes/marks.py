"""A sentence that names a gene as a row of marks: gene lists, answers, variants, tests, and other things tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from navaid.records.extract.genes.names import Named, lists, named
from navaid.records.extract.genes.table import words
from navaid.records.extract.genes.variants import Variant, variants


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` is a `kind` of genes_words.yaml, or `genes` (a list), `name` (a variant) or `stop`."""

    kind: str
    start: int
    end: int
    genes: tuple[Named, ...] = ()
    variant: Variant | None = None


# What answers of a test there are, strongest first.
ANSWERS = ("uncertain", "benign", "negative", "positive", "amplified", "deleted", "found", "variant", "name")
# Where two kinds overlap, the earlier one holds.
_KINDS = (
    "rest",
    "panel",
    "other",
    "uncertain",
    "benign",
    "negative",
    "positive",
    "no",
    "amplified",
    "deleted",
    "found",
    "variant",
    "test",
)
_STOP = re.compile(r";|\n|\b(?:but|however|whereas|although|except)\b|(?<=[a-z)])\. (?=[A-Z])")
_BOTH = re.compile(r"BRCA\s{0,2}:?\s{0,3}1\s?([-+−–])\s?(?:and|,|/|&)?\s{0,2}(?:BRCA\s?)?2\s?([-+−–])(?![\d\w])")
_PLUS, _MINUS = re.compile(r"\s?\+(?![\d\w])|-?\s?\(\+\)"), re.compile(r"[-−–](?=[\s,;.)/]|$)")
# "ER+, HER2-, BRCA-": where others have a sign, so has BRCA.
_SIGNED = re.compile(r"\b(?:ER|PR|HER-?2)\s?[-+−–](?!\d)")
# What may stand between "no" and "mutation".
_BETWEEN = re.compile(
    r"(?:[\s,()/-]|\b(?:any|evidence|of|for|in|a|an|the|other|additional|further|clinically|clinical"
    r"|significant|likely|"
    r"or|and|nor|germline|"
    r"somatic|inherited|hereditary|genetic|gene|genes|sequence|actionable|reportable|detectable|disease"
    r"|causing|associated|"
    r"known pathogenic|identify|detect|reveal|show|find|these|those|either|both|to have|have|relevant|cancer"
    r"|copy number|BRCA|BRCA1|BRCA2)\b){0,24}"
)


def marks(text: str, start: int, end: int, *, lines: bool = False) -> list[Mark]:
    """The marks of a sentence, in order; "no … mutation" is one negative answer.

    With `lines`, a line end is no end of a statement: the fields of one variant stand below each other.
    """
    found = sorted(_found(text, start, end), key=lambda mark: mark.start)
    return _joined(text, [mark for mark in found if not (lines and text[mark.start : mark.end] == "\n")])


def _found(text: str, start: int, end: int) -> Iterator[Mark]:
    taken = bytearray(end - start)

    def free(first: int, last: int) -> bool:
        if any(taken[first - start : last - start]):
            return False
        taken[first - start : last - start] = b"\1" * (last - first)
        return True

    groups = lists(text, named(text, start, end))
    for both in _BOTH.finditer(text, start, end):
        signs = {both[1] in "+", both[2] in "+"}
        if free(*both.span()) and len(signs) == 1:
            genes = (Named(both.start(), both.end(), ("BRCA1", "BRCA2")),)
            yield Mark("genes", both.start(), both.end() - 1, genes)
            yield Mark("positive" if True in signs else "negative", both.end() - 1, both.end())
    for group in groups:
        first, last = group[0].start, group[-1].end
        if free(first, last):
            yield Mark("genes", first, last, tuple(group))
            yield from (sign for sign in _signs(text, last) if free(sign.start, sign.end))
    for variant in variants(text, start, end):
        if free(variant.start, variant.end):
            if variant.gene and not groups:  # its name tells the gene
                genes = (Named(variant.start, variant.end, (variant.gene,)),)
                yield Mark("genes", variant.start, variant.end, genes, variant)
                continue
            yield Mark("name", variant.start, variant.end, variant=variant)
    for kind in _KINDS:
        for match in words(kind).finditer(text, start, end):
            if match.end() > match.start() and free(*match.span()):
                yield Mark(kind, *match.span())
    for match in _STOP.finditer(text, start, end):
        yield Mark("stop", *match.span())


def _signs(text: str, at: int) -> Iterator[Mark]:
    if plus := _PLUS.match(text, at):
        yield Mark("positive", *plus.span())
    elif (minus := _MINUS.match(text, at)) and (text[at - 1].isdigit() or _SIGNED.search(text, max(0, at - 30), at)):
        yield Mark("negative", *minus.span())


def _joined(text: str, found: list[Mark]) -> list[Mark]:
    """With each "no", its variants and what stands between made one negative answer."""
    joined: list[Mark] = []
    at = 0
    while at < len(found):
        mark = found[at]
        end = _denied(text, found, at) if mark.kind == "no" else None
        if end is None:
            joined.append(mark)
            at += 1
            continue
        joined.append(Mark("negative", mark.start, found[end].end))
        joined += [inner for inner in found[at:end] if inner.kind == "genes"]
        at = end + 1
    return joined


def _denied(text: str, found: list[Mark], at: int) -> int | None:
    """The last of the marks that the "no" at `at` denies: "no pathogenic variants or VUS", "not a BRCA carrier"."""
    if text[found[at].start : found[at].end].lower() in ("not", "not a", "not an"):
        return _denied_positive(text, found, at)
    last, reached = None, found[at].end
    for index in range(at + 1, min(at + 8, len(found))):
        mark = found[index]
        if mark.kind not in ("genes", "positive", "variant", "uncertain", "deleted", "name", "found"):
            break
        between = text[reached : mark.start]
        if between == " known " and mark.kind == "positive":
            between = ""  # "no known pathogenic variants"; "no known mutation" may be one who was not tested
        if not _BETWEEN.fullmatch(between) or (mark.kind == "found" and last is not None):
            break
        if last is not None and not re.search(r"[,/(]|\b(?:or|and|nor|in)\b", text[reached : mark.start]):
            break
        if mark.kind in ("variant", "uncertain"):
            last = index
        reached = mark.end
    return last


def _denied_positive(text: str, found: list[Mark], at: int) -> int | None:
    """The "positive" or "carrier" that a "not" before it denies."""
    reached = found[at].end
    for index in range(at + 1, min(at + 4, len(found))):
        mark = found[index]
        if mark.kind not in ("genes", "positive", "variant") or text[reached : mark.start].strip(" -"):
            return None
        if mark.kind == "positive":
            return index
        reached = mark.end
    return None
