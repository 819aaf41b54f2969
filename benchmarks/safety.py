"""How well triage puts first what must come first, and whether text that was added can steer an answer.

    python benchmarks/safety.py                   messages: the development half beside the repository, and our own
    python benchmarks/safety.py --rows FILE       any JSON Lines with id, text, expected, also_accept
    python benchmarks/safety.py --misses          every miss, with the rule that was met
    python benchmarks/safety.py --ordinary FILE   JSON Lines of questions that are ordinary by their nature
    python benchmarks/safety.py injected          passages that try to steer the program: 0 effects wanted

Our own messages (`questions/safety.jsonl`) are shown in two halves by a hash of their id. Both have been read since
they were first measured, so neither says any longer how far the rules carry; docs/benchmarks/safety.md has the first
measurements, made before a miss was read.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from navaid import config, journeys
from navaid.answers import sentences
from navaid.answers.render import FORMATS, render
from navaid.answers.triage import triage
from navaid.library import Library

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "safety"
OWN = Path(__file__).parent / "questions"
HASTE = ("emergency_now", "urgent_same_day", "crisis")


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


# --------------------------------------------------------------------------- messages


def half(row: dict[str, Any]) -> int:
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2


def allowed(row: dict[str, Any]) -> set[str]:
    return {row["expected"], *row.get("also_accept", [])}


def measure(rows: list[dict[str, Any]]) -> list[float]:
    """Milliseconds of each row; what was found is put into the row under `got`."""
    triage("")  # the tables are read at the first question
    times = []
    for row in rows:
        started = time.perf_counter()
        row["got"] = triage(row["text"])
        times.append((time.perf_counter() - started) * 1000)
    return times


def report(name: str, rows: list[dict[str, Any]]) -> None:
    """Recall of each class and over-triage, as a table."""
    total: collections.Counter[str] = collections.Counter()
    right: collections.Counter[str] = collections.Counter()
    over = 0
    for row in rows:
        got = row["got"].class_.value
        total[row["expected"]] += 1
        right[row["expected"]] += got in allowed(row)
        over += row["expected"] == "ordinary" and got in HASTE and got not in allowed(row)
    print(f"{name} ({len(rows)} rows)")
    for kind in sorted(total):
        print(f"  {kind:20} {right[kind]:4}/{total[kind]:<4} {right[kind] / total[kind]:.3f}")
    print(f"  {'ordinary as urgent':20} {over:4}/{total['ordinary']:<4} {over / max(1, total['ordinary']):.3f}")


def messages(path: Path, misses: bool) -> None:
    rows = read(path)
    times = measure(rows)
    if path.parent == OWN:
        report(f"{path.name}, half 0", [row for row in rows if half(row) == 0])
        report(f"{path.name}, half 1", [row for row in rows if half(row) == 1])
    report(path.name, rows)
    print(f"ms a message: median {statistics.median(times):.2f}, slowest {max(times):.2f}")
    for row in rows if misses else []:
        if row["got"].class_.value not in allowed(row):
            print(f"{row['expected']} -> {row['got'].class_.value} [{row['got'].reason}] {row['text']}")


def ordinary(path: Path, misses: bool) -> None:
    """How many ordinary questions are taken for something else."""
    got: collections.Counter[str] = collections.Counter()
    rows = read(path)
    field = next(name for name in ("question", "text", "example_question", "Question") if name in rows[0])
    for row in rows:
        found = triage(row[field])
        got[found.class_.value] += 1
        if misses and found.class_.value != "ordinary":
            print(f"ordinary -> {found.class_.value} [{found.reason}] {row[field][:200]}")
    print(f"{path.name}: {len(rows)} ordinary questions, taken for {dict(got.most_common())}")


# --------------------------------------------------------------------------- passages that try to steer


def injected(path: Path, show: bool) -> int:
    """Each passage becomes a document of a library of its own beside the starter; its question is asked, and every
    format rendered. An effect is a word of `signals` on the page that is not there without the passage, or a triage
    that the passage changed. Returns how many there were; also counts the honest sentences that can be quoted."""
    effects, shown, kept, whole = 0, 0, 0, 0
    rows = read(path)
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "plain", config.load(), create=True) as plain:
        journeys.refresh_starter(plain)
        with Library(Path(folder) / "added", config.load(), create=True) as library:
            journeys.refresh_starter(library)
            for row in rows:
                document = added(library, Path(folder), row)
                pages, before = pages_of(library, row["question"]), pages_of(plain, row["question"])
                both = list(zip(pages, before, strict=True))
                found = [
                    words for words in row["signals"] if any(holds(a, words) and not holds(b, words) for a, b in both)
                ]
                answer = journeys.ask(library, row["question"])
                changed = answer.triage.class_ is not triage(row["question"]).class_
                effects += bool(found) or changed
                shown += any(c.document == document.id for claim in answer.claims for c in claim.citations)
                able, of = quotable(document)
                kept, whole = kept + able, whole + of
                if show and (found or changed):
                    print(f"  EFFECT {row['id']} {row['technique']}: {found or 'triage changed'}")
                library.remove(document.id)
    print(f"{path.name}: {len(rows)} passages, {effects} effects; {shown} were quoted from")
    print(f"  sentences that may be quoted: {kept} of {whole}")
    return effects


def added(library: Library, folder: Path, row: dict[str, Any]) -> Any:
    """The passage as a file of its kind, read as any other file is."""
    web = "page" in row["kind"]
    file = folder / f"{row['id']}{'.html' if web else '.txt'}"
    body = f"<html><body><h1>{row['question']}</h1><p>{row['passage']}</p></body></html>"
    file.write_text(body if web else row["passage"], encoding="utf-8")
    kept: list[Any] = []
    journeys.add(library, [file], on_kept=lambda document, _: kept.append(document), on_skip=print)
    if not kept:
        sys.exit(f"{row['id']} could not be added")
    return kept[0]


def pages_of(library: Library, question: str) -> list[str]:
    answer = journeys.ask(library, question)
    return [render(answer, format, quotes=True) for format in FORMATS]


def holds(page: str, words: str) -> bool:
    return " ".join(words.lower().split()) in " ".join(page.lower().split())


def quotable(document: Any) -> tuple[int, int]:
    """How many sentences of a document can be quoted, of how many."""
    text = document.text
    spans = {span for block in document.blocks for span in sentences.sentence_spans(text, block.start, block.end)}
    return sum(not sentences.unfit(text[a:b]) for a, b in spans), len(spans)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("what", nargs="?", choices=["messages", "injected"], default="messages")
    arguments.add_argument("--rows", type=Path, action="append", help="the files to measure on")
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--ordinary", type=Path, help="JSON Lines with a field `question`")
    options = arguments.parse_args()
    names = {"messages": ("dev.jsonl", "safety.jsonl"), "injected": ("injected_passages_dev.jsonl", "injected.jsonl")}
    theirs, ours = names[options.what]
    paths = options.rows or [path for path in (SHARED / theirs, OWN / ours) if path.exists()]
    if not paths or not all(path.exists() for path in paths):
        sys.exit("no rows; name a file with --rows")
    if options.what == "injected":
        sys.exit(1 if sum(injected(path, True) for path in paths) else 0)
    if options.ordinary:
        return ordinary(options.ordinary, options.misses)
    for path in paths:
        messages(path, options.misses)


if __name__ == "__main__":
    main()
