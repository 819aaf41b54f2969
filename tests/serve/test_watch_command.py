"""`navaid watch` as a person or a script runs it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navaid.errors import NavaidError
from navaid.library import Library
from navaid.records.vault import keys
from navaid.serve import cli

PASSPHRASE = "four words and a canary"
LETTER = """ONCOLOGY CLINIC NOTE
Date: 03/10/2026

Diagnosis: Metastatic breast cancer, ER positive, HER2 negative.
Current treatment: palbociclib and letrozole, started January 2026.
Plan: denosumab will be started.
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little stretching, which is measured elsewhere."""
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))


def run(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in this process, and what `navaid` would end with."""
    environment = {"NAVAID_HOME": str(home), "NO_COLOR": "1", "NAVAID_PASSPHRASE": PASSPHRASE}
    done = CliRunner().invoke(cli.app, [str(each) for each in arguments], env=environment, input="")
    if isinstance(done.exception, NavaidError):
        return subprocess.CompletedProcess([], 2, done.stdout, f"{done.stderr}{done.exception}")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess([], done.exit_code, done.stdout, done.stderr)


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER)
    fine(run(tmp_path / "home", "records", "add", "--profile", "Ana", letter))
    return tmp_path / "home"


def test_the_page_of_a_drug_without_any_papers(tmp_path: Path, embedded: Library) -> None:
    said = fine(run(tmp_path, "watch", "--drug", "Ibrance", "--library", embedded.folder))
    plain = " ".join(said.split())
    assert said.startswith("What should I watch for with palbociclib?")
    assert (
        plain.index("Get help or call your team at once")
        < plain.index("Whom to call")
        < plain.index("tell your team the same day")
    )
    number = plain.partition("should be reported at once on palbociclib. [")[2].partition("]")[0]
    assert f"[{number}] IBRANCE" in plain
    assert "papers" not in plain


def test_the_page_of_a_person_quotes_her_papers(home: Path, embedded: Library) -> None:
    plain = " ".join(fine(run(home, "watch", "--for", "Ana", "--library", embedded.folder)).split())
    assert "This page was made for Ana" in plain
    assert "palbociclib: Your" in plain
    assert "letrozole: Your" in plain
    assert "denosumab" in plain
    assert "It is planned" in plain


def test_as_json_each_drug_has_its_sentences_with_their_sources(home: Path, embedded: Library) -> None:
    rows = json.loads(fine(run(home, "watch", "--for", "Ana", "--json", "--library", embedded.folder)))
    assert {"palbociclib", "letrozole", "denosumab"} == {row["drug"] for row in rows}
    for row in rows:
        for claim in (*row["now"], *row["call"], *row["expect"]):
            assert claim["citations"]
            assert claim["origin"] == "starter"


def test_papers_without_a_drug_are_said_to_have_none(tmp_path: Path, embedded: Library) -> None:
    letter = tmp_path / "report.txt"
    letter.write_text("SURGICAL PATHOLOGY REPORT\n\nDiagnosis: Left breast, core biopsy: invasive lobular carcinoma.\n")
    fine(run(tmp_path / "home", "records", "add", "--profile", "Ana", letter))
    said = fine(run(tmp_path / "home", "watch", "--for", "Ana", "--library", embedded.folder))
    assert said.startswith("Your papers name no drug")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [((), "for whom"), (("--for", "Ana", "--drug", "Ibrance"), "for whom"), (("--drug", "bread"), "no drug is known")],
)
def test_what_cannot_be_shown_is_said_with_the_way_out(
    tmp_path: Path, embedded: Library, arguments: tuple[str, ...], error: str
) -> None:
    done = run(tmp_path, "watch", *arguments, "--library", embedded.folder)
    assert done.returncode == 2
    assert error in done.stderr
    assert "navaid watch" in done.stderr
