"""Every figure of matching trials, one command: which labels are right, what is left open, what is found and how fast.

    python -m benchmarks.trials                          # all parts, in turn
    python -m benchmarks.trials judgements criteria      # some of them
    python -m benchmarks.trials --jsonl                  # a figure a line

Each part also runs alone: `python -m benchmarks.trials_parts.judgements`. The evaluation data are not part of the
project; they are looked for in `../shared/data/trials`, or where `--data` says. A figure that misses what is wanted of
it is marked and ends the command with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.runner import run

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "trials"
PARTS = {
    "judgements": "breast-specific judgements of criteria, by hand",
    "criteria": "criteria of general medicine, labelled by an expert",
    "parsing": "how much of eligibility texts is understood",
    "splitting": "statements of hand-checked eligibility texts",
    "retrieval": "the trial that each written patient was written for",
    "speed": "seconds and megabytes for many trials",
}

if __name__ == "__main__":
    sys.exit(run("benchmarks.trials_parts", PARTS, DATA, __doc__ or ""))
