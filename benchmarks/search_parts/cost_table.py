"""The table of cost against size; bold lines have a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from search_parts.table import table

Row = dict[str, Any]
Cell = Callable[[Row], str]


def table_of(columns: list[Row]) -> str:
    """A Markdown table, one column a size."""
    names = ("", *(f"{column['passages']:,.0f} passages" for column in columns))
    return table(names, [(name, *(cell(column) for column in columns)) for name, cell in LINES])


def _of(part: str, key: str, form: str = ".1f") -> Cell:
    return lambda row: format(row[part][key], form)


def _joined(*cells: Cell) -> Cell:
    return lambda row: " / ".join(cell(row) for cell in cells)


def _whole(key: str, *parts: str) -> Cell:
    return _joined(*(_of(part, key, ".0f") for part in parts))


def _over(part: str, below: str, key: str) -> Cell:
    """One build's figure over another's."""
    return lambda row: f"{row[part][key] / row[below][key]:.2f}"


def _ms(part: str, search: str, kind: str = "clock") -> Cell:
    return lambda row: "{:.1f} / {:.1f}".format(*row[part][search][kind])


def _ratio(below: str, kind: str) -> Cell:
    """p50 and p95 of navaid's search by words over those of tantivy alone."""

    def cell(row: Row) -> str:
        pairs = zip(row["words"]["navaid"][kind], row["words"][below][kind], strict=True)
        return " / ".join(f"{own / other:.2f}" for own, other in pairs)

    return cell


def _memory(part: str) -> Cell:
    return lambda row: "{peak_mb:.0f} ({private_mb:.0f})".format(**row[part])


LINES: tuple[tuple[str, Cell], ...] = (
    ("characters a passage", lambda row: f"{row['characters']:.0f}"),
    ("build s: tantivy / navaid", _joined(_of("raw build", "seconds"), _of("navaid build", "seconds"))),
    ("of it: add / index", _joined(_of("navaid build", "add"), _of("navaid build", "index"))),
    ("**build: navaid over tantivy (<= 1.5)**", _over("navaid build", "raw build", "seconds")),
    ("build, work of all threads, s: tantivy / navaid", _joined(_of("raw build", "cpu"), _of("navaid build", "cpu"))),
    ("build, work: navaid over tantivy", _over("navaid build", "raw build", "cpu")),
    ("p50 / p95 ms: tantivy, the same fields", _ms("words", "raw")),
    ("p50 / p95 ms: tantivy, the text alone", _ms("words", "raw body")),
    ("p50 / p95 ms: navaid, words", _ms("words", "navaid")),
    ("p50 / p95 ms: navaid, words, sources only", _ms("words", "sources")),
    ("**p50 / p95: navaid over tantivy, the same fields (<= 1.5)**", _ratio("raw", "clock")),
    ("the same, work of the thread", _ratio("raw", "work")),
    ("the same, over tantivy on the text alone", _ratio("raw body", "work")),
    ("**p50 / p95 ms: navaid, words and meaning (p95 <= 150)**", _ms("hybrid", "hybrid")),
    ("open and answer first, s: words / hybrid", _joined(_of("words memory", "first"), _of("hybrid memory", "first"))),
    ("keep and lay out vectors, s, the model's time left out", _of("vectors", "seconds")),
    (
        "build peak MB: tantivy / navaid",
        _joined(_of("raw build", "peak_mb", ".0f"), _of("navaid build", "peak_mb", ".0f")),
    ),
    ("keep and lay out vectors, peak MB", _of("vectors", "peak_mb", ".0f")),
    ("search peak MB (of it private): words", _memory("words memory")),
    ("**search peak MB (of it private): words and meaning (<= 1000)**", _memory("hybrid memory")),
    ("disk MB: tantivy", _of("raw build", "disk_mb", ".0f")),
    (
        "disk MB: navaid, words / and vectors",
        _joined(_of("navaid build", "disk_mb", ".0f"), _of("vectors", "disk_mb", ".0f")),
    ),
)
