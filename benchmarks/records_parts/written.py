"""Made-up papers in many house styles, whose facts were written down before a reader saw them.

Run alone: `python -m benchmarks.records_parts.written [--misses] [NAME…]`. The papers and their facts are
`tests/records/papers`. Precision is of what the reader says is or was so; recall is of every fact, planned ones too.
Invented: a value in the paper's profile where the paper says nothing of that concept. Wrong: it says another value.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.records_parts.figure import Figure
from navaid.journeys import read_records
from navaid.terms import Assertion, Profile, Reading

PAPERS = Path(__file__).resolve().parents[2] / "tests" / "records" / "papers"
GROUPS: dict[str, tuple[str, ...]] = {
    "receptors": tuple(
        "er.status er.percent pr.status pr.percent her2.status her2.ihc her2.ish her2.ratio hr.status ar.status "
        "ki67.percent pdl1. msi. mmr. tmb".split()
    ),
    "stage": tuple("pt pn pm ct cn cm stage. metastasis. nodes.examined nodes.positive".split()),
    "tumour": tuple("histology grade lvi tumour.size margins.status focality laterality".split()),
    "treatment": tuple("drug surgery radiation".split()),
    "person": tuple("age menopause pregnancy ecog comorbidity medication allergy lab.".split()),
    "genes": tuple("gene. oncotype. mammaprint. intrinsic_subtype".split()),
}
CORE = frozenset("er.status pr.status her2.status pt pn ct cn stage.group grade histology lvi tumour.size".split())
SAID = frozenset((Assertion.PRESENT, Assertion.HISTORICAL))
Fact = tuple[str, str, str]


class Score(NamedTuple):
    """A paper against its facts. `invented` and `wrong` are of its profile, the rest of its findings."""

    paper: str
    right: frozenset[Fact]
    false: frozenset[Fact]
    missed: frozenset[Fact]
    invented: frozenset[Fact]
    wrong: frozenset[Fact]


def measure(data: Path) -> Iterator[Figure]:
    """Precision and recall of each group over all papers, and what their profiles hold that no paper says."""
    yield from figures(list(scores()))


def figures(scored: list[Score]) -> Iterator[Figure]:
    for group in GROUPS:
        right, false, missed = _counts(scored, group)
        found, wanted = right + false, right + missed
        yield _figure(f"written papers, {group}: precision", right, found, 0.95)
        yield _figure(f"written papers, {group}: recall", right, wanted, 0.9)
    for what in ("invented", "wrong"):
        count = sum(len(getattr(score, what)) for score in scored)
        yield Figure(f"written papers: core values {what}", count, "0", not count, f"{len(scored)} papers")


def _counts(scored: list[Score], group: str) -> tuple[int, int, int]:
    counted = Counter(
        what
        for score in scored
        for what in ("right", "false", "missed")
        for fact in getattr(score, what)
        if in_group(fact[0], group)
    )
    return counted["right"], counted["false"], counted["missed"]


def _figure(what: str, part: int, whole: int, wanted: float) -> Figure:
    share = part / max(1, whole)
    return Figure(what, share, f"≥ {wanted}", share >= wanted, f"{part} of {whole}")


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of a file beside the papers, a row a paper."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(yaml.load((PAPERS / name).read_text(encoding="utf-8"), loader))


def scores(names: tuple[str, ...] = ()) -> Iterator[Score]:
    """Each paper's score; with names, of those papers only whose file name begins with one of them."""
    for row in rows("facts.yaml"):
        if not names or row["paper"].startswith(names):
            for read in read_records([PAPERS / row["paper"]], today=dt.date(2026, 1, 1)):
                if isinstance(read, Exception):
                    raise read
                yield score(row, *read)


def score(row: dict[str, Any], reading: Reading, profile: Profile) -> Score:
    """What a reading and its profile hold of a paper's facts."""
    wanted, may = facts_of(row.get("facts", [])), facts_of(row.get("may", []))
    found = {
        (finding.concept, plain(finding.value), "present" if finding.assertion in SAID else finding.assertion.value)
        for finding in reading.findings
    }
    said = {fact for fact in found if fact[2] == "present" and any(in_group(fact[0], group) for group in GROUPS)}
    known = {fact[0] for fact in wanted | may}
    stands = (
        {
            (field.concept, plain(field.value), "present")
            for field in profile.fields
            if field.concept in CORE and field.value != "not_stated"
        }
        - wanted
        - may
    )
    return Score(
        row["paper"],
        frozenset(fact for fact in wanted & found if any(in_group(fact[0], group) for group in GROUPS)),
        frozenset(said - wanted - may),
        frozenset(fact for fact in wanted - found if any(in_group(fact[0], group) for group in GROUPS)),
        frozenset(fact for fact in stands if fact[0] not in known),
        frozenset(fact for fact in stands if fact[0] in known),
    )


def facts_of(rows: list[list[Any]]) -> frozenset[Fact]:
    return frozenset((concept, plain(value), said) for concept, value, said in rows)


def plain(value: object) -> str:
    """A value so that 1 and 1.0 and "1" are the same."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def in_group(concept: str, group: str) -> bool:
    return any(concept == name or (name.endswith(".") and concept.startswith(name)) for name in GROUPS[group])


def main() -> None:
    names = tuple(argument for argument in sys.argv[1:] if not argument.startswith("-"))
    scored = list(scores(names))
    if "--misses" in sys.argv:
        for one in scored:
            for what in ("invented", "wrong", "false", "missed"):
                for fact in sorted(getattr(one, what)):
                    print(f"{what:8} {one.paper[:24]:24} {' '.join(fact)}")
    for figure in figures(scored):
        print(f"{figure.what:45} {figure.value:.3f}  {figure.wanted:7} {figure.note}")


if __name__ == "__main__":
    main()
