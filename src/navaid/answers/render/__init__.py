"""Rendering: the same answer for a terminal, as Markdown, as one HTML file and as JSON.

In: one `Answer`, and nothing else. Out: text in which every sentence leads to its source.
Start at `render`, then `layout.lay_out`, which settles all that the formats share.
"""

from __future__ import annotations

from navaid.answers.render.html import to_html
from navaid.answers.render.markdown import to_markdown
from navaid.answers.render.record import from_json, to_json
from navaid.answers.render.terminal import to_terminal
from navaid.errors import BadInput
from navaid.terms import Answer

FORMATS = ("terminal", "markdown", "html", "json")

__all__ = ["FORMATS", "from_json", "render", "to_json"]


def render(answer: Answer, format: str, *, width: int = 80, quotes: bool = False, styled: bool = False) -> str:
    """The answer in one of `FORMATS`, as text that ends with a line feed.

    `quotes` shows the words behind each sentence at once (in HTML they can always be opened); `width`
    in columns and `styled` (bold and colour, for a terminal that shows them) are for `terminal` alone.
    Raises BadInput for a format that does not exist.
    """
    match format:
        case "terminal":
            return to_terminal(answer, width=width, quotes=quotes, styled=styled)
        case "markdown":
            return to_markdown(answer, quotes=quotes)
        case "html":
            return to_html(answer, quotes=quotes) + "\n"
        case "json":
            return to_json(answer).decode() + "\n"
    raise BadInput(f"no format {format!r}", where="--format", fix=f"choose one of {', '.join(FORMATS)}")
