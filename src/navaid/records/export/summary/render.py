"""The page for a visit as one HTML file, and as PDF."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from navaid import templates
from navaid.records.export.one_page import amounts, on_one_page
from navaid.records.export.summary.layout import LINES, Page, lay_out
from navaid.records.export.summary.rows import Row
from navaid.terms import Profile, Reading


def to_html(page: Page) -> str:
    """The page as HTML: no script, nothing loaded, and text of papers escaped wherever it stands."""
    css = Markup(templates.text(__package__, "summary.css").strip())
    return templates.template(__package__, "summary.html.j2").render(page=page, css=css)


def html(profile: Profile, readings: Sequence[Reading], asked: Sequence[Row] = ()) -> bytes:
    """The page of a profile as the bytes of an HTML file; with open questions for the visit, if there are any."""
    return to_html(lay_out(profile, readings, asked=asked)).encode()


def pdf(profile: Profile, readings: Sequence[Reading], asked: Sequence[Row] = ()) -> bytes:
    """The page of a profile as a PDF of one page; what does not fit is named on it. Raises NoPdf."""
    return on_one_page(lambda lines: to_html(lay_out(profile, readings, lines, asked)), amounts(LINES))
