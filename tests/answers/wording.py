"""An answer with given sentences, and models that say what a test wants them to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.models.scripted import Server

from navaid.models.openai_compatible import OpenAIChat
from navaid.models.wire import Limits
from navaid.terms import (
    Answer,
    Certainty,
    Citation,
    Claim,
    Date,
    Facet,
    Kind,
    Question,
    Section,
    Snapshot,
    Source,
    Triage,
    TriageClass,
    Verdict,
)

ASKED = "My name is Quill and my lump is 23 mm: what helps?"
DAY = Date(2026, 11, 22)
CITED = Citation(document="URL:https://example.org/a", locator="A", checked=DAY)


def claim(id_: str, text: str, origin: str = "starter") -> Claim:
    return Claim(
        id=id_,
        text=text,
        facet=Facet.QUESTION_TO_ASK if text.endswith("?") else Facet.RISK,
        certainty=Certainty.ESTABLISHED,
        citations=(CITED,),
        origin=origin,
    )


def page(
    sentences: Iterable[str], *, origin: str = "starter", licence: str = "CC0", nearest: tuple[str, ...] = ()
) -> Answer:
    """An answer that shows these sentences; their ids are c0, c1, …"""
    claims = tuple(claim(f"c{n}", text, origin) for n, text in enumerate(sentences))
    source = Source(
        number=1,
        document=CITED.document,
        title="A",
        publisher="B",
        kind=Kind.PAGE,
        url="https://example.org/a",
        date=DAY,
        held=False,
        licence=licence,
    )
    return Answer(
        id="x",
        question=Question(text=ASKED, parts=(ASKED,)),
        title=ASKED,
        date=DAY,
        triage=Triage(class_=TriageClass.ORDINARY),
        sections=(Section(title="In short", claims=claims),),
        sources=(source,),
        left_out=(),
        verdicts=tuple(Verdict(claim=one.id, passed=True, checks=("place is given",)) for one in claims),
        notice="Navaid informs.",
        snapshot=Snapshot(library="l", starter="s", settings="t", navaid="0"),
        nearest=tuple(claim(f"n{n}", text, "quote") for n, text in enumerate(nearest)),
    )


def model(server: Server, **limits: float) -> OpenAIChat:
    given: dict[str, Any] = {"connect_s": 1.0, "read_s": 2.0, "whole_s": 3.0, "first_wait_s": 0.01, "tries": 2} | limits
    return OpenAIChat(server.endpoint(), limits=Limits(**given))


def data(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """The sentences that a call sent."""
    return list(json.loads(messages[-1]["content"].removeprefix("<data>\n").removesuffix("\n</data>")))


def saying(table: Mapping[str, str]) -> Callable[[list[dict[str, str]]], str]:
    """A model that answers each sentence with the table's, or with the sentence itself."""

    def reply(messages: list[dict[str, str]]) -> str:
        return in_form([(one["id"], table.get(one["text"], one["text"])) for one in data(messages)])

    return reply


def in_form(cited: Iterable[tuple[str, str]]) -> str:
    return json.dumps({"sentences": [{"cite": cite, "text": text} for cite, text in cited]})


def shown(answer: Answer) -> list[str]:
    return [one.text for one in answer.claims]
