"""For me: what in a person's papers changes an answer, what is not known yet, what to watch on their drugs."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import journeys
from navaid.answers.render.layout import lay_out
from navaid.answers.render.page import Gaps
from navaid.answers.render.sides import sides
from navaid.serve.ask_for import KIND, Person
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.sessions import Locked
from navaid.terms import Answer, Applies, Date

router = APIRouter()
_RECENT, _PER_PAGE = 6, 24
EXAMPLES = (
    "What does HER2-low mean?",
    "What treatments are there for breast cancer that has spread?",
    "Do I need chemotherapy?",
    "What are CDK4/6 inhibitors?",
    "Which genetic tests matter for treatment?",
    "What happens after surgery?",
)
LABELS = {
    "applies": (Applies.APPLIES, "Applies to you", "state-ok"),
    "may": (Applies.MAY_APPLY, "May apply to you", "state-open"),
    "others": (Applies.DOES_NOT_APPLY, "About others", "about-others"),
    "general": (Applies.GENERAL, "For everybody", "for-all"),
}
"""The words of a filter in an address, how it stands, and how that is said and looks."""


@router.get("/for-me")
def start(here: HereNow) -> Response:
    if not here.session.open:
        return here.page("for_me_closed.html.j2")
    with here.session.papers() as papers:
        someone = Person(papers)
        kept = [(id_, Date.fromisoformat(day), title) for id_, day, title in list(someone.kept())[:_RECENT]]
        empty = not papers.originals() and not papers.said()
        name = papers.name
    asked = list(reversed(here.session.asked.values()))[:_RECENT]
    return here.page("for_me.html.j2", name=name, kept=kept, asked=asked, examples=EXAMPLES, empty=empty)


@router.get("/for-me/questions/{kind}/{id_}")
def question(here: HereNow, kind: str, id_: str, label: str = "", start: int = 0) -> Response:
    """One answer, sentence by sentence. `label` shows only those that stand so."""
    answer = _answer(here, kind, id_)
    page = lay_out(answer)
    every = sides(answer, page)
    counts = Counter(side.applies for side in every)
    chosen = LABELS.get(label)
    shown = [side for side in every if chosen is None or side.applies is chosen[0]]
    start = max(0, min(start, len(shown) - 1)) // _PER_PAGE * _PER_PAGE
    told = [gap for part in page.parts for block in part.blocks if isinstance(block, Gaps) for gap in block.gaps]
    gaps = list(zip(answer.personal.gaps if answer.personal else (), told, strict=True))
    return here.page(
        "for_me_question.html.j2",
        quotes=False,
        page=page,
        base=f"/for-me/questions/{kind}/{id_}",
        shown=shown[start : start + _PER_PAGE],
        first=start,
        size=_PER_PAGE,
        among=len(shown),
        label=label if chosen else "",
        labels={name: (how, said, look, counts[how]) for name, (how, said, look) in LABELS.items()},
        looks={how: (said, look) for how, said, look in LABELS.values()},
        gaps=gaps,
    )


@router.get("/for-me/not-known")
def not_known(here: HereNow) -> Response:
    with here.session.papers() as papers:
        someone = Person(papers)
        with here.desk.library() as library:
            answer = journeys.not_known(library, someone.profile, papers=someone.names)
        empty = not papers.originals() and not papers.said()
    page = lay_out(answer)
    told = [gap for part in page.parts for block in part.blocks if isinstance(block, Gaps) for gap in block.gaps]
    gaps = list(zip(answer.personal.gaps if answer.personal else (), told, strict=True))
    return here.page("for_me_not_known.html.j2", quotes=False, page=page, gaps=gaps, empty=empty)


@router.get("/for-me/watch")
def watch(here: HereNow) -> Response:
    with here.session.papers() as papers:
        someone = Person(papers)
        with here.desk.library() as library:
            watched, answer = journeys.watch(library, someone.profile, papers=someone.names)
        empty = not papers.originals() and not papers.said()
    page = lay_out(answer) if watched else None
    return here.page("for_me_watch.html.j2", quotes=False, page=page, watched=watched, empty=empty)


def _answer(here: Here, kind: str, id_: str) -> Answer:
    """The answer to the question of this address, made from the papers as they are now. Raises HTTPException 404."""
    if not here.session.open:
        raise Locked("your records are closed", where="this page", fix="open them with your passphrase")
    with here.session.papers() as papers:
        someone = Person(papers)
        text = _text(here, someone, kind, id_)
        with here.desk.library() as library:
            return someone.ask(library, text)


def _text(here: Here, someone: Person, kind: str, id_: str) -> str:
    if kind == "asked" and id_ in here.session.asked:
        return here.session.asked[id_].text
    if kind == "kept" and someone.papers.page(KIND, id_) is not None:
        return someone.answer(id_).question.text
    if kind == "example" and id_.isdecimal() and int(id_) < len(EXAMPLES):
        return EXAMPLES[int(id_)]
    raise HTTPException(404)
