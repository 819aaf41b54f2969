"""Line invariance: a report says the same however its lines were broken.

    python -m benchmarks.records_parts.wrapped [FOLDER] [--misses] [--findings]

The reports come in one line each. They are wrapped at several widths, once as a proportional font would, and once
with a paragraph a sentence; the core fields of the profile, and the findings behind them, are held against those
of the report in one line.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.records_parts import scans_render
from benchmarks.records_parts.figure import Figure
from benchmarks.records_parts.scans_fields import made, profile_of
from navaid.records.concepts import concepts
from navaid.terms import How, Profile, Reading

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
_SENTENCE = re.compile(r"(?<=[A-Za-z]{3}\.) (?=[A-Z])")
Found = tuple[str, str, str, str]
"""Concept, value, assertion and side of a finding."""


def wrapped(width: int) -> Callable[[str], str]:
    """Lines of at most this many characters, as a letter or a printed form has them."""
    return lambda text: textwrap.fill(text, width)


def paragraphs(text: str) -> str:
    """A paragraph a sentence, in lines of 80 characters. (Old line ends have a stop too: some are cut.)"""
    return "\n\n".join(textwrap.fill(piece, 80) for piece in _SENTENCE.split(text))


def printed(text: str) -> str:
    """Lines as wide as a printed page in a proportional font, so that they differ in their number of characters."""
    return "\n".join(scans_render.lines(text, scans_render.font(text[:80])[0]))


LAYOUTS: dict[str, Callable[[str], str]] = {
    "60 columns": wrapped(60),
    "80 columns": wrapped(80),
    "100 columns": wrapped(100),
    "a proportional font": printed,
    "a paragraph a sentence": paragraphs,
}


def measure(data: Path, misses: bool = False, findings: bool = False) -> Iterator[Figure]:
    """The share of core fields, and of findings, that stay the same in each layout."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in _reports(data)}
    whole = {name: _read(" ".join(text.split())) for name, text in texts.items()}
    for layout, change in LAYOUTS.items():
        same, every, kept, all_ = 0, 0, 0, 0
        for name, text in texts.items():
            reading, profile = _read(change(" ".join(text.split())))
            before, after = fields(whole[name][1]), fields(profile)
            stated = before.keys() | after.keys()
            differ = sorted(concept for concept in stated if before.get(concept) != after.get(concept))
            same, every = same + len(stated) - len(differ), every + len(stated)
            one, other = found(whole[name][0]), found(reading)
            kept, all_ = kept + (one & other).total(), all_ + (one | other).total()
            for concept in differ if misses else ():
                print(f"  {layout} {name} {concept}: {before.get(concept, '-')} became {after.get(concept, '-')}")
            for what, sign in (((one - other), "lost"), ((other - one), "new")) if findings else ():
                for row in sorted(what):
                    print(f"  {layout} {name} {sign}: {' '.join(row)}")
        share = same / max(1, every)
        yield Figure(f"core fields the same, {layout}", share, "≥ 0.99", share >= 0.99, f"{same} of {every}")
        yield Figure(f"findings the same, {layout}", kept / max(1, all_), note=f"{kept} of {all_}")


def fields(profile: Profile) -> dict[str, str]:
    """The value of each core field that the profile states."""
    core = [concept for concept, row in concepts().items() if row.core]
    given = {concept: profile.field(concept) for concept in core}
    return {concept: str(field.value) for concept, field in given.items() if field and str(field.value) != "not_stated"}


def found(reading: Reading) -> Counter[Found]:
    """The findings, each as often as it was made."""
    return Counter((f.concept, str(f.value), f.assertion.value, f.side) for f in reading.findings)


def _reports(data: Path) -> list[Path]:
    folder = data / "records" if (data / "records").is_dir() else data
    return sorted((folder / "tcga_brca" / "reports").glob("*.txt"))


def _read(text: str) -> tuple[Reading, Profile]:
    reading = made([text], How.PLAIN)
    return reading, profile_of(reading)


def main() -> None:
    """Prints the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path, nargs="?", default=DATA)
    arguments.add_argument("--misses", action="store_true", help="name the core fields that changed")
    arguments.add_argument("--findings", action="store_true", help="name the findings that changed")
    options = arguments.parse_args()
    for figure in measure(options.data, options.misses, options.findings):
        print(f"{figure.what:48} {figure.value:7.4f}  {figure.wanted:8} {figure.note}", flush=True)


if __name__ == "__main__":
    main()
