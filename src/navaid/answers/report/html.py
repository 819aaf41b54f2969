"""An explained report as one HTML file: no script, nothing loaded; the look is that of an answer."""

from __future__ import annotations

import functools
import importlib.resources

import jinja2
from markupsafe import Markup

from navaid.answers import render
from navaid.answers.report.layout import lay_out
from navaid.answers.report.record import Explained
from navaid.answers.report.table import words


def to_html(explained: Explained) -> str:
    """The page as HTML. Text of the report comes out as text, and links only as http or https."""
    sheet = lay_out(explained)
    return _template().render(sheet=sheet, labels=sheet.labels, fixed=_fixed(), css=Markup(_css())) + "\n"


def _fixed() -> dict[str, str]:
    """The fixed words as text; `words` stands for the heading of that name."""
    return {name: text for name, text in words().items() if isinstance(text, str)}


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _read(__package__, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html.j2")


@functools.cache
def _css() -> str:
    return "\n".join((_read(render.__name__, "page.css").strip(), _read(__package__, "report.css").strip()))


def _read(package: str, name: str) -> str:
    return importlib.resources.files(package).joinpath(name).read_text("utf-8")
