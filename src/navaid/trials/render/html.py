"""Listings, matches and the page for the oncologist as one HTML file each: no script, nothing loaded; and as PDF."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import jinja2
from markupsafe import Markup

from navaid import templates
from navaid.records.export.one_page import on_one_page
from navaid.terms import Date, Fit, Judgement, Label, Match, Record, Study
from navaid.trials.find.listing import Listing
from navaid.trials.match.match import rules_out
from navaid.trials.render import text, words
from navaid.trials.render.text import short

_ON_ONE_PAGE = 66  # short statements that fit below the head of one sheet; one with a question counts twice
_SHORT = 150


def listing(found: Listing) -> str:
    """The studies that were found, as a page."""
    return _template("listing.html.j2").render(
        found=found, words=words, text=text, css=_css(), against=_against, ending=list(text.ending(found))
    )


def match(study: Study, held: Match, today: Date) -> str:
    """One study held against a profile, as a page."""
    return _template("match.html.j2").render(
        study=study, held=held, words=words, css=_css(), age=words.age(study, today), today=today
    )


class Sheet(Record, frozen=True):
    """What stands on the one page: what is missing first, then what speaks for and against, then what did not fit."""

    open: tuple[Judgement, ...]
    against: tuple[Judgement, ...]
    fulfilled: tuple[Judgement, ...]
    left_out: int


def sheet(held: Match, room: int = _ON_ONE_PAGE) -> Sheet:
    """As many statements as fit: those against, then those whose answer somebody can give, then the fulfilled."""
    against = [each for each in held.judgements if rules_out(each)]
    asked = [each for each in held.judgements if each.label is Label.UNKNOWN and each.question]
    unread = [each for each in held.judgements if each.label is Label.UNKNOWN and not each.question]
    rest = [each for each in held.judgements if each.label is not Label.UNKNOWN and not rules_out(each)]
    kept: list[list[Judgement]] = []
    for group, weight in ((against, 2), (asked, 2), (unread, 1), (rest, 1)):
        fits = max(0, room) // weight
        kept.append(group[:fits])
        room -= weight * len(kept[-1])
    return Sheet(
        open=tuple(kept[1] + kept[2]),
        against=tuple(kept[0]),
        fulfilled=tuple(kept[3]),
        left_out=len(held.judgements) - sum(map(len, kept)),
    )


def summary(study: Study, held: Match, today: Date, person: str = "", room: int = _ON_ONE_PAGE) -> str:
    """The page to bring to the oncologist, as HTML."""
    return _template("summary.html.j2").render(
        study=study,
        held=held,
        sheet=sheet(held, room),
        words=words,
        text=text,
        css=_css(),
        age=words.age(study, today),
        today=today,
        person=person,
        short=functools.partial(short, most=_SHORT),
        fits=Fit,
    )


def summary_pdf(study: Study, held: Match, today: Date, person: str = "") -> bytes:
    """The page as a PDF of one sheet; what does not fit is counted on it. Raises NoPdf."""
    return on_one_page(lambda room: summary(study, held, today, person, room), range(_ON_ONE_PAGE, 0, -4))


def _against(held: Match | None) -> Sequence[Judgement]:
    return [each for each in held.judgements if rules_out(each)] if held else []


def _template(name: str) -> jinja2.Template:
    return templates.template(__package__, name)


def _css() -> Markup:
    return Markup(templates.text(__package__, "trials.css").strip())
