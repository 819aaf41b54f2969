"""Every figure of reading records, one command: what is found, missed, and filled in although not stated.

    python -m benchmarks.records                     # all parts, in turn (the scans take the longest)
    python -m benchmarks.records receptors brca      # some of them
    python -m benchmarks.records --jsonl             # a figure a line

Each part also runs alone: `python -m benchmarks.records_parts.receptors`. The evaluation data are not part of the
project; they are looked for in `../shared/data/records`, or where `--data` says. A figure that misses what is wanted of
it is marked and ends the command with 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "records"
PARTS = {
    "receptors": "receptors in real pathology reports",
    "annotations": "stage, grade, size, invasion, nodes in annotated reports",
    "ccda": "C-CDA documents",
    "mcode": "FHIR bundles in mCODE shape",
    "brca": "how reports speak of BRCA",
    "negex": "negation, time and experiencer",
    "written": "papers of our own with traps, their facts written before they were read",
    "passages": "receptor passages of our own, written before the rules were seen",
    "wrapped": "the same reports with their lines broken",
    "headers": "type, date and person of a paper",
    "treatments": "drugs, operations, radiation, illnesses, laboratory values",
    "reading": "time to read a page",
    "exports": "profiles as mCODE bundles, and back",
    "speed": "time from file to profile",
    "apple": "an Apple Health export of a million entries",
    "fuzz": "broken files",
    "structured_fuzz": "broken structured records",
    "scans": "the same reports as degraded scans",
}


def figures(parts: list[str], data: Path) -> Iterator[tuple[str, Figure]]:
    """The figures of each part, as they are measured."""
    for part in parts:
        for figure in importlib.import_module(f"benchmarks.records_parts.{part}").measure(data):
            yield part, figure


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--jsonl", action="store_true")
    options = arguments.parse_args()
    if not options.data.is_dir():
        print(f"no evaluation data at {options.data}: say where with --data", file=sys.stderr)
        return 2
    good, last, begun = True, "", time.perf_counter()
    for part, figure in figures(options.parts or list(PARTS), options.data):
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


def told(figure: Figure) -> str:
    """A figure in one line.

    >>> told(Figure("er precision", 0.99, "≥ .98", True))
    'er precision                                        0.990  ≥ .98    good'
    """
    value = f"{figure.value:.3f}" if isinstance(figure.value, float) else str(figure.value)
    verdict = {True: "good", False: "SHORT", None: ""}[figure.good]
    return f"{figure.what:50}{value:>7}  {figure.wanted:9}{verdict}  {figure.note}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
