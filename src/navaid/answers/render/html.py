"""An answer as one HTML file: no script, nothing loaded, readable on a phone, in the dark and on paper.

The words are in `words.yaml`, the shape in `page.html.j2`, the looks in `page.css`. Text is escaped by
the template engine wherever it stands; only the stylesheet, which is ours, goes in as it is.
"""

from __future__ import annotations

import functools
import importlib.resources

import jinja2
from markupsafe import Markup

from navaid.answers.render.layout import lay_out_alone
from navaid.terms import Answer


def to_html(answer: Answer, *, quotes: bool = False) -> str:
    """The page as HTML. With `quotes` the words behind each sentence stand open from the start.

    Raises nothing for any answer: hostile text comes out as text, and links only as http or https.
    """
    page = lay_out_alone(answer)
    css, mine_css = Markup(_css("page.css")), Markup(_css("mine.css"))
    return _template().render(page=page, words=page.words, css=css, mine_css=mine_css, quotes=quotes)


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_ours), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("page.html.j2")


@functools.cache
def _css(name: str) -> str:
    return _ours(name).strip()


def _ours(name: str) -> str:
    return importlib.resources.files(__package__).joinpath(name).read_text("utf-8")
