"""Scans and photographs: reports rendered, spoilt and read by OCR, against the same reports read as text.

    python -m benchmarks.records_parts.scans                   40 reports, in turn as a scan and as a photograph
    python -m benchmarks.records_parts.scans --both            each as both
    python -m benchmarks.records_parts.scans --reports 6       fewer
    python -m benchmarks.records_parts.scans --cache DIR       keep what was read, by the hash of the picture, so that
                                                               only the fields are found anew; empty it when the reading
                                                               itself was changed
    python -m benchmarks.records_parts.scans --misses          name the fields that OCR changed

The reports are spread over the hospitals that wrote them; those whose tumour is annotated come first.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from PIL import Image

from benchmarks.records_parts.figure import Figure
from benchmarks.records_parts.scans_fields import CONCEPTS, Fields, fields, gold, profile, score
from benchmarks.records_parts.scans_render import KINDS, pages, spoilt
from navaid.records.read.ocr import Recognised, available, recognise
from navaid.terms import How

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
REPORTS = 40


class Scanned(NamedTuple):
    """A report as one kind of picture: what was read of each page, and the seconds that took."""

    name: str
    text: str
    read: list[Recognised]
    seconds: list[float]

    @property
    def got(self) -> str:
        return "\n".join(page.text for page in self.read)


class Kept(msgspec.Struct):
    recognised: Recognised
    seconds: float


def measure(
    data: Path, *, reports: int = REPORTS, both: bool = False, cache: Path | None = None, misses: bool = False
) -> Iterator[Figure]:
    """Accuracy of characters and words, fields against the text input, marks of the second reader, time and memory."""
    if said := available():
        yield Figure("OCR", 0.0, "installed", False, said)
        return
    folder = (data / "records" if (data / "records").is_dir() else data) / "tcga_brca"
    stated = gold(folder)
    names = chosen(folder, stated, reports)
    texts = {name: (folder / "reports" / f"{name}.txt").read_text(encoding="utf-8") for name in names}
    by_kind = {
        kind: [scan(name, texts[name], kind, cache) for name in (names if both else names[number :: len(KINDS)])]
        for number, kind in enumerate(KINDS)
    }
    for kind, scanned in by_kind.items():
        yield from _reading(kind, scanned)
        yield from _marks(kind, scanned)
        yield from _fields(kind, scanned, stated, misses)
    every = [one for scanned in by_kind.values() for one in scanned]
    yield from _fields("all", every, stated, False)
    seconds = [value for one in every for value in one.seconds]
    yield Figure("OCR: median seconds a page", statistics.median(seconds), note=f"{len(seconds)} pages, wall clock")
    peak = _peak_gb()
    yield Figure("OCR: peak memory, GB", peak, "< 1.5", peak < 1.5, "of this process; says nothing if all was cached")


def chosen(folder: Path, stated: dict[str, Fields], count: int) -> list[str]:
    """Reports by hospital in turn, those with an annotated tumour first in each."""
    hospitals: dict[str, list[str]] = {}
    there = sorted(path.stem for path in (folder / "reports").glob("*.txt"))
    for name in sorted(there, key=lambda name: (len(stated.get(name, {})) <= 3, name)):
        hospitals.setdefault(name.split("-")[1], []).append(name)
    in_turn = [name for name in chain.from_iterable(zip_longest(*hospitals.values())) if name]
    annotated = [name for name in in_turn if len(stated.get(name, {})) > 3][: count // 2]
    return (annotated + [name for name in in_turn if name not in annotated])[:count]


def scan(name: str, text: str, kind: str, cache: Path | None) -> Scanned:
    read, seconds = [], []
    for number, page in enumerate(pages(text, name)):
        picture = spoilt(page, kind, f"{name} {number}")
        kept = _kept(picture, cache)
        read.append(kept.recognised)
        seconds.append(kept.seconds)
    return Scanned(name, text, read, seconds)


def _kept(picture: bytes, cache: Path | None) -> Kept:
    place = cache / f"{hashlib.sha256(picture).hexdigest()}.json" if cache else None
    if place and place.is_file():
        return msgspec.json.decode(place.read_bytes(), type=Kept)
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    began = time.perf_counter()
    kept = Kept(recognise(image, unit="px", scale=1), time.perf_counter() - began)
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(msgspec.json.encode(kept))
    return kept


def _reading(kind: str, scanned: Sequence[Scanned]) -> Iterator[Figure]:
    wrong = signs = hits = words = 0
    for one in scanned:
        true, got = one.text.split(), one.got.split()
        wrong += distance(" ".join(true), " ".join(got))
        signs += len(" ".join(true))
        hits += (Counter(true) & Counter(got)).total()
        words += len(true)
    pages_read = sum(len(one.read) for one in scanned)
    yield Figure(f"{kind}: characters right", 1 - wrong / signs, note=f"{len(scanned)} reports, {pages_read} pages")
    yield Figure(f"{kind}: words found as written", hits / words, note=f"{words} words")


def _fields(label: str, scanned: Sequence[Scanned], stated: dict[str, Fields], misses: bool) -> Iterator[Figure]:
    by_text = [fields(profile([one.text], How.PLAIN)) for one in scanned]
    by_ocr = [fields(profile([page.text for page in one.read], How.OCR)) for one in scanned]
    true = [stated[one.name] for one in scanned]
    for one, before, after in zip(scanned, by_text, by_ocr, strict=True) if misses else ():
        for concept in CONCEPTS:
            if before[concept] != after[concept]:
                said = stated[one.name].get(concept, "not scored")
                print(
                    f"    {one.name} {label} {concept}: text {before[concept]!r}, ocr {after[concept]!r}, gold {said!r}"
                )
    text, ocr = score(zip(true, by_text, strict=True)), score(zip(true, by_ocr, strict=True))
    yield Figure(f"{label}: field F1, text input", text.f1, note=text.note)
    yield Figure(f"{label}: field F1, OCR", ocr.f1, note=ocr.note)
    points = 100 * (ocr.f1 - text.f1)
    yield Figure(f"{label}: difference in points", points, "≥ -3", points >= -3, f"{len(scanned)} reports")
    same = sum(a[concept] == b[concept] for a, b in zip(by_text, by_ocr, strict=True) for concept in CONCEPTS)
    every = len(scanned) * len(CONCEPTS)
    yield Figure(f"{label}: fields the same as from the text", same / every, note=f"{same} of {every}, stated or not")


def _marks(kind: str, scanned: Sequence[Scanned]) -> Iterator[Figure]:
    """How often the second reader differs, and how often the first was wrong there (the word is not in the report)."""
    marked = right = pages_read = 0
    for one in scanned:
        true = set(one.text.split())
        for page in one.read:
            pages_read += 1
            for word in page.words:
                marked += bool(word.second)
                right += bool(word.second) and page.text[word.start : word.end] in true
    yield Figure(f"{kind}: words a page that were read in two ways", marked / pages_read, note=f"{right} were right")


def distance(one: str, other: str) -> int:
    """The Levenshtein distance: characters to put in, take out or change."""
    signs = np.array([ord(sign) for sign in other], dtype=np.int64)
    steps = np.arange(len(signs) + 1)
    row = steps.copy()
    for number, sign in enumerate(one, start=1):
        new = np.empty_like(row)
        new[0] = number
        new[1:] = np.minimum(row[1:] + 1, row[:-1] + (signs != ord(sign)))
        row = np.minimum.accumulate(new - steps) + steps
    return int(row[-1])


def _peak_gb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--both", action="store_true")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    kept = {"both": options.both, "cache": options.cache, "misses": options.misses}
    for figure in measure(options.data, reports=options.reports, **kept):
        verdict = "" if figure.good is None else "  reached" if figure.good else "  NOT REACHED"
        print(f"{figure.what:52} {figure.value:8.4f}  {figure.wanted:8} {figure.note}{verdict}", flush=True)


if __name__ == "__main__":
    main()
