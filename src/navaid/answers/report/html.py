"""An explained report as one HTML file: no script, nothing loaded; the look is that of an answer."""

from __future__ import annotations

from markupsafe import Markup

from navaid import templates
from navaid.answers import render
from navaid.answers.report.layout import lay_out
from navaid.answers.report.record import Explained
from navaid.answers.report.table import words


def to_html(explained: Explained) -> str:
    """The page as HTML. Text of the report comes out as text, and links only as http or https."""
    sheet = lay_out(explained)
    page = templates.template(__package__, "page.html.j2")
    return page.render(sheet=sheet, labels=sheet.labels, fixed=_fixed(), css=Markup(_css())) + "\n"


def _fixed() -> dict[str, str]:
    """The fixed words as text; `words` stands for the heading of that name."""
    return {name: text for name, text in words().items() if isinstance(text, str)}


def _css() -> str:
    sheets = (templates.text(render.__name__, "page.css"), templates.text(__package__, "report.css"))
    return "\n".join(sheet.strip() for sheet in sheets)
