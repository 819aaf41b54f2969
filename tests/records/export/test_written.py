"""Exports on disk: originals byte for byte under safe names, nothing written over, one failure does not stop others."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest
from written import TODAY, papers

from navaid.records import vault
from navaid.records.export import mcode, summary, written
from navaid.records.export.form import Form
from navaid.records.reconcile import reconcile
from navaid.terms import Profile

SECRET = vault.Secret(vault.Way.KEY_FILE, b"k" * 32)


@pytest.fixture
def held(tmp_path: Path) -> vault.Papers:
    found = vault.create(tmp_path / "records", SECRET).papers(create=True)
    for folder, data in (("a", b"\x00one"), ("b", b"two" * 500_000), ("c", b"")):
        path = tmp_path / folder / "report.pdf"
        path.parent.mkdir()
        path.write_bytes(data)
        found.keep(path, f"FILE:{hashlib.sha256(data).hexdigest()}", papers() if folder == "a" else [], TODAY)
    return found


def profile(held: vault.Papers) -> Profile:
    return reconcile("me", held.readings(), TODAY)


def test_every_form(held: vault.Papers, tmp_path: Path) -> None:
    made = written.write(held, profile(held), tmp_path / "out", list(Form))
    assert made.problems == []
    names = [str(path.relative_to(tmp_path / "out")) for path in made.paths]
    assert names == [
        "originals/report.pdf",
        "originals/report (2).pdf",
        "originals/report (3).pdf",
        "profile.json",
        "mcode-bundle.json",
        "summary.html",
        "summary.pdf",
    ]
    assert [path.read_bytes() for path in made.paths[:3]] == [b"\x00one", b"two" * 500_000, b""]
    assert mcode.problems(json.loads(made.paths[4].read_bytes())) == []
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in made.paths)


def test_nothing_is_written_over_unless_asked(held: vault.Papers, tmp_path: Path) -> None:
    (tmp_path / "profile.json").write_text("mine")
    made = written.write(held, profile(held), tmp_path, [Form.JSON])
    assert made.paths == []
    assert "--replace" in made.problems[0].fix
    assert (tmp_path / "profile.json").read_text() == "mine"
    assert written.write(held, profile(held), tmp_path, [Form.JSON], replace=True).problems == []


def test_a_damaged_original_leaves_no_half_file_and_does_not_stop_the_others(
    held: vault.Papers, tmp_path: Path
) -> None:
    large = max((tmp_path / "records").glob("*/files/*"), key=lambda path: path.stat().st_size)
    large.write_bytes(large.read_bytes()[:-1])
    made = written.write(held, profile(held), tmp_path / "out", [Form.ORIGINAL, Form.JSON])
    assert [type(problem) for problem in made.problems] == [vault.VaultDamaged]
    assert sorted(path.name for path in (tmp_path / "out").rglob("*.*")) == [
        "profile.json",
        "report (3).pdf",
        "report.pdf",
    ]


def test_a_missing_library_for_pdf_leaves_the_html(
    held: vault.Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> bytes:
        raise summary.NoPdf("a PDF needs the library Pango", fix="install it")

    monkeypatch.setattr(summary, "pdf", missing)
    made = written.write(held, profile(held), tmp_path / "out", [Form.SUMMARY])
    assert [path.name for path in made.paths] == ["summary.html"]
    assert made.problems[0].fix == "install it"


def test_a_bundle_that_is_not_valid_is_not_written(
    held: vault.Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mcode, "problems", lambda _: ["Observation: status is missing"])
    made = written.write(held, profile(held), tmp_path / "out", [Form.FHIR])
    assert made.paths == []
    assert "status is missing" in made.problems[0].what


@pytest.mark.parametrize("name", ["../../evil.pdf", "/etc/passwd", "a\x00b", "..", "", "C:\\x", "x" * 300, "nul\n.pdf"])
def test_a_name_is_no_way_out_of_the_folder(name: str, tmp_path: Path) -> None:
    free = written._free(name, set())
    path = (tmp_path / free).resolve()
    assert path.parent == tmp_path.resolve()
    path.write_bytes(b"")
    assert free not in ("", ".", "..")
