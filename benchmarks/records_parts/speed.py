"""From file to profile: milliseconds a page of text, all finders and the reconciling included."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from navaid import journeys

PAGE = 4096
"""Characters that count as a page."""


def measure(data: Path) -> Iterator[Figure]:
    """Real reports as plain text, cut or joined to 4 kB, and the PDFs that are there; the first run warms up."""
    texts = [path.read_text(errors="replace") for path in sorted((data / "tcga_brca" / "reports").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        pages = [Path(folder) / f"{number}.txt" for number in range(40)]
        for page, text in zip(pages, texts, strict=False):
            page.write_text((text * (1 + PAGE // max(1, len(text))))[:PAGE])
        yield _timed("4 kB of text, ms (median)", pages[:40], pages=1)
    for path in sorted((data / "pdf").glob("*.pdf")):
        yield _timed("a page of a text PDF, ms (median)", [path] * 5, pages=_pages(path))


def _timed(what: str, paths: list[Path], pages: int) -> Figure:
    list(journeys.read_records(paths[:1]))
    took = []
    for path in paths:
        begun = time.perf_counter()
        list(journeys.read_records([path]))
        took.append((time.perf_counter() - begun) * 1000 / pages)
    value = statistics.median(took)
    return Figure(what, value, "< 50", value < 50, f"worst {max(took):.0f}")


def _pages(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


if __name__ == "__main__":
    from benchmarks.records import DATA
    from benchmarks.runner import told

    for figure in measure(DATA):
        print(told(figure))
