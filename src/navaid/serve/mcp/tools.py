"""The tools that need nobody's records. Each says in its description what it gets, what it gives, and what it sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
from mcp_types import CallToolResult
from pydantic import Field

from navaid import journeys, starter
from navaid.errors import BadInput
from navaid.serve import evidence, trials_wanted
from navaid.serve.mcp import texts
from navaid.serve.mcp.desk import Desk
from navaid.serve.trials_shown import nct_id as checked_id
from navaid.serve.trials_wanted import Asked
from navaid.serve.trials_who import Who
from navaid.starter import glossary
from navaid.terms import Study
from navaid.trials.render import record, text, words

Question = Annotated[str, Field(description="The question in the person's own words, one or two sentences.")]
Limit = Annotated[int, Field(ge=1, le=50)]


def tools(desk: Desk) -> dict[str, Callable[..., CallToolResult]]:
    """The tools by name; the text of each function is what the assistant reads of it."""

    def ask(question: Question) -> CallToolResult:
        """Answer a question about breast cancer from a checked library, each sentence with its source.

        Gets: the question, which stays on this machine. Gives: the page as text with numbered sources, and as
        structured content (docs/answer.schema.json). Sends nothing anywhere. An emergency or distress in the question
        is answered first. It says so where it knows too little; it makes no diagnosis, dose or prognosis.
        """
        with desk.library() as library:
            return texts.answer(journeys.ask(library, question))

    def search_evidence(
        query: Annotated[str, Field(description="What to look for, in a few words.")], limit: Limit = 8
    ) -> CallToolResult:
        """Find passages of guidelines, reviews and patient pages in the library on this machine.

        Gets: the query, which stays on this machine. Gives: the sources' own words, best first, with numbered
        documents, dates and links; structured content has the passages with their place in the document. Sends nothing.
        """
        with desk.library() as library:
            found = evidence.search(library, query, limit)
        urgent = texts.first(query)
        return texts.result(texts.with_first(urgent, texts.evidence(found)), {"first": urgent, **plain(found)})

    def explain_term(
        term: Annotated[str, Field(description="A word from a report or a page, such as HER2-low.")],
    ) -> CallToolResult:
        """Explain one word of breast cancer in a plain sentence, with its source.

        Gets: the word. Gives: the sentence with numbered sources; an error names words that are spelled like it. Sends
        nothing.
        """
        data = starter.load()
        found = glossary.find(data, term)
        if found is None:
            close = glossary.near(data, term)
            fix = f"did you mean {' or '.join(close)}?" if close else "use the tool `ask`"
            raise BadInput("the glossary does not explain this word", where="explain_term", fix=fix)
        told = glossary.worded(found)
        lines = texts.cited(told, found.cites, data.sources)
        rows = [
            {"title": data.sources[c.source].title, "url": data.sources[c.source].url, "at": c.at} for c in found.cites
        ]
        return texts.result(texts.with_first("", lines), {"term": found.term, "text": told, "sources": rows})

    def find_trials(
        words: Annotated[str, Field(description="What the study is about; empty for all.")] = "",
        drug: Annotated[str, Field(description="A drug or class that is given, by any of its names.")] = "",
        target: Annotated[str, Field(description="The antigen that it aims at, such as HER2.")] = "",
        phases: Annotated[list[str] | None, Field(description="1, 2, 3, 4, early 1 or NA.")] = None,
        statuses: Annotated[list[str] | None, Field(description="open, any, or a status of the registry.")] = None,
        near: Annotated[str, Field(description="A city, or LAT,LON. Looked up on this machine.")] = "",
        within_km: Annotated[float | None, Field(ge=0)] = None,
        limit: Limit = 10,
    ) -> CallToolResult:
        """Find clinical trials among the registry's records that are kept on this machine.

        Gets: what is wanted; say nothing about the person here. Gives: the studies in order with the day each record
        was seen, and facts that come with Navaid; with no records kept it says that nothing was looked through. Sends
        nothing: no registry is asked.
        """
        wanted = Asked(
            words=words,
            drug=drug,
            target=target,
            phases=tuple(phases or ()),
            statuses=tuple(statuses or ()),
            near=near,
            within_km=within_km,
        )
        with trials_wanted.kept(desk.trials_folder) as store:
            found = trials_wanted.find(store, wanted, Who(), desk.settings, limit)
        urgent = texts.first(words) if words else ""
        return texts.result(
            texts.with_first(urgent, text.listing(found)), {"first": urgent, **plain(record.listing(found))}
        )

    def check_trial(
        nct_id: Annotated[str, Field(description="The study's id, such as NCT04020575.")],
        about: Annotated[
            str,
            Field(
                description="A few words about the person that they agreed to tell: age, stage, receptors, treatments."
            ),
        ],
    ) -> CallToolResult:
        """Hold a clinical trial against a few words about somebody: each statement met, not met or not known, and why.

        Gets: the study's id, and the words, which stay on this machine and are not kept. Gives: the verdict and each
        statement with its reason and the question that would settle it. Sends nothing. Only the study's team can say
        whether somebody can join.
        """
        who = trials_wanted.about(about)
        return checked(desk, nct_id, who, texts.first(about))

    return {f.__name__: f for f in (ask, search_evidence, explain_term, find_trials, check_trial)}


def checked(desk: Desk, nct_id: str, who: Who, urgent: str) -> CallToolResult:
    """The study held against whoever is meant. Raises BadInput where it is not kept."""
    study, today = _study(desk.trials_folder, checked_id(nct_id)), dt.date.today()
    held = journeys.check_trial(study, who.needed, papers=who.papers, today=today)
    lines = text.match(study, held, words.age(study, today))
    about = {"nct_id": study.nct_id, "title": study.brief_title, "updated": study.updated, "seen": study.seen}
    return texts.result(
        texts.with_first(urgent, lines),
        {"first": urgent, **plain({**about, **record.match(held)}), "notice": words.NOTICE},
    )


def plain(found: object) -> dict[str, object]:
    """A record as plain objects."""
    made: dict[str, object] = msgspec.to_builtins(found)
    return made


def _study(folder: Path, id_: str) -> Study:
    with trials_wanted.kept(folder) as store:
        found = journeys.show_trial(store, id_)
    if found is None:
        raise BadInput(
            f"the record of {id_} is not kept here, so it could not be looked at",
            where="the kept trials",
            fix=f"the person can fetch it: `navaid trials sync --id {id_}`",
        )
    return found
