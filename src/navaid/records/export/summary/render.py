"""The page for a visit as one HTML file, and as PDF."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Callable, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from navaid.errors import NavaidError
from navaid.records.export.summary.layout import LINES, Page, lay_out
from navaid.records.export.summary.rows import Row
from navaid.terms import Profile, Reading

_MORE, _FEWER = 10, 2  # lines tried beyond what is thought to fit, and taken away while they do not


class NoPdf(NavaidError):
    """A PDF was asked for and cannot be made on this machine."""


def to_html(page: Page) -> str:
    """The page as HTML: no script, nothing loaded, and text of papers escaped wherever it stands."""
    return _template().render(page=page, css=Markup(_ours("summary.css").strip()))


def html(profile: Profile, readings: Sequence[Reading], asked: Sequence[Row] = ()) -> bytes:
    """The page of a profile as the bytes of an HTML file; with open questions for the visit, if there are any."""
    return to_html(lay_out(profile, readings, asked=asked)).encode()


def pdf(profile: Profile, readings: Sequence[Reading], asked: Sequence[Row] = ()) -> bytes:
    """The page of a profile as a PDF of one page; what does not fit is named on it. Raises NoPdf."""
    return on_one_page(lambda lines: to_html(lay_out(profile, readings, lines, asked)))


def on_one_page(made: Callable[[int], str], lines: int = LINES) -> bytes:
    """The PDF of the fullest page, made with so many lines or fewer, that fits on one sheet of A4 and of Letter.

    Raises NoPdf.
    """
    maker = weasyprint()
    narrow_and_short = maker.CSS(string="@page { size: 210mm 279.4mm }")
    text = ""
    for most in range(lines + _MORE, 0, -_FEWER):
        text = made(most)
        page = maker.HTML(string=text, url_fetcher=_nothing)
        if len(page.render(stylesheets=[narrow_and_short]).pages) == 1:
            break
    file: bytes = maker.HTML(string=text, url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return file


def weasyprint() -> Any:
    """WeasyPrint, which loads Pango from the machine. Raises NoPdf saying how to mend what is missing."""
    try:
        import weasyprint as maker
    except ImportError:
        raise NoPdf(
            "a PDF needs a package that is not there", where="package weasyprint", fix="run `pip install 'navaid[pdf]'`"
        ) from None
    except OSError as error:
        raise NoPdf(
            "a PDF needs the library Pango, which is not on this machine",
            where=str(error).splitlines()[0][:120],
            fix="install it (`apt install libpango-1.0-0 libpangoft2-1.0-0`, `brew install pango`), or print the HTML",
        ) from None
    return maker


def _nothing(url: str, **_: object) -> Any:
    raise ValueError(f"the page loads nothing, so not {url[:40]!r} either")


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_ours), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("summary.html.j2")


def _ours(name: str) -> str:
    return importlib.resources.files(__package__).joinpath(name).read_text("utf-8")
