"""`navaid records explain` as a person or a script runs it."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navaid.errors import NavaidError
from navaid.records.vault import keys
from navaid.serve import cli

PASSPHRASE = "four words and a canary"
REPORT = """SURGICAL PATHOLOGY REPORT

DIAGNOSIS: Left breast, core biopsy: invasive lobular carcinoma, grade 2.
Lymphovascular invasion: not identified.
Estrogen receptor: positive (95%)
Canaryword.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))


def records(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in this process, and what `navaid` would end with."""
    environment = {"NAVAID_HOME": str(home), "NO_COLOR": "1", "NAVAID_PASSPHRASE": PASSPHRASE}
    done = CliRunner().invoke(cli.app, ["records", *map(str, arguments)], env=environment, input="")
    code, said = done.exit_code, done.stderr
    if isinstance(done.exception, NavaidError):
        code, said = 2, f"{said}{done.exception}"
    elif done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess([], code, done.stdout, said)


def test_a_file_is_explained_and_nothing_of_it_is_kept(home: Path, report: Path) -> None:
    done = records(home, "explain", report)
    assert done.returncode == 0, done.stderr
    page = " ".join(done.stdout.split())
    assert "Grade: 2 of 3 Your report, page 1: “grade 2”" in page
    assert page.index("Lymphovascular invasion: not seen") < page.index("cancer cells seen inside")
    assert not (home / "records").exists()
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Canaryword" not in kept
    assert b"report.txt" not in kept


@pytest.mark.parametrize("option", ["--for", "--profile"])
def test_a_kept_paper_is_explained_by_its_name(home: Path, report: Path, option: str) -> None:
    assert records(home, "add", report, "--profile", "anna").returncode == 0
    report.unlink()
    done = records(home, "explain", "report.txt", option, "anna")
    assert done.returncode == 0, done.stderr
    assert "Grade: 2 of 3" in done.stdout
    clear = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Canaryword" not in clear


def test_a_kept_paper_that_is_not_there(home: Path, report: Path) -> None:
    assert records(home, "add", report, "--profile", "anna").returncode == 0
    done = records(home, "explain", "other.txt", "--for", "anna")
    assert done.returncode == 2
    assert "no kept file has this name" in done.stderr


def test_json_holds_each_value_with_its_words_and_page(home: Path, report: Path) -> None:
    done = records(home, "explain", report, "--format", "json")
    made = json.loads(done.stdout)
    values = [value for part in made["parts"] for value in part["values"]]
    grade = next(value for value in values if value["concept"] == "grade")
    assert (grade["value"], grade["words"], grade["page"]) == ("2 of 3", "grade 2", 1)
    assert all(claim["citations"] for claim in grade["claims"])


def test_a_page_in_a_file_is_for_its_owner_only(home: Path, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = records(home, "explain", report, "-f", "html", "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    html = out.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "<script" not in html
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_read_is_an_error_without_a_traceback(home: Path, tmp_path: Path) -> None:
    done = records(home, "explain", tmp_path / "missing.pdf")
    assert done.returncode == 1
    assert "missing.pdf" in done.stderr
    assert "Traceback" not in done.stderr
