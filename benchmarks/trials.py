"""Every figure of matching trials, one command: which labels are right, what is left open, what is found and how fast.

    python -m benchmarks.trials                          # all parts, in turn
    python -m benchmarks.trials judgements criteria      # some of them
    python -m benchmarks.trials --jsonl                  # a figure a line

Each part also runs alone: `python -m benchmarks.trials_parts.judgements`. The evaluation data are not part of the
project; they are looked for in `../shared/data/trials`, or where `--data` says. A figure that misses what is wanted of
it is marked and ends the command with 1.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records import told
from benchmarks.records_parts.figure import Figure

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "trials"
PARTS = {
    "judgements": "breast-specific judgements of criteria, by hand",
    "criteria": "criteria of general medicine, labelled by an expert",
    "parsing": "how much of eligibility texts is understood",
    "splitting": "statements of hand-checked eligibility texts",
    "retrieval": "the trial that each written patient was written for",
    "speed": "seconds and megabytes for many trials",
}


def figures(parts: list[str], data: Path) -> Iterator[tuple[str, Figure]]:
    """The figures of each part, as they are measured."""
    for part in parts:
        for figure in importlib.import_module(f"benchmarks.trials_parts.{part}").measure(data):
            yield part, figure


def available() -> list[str]:
    """The parts that are there and can be measured."""
    names = [part for part in PARTS if importlib.util.find_spec(f"benchmarks.trials_parts.{part}")]
    return [part for part in names if hasattr(importlib.import_module(f"benchmarks.trials_parts.{part}"), "measure")]


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("parts", nargs="*", choices=[*available(), []], metavar="PART", help=", ".join(available()))
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--jsonl", action="store_true")
    options = arguments.parse_args()
    if not options.data.is_dir():
        print(f"no evaluation data at {options.data}: say where with --data", file=sys.stderr)
        return 2
    good, last, begun = True, "", time.perf_counter()
    for part, figure in figures(options.parts or available(), options.data):
        good &= figure.good is not False
        if options.jsonl:
            print(json.dumps({"part": part, **figure._asdict()}), flush=True)
            continue
        if part != last:
            print(f"\n{part}: {PARTS[part]}")
            last = part
        print("  " + told(figure), flush=True)
    if not options.jsonl:
        print(f"\n{time.perf_counter() - begun:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
