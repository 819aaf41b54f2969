"""What a tool says: what must come first, then the text, then its numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import metadata

import msgspec
from mcp_types import CallToolResult, TextContent

from navaid.answers import triage as triage_room
from navaid.answers.render import render
from navaid.answers.render.safe import line
from navaid.serve.evidence import Card, Evidence
from navaid.starter import SourceRow
from navaid.starter.rows import Cite
from navaid.terms import Answer

VERSION = metadata.version("navaid")
_SAY_FIRST = "SAY THIS TO THE PERSON FIRST, BEFORE ANYTHING ELSE:"
NOTICE = (
    "Navaid informs; it is not medical advice. Keep each sentence with its source number, add nothing of your own as "
    "if it stood there, and leave decisions to the person and their care team."
)


def result(text: str, structured: object) -> CallToolResult:
    """A tool's result: the text for reading, the record for programs."""
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=msgspec.to_builtins(structured)
    )


def answer(found: Answer) -> CallToolResult:
    """An answer page. What must come first stands first in it."""
    page = render(found, "markdown")
    first = _SAY_FIRST if found.triage.class_ in triage_room.FIRST else ""
    return result("\n\n".join(filter(None, (first, page.strip(), NOTICE))), found)


def first(*words: str) -> str:
    """What must be said before anything else, if the words speak of it: an emergency, or distress."""
    return next(filter(None, map(triage_room.comes_first, words)), "")


def with_first(urgent: str, lines: Iterable[str]) -> str:
    """The text with what must come first before it."""
    body = "\n".join(one[: len(one) - len(one.lstrip(" "))] + line(one) for one in lines)
    return "\n\n".join(filter(None, (f"{_SAY_FIRST}\n{urgent}" if urgent else "", body, NOTICE)))


def evidence(found: Evidence) -> list[str]:
    """Passages in order, each with the number of its document, then the documents."""
    numbers = {document.id: number for number, document in enumerate(found.documents, 1)}
    lines = [f"{len(found.passages)} passages for: {found.query}", ""]
    for one in found.passages:
        where = " > ".join(one.passage.heading_path)
        lines += [f"[{numbers[one.passage.document_id]}] {f'({where}) ' if where else ''}{one.passage.text}", ""]
    if found.withheld:
        lines += [f"{found.withheld} more may not be shown under their licence.", ""]
    lines.append("Sources")
    lines += [f"{numbers[document.id]}. {_source(document)}" for document in found.documents]
    return lines


def cited(text: str, cites: Sequence[Cite], sources: dict[str, SourceRow]) -> list[str]:
    """A sentence with the numbers of its sources, and these."""
    rows = [(sources[cite.source], cite) for cite in cites]
    marks = ", ".join(str(number) for number in range(1, len(rows) + 1))
    told = [
        f"{number}. {_ended(row.title)} {row.publisher}. See: {cite.at} (checked {cite.checked}). {row.url}"
        for number, (row, cite) in enumerate(rows, 1)
    ]
    return [f"{text} [{marks}]", "", "Sources", *told]


def _source(document: Card) -> str:
    dated = str(document.date or "no date given")
    withdrawn = document.retraction.value.upper() if document.retraction.value not in ("none", "unknown") else ""
    about = ", ".join(filter(None, (document.publisher, document.kind.value, dated, withdrawn)))
    return f"{_ended(document.title)} {about}. {document.url or document.id}"


def _ended(title: str) -> str:
    """The title with the stop that ends it."""
    return title if title.endswith((".", "?", "!")) else f"{title}."
