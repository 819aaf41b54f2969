"""A page as a PDF of one sheet: as full as it may be, by trying how much fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from navaid.errors import NavaidError

_NARROW_AND_SHORT = "@page { size: 210mm 279.4mm }"
"""As narrow as A4 and as short as Letter: what fits here fits on both."""
_MORE, _FEWER = 10, 2  # lines tried beyond what is thought to fit, and taken away while they do not


class NoPdf(NavaidError):
    """A PDF was asked for and cannot be made on this machine."""


def amounts(lines: int) -> Sequence[int]:
    """What to try where about so many lines are thought to fit."""
    return range(lines + _MORE, 0, -_FEWER)


def on_one_page(made: Callable[[int], str], wanted: Sequence[int]) -> bytes:
    """The PDF of the fullest page that fits on one sheet of A4 and of Letter.

    `made` is the page as HTML with so much on it as it is given; `wanted` is what to try, the most first. Where not
    even the last one fits, it is taken all the same. Raises NoPdf.
    """
    maker = weasyprint()
    short = maker.CSS(string=_NARROW_AND_SHORT)

    def fits(text: str) -> bool:
        return len(maker.HTML(string=text, url_fetcher=_nothing).render(stylesheets=[short]).pages) == 1

    text = fullest(made, fits, wanted)
    file: bytes = maker.HTML(string=text, url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return file


def fullest(made: Callable[[int], str], fits: Callable[[str], bool], wanted: Sequence[int]) -> str:
    """The first page that fits, if whatever has less on it fits too; the last one where none does.

    Most pages fit with all that is on them, so that is tried first; then what is left is halved.

    >>> fullest(lambda count: "x" * count, lambda text: len(text) <= 7, range(40, 0, -2))
    'xxxxxx'
    """
    start, end, at = 0, len(wanted) - 1, 0
    found = ""
    while start < end:
        text = made(wanted[at])
        if fits(text):
            found, end = text, at
        else:
            start = at + 1
        at = (start + end) // 2
    return found or made(wanted[end])


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
