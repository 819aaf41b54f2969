"""A new paper: what it changed in the profile, in a kept answer and in a kept match, and that nothing kept is lost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navaid.errors import NavaidError
from navaid.records.vault import keys
from navaid.serve import cli

HEAD = "SURGICAL PATHOLOGY REPORT\n\nPatient Name: Anna Quillfeather\nReported: {day}\n\n"
CORE = (
    HEAD.format(day="3 March 2026") + "Specimen: Left breast, core biopsy\nDiagnosis: Invasive ductal carcinoma.\n"
    "Estrogen receptor: negative (0%)\nProgesterone receptor: negative (0%)\nHER2 by IHC: 2+ (equivocal)\n"
)
FISH = HEAD.format(day="12 March 2026") + "Specimen: Left breast, core biopsy\nHER2 FISH: amplified, ratio 4.1\n"
STUDY = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT09999991", "briefTitle": "A lantern for HER2"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "conditionsModule": {"conditions": ["Breast Cancer"]},
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* HER2-positive breast cancer\n",
            "sex": "ALL",
            "minimumAge": "18 Years",
        },
    }
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))
    (tmp_path / "core.txt").write_text(CORE)
    (tmp_path / "fish.txt").write_text(FISH)
    (tmp_path / "study.json").write_text(json.dumps(STUDY))
    navaid(tmp_path, "records", "add", tmp_path / "core.txt")
    navaid(tmp_path, "trials", "add", tmp_path / "study.json")
    return tmp_path


def navaid(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {"NAVAID_HOME": str(home / "home"), "NO_COLOR": "1", "NAVAID_PASSPHRASE": "four words and a canary"}
    done = CliRunner().invoke(cli.app, list(map(str, arguments)), env=environment | {"NAVAID_EMBEDDING": "off"})
    if done.exception is not None and not isinstance(done.exception, SystemExit | NavaidError):
        raise done.exception
    assert done.exit_code == 0, (done.stderr, done.exception)
    return subprocess.CompletedProcess([], 0, done.stdout, done.stderr)


def test_a_first_paper_changes_nothing(home: Path) -> None:
    told = navaid(home, "records", "add", "--profile", "other", home / "fish.txt").stdout
    assert "What changed" not in told


def test_a_new_paper_tells_what_it_changed_in_all_that_is_kept(home: Path) -> None:
    navaid(home, "ask", "--for", "me", "--save", "What is trastuzumab for?")
    navaid(home, "trials", "check", "NCT09999991", "--profile", "me", "--save")
    before = navaid(home, "answers", "list", "--for", "me").stdout
    told = " ".join(navaid(home, "records", "add", home / "fish.txt").stdout.split())
    assert "What changed in what your papers say:" in told
    assert "HER2 by gene test (ISH): amplified (new)" in told
    assert "HER2: positive (was equivocal)" in told
    assert "“What is trastuzumab for?”, is another page now" in told
    assert "applies to you; before, it might apply" in told
    assert "NCT09999991, “A lantern for HER2”" in told
    assert "“HER2-positive breast cancer”: was not known, is so." in told
    assert navaid(home, "answers", "list", "--for", "me").stdout == before  # what was kept stays as it was


def test_the_same_can_be_asked_for_later_as_json(home: Path) -> None:
    navaid(home, "records", "add", home / "fish.txt")
    found = json.loads(navaid(home, "records", "changes", "--json").stdout)
    assert {change["concept"] for change in found["profile"]} >= {"her2.status", "her2.ish"}
    assert not found["answers"]
    assert not found["matches"]


def test_a_paper_that_says_nothing_new_changes_nothing(home: Path) -> None:
    (home / "again.txt").write_text(CORE + "\nCopy for the patient.\n")
    told = navaid(home, "records", "add", home / "again.txt").stdout
    assert "What changed" not in told
    assert "Nothing that Navaid keeps has changed" in navaid(home, "records", "changes").stdout
