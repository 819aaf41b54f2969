"""Every figure of personal answers, one command: is a sentence about this person, and is that said rightly.

    python -m benchmarks.personal            # all parts, in turn
    python -m benchmarks.personal golden     # some of them
    python -m benchmarks.personal --jsonl    # a figure a line

Each part also runs alone: `python -m benchmarks.personal_parts.golden`. A figure that misses what is wanted of it is
marked and ends the command with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.runner import run

DATA = Path(__file__).resolve().parents[1] / "tests" / "journeys"
PARTS = {
    "golden": "sentences of the answers to written people, labelled by hand",
}

if __name__ == "__main__":
    sys.exit(run("benchmarks.personal_parts", PARTS, DATA, __doc__ or ""))
