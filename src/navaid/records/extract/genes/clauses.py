"""Which gene an answer belongs to: "BRCA1 and 2: negative", "negative for TP53", "HER2 positive, BRCA negative"."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from navaid.records.extract.genes.marks import ANSWERS, Mark

# "negative for", "mutation in", "positive:" lead on to what follows.
_LEADS_ON = re.compile(
    r"\s*(?:(?:genetic|genes?|tests?|testing|results?|panel|analysis|mutations?|variants?|deletion"
    r"|duplication|or|and|a|is|was|were)\s+){0,5}"
    r"(?:for|in|of|on|within|including|includes?|involving|affecting|:|\()\s*"
    r"(?:(?:the|a|an|any|all|both|either|following|genes?|her|his|all of|germline|mutations? in|variants? in"
    r"|pathogenic)"
    r"[\s:]+){0,5}[:(]?\s*",
    re.IGNORECASE,
)
_CLOSE_BEFORE = re.compile(
    r"[\s:=\-–(),\t|\"]*(?:(?:genes?|mutations?|variants?|status|testing|tested|tests?|analysis|panel"
    r"|results?|was|were|is|are|has|have|had|been|be|came|come|back|"
    r"returned|both|all|also|and|to|the|a|an|for|on|in|as|sequence|sequencing|germline|somatic|pathogenic"
    r"|likely|reported|reportedly|found)[\s:=\-–(),]*){0,9}",
    re.IGNORECASE,
)
_ON = re.compile(r"\s(?:on|by|in|with|at|per|from|using)\s(?:(?:a|an|the|her|his|prior|previous)\s)?", re.IGNORECASE)
_CLOSE_AFTER = re.compile(r"[\s\-–]*(?:(?:germline|somatic|inherited|for|known|the|a|gene)\s+){0,3}", re.IGNORECASE)


@dataclass
class Claim:
    """A list of genes, or the panel as a whole, with the answers that were given to it."""

    mark: Mark
    answers: list[Mark] = field(default_factory=list)

    def has(self, *kinds: str) -> bool:
        """Whether an answer of one of these kinds was given."""
        return any(answer.kind in kinds for answer in self.answers)

    @property
    def start(self) -> int:
        return min([self.mark.start, *(answer.start for answer in self.answers)])

    @property
    def end(self) -> int:
        return max([self.mark.end, *(answer.end for answer in self.answers)])


def claims(text: str, marks: list[Mark]) -> list[Claim]:
    """Each list of genes and each panel of a sentence with its answers, in order."""
    found = {id(mark): Claim(mark) for mark in marks if mark.kind in ("genes", "panel")}
    for at, mark in enumerate(marks):
        if mark.kind in ANSWERS:
            target = _genes_of(text, marks, _target(text, marks, at))
            if target is not None and id(target) in found:
                found[id(target)].answers.append(mark)
    _share(text, list(found.values()))
    _narrow(list(found.values()))
    return list(found.values())


def _share(text: str, found: list[Claim]) -> None:
    """A heading's answer holds for every gene below it: "Of uncertain significance: ATM R250Q, NF1 A12T"."""
    heading: Mark | None = None
    for claim in found:
        own = [answer for answer in claim.answers if answer.kind != "name"]
        if len(own) == 1 and own[0].end <= claim.mark.start and ":" in text[own[0].end : claim.mark.start]:
            heading = own[0]
        elif own:
            heading = None
        elif heading is not None and claim.mark.kind == "genes":
            claim.answers.append(heading)


def _narrow(found: list[Claim]) -> None:
    """What is said of "BRCA1/2" is said of the one that is named with its variant right after it."""
    for wide, narrow in itertools.pairwise(found):
        pair = {symbol for one in wide.mark.genes for symbol in one.symbols} == {"BRCA1", "BRCA2"}
        if pair and len(wide.mark.genes) == 1 and not wide.has("negative") and narrow.mark.start - wide.end < 40:
            own = {symbol for one in narrow.mark.genes for symbol in one.symbols}
            if own < {"BRCA1", "BRCA2"} and narrow.has("name"):
                narrow.answers += wide.answers
                wide.answers = []


def _target(text: str, marks: list[Mark], at: int) -> Mark | None:
    """What the answer at `at` is about: a list of genes, a panel, or another thing tested."""
    answer = marks[at]
    inside = next(
        (mark for mark in marks if mark.kind == "genes" and answer.start <= mark.start and mark.end <= answer.end), None
    )
    if inside is not None:
        return inside
    before, after = _next(marks, at, -1), _next(marks, at, 1)
    if before is not None and before.kind == "genes" and _on_a_panel(text, before, answer, after):
        return before
    if (
        after is not None
        and _LEADS_ON.fullmatch(text[answer.end : after.start])
        and not _is_value(text, before, answer)
    ):
        return after
    if before is not None and _CLOSE_BEFORE.fullmatch(_bare(text, marks, before.end, answer.start)):
        return before
    if after is not None and _CLOSE_AFTER.fullmatch(_bare(text, marks, answer.end, after.start)):
        return after
    if before is not None and answer.start - before.end < 160:
        return before
    if after is not None and after.start - answer.end < 60:
        return after
    return None


def _on_a_panel(text: str, genes: Mark, answer: Mark, after: Mark | None) -> bool:
    """Whether a panel is only where the genes were looked at, not what the answer is of: "BRCA1 wt on the panel"."""
    if after is None or after.kind != "panel":
        return False
    close = _CLOSE_BEFORE.fullmatch(text[genes.end : answer.start])
    return bool(close and _ON.fullmatch(text[answer.end : after.start]))


def _genes_of(text: str, marks: list[Mark], target: Mark | None) -> Mark | None:
    """The genes that a panel is said to have looked at: "negative genetic testing for BRCA1"."""
    if target is None or target.kind != "panel":
        return target
    after = _next(marks, marks.index(target), 1)
    if after is not None and after.kind == "genes" and _LEADS_ON.fullmatch(text[target.end : after.start]):
        return after
    return target


def _next(marks: list[Mark], at: int, step: int) -> Mark | None:
    """The next thing tested in this direction, within its statement."""
    index = at + step
    while 0 <= index < len(marks):
        mark = marks[index]
        if mark.kind == "stop":
            return None
        if mark.kind in ("genes", "other") or (mark.kind == "panel" and not _names_genes(marks, index)):
            return mark
        index += step
    return None


def _names_genes(marks: list[Mark], at: int) -> bool:
    """Whether a panel stands beside the genes that it tested, which then take the answer: "BRCA1 genetic testing"."""
    return at > 0 and marks[at - 1].kind == "genes" and marks[at].start - marks[at - 1].end <= 2


def _is_value(text: str, before: Mark | None, answer: Mark) -> bool:
    """Whether the answer is the value of the field before it: "BRCA1: negative BRCA2: positive"."""
    if before is None or before.kind == "panel":
        return False
    return bool(re.fullmatch(r"\s*(?:gene)?\s*[:=\t|]\s*", text[before.end : answer.start]))


def _bare(text: str, marks: list[Mark], start: int, end: int) -> str:
    """The words between, without those that are marks themselves."""
    inner = [mark for mark in marks if start <= mark.start and mark.end <= end and mark.kind != "stop"]
    kept, at = [], start
    for mark in sorted(inner, key=lambda one: one.start):
        kept.append(text[at : mark.start])
        at = max(at, mark.end)
    return " ".join([*kept, text[at:end]])
