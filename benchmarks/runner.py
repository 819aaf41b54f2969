"""Measure the parts of a benchmark in turn and print each figure beside what is wanted of it."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.records_parts.figure import Figure


def run(package: str, parts: Mapping[str, str], data: Path, about: str) -> int:
    """Each part is a module of `package` with `measure(data)`. 1 where a figure misses its aim, 2 without data."""
    arguments = argparse.ArgumentParser(description=about.split("\n")[0])
    arguments.add_argument("parts", nargs="*", choices=[*parts, []], metavar="PART", help=", ".join(parts))
    arguments.add_argument("--data", type=Path, default=data)
    arguments.add_argument("--jsonl", action="store_true")
    options = arguments.parse_args()
    if not options.data.is_dir():
        print(f"no evaluation data at {options.data}: say where with --data", file=sys.stderr)
        return 2
    good, begun = True, time.perf_counter()
    for part in options.parts or parts:
        if not options.jsonl:
            print(f"\n{part}: {parts[part]}")
        for figure in importlib.import_module(f"{package}.{part}").measure(options.data):
            good &= figure.good is not False
            row = json.dumps({"part": part, **figure._asdict()}) if options.jsonl else "  " + told(figure)
            print(row, flush=True)
    if not options.jsonl:
        print(f"\n{time.perf_counter() - begun:.0f} s")
    return 0 if good else 1


def told(figure: Figure) -> str:
    """A figure in one line.

    >>> told(Figure("er precision", 0.99, "≥ .98", True))
    'er precision                                        0.990  ≥ .98    good'
    """
    value = f"{figure.value:.3f}" if isinstance(figure.value, float) else str(figure.value)
    verdict = {True: "good", False: "SHORT", None: ""}[figure.good]
    return f"{figure.what:50}{value:>7}  {figure.wanted:9}{verdict}  {figure.note}".rstrip()
