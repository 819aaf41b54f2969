"""How fast files are read into papers, and how many of their words arrive: text, text PDF, tables and columns.

python -m benchmarks.records_parts.reading [folder of the data]
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid.records.read import read, worker

_REPORTS = 20
_TIMES = 3  # the best of these: what else the machine does is not counted
_PAGE_MS = 50.0
_START_S = 0.3
_FOUR_KB = 4_096


def measure(data: Path) -> Iterator[Figure]:
    """Milliseconds a page for reading alone, the child process started before, and the share of words kept."""
    yield _start()
    yield from _text(data)
    yield from _pdf(data / "pdf" / "sample_pathology_report.pdf")
    yield from _rendered(data)
    yield _false_cells(data)


def _start() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text("<p>Grade 2</p>", encoding="utf-8")
        worker.close()
        first, second = _seconds(page), _seconds(page)
    seconds = first - second
    return Figure("start of the process that parses, s", seconds, f"≤ {_START_S}", seconds <= _START_S)


def _text(data: Path) -> Iterator[Figure]:
    report = next(iter(sorted((data / "mtsamples").glob("*.txt"))))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "4kb.txt"
        text = report.read_text(encoding="utf-8")
        file.write_text((text * (_FOUR_KB // len(text) + 1))[:_FOUR_KB], encoding="utf-8")
        ms = 1000 * min(_seconds(file) for _ in range(_TIMES))
    yield Figure("4 kB of text, ms", ms, "< 5", ms < 5)


def _pdf(file: Path) -> Iterator[Figure]:
    pages = len(next(read(file)).pages)
    ms = 1000 * min(_seconds(file) for _ in range(_TIMES)) / pages
    yield Figure("text PDF with tables (sample report), ms a page", ms, f"< {_PAGE_MS:.0f}", ms < _PAGE_MS)


def _rendered(data: Path) -> Iterator[Figure]:
    """Reports of TCGA as PDF in one column and in two: the words, and which word follows which, against the text."""
    reports = sorted((data / "tcga_brca" / "reports").glob("*.txt"))[:_REPORTS]
    for name, style in (("one column", ""), ("two columns", "column-count: 2; column-gap: 8mm; text-align: justify")):
        seconds, pages, kept, all_pairs = 0.0, 0, 0, 0
        with tempfile.TemporaryDirectory() as folder:
            for report in reports:
                text = report.read_text(encoding="utf-8")
                file = _render(text, style, Path(folder) / f"{report.stem}.pdf")
                paper = next(read(file))
                seconds += min(_seconds(file) for _ in range(_TIMES))
                pages += len(paper.pages)
                wanted, found = _pairs(text), _pairs(paper.text)
                kept += sum((wanted & found).values())
                all_pairs += sum(wanted.values())
        ms, share = 1000 * seconds / pages, kept / all_pairs
        yield Figure(f"TCGA as PDF, {name}, ms a page", ms, f"< {_PAGE_MS:.0f}", ms < _PAGE_MS, f"{pages} pages")
        yield Figure(
            f"TCGA as PDF, {name}, pairs of words kept", share, "≥ 0.97", share >= 0.97, f"{len(reports)} reports"
        )


def _false_cells(data: Path) -> Figure:
    """Running text has no cells: a tab in it tears a phrase apart."""
    tabs = pages = 0
    reports = sorted((data / "tcga_brca" / "reports").glob("*.txt"))[:_REPORTS]
    with tempfile.TemporaryDirectory() as folder:
        for style in ("font: 9pt monospace", "font: 10pt sans-serif; text-align: justify"):
            for report in reports:
                text = report.read_text(encoding="utf-8").replace("\t", " ")
                paper = next(read(_render(text, style, Path(folder) / "report.pdf")))
                tabs += paper.text.count("\t")
                pages += len(paper.pages)
    return Figure("false cells in running text, a page", tabs / pages, "< 0.1", tabs < 0.1 * pages, f"{pages} pages")


def _render(text: str, style: str, file: Path) -> Path:
    import weasyprint  # type: ignore[import-untyped]

    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    sheet = f"body {{ font: 10pt serif; {style} }} p {{ margin: 0 0 4pt }}"
    weasyprint.HTML(string=f"<style>{sheet}</style>{paragraphs}").write_pdf(file)
    return file


def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = text.split()
    return Counter(itertools.pairwise(words))


def _seconds(file: Path) -> float:
    before = time.perf_counter()
    for _ in read(file):
        pass
    return time.perf_counter() - before


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/records")):
        wanted = f"(wanted {figure.wanted}){'' if figure.good else ' NOT REACHED'}"
        print(f"{figure.what}: {figure.value:.3f} {wanted} {figure.note}")
