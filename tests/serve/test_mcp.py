"""The tools as an assistant uses them: in this process, in a process of its own over its pipes, and over HTTP."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client
from mcp.server import MCPServer
from starlette.testclient import TestClient
from tests.trials.made_up import record
from typer.testing import CliRunner

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library
from navaid.records import vault
from navaid.records.vault import keys, ways
from navaid.serve import cli
from navaid.serve.mcp import http, mine, server
from navaid.serve.mcp.desk import Desk
from navaid.serve.web.api.tokens import Tokens
from navaid.terms import Answer, decode, encode
from navaid.trials.store import Store

PASSPHRASE = "seven lanterns under water"
PATHOLOGY = """SURGICAL PATHOLOGY REPORT
Patient: Anna Example
Collected: 2026-02-03

Diagnosis: Left breast, core biopsy: invasive ductal carcinoma, grade 2.
Estrogen receptor: positive (90%)
HER2 by IHC: 1+ (negative)
"""
CRITERIA = "Inclusion Criteria:\n\n* Age 18 years or older\n* HER2-positive\n\nExclusion Criteria:\n\n* ECOG 3 or 4"
PUBLIC = {"ask", "search_evidence", "explain_term", "find_trials", "check_trial"}
PERSONAL = {"my_profile", "ask_about_me", "my_trials"}
T = TypeVar("T")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one study kept, and little stretching of passphrases, which is measured elsewhere."""
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))
    file = tmp_path / "study.json"
    file.write_text(json.dumps([record(1, "Trastuzumab Again", given=("Trastuzumab",), criteria=CRITERIA)]))
    with Store(tmp_path / "home" / "trials") as store:
        journeys.add_trials(store, [file])
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, embedded: Library) -> Iterator[Desk]:
    made = Desk(Settings(home=str(home), embedding="off"), embedded.folder)
    yield made
    made.close()


@pytest.fixture
def kept(home: Path, tmp_path: Path) -> vault.Vault:
    """The records of `me`, with one paper."""
    paper = tmp_path / "Anna Example pathology.txt"
    paper.write_text(PATHOLOGY)
    opened = vault.create(home / "records", ways.passphrase(PASSPHRASE))
    with opened.papers("me", create=True) as papers:
        assert all(o.original for o in journeys.add_records(papers, [paper], decide=lambda _: True))
    return opened


def with_client(made: MCPServer | Any, use: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Client(made) as client:
            return await use(client)

    return asyncio.run(run())


def call(made: MCPServer, name: str, **arguments: Any) -> tuple[str, Any]:
    """The tool's text and its structured content; it must not be an error."""
    done = with_client(made, lambda client: client.call_tool(name, arguments))
    assert not done.is_error, done.content
    return done.content[0].text, done.structured_content


def fails(made: MCPServer, name: str, **arguments: Any) -> str:
    done = with_client(made, lambda client: client.call_tool(name, arguments))
    assert done.is_error
    assert "Traceback" not in done.content[0].text
    return str(done.content[0].text)


def test_every_tool_only_reads_and_says_what_it_gets_gives_and_sends(desk: Desk) -> None:
    listed = with_client(server.make(desk), lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == PUBLIC
    for tool in listed:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.open_world_hint is False
        for word in ("Gets:", "Gives:", "Sends nothing"):
            assert word in tool.description
    guide = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text("utf-8")
    for name in PUBLIC | PERSONAL:
        assert f"`{name}`" in guide, f"docs/mcp.md does not speak of {name}"


def test_an_answer_has_numbered_sources_and_is_the_record(desk: Desk) -> None:
    text, structured = call(server.make(desk), "ask", question="What is DCIS?")
    answer = decode(encode(structured), Answer)
    assert answer.claims
    assert answer.claims[0].text.split()[0] in text
    assert "[1" in text
    assert "1. " in text.split("## Sources")[-1]
    assert answer.sources[0].title in text


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {"question": "I have a fever of 38.5 during chemo, what is it?"}),
        ("search_evidence", {"query": "I have a fever of 38.5 during chemo"}),
        ("find_trials", {"words": "I have a fever of 38.5 during chemo"}),
        ("check_trial", {"nct_id": "NCT00000001", "about": "52, HER2-negative, I have a fever of 38.5 during chemo"}),
    ],
)
def test_an_emergency_comes_first_in_every_text(desk: Desk, tool: str, arguments: dict[str, str]) -> None:
    text, _ = call(server.make(desk), tool, **arguments)
    assert text.startswith("SAY THIS TO THE PERSON FIRST")
    assert "24-hour number" in text[:400]


def test_evidence_words_and_studies(desk: Desk) -> None:
    made = server.make(desk)
    text, structured = call(made, "search_evidence", query="lymphedema after surgery", limit=3)
    assert text.startswith(f"{len(structured['passages'])} passages")
    assert structured["documents"][0]["title"] in text
    text, structured = call(made, "explain_term", term="biopsy")
    assert structured["text"] in text
    assert "https://" in text
    text, structured = call(made, "find_trials", words="trastuzumab")
    assert [study["nct_id"] for study in structured["studies"]] == ["NCT00000001"]
    assert "NCT00000001" in text
    text, structured = call(made, "check_trial", nct_id="nct00000001", about="52 years old, HER2-negative, ECOG 1")
    assert structured["verdict"] == "does_not_fit"
    assert "HER2-positive" in text


def test_what_cannot_be_done_is_told_with_its_mending(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = server.make(desk)
    assert "does not explain" in fails(made, "explain_term", term="gearbox")
    assert "trials sync --id" in fails(made, "check_trial", nct_id="NCT09999999", about="52 years old")
    assert "nothing is said" in fails(made, "check_trial", nct_id="NCT00000001", about="  ")
    assert "holds no words" in fails(made, "ask", question="?!")
    assert fails(made, "ask")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the words of somebody")

    monkeypatch.setattr(journeys, "ask", broken)
    assert "words of somebody" not in fails(made, "ask", question="What is DCIS?")


def test_nothing_about_the_person_is_there_unless_they_switch_it_on(desk: Desk, kept: vault.Vault) -> None:
    assert "my_profile" in fails(server.make(desk), "my_profile")
    made = server.make(desk, kept, "me")
    listed = with_client(made, lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == PUBLIC | PERSONAL
    assert all(tool.annotations.read_only_hint for tool in listed)
    text, structured = call(made, "my_profile")
    grade = next(one for one in structured["values"] if one["concept"] == "grade")
    assert (grade["value"], grade["paper"], grade["page"]) == (2, 1, 1)
    assert "Anna" not in text + json.dumps(structured)
    text, structured = call(made, "ask_about_me", question="Is Herceptin for me?")
    assert decode(encode(structured), Answer).personal is not None
    text, structured = call(made, "my_trials", words="trastuzumab")
    assert structured["studies"][0]["verdict"] == "does_not_fit"


# --------------------------------------------------------------------------- in a process of its own


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "NAVAID_HOME": str(home), "NAVAID_EMBEDDING": "off", **more}


def test_over_pipes_only_the_protocol_is_on_standard_output(home: Path, kept: vault.Vault, tmp_path: Path) -> None:
    said = tmp_path / "stderr.txt"
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "navaid", "mcp", "--profile", "me"],
        env=environment(home, NAVAID_PASSPHRASE=PASSPHRASE),
    )

    async def run() -> tuple[set[str], str]:
        with said.open("w") as errors:
            async with Client(stdio_client(parameters, errlog=errors)) as client:
                names = {tool.name for tool in (await client.list_tools()).tools}
                done = await client.call_tool("ask", {"question": "What is DCIS?"})
                return names, done.content[0].text

    names, text = asyncio.run(run())
    assert names == PUBLIC | PERSONAL
    assert "Sources" in text
    assert said.read_text().strip() == mine.WARNING.format(name="me")


def test_each_line_on_standard_output_is_a_message(home: Path) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    }
    asked = {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": "?"}},
    }
    lines = [hello, {"jsonrpc": "2.0", "method": "notifications/initialized"}, asked]
    with subprocess.Popen(
        [sys.executable, "-m", "navaid", "mcp"],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("".join(json.dumps(one) + "\n" for one in lines))
        process.stdin.flush()
        messages = [json.loads(process.stdout.readline()) for _ in range(2)]
        rest, errors = process.communicate(timeout=30)
    assert [message["id"] for message in messages] == [1, 2]
    assert messages[1]["result"]["isError"]
    assert (rest, errors) == ("", "")


def test_a_wrong_passphrase_starts_nothing(home: Path, kept: vault.Vault) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "navaid", "mcp", "--profile", "me"],
        env=environment(home, NAVAID_PASSPHRASE="wrong"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "WrongKey" in done.stderr


def test_without_the_package_it_is_said_how_to_get_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    done = CliRunner().invoke(cli.app, ["mcp"], env=environment(home))
    assert "pip install 'navaid[mcp]'" in str(done.exception)


# --------------------------------------------------------------------------- over HTTP


def test_over_http_a_token_and_the_right_host_are_needed(desk: Desk, home: Path, kept: vault.Vault) -> None:
    tokens, today = Tokens(home), dt.date.today()
    reads, records = tokens.new("reads", "", 1, today)[1], tokens.new("mine", "me", 1, today)[1]
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    }
    kinds = {"accept": "application/json, text/event-stream"}

    def status(client: TestClient, token: str, **headers: str) -> int:
        sent = kinds | ({"authorization": f"Bearer {token}"} if token else {}) | headers
        return int(client.post("/mcp", json=hello, headers=sent).status_code)

    base = "http://127.0.0.1:8799"
    with TestClient(http.app(server.make(desk), home, 8799), base_url=base) as client:
        assert status(client, "") == 401
        assert status(client, "navaid_wrong") == 401
        assert status(client, reads, host="evil.example:8799") == 421
        assert status(client, reads, origin="https://evil.example") == 403
        assert status(client, reads) == 200
    with TestClient(http.app(server.make(desk, kept, "me"), home, 8799, "me"), base_url=base) as client:
        assert status(client, reads) == 403
        assert status(client, records) == 200
