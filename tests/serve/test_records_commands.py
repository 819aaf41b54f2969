"""`navaid records` as a person or a script runs it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navaid.config import Settings
from navaid.errors import NavaidError
from navaid.records.vault import keys
from navaid.serve import cli, records_doctor

PASSPHRASE = "four words and a canary"
CANARY = "Canaryword"
REPORT = f"""SURGICAL PATHOLOGY REPORT

Diagnosis: Left breast, core biopsy: invasive lobular carcinoma, grade 2.
Estrogen receptor: positive (95%)
Progesterone receptor: negative
HER2 by IHC: 1+ (negative)
Comment by Dr {CANARY}.
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
    """Little stretching, which is measured elsewhere: these tests open the records a hundred times."""
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))


def records(home: Path, *arguments: object, passphrase: str | None = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    """The command in this process, and what `navaid` would end with."""
    environment = {"NAVAID_HOME": str(home), "NO_COLOR": "1", "NAVAID_PASSPHRASE": passphrase}
    done = CliRunner().invoke(cli.app, ["records", *map(str, arguments)], env=environment, input="")
    code, said = done.exit_code, done.stderr
    if isinstance(done.exception, NavaidError):
        code, said = 2, f"{said}{done.exception}"
    elif done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess([], code, done.stdout, said)


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def fails(done: subprocess.CompletedProcess[str], error: str, code: int = 2) -> str:
    assert done.returncode == code, done.stdout + done.stderr
    assert error in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def raw(folder: Path) -> bytes:
    return b"\0".join(str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_from_a_paper_to_a_profile_and_back(home: Path, report: Path, tmp_path: Path) -> None:
    said = fine(records(home, "add", report))
    assert "Estrogen receptor (ER)\tpositive" in said
    assert "Looked for and not found" in said
    assert "report.txt" in fine(records(home, "list"))
    assert "report.txt, page 1\tEstrogen receptor: positive" in fine(records(home, "show", "er.status"))
    made = json.loads(fine(records(home, "show", "--json")))
    assert made["profile"]["er"]["status"]["value"] == "positive"
    assert made["findings"][0]["words"] in REPORT
    out = tmp_path / "out"
    fine(records(home, "export", "--to", out))
    assert (out / "originals" / "report.txt").read_bytes() == report.read_bytes()
    assert json.loads((out / "mcode-bundle.json").read_bytes())["resourceType"] == "Bundle"
    assert b"Summary for a visit" in (out / "summary.html").read_bytes()
    assert stat.S_IMODE((out / "profile.json").stat().st_mode) == 0o600
    assert "nothing was written over it" in fails(records(home, "export", "--to", out), "BadInput", 1)
    fine(records(home, "export", "--to", out, "--form", "json", "--replace"))
    assert "sound: 1 files" in fine(records(home, "check"))
    assert CANARY.encode() not in raw(home)


def test_the_persons_own_word_is_kept_and_can_be_taken_back(home: Path, report: Path) -> None:
    fine(records(home, "add", report))
    assert "you confirmed it" in fine(records(home, "confirm", "er.status"))
    assert "HER2\tpositive (also: negative)" in fine(records(home, "correct", "her2.status", "positive"))
    fine(records(home, "reject", "pr.status"))
    assert "Progesterone receptor (PR)\tnegative" not in fine(records(home, "show"))
    fine(records(home, "add", report, "--yes"))  # reading it again changes nothing of it
    assert "HER2\tpositive" in fine(records(home, "show", "her2.status"))
    assert "1 of your own words taken back" in fine(records(home, "unsay", "pr.status"))
    assert "Progesterone receptor (PR)\tnegative" in fine(records(home, "show"))
    assert "one of: positive" in fails(records(home, "correct", "er.status", "perhaps"), "BadInput")
    fails(records(home, "confirm", "ecog"), "do not state")


def test_jsonl_gives_a_line_for_each_file_and_keeps_nothing(home: Path, report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    done = records(home, "read", broken, report, tmp_path / "nothing", "--jsonl", passphrase=None)
    one, two, three = map(json.loads, fine(done).splitlines())
    assert one["path"] == str(broken)
    assert set(one["error"]) == {"kind", "what", "where", "fix"}
    assert three["error"]["kind"] == "BadInput"
    assert two["profile"]["er"]["status"]["value"] == "positive"
    first = two["findings"][0]
    assert REPORT[slice(*first["span"])] == first["words"]
    assert not (home / "records").exists()
    assert "receptors" in fine(records(home, "read", report, "--explain", passphrase=None))


def test_a_doubtful_paper_is_kept_or_refused_as_chosen(home: Path, report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    fine(records(home, "add", report))
    again = records(home, "add", report)
    assert again.returncode == 1
    assert "kept already" in again.stderr
    assert "--yes" in again.stderr
    assert "not kept" in records(home, "add", "--refuse", broken).stdout
    assert "broken" not in fine(records(home, "list"))
    assert "nothing could be read" in fine(records(home, "add", "--yes", broken))
    assert "broken.pdf" in fine(records(home, "list"))
    fails(records(home, "add", "--yes", "--refuse", report), "opposite")


def test_a_wrong_or_missing_passphrase_opens_nothing_and_is_not_shown(home: Path, report: Path, tmp_path: Path) -> None:
    fails(records(home, "list"), "VaultMissing")
    fine(records(home, "add", report))
    assert "not the words" not in fails(records(home, "show", passphrase="not the words"), "WrongKey")
    assert "NAVAID_PASSPHRASE" in fails(records(home, "show", passphrase=None), "BadInput")
    written = tmp_path / "passphrase"
    written.write_text(PASSPHRASE + "\n")
    fine(records(home, "list", "--passphrase-file", written, passphrase=None))
    done = records(home, "passphrase", "--new-passphrase-file", written, "--only")
    assert PASSPHRASE not in fine(done) + done.stderr


def test_a_short_passphrase_is_warned_of_and_can_be_changed(home: Path, report: Path, tmp_path: Path) -> None:
    done = records(home, "add", report, passphrase="abc")
    fine(done)
    assert "short" in done.stderr
    (tmp_path / "new").write_text(PASSPHRASE)
    fine(records(home, "passphrase", "--new-passphrase-file", tmp_path / "new", passphrase="abc"))
    fails(records(home, "list", passphrase="abc"), "WrongKey")
    assert "report.txt" in fine(records(home, "list"))


def test_a_key_file_instead_of_a_passphrase(home: Path, report: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    fine(records(home, "add", report, "--key-file", key, passphrase=None))
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "report.txt" in fine(records(home, "list", "--key-file", key, passphrase=None))
    assert "--key-file" in fails(records(home, "list", passphrase=None), "BadInput")


def test_two_people_and_forgetting_one(home: Path, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Breast, right. Progesterone receptor: positive\n")
    fine(records(home, "add", report, "--profile", "anna"))
    fine(records(home, "add", other, "--profile", "berta"))
    assert "anna\t1\nberta\t1" in fine(records(home, "profiles"))
    assert "anna, berta" in fails(records(home, "show"), "2 profiles")
    assert "other.txt" not in fine(records(home, "list", "--profile", "anna"))
    assert "removed" in fine(records(home, "remove", "other.txt", "--profile", "berta", "--yes"))
    assert records(home, "forget", "--profile", "anna").returncode == 1  # not without being asked
    fine(records(home, "forget", "--profile", "anna", "--yes"))
    assert fine(records(home, "profiles")).split() == ["profile", "files", "berta", "0"]
    assert not list(home.glob("records/*/files/*"))
    fine(records(home, "forget", "--everything", "--yes"))
    assert not [path for path in (home / "records").rglob("*") if path.is_file()]


def test_text_of_a_paper_does_not_act_on_the_terminal(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[31m.txt"
    path.write_text("Breast. Estrogen\x1b]0;own\x07 receptor: positive \x1b[2J\n[bold]HER2[/bold]: negative\n")
    done = records(home, "add", path)
    assert "\x1b" not in done.stdout + done.stderr


def test_in_a_process_of_its_own_there_is_no_traceback_and_no_passphrase(home: Path, report: Path) -> None:
    environment = {**os.environ, "NAVAID_HOME": str(home), "NAVAID_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-m", "navaid", "records"]
    done = subprocess.run([*command, "add", report], capture_output=True, text=True, env=environment, timeout=120)
    assert "Estrogen receptor (ER)\tpositive" in fine(done)
    environment["NAVAID_PASSPHRASE"] = "not the words"
    done = subprocess.run([*command, "show"], capture_output=True, text=True, env=environment, timeout=120)
    assert "not the words" not in fails(done, "WrongKey")


def test_the_doctor_speaks_of_records(home: Path, report: Path) -> None:
    settings = Settings(home=str(home))
    fine(records(home, "add", report))
    found = {name: (good, mend) for name, good, mend in records_doctor.checks(settings)}
    assert found["package sqlcipher3"] == (True, "run `pip install navaid`")
    assert found[f"records in {home / 'records'}, opened by: passphrase"][0]
    assert found["records are for their owner only"][0]
    (home / "records").chmod(0o755)
    found = {name: (good, mend) for name, good, mend in records_doctor.checks(settings)}
    assert found["records are for their owner only"] == (False, f"run `chmod 700 {home / 'records'}`")
