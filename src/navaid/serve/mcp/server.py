"""The server: its tools, what the assistant is told of them, and how a tool's errors are told."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, ToolAnnotations

from navaid.errors import NavaidError
from navaid.records.vault import Vault
from navaid.serve.mcp import mine, texts, tools
from navaid.serve.mcp.desk import Desk
from navaid.serve.web.guard import place

TITLES = {
    "ask": "Ask about breast cancer",
    "search_evidence": "Search the evidence",
    "explain_term": "Explain a word",
    "find_trials": "Find clinical trials",
    "check_trial": "Check one trial",
    "my_profile": "What my papers say",
    "ask_about_me": "Ask, with my papers",
    "my_trials": "Trials, with my papers",
}
INSTRUCTIONS = (
    "Navaid answers questions about breast cancer from a library of checked sources on this machine. Use `ask` for "
    "questions, `explain_term` for single words, `search_evidence` for sources' own words, `find_trials` and "
    "`check_trial` for studies. Where a text begins with what must be said first, say that first, word for word. Give "
    "each medical sentence with its source and link. Where Navaid says that it knows too little, say so: do not fill "
    "the gap. Give no diagnosis, no dose and no prognosis. Tell Navaid no more about the person than they agreed to."
)
_log = logging.getLogger("navaid.mcp")


def make(desk: Desk, vault: Vault | None = None, profile: str = "") -> MCPServer:
    """A server over what `desk` holds; with an open vault also the tools about the person of `profile`."""
    server = MCPServer(
        "navaid",
        title="Navaid",
        instructions=INSTRUCTIONS,
        version=texts.VERSION,
        log_level="ERROR",
        subscriptions=False,
    )
    found = tools.tools(desk) | (mine.tools(desk, vault, profile) if vault else {})
    for name, function in found.items():
        server.add_tool(
            _told(function),
            title=TITLES[name],
            description=_description(function),
            annotations=_hints(TITLES[name]),
        )
    return server


def _hints(title: str) -> ToolAnnotations:
    """That the tool changes nothing and reaches nothing outside of this machine."""
    return ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )


def _description(function: Callable[..., object]) -> str:
    """The function's own text, a paragraph a line."""
    paragraphs = (function.__doc__ or "").split("\n\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _told(function: Callable[..., CallToolResult]) -> Callable[..., CallToolResult]:
    """The function, whose errors are words for the assistant; nobody gets a value of what nobody foresaw."""

    @functools.wraps(function)
    def call(*given: object, **named: object) -> CallToolResult:
        try:
            return function(*given, **named)
        except NavaidError as error:
            raise ToolError(str(error)) from None
        except Exception as error:
            _log.error("unexpected: %s", place(error))
            raise ToolError("something went wrong in Navaid; nothing is lost, and trying again may help") from None

    return call
