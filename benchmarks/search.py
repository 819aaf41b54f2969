"""How good search is, what it costs as a library grows, and how it stands beside what one might use instead.

    python benchmarks/search.py quality                  # nDCG and success on public questions
    python benchmarks/search.py quality --model DIR      # the same with another ONNX sentence model beside
    python benchmarks/search.py scan                     # what the fast vector scan loses against an exact one
    python benchmarks/search.py cost                     # 20,000, 200,000 and 1,000,000 passages
    python benchmarks/search.py cost --size 200000
    python benchmarks/search.py rivals --rivals-python PATH

Each prints a Markdown table. Figures of time hold for the machine that printed them; what is compared
is measured in one run, turn by turn. The evaluation data lie beside the repository or at --data.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
from pathlib import Path

from search_parts import cost, data, quality, rivals, scan


def main() -> None:
    options = _options()
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"<!-- {dt.date.today()}, {machine} -->", flush=True)
    match options.part:
        case "quality":
            print(quality.measure(options.data, ["minilm", *options.model], options.task))
        case "scan":
            print(scan.measure(options.data))
        case "cost":
            print(cost.measure(options.data, options.size or cost.SIZES, options.keep))
        case "rivals":
            print(rivals.measure(options.data, (options.size or [20_000])[0], options.rivals_python))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    for name in ("quality", "scan", "cost", "rivals"):
        part = parts.add_parser(name)
        part.add_argument("--data", type=Path, default=data.DATA, help="folder of the evaluation data")
        if name == "quality":
            part.add_argument("--model", action="append", default=[], help="directory of an ONNX sentence model")
            part.add_argument("--task", default="", help="only tasks whose title holds this word")
        if name in ("cost", "rivals"):
            part.add_argument("--size", type=int, action="append", help="passages; may be given again")
        if name == "cost":
            part.add_argument("--keep", type=Path, help="folder in which the corpora stay for the next run")
        if name == "rivals":
            part.add_argument("--rivals-python", type=Path, help="a Python that has the rivals installed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
