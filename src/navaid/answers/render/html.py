"""An answer as one HTML file: no script, nothing loaded, readable on a phone, in the dark and on paper.

The words are in `words.yaml`, the shape in `page.html.j2`, the looks in `page.css`. Text is escaped by
the template engine wherever it stands; only the stylesheet, which is ours, goes in as it is.
"""

from __future__ import annotations

from markupsafe import Markup

from navaid import templates
from navaid.answers.render.layout import lay_out_alone
from navaid.terms import Answer


def to_html(answer: Answer, *, quotes: bool = False) -> str:
    """The page as HTML. With `quotes` the words behind each sentence stand open from the start.

    Raises nothing for any answer: hostile text comes out as text, and links only as http or https.
    """
    page = lay_out_alone(answer)
    css, mine_css = _css("page.css"), _css("mine.css")
    shape = templates.template(__package__, "page.html.j2")
    return shape.render(page=page, words=page.words, css=css, mine_css=mine_css, quotes=quotes)


def _css(name: str) -> Markup:
    return Markup(templates.text(__package__, name).strip())
