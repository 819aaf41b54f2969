"""`navaid trials` as a person or a script runs it; the registry is a server on this machine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tests.trials.made_up import record, site
from typer.testing import CliRunner
from werkzeug import Response

from navaid import polite
from navaid.errors import NavaidError
from navaid.records.vault import keys
from navaid.serve import cli

CRITERIA = "Inclusion Criteria:\n\n* Age 18 years or older\n* HER2-positive\n\nExclusion Criteria:\n\n* ECOG 3 or 4"
ABOUT = "A 52-year-old woman, HER2-negative, ECOG 1."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.json"
    sites = (site("Lyon", "France", 45.75, 4.85),)
    path.write_text(
        json.dumps([record(1, "Trastuzumab Again", given=("Trastuzumab",), criteria=CRITERIA, sites=sites)])
    )
    return path


def trials(
    home: Path, *arguments: object, given: str = "", passphrase: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The command in this process, and what `navaid` would end with."""
    environment = {
        "NAVAID_HOME": str(home),
        "NO_COLOR": "1",
        "NAVAID_EMBEDDING": "off",
        "NAVAID_PASSPHRASE": passphrase,
    }
    done = CliRunner().invoke(cli.app, ["trials", *map(str, arguments)], env=environment, input=given)
    code, said = done.exit_code, done.stderr
    if isinstance(done.exception, NavaidError):
        code, said = 2, f"{said}{done.exception}"
    elif done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess([], code, done.stdout, said)


def test_records_in_files_can_be_found_shown_and_checked(home: Path, file: Path) -> None:
    assert "1 new" in trials(home, "add", file).stdout
    assert "NCT00000001" in trials(home, "find", "trastuzumab").stdout
    shown = trials(home, "show", "nct00000001").stdout
    assert "Age 18 years or older" in shown
    assert "Hospital of Lyon" in shown
    assert json.loads(trials(home, "show", "NCT00000001", "--json").stdout)["protocolSection"]
    checked = trials(home, "check", "NCT00000001", "--about", ABOUT).stdout
    assert "Does not seem to fit" in checked
    made = json.loads(trials(home, "check", "NCT00000001", "--about", ABOUT, "--json").stdout)
    assert (made["verdict"], made["updated"]) == ("does_not_fit", "2026-10-01")
    labels = {each["text"]: each["label"] for each in made["criteria"]}
    assert (labels["HER2-positive"], labels["Age 18 years or older"]) == ("not_met", "met")


def test_what_cannot_be_read_is_named_and_the_command_fails(home: Path, file: Path, tmp_path: Path) -> None:
    done = trials(home, "add", file, tmp_path / "gone.json")
    assert done.returncode == 1
    assert "1 new" in done.stdout
    assert "gone.json" in done.stderr


def test_without_any_record_the_embedded_facts_are_shown_as_such(home: Path) -> None:
    said = trials(home, "find", "CAR-T", "breast").stdout
    assert "NCT01837602" in said
    assert "Not live records" in said
    assert "none were looked through" in said
    assert "withdrawn" in trials(home, "show", "NCT02547961").stdout


def test_a_study_that_is_not_kept_could_not_be_looked_at(home: Path) -> None:
    done = trials(home, "check", "NCT00000077", "--about", ABOUT)
    assert done.returncode == 2
    assert "could not be looked at" in done.stderr
    assert "sync --id NCT00000077" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("find", "x", "--within", "3"), "from where"),
        (("find", "x", "--near", "Zyxwvutown"), "no place is known"),
        (("find", "x", "--phase", "9"), "no phase"),
        (("find", "x", "--status", "asleep"), "no status"),
        (("find", "--drug", "zyxwvu"), "no drug"),
        (("find", "--about", " "), "--about is empty"),
        (("find", "--about", "x", "--profile", "y"), "give one of them"),
        (("show", "NCT12"), "no NCT id"),
        (("check", "NCT00000001"), "whom the trial is held against"),
        (("check", "--about", "x"), "no study is named"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_message(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = trials(home, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_found_as_json_says_how_old_all_is(home: Path, file: Path) -> None:
    trials(home, "add", file)
    made = json.loads(trials(home, "find", "trastuzumab", "--near", "45.75,4.85", "--json").stdout)
    study = made["studies"][0]
    assert (study["nct_id"], study["distance_km"], study["site_open"]) == ("NCT00000001", 0.0, True)
    assert study["updated"] == "2026-10-01"
    assert made["looked_through"] == 1


def test_pages_are_written(home: Path, file: Path, tmp_path: Path) -> None:
    trials(home, "add", file)
    listed, checked = tmp_path / "list.html", tmp_path / "check.html"
    trials(home, "find", "trastuzumab", "--html", listed)
    trials(home, "check", "NCT00000001", "--about", ABOUT, "--html", checked)
    assert "Trastuzumab Again" in listed.read_text()
    assert "not fulfilled" in checked.read_text()
    done = trials(home, "summary", "NCT00000001", "--about", ABOUT, "--to", tmp_path)
    assert "A trial to talk about" in (tmp_path / "NCT00000001.html").read_text()
    assert "not encrypted" in done.stderr
    assert trials(home, "find", "x", "--html", tmp_path / "no" / "folder.html").returncode == 2


def test_lines_of_json_are_checked_one_by_one(home: Path) -> None:
    study = {"nct_id": "NCT1", "eligibility_criteria": CRITERIA, "minimum_age": "18 Years", "sex": "ALL"}
    rows = [{"id": 1, "profile": ABOUT, "study": study}, {"id": 2, "profile": ABOUT}, {"id": 3, "study": study}]
    rows += [{"id": 4, "profile": ABOUT, "study": {"nct_id": "NCT2"}}, {"id": 5, "profile": ABOUT, "study": record(1)}]
    given = "\n".join([*map(json.dumps, rows), "{broken"])
    made = [json.loads(line) for line in trials(home, "check", "--jsonl", given=given).stdout.splitlines()]
    assert [row["id"] for row in made] == [1, 2, 3, 4, 5, None]
    assert made[0]["verdict"] == "does_not_fit"
    for each in made[0]["criteria"]:
        if each["number"]:
            start, end = each["span"]
            assert CRITERIA[start:end] == each["text"]
    assert [row.get("error", {}).get("kind", "") for row in made[1:]] == [
        "BadInput",
        "BadInput",
        "UnreadableSource",
        "",
        "BadInput",
    ]
    assert made[4]["verdict"] == "may_fit"


# ------------------------------------------------------------------ fetching


@pytest.fixture
def registry(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    """A registry that has one record; the pauses between questions are left out."""
    monkeypatch.setattr(polite.Polite, "_await_turn", lambda self, host, pause_s: None)
    answer = {"studies": [record(7, "Fetched", criteria=CRITERIA)], "totalCount": 1}
    httpserver.expect_request("/api/v2/studies").respond_with_json(answer)
    return httpserver


def api(registry: HTTPServer) -> str:
    return registry.url_for("/api/v2")


def test_nothing_is_sent_before_somebody_agreed(home: Path, registry: HTTPServer) -> None:
    done = trials(home, "sync", "--api", api(registry))
    assert done.returncode == 2
    assert "query.cond=breast cancer" in done.stderr
    assert "nothing was sent" in done.stderr
    assert registry.log == []


def test_with_consent_records_come_and_what_was_sent_stands_in_the_log(home: Path, registry: HTTPServer) -> None:
    done = trials(home, "sync", "--condition", "breast cancer", "--yes", "--api", api(registry))
    assert "1 new" in done.stdout
    assert "Fetched" in trials(home, "show", "NCT00000007").stdout
    log = [json.loads(line) for line in (home / "outbox.jsonl").read_text().splitlines()]
    assert "query.cond=breast cancer" in log[0]["text"]
    again = trials(home, "sync", "--condition", "breast cancer", "--api", api(registry))
    assert "1 as before" in again.stdout
    assert "Sent:" not in again.stderr


def test_only_what_was_typed_is_asked_and_never_a_person(home: Path, registry: HTTPServer) -> None:
    trials(
        home,
        "sync",
        "--intervention",
        "palbociclib",
        "--near",
        "Lyon",
        "--status",
        "any",
        "--yes",
        "--api",
        api(registry),
    )
    request, _ = registry.log[0]
    asked = {name: value for name, value in request.args.items() if name.startswith(("query", "filter"))}
    assert asked == {"query.intr": "palbociclib", "query.locn": "Lyon"}


def test_an_outage_is_said_and_what_was_kept_is_still_found(home: Path, file: Path, registry: HTTPServer) -> None:
    trials(home, "add", file)
    registry.clear()
    registry.expect_request("/api/v2/studies").respond_with_response(
        Response("too many", status=429, content_type="text/plain", headers={"Retry-After": "600"})
    )
    done = trials(home, "sync", "--yes", "--api", api(registry))
    assert done.returncode == 2
    assert "SourceUnavailable" in done.stderr
    assert "NCT00000001" in trials(home, "find", "trastuzumab").stdout


def test_a_damaged_file_of_trials_is_said_so(home: Path, file: Path) -> None:
    trials(home, "add", file)
    (home / "trials" / "trials.db").write_bytes(b"broken" * 1000)
    done = trials(home, "find", "trastuzumab")
    assert done.returncode == 2
    assert "damaged" in done.stderr


# ------------------------------------------------------------------ a person's kept papers


def test_a_study_is_held_against_kept_papers_and_names_the_paper(
    home: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))
    report = tmp_path / "report.txt"
    report.write_text(
        "SURGICAL PATHOLOGY REPORT\n\nDiagnosis: Left breast: invasive ductal carcinoma.\nHER2: positive\n"
    )
    environment = {"NAVAID_HOME": str(home), "NAVAID_PASSPHRASE": "four words and more"}
    kept = CliRunner().invoke(cli.app, ["records", "add", str(report), "--profile", "eve", "--yes"], env=environment)
    assert kept.exit_code == 0
    trials(home, "add", file)
    checked = trials(home, "check", "NCT00000001", "--profile", "eve", "--json", passphrase="four words and more")
    labels = {each["text"]: each for each in json.loads(checked.stdout)["criteria"]}
    assert labels["HER2-positive"]["label"] == "met"
    assert "pathology report" in labels["HER2-positive"]["reason"].lower()
    found = trials(home, "find", "--profile", "eve", "--json", passphrase="four words and more")
    assert json.loads(found.stdout)["studies"][0]["nct_id"] == "NCT00000001"
    assert trials(home, "check", "NCT00000001", "--profile", "eve").returncode == 2
