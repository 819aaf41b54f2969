"""How well triage puts first what must come first.

    python benchmarks/safety.py                  # the development half beside the repository
    python benchmarks/safety.py --rows FILE      # any JSON Lines with id, text, expected, also_accept
    python benchmarks/safety.py --misses         # the misses of the part that rules were written on

A third of the rows, chosen by a hash of their id, was held out while the first rules were written.
It has been read since, so neither part says any longer how far the rules carry: only rows that
nobody has read do. `--ordinary FILE` adds questions that are ordinary by their nature, such as
questions to a public library of answers.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from navaid.answers.triage import triage

ROWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "safety" / "dev.jsonl"
HASTE = ("emergency_now", "urgent_same_day", "crisis")


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def held_out(row: dict[str, Any]) -> bool:
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 3 == 0


def report(name: str, rows: list[dict[str, Any]]) -> None:
    """Recall of each class and over-triage of one part, as a table."""
    total: collections.Counter[str] = collections.Counter()
    right: collections.Counter[str] = collections.Counter()
    over = 0
    for row in rows:
        allowed, got = {row["expected"], *row.get("also_accept", [])}, row["got"].class_.value
        total[row["expected"]] += 1
        right[row["expected"]] += got in allowed
        over += row["expected"] == "ordinary" and got in HASTE and got not in allowed
    print(f"{name} ({len(rows)} rows)")
    for kind in sorted(total):
        print(f"  {kind:20} {right[kind]:4}/{total[kind]:<4} {right[kind] / total[kind]:.3f}")
    print(f"  {'ordinary as urgent':20} {over:4}/{total['ordinary']:<4} {over / max(1, total['ordinary']):.3f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--rows", type=Path, default=ROWS)
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--ordinary", type=Path, help="JSON Lines with a field `question`")
    options = arguments.parse_args()
    if not options.rows.exists():
        sys.exit(f"no rows at {options.rows}; name a file with --rows")
    rows = read(options.rows)
    triage("")  # the tables are read at the first question
    times = []
    for row in rows:
        started = time.perf_counter()
        row["got"] = triage(row["text"])
        times.append((time.perf_counter() - started) * 1000)
    report("written on", [row for row in rows if not held_out(row)])
    report("held out at first", [row for row in rows if held_out(row)])
    report("together", rows)
    print(f"ms a question: median {statistics.median(times):.2f}, slowest {max(times):.2f}")
    if options.misses:
        for row in rows:
            if not held_out(row) and row["got"].class_.value not in {row["expected"], *row.get("also_accept", [])}:
                print(f"{row['expected']} -> {row['got'].class_.value} [{row['got'].reason}] {row['text']}")
    if options.ordinary:
        ordinary(options.ordinary, options.misses)


def ordinary(path: Path, misses: bool) -> None:
    """How many ordinary questions are taken for something else."""
    got: collections.Counter[str] = collections.Counter()
    rows = read(path)
    for row in rows:
        found = triage(row["question"])
        got[found.class_.value] += 1
        if misses and found.class_.value != "ordinary":
            print(f"ordinary -> {found.class_.value} [{found.reason}] {row['question'][:200]}")
    print(f"{path.name}: {len(rows)} ordinary questions, taken for {dict(got.most_common())}")


if __name__ == "__main__":
    main()
