"""How much of eligibility texts is understood: statements parsed fully, in part, not at all; by reader; and the time.

    python -m benchmarks.trials_parts.parsing                # the figures
    python -m benchmarks.trials_parts.parsing --show 100     # statements with their expressions, drawn at random
    python -m benchmarks.trials_parts.parsing --unread       # the words that most often stay unread

Texts: 193 breast trials of January 2026; time: those and older ones. "Fully" means that nothing of the statement stays
open, so that a profile with the facts gives a definite label; it does not say that the reading is right, which
`--show` is for.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid.terms import Criterion, Expression, Logic
from navaid.trials.criteria.parse import meaning
from navaid.trials.criteria.parse.meaning import plain
from navaid.trials.criteria.parse.readers import READERS
from navaid.trials.criteria.split import split

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "trials"


def measure(data: Path = DATA) -> Iterator[Figure]:
    """The shares of all statements, what each reader contributes, and seconds for 1,000 trials."""
    statements = [criterion for text in recent(data) for criterion in split(text)]
    kinds = collections.Counter(how_far(meaning(criterion)) for criterion in statements)
    for kind in ("fully", "in part", "not at all"):
        yield Figure(f"statements parsed {kind}", kinds[kind] / len(statements), note=f"of {len(statements)}")
    for read in READERS:
        found = sum(any(True for _ in read(plain(criterion.text))) for criterion in statements)
        name = read.__module__.rpartition(".")[2]
        yield Figure(f"statements in which the reader `{name}` finds something", found / len(statements))
    texts = [*recent(data), *older(data)][:1000]
    cut = [split(text) for text in texts]
    begun = time.process_time()
    for criteria in cut:
        for criterion in criteria:
            meaning(criterion)
    took = (time.process_time() - begun) * 1000 / len(cut)
    count = sum(map(len, cut))
    yield Figure("parsing 1,000 trials, seconds of one core", took, "< 10", took < 10, f"{count} statements")


def recent(data: Path) -> list[str]:
    """The eligibility texts of the 193 trials."""
    with gzip.open(data / "breast_trials_2026-01.json.gz") as file:
        return [row["eligibility"]["raw_text"] for row in json.load(file)]


def older(data: Path) -> list[str]:
    """Those of the older ones, put together from their two parts."""
    with gzip.open(data / "breast_trials_older_990.jsonl.gz") as file:
        rows = [json.loads(line) for line in file]
    return [
        f"Inclusion Criteria:\n{r['inclusion_criteria']}\nExclusion Criteria:\n{r['exclusion_criteria']}" for r in rows
    ]


def how_far(expression: Expression) -> str:
    """Whether all of it, some of it or nothing was understood.

    >>> from navaid.trials.criteria.parse.atom import unparsed
    >>> how_far(unparsed(0, 3))
    'not at all'
    """
    said = set(_logics(expression))
    if Logic.IS not in said:
        return "not at all"
    return "in part" if Logic.UNPARSED in said else "fully"


def _logics(expression: Expression) -> Iterator[Logic]:
    yield expression.logic
    for part in expression.parts:
        yield from _logics(part)


def told(expression: Expression, text: str) -> str:
    """An expression in one line, what was not understood in its own words."""
    if expression.logic is Logic.UNPARSED:
        return "?" + json.dumps(" ".join(text[expression.start : expression.end].split())[:60], ensure_ascii=False)
    asked = expression.predicate
    if asked:
        more = "".join(f", {key} {value}" for key, value in asked.qualifiers.items())
        within = f", within {asked.within_days} days" if asked.within_days else ""
        values = "|".join(map(str, asked.values[:8])) + ("|…" if len(asked.values) > 8 else "")
        return f"{asked.concept} {asked.op} {values}{asked.unit}{within}{more}"
    inner = "; ".join(told(part, text) for part in expression.parts)
    return f"{expression.logic.value.upper()}({inner})"


def _drawn(texts: list[str], count: int, seed: int) -> Iterator[tuple[Criterion, Expression, str]]:
    rows = [(criterion, text) for text in texts for criterion in split(text)]
    random.Random(seed).shuffle(rows)
    found = ((criterion, meaning(criterion), text) for criterion, text in rows)
    understood = (row for row in found if how_far(row[1]) != "not at all")
    yield from (row for row, _ in zip(understood, range(count), strict=False))


def _unread(texts: list[str]) -> collections.Counter[str]:
    words: collections.Counter[str] = collections.Counter()
    for text in texts:
        for criterion in split(text):
            if how_far(meaning(criterion)) == "not at all":
                words[" ".join(criterion.text.lower().split()[:4])] += 1
    return words


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", type=int, metavar="N")
    parser.add_argument("--older", action="store_true", help="draw from the older trials")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unread", action="store_true")
    asked = parser.parse_args()
    texts = (older if asked.older else recent)(asked.data)
    if asked.show:
        for criterion, expression, text in _drawn(texts, asked.show, asked.seed):
            print(
                f"{criterion.type.value} {list(criterion.under)}\n  {criterion.text}\n  => {told(expression, text)}\n"
            )
    elif asked.unread:
        for words, count in _unread(texts).most_common(60):
            print(f"{count:4} {words}")
    else:
        for figure in measure(asked.data):
            mark = "" if figure.good is None else "  ok" if figure.good else "  MISSED"
            print(f"{figure.value:8.3f}  {figure.what} {figure.wanted} {figure.note}{mark}")


if __name__ == "__main__":
    main()
