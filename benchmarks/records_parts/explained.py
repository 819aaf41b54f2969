"""Reports explained: does every value shown stand in the report, and is every term explained.

The check is a reading of its own, made from the page and the file alone: the words shown are those of the file at
their place, and each number or code of a value is among these words, in its unit or another. Values that Navaid worked
out (a sum, a level from a score) are shown as such and counted apart. A term that needs no explanation (the side, the
age) is counted apart as well.
Run alone: `python -m benchmarks.records_parts.explained [dev|held|all] [--misses] [DATA]`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid import config, journeys
from navaid.answers.report import Explained, explain
from navaid.answers.report.record import Shown
from navaid.library import Library
from navaid.records.paper import Page, Paper
from navaid.terms import Date, How

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
EXPLAINED = 0.95
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
_SPELLED = {
    **dict(enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen".split())),
    **{14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty"},
}
_ALSO = {
    0: {"no", "none", "negative", "free", "nil", "not", "o", "absent"},
    1: {"low", "well", "single", "i", "mild", "small", "minimal", "few"},
    2: {"intermediate", "moderate", "moderately", "ii", "both", "medium"},
    3: {"high", "poorly", "poor", "marked", "iii", "severe", "undifferentiated"},
    100: {"all", "diffuse"},
}
_ROMAN = "0 i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_LIKE = str.maketrans({"o": "0", "l": "1", "i": "1", "s": "5", "|": "1"})


def measure(data: Path = DATA, part: str = "all") -> Iterator[Figure]:
    """The share of values shown that stand in the report, and of terms that are explained."""
    shown = [(text, value) for text, made in _pages(data, part) for of in made.parts for value in of.values]
    stated = [(text, value) for text, value in shown if not value.made]
    right = sum(_stands(text, value) for text, value in stated)
    verbatim = sum(text[value.start : value.end] == value.words for text, value in shown)
    terms = [value for _, value in shown if not value.plain]
    known = sum(value.explained for value in terms)
    denied = [value for _, value in shown if value.absent]
    told = sum(value.value.startswith(("not ", "no", "none", "the report says that there is none")) for value in denied)
    if not shown:
        return
    yield _share("reports explained: shown values that stand in the report", right, len(stated), 1.0)
    yield _share("reports explained: the words shown are the report's", verbatim, len(shown), 1.0)
    yield _share("reports explained: terms explained", known, len(terms), EXPLAINED)
    yield _share("reports explained: what is absent is told as absent", told, len(denied), 1.0)
    yield _share("reports explained: values worked out, shown as such", len(shown) - len(stated), len(shown))
    yield _share("reports explained: everyday words, no term", len(shown) - len(terms), len(shown))


def _share(what: str, part: int, whole: int, wanted: float | None = None) -> Figure:
    share = part / whole if whole else 1.0
    if wanted is None:
        return Figure(what, share, note=f"{part} of {whole}")
    return Figure(what, share, f"≥ {wanted}", share >= wanted, f"{part} of {whole}")


def _pages(data: Path, part: str) -> Iterator[tuple[str, Explained]]:
    """The text of each report and its explanation, with the embedded library alone."""
    reports = sorted((data / "tcga_brca" / "reports").glob("*.txt"))
    kept = {"dev": {0, 1, 2}, "held": {3, 4}, "all": {0, 1, 2, 3, 4}}[part]
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), config.load(), create=True) as library:
        journeys.refresh_starter(library)
        for at, path in enumerate(reports):
            if at % 5 in kept:
                text = path.read_text(encoding="utf-8", errors="replace")
                page = Page(1, 0, len(text), How.PLAIN)
                paper = Paper("FILE:0", path.name, path.name, "text/plain", text, (page,))
                yield text, explain(library, paper, Date(2020, 1, 1))


def _stands(text: str, value: Shown) -> bool:
    """Whether the words are in the file, and every number and code of the value in the words."""
    words = value.words.lower()
    if not words.strip() or " ".join(words.split()) not in " ".join(text.lower().split()):
        return False
    told = value.value.rpartition("not said of you: ")[2]
    if value.concept == "stage.group":  # II may be written as 2
        figure = re.match(r"[IV]+", told)
        as_number = told.replace(figure.group(), str(_ROMAN.index(figure.group().lower())), 1) if figure else told
        return any(_code(one) in _code(value.words) for one in (told, as_number))
    if value.concept in ("pt", "pn", "pm", "ct", "cn", "cm", "her2.ihc"):
        code = told.partition(":")[0]
        return _code(code) in _code(value.words) or _digits(code) <= _digits(words)
    told = re.sub(r" of \d+\b", "", told)
    return all(_holds(words, float(number)) for number in _NUMBER.findall(told))


def _code(text: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", re.sub(r"^[ypcr]+(?=[TNM])", "", text).lower()).translate(_LIKE)


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d", text.lower().translate(_LIKE)))


def _holds(words: str, number: float) -> bool:
    found = {float(n.replace(",", ".").replace(" ", "")) for n in re.findall(r"\d+[.,] ?\d+|\d+", words)}
    found |= {float(n) for n in re.findall(r"\d+(?:\.\d+)?", words)}
    found |= {int(a) + int(b) / int(c) for a, b, c in re.findall(r"(\d+)[ -](\d)/([1-9])", words)}
    size = abs(number)
    if any(abs(one * unit - size) <= 0.051 * unit for one in found for unit in (1, 10, 25.4)):
        return True
    names = set(re.findall(r"[a-z]+", words))
    spelled = {_SPELLED.get(int(size), ""), *_ALSO.get(int(size), ())} | set(_ROMAN[int(size) : int(size) + 1])
    return size.is_integer() and (bool(spelled & names) or words.count("+") == size)


def misses(data: Path = DATA, part: str = "dev") -> Iterator[str]:
    """Each value that does not stand in its report, and each term without an explanation, for reading."""
    for text, made in _pages(data, part):
        for value in (value for of in made.parts for value in of.values):
            if not value.made and not _stands(text, value):
                yield f"{made.name} {value.concept}: {value.value} does not stand in: {value.words[:100]!r}"
            if not value.explained and not value.plain:
                yield f"{made.name} {value.concept}: {value.value} is not explained"


def main(arguments: Sequence[str]) -> None:
    """Prints the figures, or with --misses each miss."""
    part = next((a for a in ("dev", "held") if a in arguments), "all")
    data = next((Path(a) for a in arguments if Path(a).is_dir()), DATA)
    if "--misses" in arguments:
        print(*misses(data, part), sep="\n")
        return
    for figure in measure(data, part):
        state = {True: "reached", False: "missed", None: ""}[figure.good]
        print(f"{figure.what}: {figure.value:.3f} ({figure.note}) {figure.wanted} {state}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
