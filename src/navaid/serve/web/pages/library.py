"""Library: what answers are made from, how old it is and under which terms; its topics, sources, added documents."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import starter
from navaid.serve.web import work
from navaid.serve.web.here import HereNow
from navaid.serve.web.leaning import leaning
from navaid.serve.web.pages import library_care
from navaid.terms import Kind

router = APIRouter()
router.include_router(library_care.router)
_PER_PAGE = 60


@router.get("/library")
def start(here: HereNow) -> Response:
    data, shared = starter.load(), here.desk.accounts is not None
    with here.desk.library() as library:
        store = library.store
        cards = [card for id_ in store.ids() if (card := store.card(id_)) and card[0].kind is not Kind.STARTER]
        changed = leaning(here, store)
        megabytes = library.statistics()["megabytes on disk"]
    days = [cite.checked for topic in data.topics for claim in topic.claims for cite in claim.cites]
    return here.page(
        "library.html.j2",
        topics=len(data.topics),
        claims=sum(len(topic.claims) for topic in data.topics),
        sources=len(data.sources),
        oldest=min(days),
        newest=max(days),
        licences=Counter(row.licence for row in data.sources.values()).most_common(),
        documents=[document for document, _ in reversed(cards)],
        megabytes=megabytes,
        changed=changed,
        running=work.running(here, "library"),
        locked=not shared and work.locked(here),
        shared=shared,
    )


@router.get("/library/topics")
def topics(here: HereNow) -> Response:
    return here.page("library_topics.html.j2", topics=sorted(starter.load().topics, key=lambda topic: topic.title))


@router.get("/library/topics/{id_}")
def topic(here: HereNow, id_: str) -> Response:
    """Every sentence of a topic with its sources and the day on which they were opened."""
    data = starter.load()
    found = next((one for one in data.topics if one.id == id_), None)
    if found is None:
        raise HTTPException(404)
    return here.page("library_topic.html.j2", topic=found, sources=data.sources)


@router.get("/library/sources")
def sources(here: HereNow, start: int = 0) -> Response:
    data = starter.load()
    checked: dict[str, list[object]] = {}
    for cite in (cite for one in data.topics for claim in one.claims for cite in claim.cites):
        checked.setdefault(cite.source, []).append(cite.checked)
    every = sorted(data.sources.values(), key=lambda row: (row.publisher.casefold(), row.title.casefold()))
    start = max(0, min(start, len(every) - 1)) // _PER_PAGE * _PER_PAGE
    return here.page(
        "library_sources.html.j2",
        rows=[(row, max(map(str, checked.get(row.id, [""])))) for row in every[start : start + _PER_PAGE]],
        first=start,
        size=_PER_PAGE,
        among=len(every),
    )


@router.get("/library/document")
def document(here: HereNow, id: str) -> Response:
    """One document that was added: where it comes from, its terms, its text."""
    with here.desk.library() as library:
        found = library.document(id)
    if found is None or found.kind is Kind.STARTER:
        raise HTTPException(404)
    starts = (*found.page_starts, len(found.text)) if found.page_starts else (0, len(found.text))
    pages = [found.text[a:b] for a, b in pairwise(starts)]
    return here.page("library_document.html.j2", document=found, pages=pages, paged=bool(found.page_starts))
