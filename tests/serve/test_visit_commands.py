"""`navaid visit` as a person runs it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navaid.errors import NavaidError
from navaid.records.vault import keys
from navaid.serve import cli

PASSPHRASE = "four words and a canary"
FIRST = """SURGICAL PATHOLOGY REPORT

Patient: Jane Canaryword   DOB 05/04/1970   Date: 02/03/2026
Diagnosis: Left breast, core biopsy: invasive ductal carcinoma, grade 2.
Estrogen receptor: positive (95%)
Progesterone receptor: negative
HER2 by IHC: 2+ (equivocal)
"""
SECOND = """ONCOLOGY CLINIC NOTE

Patient: Jane Canaryword   DOB 05/04/1970   Date: 02/20/2026
Allergies: penicillin (rash)
Medications: lisinopril 10 mg daily
ECOG 1. HER2 FISH: not amplified.
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little stretching, which is measured elsewhere."""
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {"NAVAID_HOME": str(home), "NO_COLOR": "1", "NAVAID_PASSPHRASE": PASSPHRASE}
    environment["NAVAID_EMBEDDING"] = "off"
    done = CliRunner().invoke(cli.app, [*map(str, arguments)], env=environment, input="")
    code, said = done.exit_code, done.stderr
    if isinstance(done.exception, NavaidError):
        code, said = 2, f"{said}{done.exception}"
    elif done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess([], code, done.stdout, said)


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def add(home: Path, name: str, text: str) -> None:
    path = home.parent / name
    path.write_text(text)
    fine(run(home, "records", "add", path, "--yes"))


def plan(home: Path) -> dict[str, object]:
    made: dict[str, object] = json.loads(fine(run(home, "visit", "show", "--json")))
    return made


def texts(home: Path) -> list[str]:
    return [item["text"] for item in plan(home)["items"]]  # type: ignore[index,attr-defined]


def test_from_papers_to_a_plan_that_keeps_what_was_changed(home: Path) -> None:
    add(home, "first.txt", FIRST)
    said = fine(run(home, "visit", "prepare", "--on", "2026-12-03"))
    assert "Questions for the visit on 2026-12-03" in said
    before = texts(home)
    assert len(before) >= 3
    fine(run(home, "visit", "add", "Can I fly in May?"))
    fine(run(home, "visit", "edit", 2, "Mine: what about HER2?"))
    fine(run(home, "visit", "drop", 4))
    fine(run(home, "visit", "move", 3, 1))
    fine(run(home, "visit", "done", 2))
    fine(run(home, "visit", "note", "the lump feels smaller"))
    changed = texts(home)
    assert changed[:3] == [before[1], "Can I fly in May?", "Mine: what about HER2?"]
    add(home, "second.txt", SECOND)
    fine(run(home, "visit", "prepare"))
    again, now = plan(home), texts(home)
    assert [text for text in now if text in changed[:3]] == changed[:3]
    assert before[2] not in now
    assert again["note"] == "the lump feels smaller"
    assert again["day"] == "2026-12-03"
    shown = fine(run(home, "visit", "show"))
    assert "[asked] Can I fly in May? (my own)" in shown
    assert "Taken out: 1" in shown
    fine(run(home, "visit", "prepare", "--anew"))
    assert "Can I fly in May?" not in texts(home)
    assert before[2] in texts(home) or "HER2" in before[2]


def test_pages_are_written_and_hold_what_the_papers_say(home: Path, tmp_path: Path) -> None:
    add(home, "first.txt", FIRST)
    add(home, "second.txt", SECOND)
    fine(run(home, "visit", "prepare"))
    out = tmp_path / "out"
    fine(run(home, "visit", "export", "--to", out, "--form", "person", "--form", "fhir", "--form", "clinician"))
    person = (out / "visit-person.html").read_text()
    assert "penicillin (rash)" in person
    assert "lisinopril" in person
    assert "ECOG performance status: 1" in (out / "visit-clinician.html").read_text()
    assert json.loads((out / "visit-fhir.json").read_bytes())["type"] == "document"
    again = run(home, "visit", "export", "--to", out, "--form", "fhir")
    assert again.returncode == 1
    assert "--replace" in again.stderr


def test_what_cannot_be_done_is_said_with_what_mends_it(home: Path) -> None:
    add(home, "first.txt", FIRST)
    early = run(home, "visit", "show")
    assert early.returncode == 2
    assert "navaid visit prepare" in early.stderr
    wrong = run(home, "visit", "prepare", "--on", "next week")
    assert "such as 2026-12-03" in wrong.stderr
    fine(run(home, "visit", "prepare"))
    assert "no question has the number 99" in run(home, "visit", "drop", 99).stderr
    assert "the question is empty" in run(home, "visit", "add", " ").stderr
    assert "letters" in run(home, "visit", "note", "x" * 700).stderr


def test_nothing_of_the_plan_lies_open_on_disk(home: Path) -> None:
    add(home, "first.txt", FIRST)
    fine(run(home, "visit", "prepare"))
    fine(run(home, "visit", "add", "Does Zebrafinch matter?"))
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    assert not any(b"Zebrafinch" in path.read_bytes() for path in files)
