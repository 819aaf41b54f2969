"""What happened when: a picture, and the same as a table."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from starlette.responses import Response

from navaid import journeys
from navaid.records.render.timeline import LANES, timeline
from navaid.serve.web.here import HereNow

router = APIRouter()


@router.get("/records/timeline")
def show(here: HereNow) -> Response:
    with here.session.papers() as papers:
        made = timeline(journeys.own_profile(papers), papers.readings(), dt.date.today())
    return here.page("records_timeline.html.j2", line=made, lanes=LANES)
