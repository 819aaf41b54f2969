"""The commands as a person or a script runs them, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from navaid.serve import help

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def navaid(home: Path, *arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "NAVAID_HOME": str(home), "NAVAID_EMBEDDING": "off", "NO_COLOR": "1", "COLUMNS": "80"}
    given = given.encode() if isinstance(given, str) else given
    return subprocess.run(
        [sys.executable, "-m", "navaid", *arguments], input=given, capture_output=True, env=environment, timeout=120
    )


def fails(done: subprocess.CompletedProcess[bytes], error: str) -> str:
    """The message of a run that must end with one NavaidError and no traceback."""
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert said.startswith(f"{error}: "), said
    assert "Traceback" not in said
    assert "fix:" in said
    return said


def test_the_readme_command_answers_from_nothing(home: Path) -> None:
    done = navaid(home, "ask", "How does CAR-T cell therapy work for breast cancer?")
    page = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "In short" in page
    assert "https://www.cancer.gov/" in page


def test_many_questions_in_one_process_and_a_bad_line_in_its_place(home: Path) -> None:
    lines = ['{"id": "a", "question": "what is CAR-T"}', "{cut", '["x"]', '{"id": "c"}', '{"id": 4, "question": "  "}']
    done = navaid(home, "ask", "--jsonl", given="\n".join(lines) + "\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr.decode()
    assert [row["id"] for row in rows] == ["a", None, None, "c", 4]
    assert rows[0]["answer"]["sections"][0]["claims"][0]["citations"][0]["document"]
    assert [row["error"]["kind"] for row in rows[1:]] == ["BadInput"] * 4


def test_triage_reads_lines(home: Path) -> None:
    row = {"id": 1, "text": "I cannot breathe and my lips are blue"}
    done = navaid(home, "triage", "--jsonl", given=json.dumps(row))
    found = json.loads(done.stdout)
    assert set(found) == {"id", "class", "message", "reason"}
    assert (found["id"], found["class"]) == (1, "emergency_now")
    assert found["message"]


def test_an_answer_is_kept_and_shown_again_as_it_was(home: Path) -> None:
    kept = navaid(home, "ask", "--save", "--format", "json", "what is CAR-T")
    listed = navaid(home, "answers", "list").stdout.decode()
    answer = json.loads(kept.stdout)
    assert answer["id"] in listed
    assert json.loads(navaid(home, "answers", "show", answer["id"], "--format", "json").stdout) == answer
    fails(navaid(home, "answers", "show", "none"), "BadInput")


def test_html_goes_to_a_file(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = navaid(home, "ask", "what is CAR-T", "--format", "html", "--out", str(out))
    assert done.returncode == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    fails(navaid(home, "ask", "what is CAR-T", "--out", str(tmp_path / "no" / "such.html")), "BadInput")


def test_explain_prints_each_step_apart_from_the_answer(home: Path) -> None:
    done = navaid(home, "ask", "what is CAR-T", "--explain")
    assert re.findall(r"── (\w+)", done.stderr.decode()) == ["plan", "triage", "search", "compose", "verify"]


@pytest.mark.parametrize("question", ["", "   ", "?!", "word " * 20_000])
def test_a_bad_question_is_one_message(home: Path, question: str) -> None:
    fails(navaid(home, "ask", question), "BadInput")


def test_adding_lists_skips_with_reasons_and_is_idempotent(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "note.md").write_text("# Lymphedema\n\nSwelling of the arm is called lymphedema.\n")
    (folder / "cut.jsonl").write_text(
        json.dumps({"url": "https://example.org/a", "title": "A", "text": "# A\n\nWords."}) + '\n{"url": "https:'
    )
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\nnot really")
    library = str(tmp_path / "library")
    first = navaid(home, "library", "add", str(folder), "--library", library)
    assert "2 new" in first.stdout.decode(), first.stderr.decode()
    assert "2 skipped" in first.stdout.decode()
    assert first.stderr.decode().count("skipped ") == 2
    again = navaid(home, "library", "add", str(folder), "--library", library)
    assert "0 new, 0 changed, 2 unchanged" in again.stdout.decode()
    assert "sound" in navaid(home, "library", "check", "--library", library).stdout.decode()
    listed = navaid(home, "library", "list", "--library", library).stdout.decode()
    assert "https://example.org/a" in listed
    shown = navaid(home, "library", "show", "URL:https://example.org/a", "--library", library).stdout.decode()
    assert "licence:" in shown
    assert (
        "removed"
        in navaid(home, "library", "remove", "URL:https://example.org/a", "--library", library).stdout.decode()
    )
    assert "documents: " in navaid(home, "library", "stats", "--library", library).stdout.decode()


def test_a_missing_library_or_path_is_one_message(home: Path, tmp_path: Path) -> None:
    fails(navaid(home, "ask", "what is CAR-T", "--library", str(tmp_path / "none")), "LibraryMissing")
    fails(navaid(home, "library", "add", str(tmp_path / "none.pdf"), "--library", str(tmp_path / "l")), "BadInput")


def test_a_bad_setting_is_one_message(home: Path, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("dense_share = 'much'")
    fails(navaid(tmp_path, "ask", "what is CAR-T"), "BadInput")


def test_doctor_finds_all_that_is_needed(home: Path) -> None:
    done = navaid(home, "doctor")
    assert done.returncode == 0, done.stdout.decode()
    assert "library in" in done.stdout.decode()


def test_the_help_in_docs_is_that_of_the_commands() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == help.page(), "run `python -m navaid.serve.help > docs/commands.md`"


def test_the_readme_commands_are_those_of_ci() -> None:
    commands = re.findall(r"^    (python3 -m venv .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
