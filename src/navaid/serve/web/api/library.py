"""Questions, evidence, words, topics, triage, verification: what needs the library, and nobody's records."""

from __future__ import annotations

from importlib import metadata
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from navaid import journeys, starter
from navaid.answers import triage as triage_room
from navaid.answers.verify.rewrite import judge
from navaid.errors import BadInput
from navaid.serve import evidence
from navaid.serve.ask_for import Person
from navaid.serve.evidence import Evidence
from navaid.serve.visits import VisitEntry, VisitQuestions
from navaid.serve.web.api import bodies, shapes
from navaid.serve.web.api.faults import NotHere
from navaid.serve.web.api.gate import CallerNow
from navaid.serve.web.api.replies import gives, made, reply
from navaid.starter import glossary, visits
from navaid.starter.rows import Topic
from navaid.terms import Answer, Triage

router = APIRouter(prefix="/v1", tags=["library"])


@router.post("/ask", **gives(Answer, "The answer page; docs/answer-json.md explains each part."))
def ask(caller: CallerNow, body: bodies.AskBody) -> Response:
    """Answer a question with a page in which every medical sentence has its source."""
    if body.profile is None:
        if body.keep:
            raise BadInput(
                "only a person's answer can be kept", where="keep", fix="name the `profile`, or leave it out"
            )
        with caller.desk.library() as library:
            return reply(journeys.ask(library, body.question))
    with caller.papers(body.profile) as papers, caller.desk.library() as library:
        person = Person(papers)
        answer = person.ask(library, body.question)
        if body.keep:
            person.keep(answer)
        return reply(answer)


@router.post("/search", **gives(Evidence, "Passages, best first, with their documents."))
def search(caller: CallerNow, body: bodies.SearchBody) -> Response:
    """Search the library for evidence: the words of sources, and claims of the starter library."""
    with caller.desk.library() as library:
        return reply(evidence.search(library, body.query, body.limit))


@router.get("/search", **gives(Evidence, "Passages, best first, with their documents."))
def search_by_address(
    caller: CallerNow,
    query: Annotated[str, Query(min_length=1, max_length=1000)],
    limit: Annotated[int, Query(ge=1, le=evidence.MOST)] = 20,
) -> Response:
    """The same, for a query that may stand in an address; send what a person typed by POST."""
    with caller.desk.library() as library:
        return reply(evidence.search(library, query, limit))


@router.get("/explain", **gives(shapes.Explanation, "The word in one plain sentence, with its sources."))
def explain(caller: CallerNow, term: Annotated[str, Query(min_length=1, max_length=100)]) -> Response:
    """Explain a word from a report or a page, such as HER2-low."""
    data = starter.load()
    found = glossary.find(data, term)
    if found is None:
        close = glossary.near(data, term)
        fix = f"did you mean {' or '.join(close)}?" if close else "ask about it: POST /api/v1/ask"
        raise NotHere("the glossary does not explain this word", where="term", fix=fix)
    rows = [(data.sources[cite.source], cite) for cite in found.cites]
    sources = tuple(
        shapes.Place(title=row.title, publisher=row.publisher, url=row.url, at=cite.at, checked=cite.checked)
        for row, cite in rows
    )
    return reply(shapes.Explanation(term=found.term, text=glossary.worded(found), sources=sources))


@router.get("/topics", **gives(shapes.TopicEntry, "Every topic.", many=True))
def topics(caller: CallerNow) -> Response:
    """List the topics of the starter library."""
    found = starter.load().topics
    return reply([shapes.TopicEntry(id=t.id, title=t.title, aka=t.aka, claims=len(t.claims)) for t in found])


@router.get("/topics/{id_}", **gives(Topic, "The topic with its claims, each with where it was read."))
def topic(caller: CallerNow, id_: Annotated[str, Path(max_length=100)]) -> Response:
    """Show a topic of the starter library."""
    found = next((topic for topic in starter.load().topics if topic.id == id_), None)
    if found is None:
        raise NotHere("there is no such topic", where="the address", fix="see GET /api/v1/topics")
    return reply(found)


@router.post("/triage", **gives(Triage, "What must come first; the message is empty for an ordinary text."))
def triage(caller: CallerNow, body: bodies.TriageBody) -> Response:
    """Say what must come first: an emergency, distress, a question only the care team can answer."""
    return reply(triage_room.triage(body.text, body.country))


@router.post("/verify", **gives(shapes.Verified, "Whether it matches, and each rule that it breaks."))
def verify(caller: CallerNow, body: bodies.VerifyBody) -> Response:
    """Say whether a sentence in other words matches its source."""
    return reply(made(judge(body.source, body.rewrite), shapes.Verified))


@router.get("/questions", **gives(VisitEntry, "Every situation.", many=True))
def situations(caller: CallerNow) -> Response:
    """List the situations for which there is a list of questions to take to a visit."""
    lists = visits.load(starter.load())
    return reply([VisitEntry(id=visit.id, title=visit.title, when=visit.when) for visit in lists])


@router.post("/questions", **gives(VisitQuestions, "The list that fits best, and ids of others."))
def questions(caller: CallerNow, body: bodies.SituationBody) -> Response:
    """The questions to take to a visit: what to ask in a situation, why it matters, what to bring."""
    data = starter.load()
    lists = visits.load(data)
    found = visits.find(data, lists, body.situation)
    first = triage_room.comes_first(body.situation)
    if not found:
        near = ", ".join(visit.id for visit in visits.near(lists, body.situation))
        fix = f"did you mean {near}?" if near else "see GET /api/v1/questions"
        raise NotHere(first or "there is no list of questions for this", where="situation", fix=fix)
    return reply(VisitQuestions(first=first, visit=found[0], also=tuple(v.id for v in found[1:4])))


@router.get("/watch", **gives(shapes.WatchList, "The drug's signs, each sentence with its source."))
def watch(caller: CallerNow, drug: Annotated[str, Query(min_length=1, max_length=100)]) -> Response:
    """What to watch for on a drug: when to get help at once, when to call the team, and what is common."""
    with caller.desk.library() as library:
        watched, page = journeys.watch(library, drug=drug)
    return reply(shapes.WatchList(watched=watched, page=page))


@router.get("/library", **gives(shapes.LibraryInfo, "Counts, and what changes when the documents do."))
def info(caller: CallerNow) -> Response:
    """Say what the library holds and how old it is."""
    with caller.desk.library() as library:
        statistics = library.statistics()
    data = starter.load()
    return reply(
        shapes.LibraryInfo(
            navaid=metadata.version("navaid"),
            snapshot=str(statistics.pop("snapshot")),
            starter=data.fingerprint,
            statistics=statistics,
        )
    )
