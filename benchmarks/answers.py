"""Answers: are the facts in them, is every sentence sourced, how long do they take, how hard to read.

    python benchmarks/answers.py                          facts, over the embedded library
    python benchmarks/answers.py --pages ../shared/data/evidence/nci_pages.jsonl.gz
                                                          the same over the cancer.gov pages too
    python benchmarks/answers.py speed --pages …          milliseconds, warm and from the command line

How a fact is scored: benchmarks/questions/README.md.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from navaid import config, journeys, reading
from navaid.library import Library
from navaid.terms import Answer

QUESTIONS = Path(__file__).parent / "questions"


@dataclass
class Score:
    """What one answer was worth: facts covered of facts asked, falsehoods said, and whether it abstained."""

    id: str
    covered: int
    asked: int
    missing: list[str] = field(default_factory=list)
    said_falsely: list[str] = field(default_factory=list)
    abstained: bool = False
    wanted_abstention: bool = False
    invalid_quotes: int = 0
    sentences: int = 0
    grade: float = 0.0

    @property
    def good(self) -> bool:
        return self.abstained if self.wanted_abstention else not self.said_falsely


def folded(text: str) -> str:
    """Text as patterns are compared with it; see benchmarks/questions/README.md."""
    text = text.lower().replace("’", "'").replace("‘", "'")
    text = re.sub(r"(?<=\d),(?=\d)", "", text)
    text = re.sub(r"\.(?!\d)", " ", text)
    return " " + " ".join(re.sub(r"[^a-z0-9+%'.]+", " ", text).split()) + " "


def pattern(text: str) -> str:
    """A pattern starts at a word; it ends at one only where it is written with a space at its end."""
    ended = text.endswith(" ")
    return f" {folded(text).strip()}" + (" " if ended else "")


def meets(sentence: str, groups: list[list[Any]]) -> bool:
    return all(any(pattern(str(one)) in sentence for one in group) for group in groups)


def sentences(answer: Answer) -> list[str]:
    shown = [*answer.corrections, *answer.claims]
    return [folded(claim.text) for claim in shown if not claim.text.endswith("?")]


def score(row: dict[str, Any], answer: Answer, library: Library) -> Score:
    said = sentences(answer)
    result = Score(row["id"], 0, len(row["facts"]), wanted_abstention=bool(row.get("abstain")))
    for fact in row["facts"]:
        if any(meets(sentence, fact["all"]) for sentence in said):
            result.covered += 1
        else:
            result.missing.append(fact["fact"])
    for never in row.get("never", ()):
        unless = [pattern(str(one)) for one in never.get("unless", ())]
        if any(meets(s, never["all"]) and not any(u in s for u in unless) for s in said):
            result.said_falsely.append(never["says"])
    result.abstained = bool(answer.unanswered)
    result.sentences = len(answer.claims)
    result.grade = reading.grade(claim.text for claim in answer.claims) or 0.0
    for claim in (*answer.corrections, *answer.claims, *answer.nearest):
        result.invalid_quotes += not claim.citations
        for citation in claim.citations:
            if citation.quote is not None and citation.start is not None and citation.end is not None:
                document = library.document(citation.document)
                held = document.text[citation.start : citation.end] if document else None
                result.invalid_quotes += held != citation.quote
    return result


def questions(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((QUESTIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows


def measure(library: Library, name: str, *, pages: bool) -> list[Score]:
    rows = questions(name)
    wanted = [row for row in rows if pages or row["library"] == "starter"]
    return [score(row, journeys.ask(library, row["question"]), library) for row in wanted]


def facts(library: Library, name: str, pages: bool, verbose: bool) -> None:
    scores = measure(library, name, pages=pages)
    for one in scores:
        kept = "abstained" if one.wanted_abstention and one.abstained else f"{one.covered}/{one.asked}"
        flags = ("" if one.good else "  WRONG") + "".join(f"\n    said: {s}" for s in one.said_falsely)
        print(f"{one.id:34} {kept:>9}  {one.sentences:3} sentences  grade {one.grade:4.1f}{flags}")
        for fact in one.missing if verbose else ():
            print(f"    missing: {fact}")
    asked = [one for one in scores if not one.wanted_abstention]
    print(f"all: facts covered {sum(s.covered for s in asked) / sum(s.asked for s in asked):.3f}")
    print(f"falsehoods said: {sum(len(s.said_falsely) for s in scores)}")
    print(
        f"rightly abstained: {sum(s.abstained for s in scores if s.wanted_abstention)} of "
        f"{sum(s.wanted_abstention for s in scores)}; wrongly: {sum(s.abstained for s in asked)} of {len(asked)}"
    )
    print(
        f"quotes that are not the stored words, or sentences without a source: {sum(s.invalid_quotes for s in scores)}"
    )
    print(f"mean Flesch-Kincaid grade of answers: {statistics.mean(s.grade for s in asked if s.sentences):.1f}")


def speed(library: Library) -> None:
    rows = questions("answers")
    journeys.ask(library, rows[0]["question"])
    times = []
    for row in rows * 3:
        began = time.perf_counter()
        journeys.ask(library, row["question"])
        times.append(1000 * (time.perf_counter() - began))
    print(f"passages {library.store.count('passages')}, vectors {library.store.count('vectors')}")
    p50, p95 = statistics.median(times), sorted(times)[int(0.95 * len(times))]
    print(f"ask, warm in process: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    command = [sys.executable, "-m", "navaid", "ask", rows[0]["question"], "--library", str(library.folder)]
    runs = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        runs.append(time.perf_counter() - began)
    print(f"command start to answer: median {statistics.median(runs):.2f} s, worst {max(runs):.2f} s of {len(runs)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["facts", "speed"], default="facts")
    parser.add_argument("--pages", type=Path, action="append", default=[], help="documents to add first")
    parser.add_argument("--library", type=Path, help="use or make a library here instead of a temporary one")
    parser.add_argument("--questions", default="answers", help="the file of benchmarks/questions to ask from")
    parser.add_argument("--starter-only", action="store_true", help="leave out what the embedded library is not for")
    parser.add_argument("--verbose", action="store_true", help="name the facts that are missing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.library or Path(folder)
        with Library(place, config.load(), create=True) as library:
            journeys.refresh_starter(library)
            if options.pages:
                journeys.add(library, options.pages, on_kept=lambda *_: None, on_skip=print)
            if options.what == "facts":
                facts(library, options.questions, not options.starter_only, options.verbose)
            else:
                speed(library)
    print("command:", " ".join(["python", *sys.argv]))


if __name__ == "__main__":
    main()
