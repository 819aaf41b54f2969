"""Every figure of the pages, one command: their weight, how soon an answer begins, many readers at once, memory.

    python -m benchmarks.web                     # all parts, in turn
    python -m benchmarks.web weight first        # some of them
    python -m benchmarks.web --jsonl             # a figure a line

Each part starts a real `navaid serve` with a fresh home and speaks to it from this process, over loopback. The
questions are those of `benchmarks/questions`. A figure that misses what is wanted of it ends the command with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.runner import run

QUESTIONS = Path(__file__).parent / "questions"
PARTS = {
    "weight": "what a browser loads for a page, all in",
    "first": "how soon the first part of an answer is there, one reader",
    "readers": "50 readers who ask at once, and the memory of the server after them",
}

if __name__ == "__main__":
    sys.exit(run("benchmarks.web_parts", PARTS, QUESTIONS, __doc__ or ""))
