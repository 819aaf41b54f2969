"""Receptors in made-up little reports: what the profile says of ER, PR and HER2 against what the report says.

python -m benchmarks.records_parts.passages [--half mending|held|later|last|fresh|unread] [--misses]

receptor_passages.yaml says which were written when. Every set has been mended on by now; new reports read less well
than these figures say.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.records_parts.figure import Figure
from navaid.records.extract.extract import extract
from navaid.records.extract.receptors import find
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.records.reconcile import reconcile
from navaid.terms import How

PASSAGES = Path(__file__).with_name("receptor_passages.yaml")
MARKERS = ("er", "pr", "her2")
DECISIVE = ("positive", "low_positive", "negative", "equivocal")
LATER = {"m": "later", "n": "later", "u": "last", "v": "fresh", "w": "unread"}
_TODAY = dt.date(2014, 1, 1)


class Answer(NamedTuple):
    """What one passage says of one marker, and what was read."""

    id: str
    marker: str
    truth: tuple[str, ...]
    got: str
    text: str

    @property
    def right(self) -> bool:
        """Low positive and positive are told apart in a figure of their own; what is undecided may be so in any way."""
        return bool({_coarse(value) for value in self.truth} & {_coarse(self.got)})


def measure(data: Path, half: str = "both", misses: bool = False) -> Iterator[Figure]:
    """The figures of these passages; `data` is not looked at."""
    rows = [row for row in yaml.safe_load(PASSAGES.read_text("utf-8")) if half in ("both", _half(row["id"]))]
    answers = [answer for row in rows for answer in _answers(row)]
    for marker in MARKERS:
        yield from _figures(marker, [answer for answer in answers if answer.marker == marker])
    for what, values in (("low positive told as such", ("low_positive",)), ("pending told as such", ("pending",))):
        asked = [answer for answer in answers if answer.truth == values]
        right = sum(answer.got in values for answer in asked)
        yield Figure(what, right / max(1, len(asked)), "", None, f"{right} of {len(asked)}")
    yield _speed([row["text"] for row in rows])
    for answer in answers if misses else ():
        if not answer.right:
            print(f"  {answer.id} {answer.marker}: {'|'.join(answer.truth)} read as {answer.got}: {answer.text!r}")


def _half(identity: str) -> str:
    if identity[0] in LATER:
        return LATER[identity[0]]
    return "mending" if hashlib.sha256(identity.encode()).digest()[0] % 2 else "held"


def _answers(row: dict[str, str]) -> Iterator[Answer]:
    fields = {
        field.concept: str(field.value or "") for field in reconcile("", [extract(_paper(row["text"]))], _TODAY).fields
    }
    for marker in MARKERS:
        got = fields.get(f"{marker}.status", "not_stated")
        yield Answer(row["id"], marker, tuple(row[marker].split("|")), got, row["text"])


def _paper(text: str) -> Paper:
    identity = f"FILE:{hashlib.sha256(text.encode()).hexdigest()}"
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return Paper(identity, "report.txt", "report.txt", "text/plain", text, (page,))


def _coarse(value: str) -> str:
    return "undecided" if value not in DECISIVE else "positive" if value == "low_positive" else value


def _figures(marker: str, answers: list[Answer]) -> Iterator[Figure]:
    stated = [answer for answer in answers if any(value in DECISIVE for value in answer.truth)]
    unstated = [answer for answer in answers if answer not in stated]
    given = [answer for answer in stated if answer.got in DECISIVE]
    right = sum(answer.right for answer in given)
    told = sum(answer.right for answer in stated)  # where a stroke may be read either way, nothing is right as well
    precision, recall = right / max(1, len(given)), told / max(1, len(stated))
    invented = sum(not answer.right for answer in unstated)
    yield Figure(f"{marker} precision", precision, "≥ 0.98", precision >= 0.98, f"{right} of {len(given)} given")
    yield Figure(f"{marker} recall", recall, "≥ 0.95", recall >= 0.95, f"{told} of {len(stated)} stated")
    share = invented / max(1, len(unstated))
    yield Figure(
        f"{marker} filled in though not stated", share, "≤ 0.01", share <= 0.01, f"{invented} of {len(unstated)}"
    )


def _speed(texts: list[str]) -> Figure:
    page = " ".join(texts)
    pages = [page[start : start + 4096] for start in range(0, min(len(page), 20 * 4096), 4096)]
    begun = time.process_time()
    for each in pages:
        list(find(View(_paper(each))))
    ms = 1000 * (time.process_time() - begun) / max(1, len(pages))
    return Figure("ms of processor time a page of 4 kB of nothing but receptors", ms, "< 20", ms < 20)


def main() -> None:
    """Prints the figures, and with --misses what was read otherwise than it stands."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--half", choices=("mending", "held", *sorted(set(LATER.values())), "both"), default="both")
    arguments.add_argument("--misses", action="store_true")
    options = arguments.parse_args()
    for figure in measure(Path(), options.half, options.misses):
        print(f"{figure.what:60} {figure.value:8.3f}  {figure.wanted:8} {figure.note}")


if __name__ == "__main__":
    main()
