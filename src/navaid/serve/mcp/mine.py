"""The tools about one person. They are there only where that person switched them on (`navaid mcp --profile NAME`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from mcp_types import CallToolResult
from pydantic import Field

from navaid import journeys
from navaid.records.concepts import concept
from navaid.records.export.places import places
from navaid.records.vault import Vault
from navaid.serve import trials_wanted
from navaid.serve.ask_for import Person
from navaid.serve.mcp import texts
from navaid.serve.mcp.desk import Desk
from navaid.serve.mcp.tools import Limit, Question, plain
from navaid.serve.trials_wanted import Asked
from navaid.terms import Field as Value
from navaid.terms import FieldState, Profile, Reading
from navaid.trials.render import record, text

WARNING = (
    "Warning: the tools my_profile, ask_about_me and my_trials are switched on for {name}.\n"
    "Whatever your assistant reads with them, it may send to the company that makes it, and that company may keep it.\n"
    "Navaid itself sends nothing. Stop it with Ctrl+C, and leave --profile away to share nothing about yourself."
)
_STATES = {
    FieldState.CONFIRMED: "the person confirmed it",
    FieldState.UNCONFIRMED: "read in the papers, not confirmed",
    FieldState.CONFLICT: "THE PAPERS DISAGREE",
    FieldState.NOT_STATED: "not stated",
}


def tools(desk: Desk, vault: Vault, name: str) -> dict[str, Callable[..., CallToolResult]]:
    """The tools by name. The papers are opened anew for each call, and closed after it."""

    def my_profile() -> CallToolResult:
        """Say what the person's own papers say of their breast cancer. The person switched this on for you.

        Gets: nothing. Gives: each value with its state, and the number and page of the paper where it stands; values on
        which papers disagree are marked. No name, birth date or file name is among them. Sends nothing itself; what you
        read, you may send.
        """
        with vault.papers(name) as papers:
            made, readings = journeys.own_profile(papers), papers.readings()
            numbers = {original.id: number for number, original in enumerate(papers.originals(), 1)}
        found = [_told(f, made, readings, numbers) for f in made.fields if f.state is not FieldState.NOT_STATED]
        lines = ["What the papers say", *(_line(one) for one in found)]
        return texts.result(texts.with_first("", lines), {"made": made.made, "values": found})

    def ask_about_me(question: Question) -> CallToolResult:
        """Answer a question for the person whose papers are open: what applies to them and why, what is not known.

        Gets: the question. Gives: the page as text with numbered sources, and as structured content; it quotes the
        person's papers with their file names. Sends nothing itself; what you read, you may send. An emergency is
        answered first.
        """
        with vault.papers(name) as papers, desk.library() as library:
            return texts.answer(Person(papers).ask(library, question))

    def my_trials(
        words: Annotated[str, Field(description="What the study is about; empty for all that are open.")] = "",
        near: Annotated[str, Field(description="A city, or LAT,LON. Looked up on this machine.")] = "",
        limit: Limit = 10,
    ) -> CallToolResult:
        """Find open trials and hold each against the person's papers: fits, may fit, does not fit, with the reasons.

        Gets: what is wanted. Gives: the studies in order, each statement with its reason, which quotes the person's
        papers with their file names. Sends nothing itself; what you read, you may send.
        """
        with vault.papers(name) as papers:
            who = trials_wanted.owner(papers)
        with trials_wanted.kept(desk.trials_folder) as store:
            found = trials_wanted.find(store, Asked(words=words, near=near), who, desk.settings, limit)
        urgent = texts.first(words) if words else ""
        return texts.result(
            texts.with_first(urgent, text.listing(found)), {"first": urgent, **plain(record.listing(found))}
        )

    return {f.__name__: f for f in (my_profile, ask_about_me, my_trials)}


def _told(field: Value, made: Profile, readings: tuple[Reading, ...], numbers: dict[str, int]) -> dict[str, object]:
    row, where = concept(field.concept), next(iter(places(field, made, readings)), None)
    return {
        "concept": field.concept,
        "label": row.label,
        "value": field.value,
        "in_words": row.in_words(field.value),
        "assertion": field.assertion.value,
        "papers_also_say": [row.in_words(other) for other in field.other],
        "state": _STATES[field.state],
        "date": field.date,
        "paper": numbers.get(where.id) if where else None,
        "page": where.page if where and not where.person else None,
    }


def _line(one: dict[str, Any]) -> str:
    others = f"; papers also say {', '.join(one['papers_also_say'])}" if one["papers_also_say"] else ""
    said = "" if one["assertion"] == "present" else f", {one['assertion']}"
    stands = f" (paper {one['paper']}, page {one['page']})" if one["paper"] else ""
    return f"- {one['label']}: {one['in_words']}{said}{others}; {one['state']}{stands}"
