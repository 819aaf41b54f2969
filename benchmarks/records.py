"""Every figure of reading records, one command: what is found, missed, and filled in although not stated.

    python -m benchmarks.records                     # all parts, in turn (the scans take the longest)
    python -m benchmarks.records receptors brca      # some of them
    python -m benchmarks.records --jsonl             # a figure a line

Each part also runs alone: `python -m benchmarks.records_parts.receptors`. The evaluation data are not part of the
project; they are looked for in `../shared/data/records`, or where `--data` says. A figure that misses what is wanted of
it is marked and ends the command with 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.runner import run

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
    "explained": "the same reports explained, value by value",
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

if __name__ == "__main__":
    sys.exit(run("benchmarks.records_parts", PARTS, DATA, __doc__ or ""))
