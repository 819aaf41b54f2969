"""Ask: one box, and the answer. The question's words are kept in the session and stay out of the address."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from navaid.answers.triage import lines
from navaid.errors import BadInput
from navaid.serve.web import answering
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import FORM_BYTES, allow_only
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.sessions import Asked
from navaid.serve.web.trouble import local
from navaid.terms import TriageClass

router = APIRouter()
EXAMPLES = (
    "What should I ask at my first visit with the oncologist?",
    "What does HER2-low mean?",
    "Lumpectomy or mastectomy: what is the difference?",
    "What helps with tiredness during treatment?",
    "When should I call about a fever during chemotherapy?",
    "How does CAR-T work for breast cancer, and is it approved?",
)
_STILL_HERE = (
    "This page was open for a long time. You need not reload the page: your words are still here. Send them once more."
)
_RECENT, _KEPT = 8, 5
_AT_ONCE = (TriageClass.EMERGENCY_NOW, TriageClass.URGENT_SAME_DAY, TriageClass.CRISIS)


@router.get("/")
def start(here: HereNow) -> Response:
    return _page(here)


@router.post("/ask")
def ask(here: HereNow) -> Response:
    """Another page follows, so that a reload does not ask again."""
    text = here.field("question")
    try:
        asked = answering.ask(here, text, after=here.field("after"), mine=here.field("for") == "papers")
    except BadInput as error:
        return _page(here, text, error)
    return here.go(f"/answers/{asked.id}")


async def once_more(request: Request) -> Response | None:
    """The box with the words in it, where a session has ended meanwhile: a long question is not typed twice.

    Nothing is asked by this. None where the server shows no page to whoever gave no passphrase.
    """
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(desk.cookie)) or desk.sessions.passing()
    if desk.closed and not session.open:
        return None
    allow_only(request, FORM_BYTES)
    text = (await request.form()).get("question")
    session.said = _STILL_HERE
    return _page(Here(request, desk, session, FormData()), text if isinstance(text, str) else "", status=403)


@router.get("/ask")
def box(here: HereNow) -> Response:
    """Where a reload of a refused question leads."""
    return here.go("/")


@router.post("/ask/forget")
def forget(here: HereNow) -> Response:
    here.session.asked.clear()
    return here.go("/", "The questions of this browser are forgotten. The browser’s own history may still list pages.")


@router.get("/help-now")
def help_now(here: HereNow) -> Response:
    country = here.session.country
    return here.page(
        "help.html.j2",
        country=country,
        countries=lines.COUNTRIES,
        lines=lines.lines(country) or lines.lines(),
        emergency=lines.emergency(country),
    )


@router.post("/country")
def choose(here: HereNow) -> Response:
    """Where the person is: kept in the session only."""
    country = here.field("country")
    here.session.country = country if country in lines.COUNTRIES else ""
    for asked in here.session.asked.values():
        if asked.answer is not None and asked.answer.triage.class_ in _AT_ONCE:
            asked.answer = asked.plain = None  # its first words name the numbers to call
    return here.go(local(here.field("to", "/help-now")))


def _is_cry(asked: Asked) -> bool:
    """Whether it was written in despair: whoever looks over a shoulder need not read that."""
    return asked.answer is not None and asked.answer.triage.class_ is TriageClass.CRISIS


def _page(here: Here, text: str = "", error: BadInput | None = None, status: int = 200) -> Response:
    mine = answering.kept(here)[0] if here.session.open else []
    return here.page(
        "ask.html.j2",
        400 if error else status,
        text=text,
        error=error,
        examples=EXAMPLES,
        recent=[one for one in reversed(here.session.asked.values()) if not _is_cry(one)][:_RECENT],
        kept=mine[:_KEPT],
    )
