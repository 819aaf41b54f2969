"""`ask --plain`, `ask --language` and `navaid models`, as a person runs them, with a scripted model on loopback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answers.pairs import FAITHFUL
from tests.answers.wording import data, in_form, page
from tests.models import scripted
from tests.models.scripted import Server

from navaid.models import consent, outbox
from navaid.serve import wish
from navaid.terms import Answer

ASKED = "Is CAR-T approved for breast cancer? My name is Quill"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def shorter(messages: list[dict[str, str]]) -> str:
    """A model with one idea: "do not" for "does not" and the like are left, "in a lab" moves nowhere."""
    return in_form([(one["id"], one["text"].replace("takes about", "lasts about")) for one in data(messages)])


@pytest.fixture
def server() -> Iterator[Server]:
    with scripted.serve(shorter) as one:
        yield one


def navaid(home: Path, chat: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NAVAID_HOME": str(home), "NAVAID_EMBEDDING": "off", "NO_COLOR": "1", "COLUMNS": "80"}
    environment["NAVAID_CHAT"] = chat
    return subprocess.run(
        [sys.executable, "-m", "navaid", *arguments],
        input=given,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_without_a_model_the_answer_is_as_before_and_other_words_say_how_to_set_one(home: Path) -> None:
    assert answer(navaid(home, "off", "ask", "-f", "json", ASKED))["rewordings"] == []
    for words in (("--plain",), ("--language", "es")):
        done = navaid(home, "off", "ask", *words, ASKED)
        assert done.returncode == 2
        assert done.stderr.startswith("ModelUnavailable: ")
        assert "NAVAID_CHAT=auto" in done.stderr
        assert "Traceback" not in done.stderr


def test_what_must_come_first_is_said_though_there_is_no_model(home: Path) -> None:
    done = navaid(home, "off", "ask", "--language", "es", "I had chemo last week and my temperature is 38.4 C")
    assert done.stderr.startswith("LLAME HOY\nPor favor, llame ahora")
    assert "ModelUnavailable" in done.stderr


def test_sentences_are_sent_and_the_question_is_not(home: Path, server: Server) -> None:
    done = navaid(home, server.setting(), "ask", "--plain", "--explain", "-f", "json", ASKED)
    found = answer(done)
    (told,) = found["rewordings"]  # type: ignore[misc]
    assert told["sent"] > 5
    assert told["sent"] == told["accepted"] + told["same"] + len(told["refused"])
    assert f"{told['sent']} sentences in {told['calls']} calls" in done.stderr
    assert "tokens sent" in done.stderr
    assert server.calls
    for call in server.calls:
        assert b"Quill" not in call.body
        assert b"approved for breast cancer?" not in call.body


def test_each_refusal_is_explained(home: Path, server: Server) -> None:
    def bent(messages: list[dict[str, str]]) -> str:
        return in_form([(one["id"], one["text"].rstrip(".?") + " and is safe for everyone.") for one in data(messages)])

    server.reply = bent
    done = navaid(home, server.setting(), "ask", "--plain", "--explain", ASKED)
    assert done.returncode == 0, done.stderr
    assert "refused for " in done.stderr
    assert "| model " in done.stderr
    assert "safe for everyone" not in done.stdout


def test_lines_are_answered_in_other_words_too(home: Path, server: Server) -> None:
    done = navaid(home, server.setting(), "ask", "--plain", "--jsonl", given=json.dumps({"id": 1, "question": ASKED}))
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["answer"]["rewordings"][0]["sent"] > 5


def test_a_model_that_is_not_there_costs_nothing(home: Path) -> None:
    done = navaid(home, "http://127.0.0.1:9/v1#none", "ask", "--plain", "-f", "json", ASKED)
    found = answer(done)
    assert found["sections"]
    assert found["rewordings"][0]["failures"]  # type: ignore[index]


def test_a_code_that_is_no_language_is_said(home: Path, server: Server) -> None:
    done = navaid(home, server.setting(), "ask", "--language", "../x", ASKED)
    assert done.returncode == 2
    assert "no code of a language" in done.stderr
    assert server.calls == []


def test_nothing_leaves_before_a_person_agreed_and_then_each_call_is_in_the_outbox(home: Path, server: Server) -> None:
    chat, where = server.setting("big:cloud"), f"ollama.com through {server.origin}"
    found = answer(navaid(home, chat, "ask", "--plain", "-f", "json", ASKED))
    assert server.calls == []
    assert "agreed" in found["rewordings"][0]["failures"][0]  # type: ignore[index]

    shown = navaid(home, chat, "models", "preview")
    assert f"To:    {where}  (NOT encrypted on the way)" in shown.stdout
    assert '"role":"system"' in shown.stdout
    assert navaid(home, chat, "models", "agree", given="n\n").returncode == 1
    assert not consent.given(home, where)
    assert "nothing was agreed to" in navaid(home, chat, "models", "withdraw").stderr

    done = navaid(home, chat, "models", "agree", given="y\n")
    assert done.returncode == 0, done.stderr
    assert consent.given(home, where)
    assert "agreed to" in navaid(home, chat, "models", "show").stdout
    assert server.calls == []

    answer(navaid(home, chat, "ask", "--plain", "-f", "json", ASKED))
    assert server.calls
    kept = outbox.read(home)
    assert [row.sha256 for row in kept] == [outbox.digest(call.body) for call in server.calls]
    listed = navaid(home, chat, "models", "outbox")
    assert kept[0].sha256 in listed.stdout
    assert f"{len(kept)} calls left this machine" in listed.stderr

    assert "taken back" in navaid(home, chat, "models", "withdraw").stdout
    calls = len(server.calls)
    answer(navaid(home, chat, "ask", "--plain", "-f", "json", ASKED))
    assert len(server.calls) == calls


def test_a_model_on_this_machine_needs_no_agreement(home: Path, server: Server) -> None:
    for command in ("preview", "agree"):
        assert "nothing leaves this machine" in navaid(home, server.setting(), "models", command).stdout
    assert "on this machine" in navaid(home, server.setting(), "models", "show").stdout


def test_the_doctor_names_the_model(home: Path, server: Server) -> None:
    assert (
        f"language model scripted at {server.origin}, on this machine"
        in navaid(home, server.setting(), "doctor").stdout
    )
    assert "language model off" in navaid(home, "off", "doctor").stdout


# --------------------------------------------------------------------------- being asked


def _wished(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> Answer:
    """The answer of a person at a terminal who says this when asked."""
    monkeypatch.setenv("NAVAID_HOME", str(home))
    monkeypatch.setenv("NAVAID_CHAT", server.setting("big:cloud"))
    monkeypatch.setattr(wish, "_somebody_is_there", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(says))
    return wish.Wish(plain=True).fulfil(page([FAITHFUL[0][0], FAITHFUL[1][0]]))


def test_a_person_sees_exactly_what_is_sent_first(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    after = _wished(server, tmp_path, monkeypatch, "y\n")
    said = capsys.readouterr().err
    assert after.rewordings[0].sent == 2
    assert server.calls[0].body.decode() in said
    assert "Your question is not sent" in said
    assert len(outbox.read(tmp_path)) == len(server.calls)


def test_who_does_not_agree_gets_the_answer_as_it_was(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = _wished(server, tmp_path, monkeypatch, "n\n")
    assert server.calls == []
    assert [claim.text for claim in after.claims] == [FAITHFUL[0][0], FAITHFUL[1][0]]
    assert "did not agree" in after.rewordings[0].failures[0]
