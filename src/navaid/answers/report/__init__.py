"""Explain my report: a paper enters, its own words with what they mean leave, part by part in the paper's order.

In: a `Paper` and the library. Out: `Explained`, whose values are the report's and whose explanations are verified
claims; `render` makes a page of it. Start at `explain.explain`. What explains which value is data
(`tables/explained.yaml`). Nothing is said that neither the report nor the library says.
"""

from __future__ import annotations

import msgspec

from navaid.answers.report.explain import explain
from navaid.answers.report.html import to_html
from navaid.answers.report.markdown import to_markdown
from navaid.answers.report.record import Explained
from navaid.answers.report.terminal import to_terminal
from navaid.errors import BadInput

FORMATS = ("terminal", "markdown", "html", "json")

__all__ = ["FORMATS", "Explained", "explain", "render"]


def render(explained: Explained, format: str, *, width: int = 80, styled: bool = False) -> str:
    """The explained report in one of `FORMATS`, as text that ends with a line feed. Raises BadInput for another."""
    match format:
        case "terminal":
            return to_terminal(explained, width=width, styled=styled)
        case "markdown":
            return to_markdown(explained)
        case "html":
            return to_html(explained)
        case "json":
            return msgspec.json.encode(explained).decode() + "\n"
    raise BadInput(f"no format {format!r}", where="--format", fix=f"choose one of {', '.join(FORMATS)}")
