"""Trials: the search, and what was found: fits, may fit, does not fit, each with why and how far it is."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from navaid import starter
from navaid.serve.web import searches, work
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.pages import trials_fetch, trials_study
from navaid.serve.web.searches import Form, Search
from navaid.serve.web.trials_at_hand import KINDS, PHASES, look, opened, read, whom
from navaid.starter.trials import facts
from navaid.terms import Fit
from navaid.trials.find.listing import Listing
from navaid.trials.match.match import rules_out
from navaid.trials.render import words
from navaid.trials.render.text import short

router = APIRouter()
for _pages in (trials_fetch, trials_study):
    router.include_router(_pages.router)

_SOON_S, _PER_PAGE = 2.5, 15
GROUPS = {
    "fits": (Fit.FITS, "Seems to fit", "state-ok"),
    "may": (Fit.MAY_FIT, "May fit", "state-open"),
    "not": (Fit.DOES_NOT_FIT, "Does not seem to fit", "state-bad"),
}


@router.get("/trials")
def start(here: HereNow) -> Response:
    last = searches.last(here.session)
    return _form(here, last.form if last else Form(), last)


@router.post("/trials/find")
def find(here: HereNow) -> Response:
    """Begins the search; what was typed is kept with it in memory."""
    form = read(here)
    about = whom(here, form)
    search = searches.keep(here.session, Search(form, whose=about.name if about else ""))
    desk = here.desk
    search.job = work.begin(
        here, "Looking through the trials", lambda job: look(desk, search, about, job), kind="search", own=True
    )
    return here.go(f"/trials/found/{search.id}")


@router.get("/trials/found/{id_}")
def found(here: HereNow, id_: str, show: str = "", start: int = 0) -> Response:
    search = searches.find(here.session, id_)
    if search is None:
        return here.go("/trials", "That search is forgotten. Here is the form; search again.")
    if search.job is not None and not search.job.wait(_SOON_S):
        return here.with_cookie(RedirectResponse(f"/jobs/{search.job.id}", 303))
    if search.found is None:
        return _form(here, search.form, search)
    return _listing(here, search, search.found, show, start)


@router.post("/trials/forget")
def forget(here: HereNow) -> Response:
    """What was typed and found is let go of."""
    searches.forget(here.session)
    return here.go("/trials", "What you searched for is forgotten.")


def _form(here: Here, form: Form, last: Search | None) -> Response:
    with opened(here.desk) as store:
        held = len(store)
        synced = max((day for _, run in store.queries() if (day := run.finished)), default=None)
    return here.page(
        "trials.html.j2",
        status=400 if last and last.error and here.request.url.path != "/trials" else 200,
        form=form,
        error=last.error if last and here.request.url.path != "/trials" else None,
        last=last if last and last.found else None,
        held=held,
        synced=synced,
        facts=len(facts()),
        kinds=KINDS,
        phases=PHASES,
        running=work.running(here, "fetch"),
    )


def _listing(here: Here, search: Search, listing: Listing, show: str, start: int) -> Response:
    ranked = listing.ranked
    verdicts = Counter(one.match.verdict for one in ranked if one.match)
    counts = {name: verdicts[fit] for name, (fit, *_) in GROUPS.items()}
    show = show if counts.get(show) else ""
    if listing.matched:
        order = {fit: place for place, (fit, *_) in enumerate(GROUPS.values())}
        ranked = tuple(sorted(ranked, key=lambda one: order[one.match.verdict] if one.match else 0))
    chosen = [one for one in ranked if not show or (one.match and one.match.verdict is GROUPS[show][0])]
    start = max(0, min(start, len(chosen) - 1)) // _PER_PAGE * _PER_PAGE
    return here.page(
        "trials_found.html.j2",
        search=search,
        found=listing,
        shown=chosen[start : start + _PER_PAGE],
        among=len(chosen),
        first=start,
        size=_PER_PAGE,
        show=show,
        groups={name: (said, look_, counts[name]) for name, (_, said, look_) in GROUPS.items()},
        looks={fit: (said, look_) for fit, said, look_ in GROUPS.values()},
        against=lambda match: [one for one in match.judgements if rules_out(one)] if match else [],
        tell=words,
        sources=starter.load().sources,
        short=short,
        kinds=KINDS,
        phases=PHASES,
    )
