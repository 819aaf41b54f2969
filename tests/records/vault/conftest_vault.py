"""A vault in a temporary folder, opened by a key file's secret, which needs no stretching."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from navaid.records import vault
from navaid.terms import Finding, Header, How, Provenance, Reading

TODAY = dt.date(2026, 3, 1)
SECRET = vault.Secret(vault.Way.KEY_FILE, b"k" * 32)


@pytest.fixture
def opened(tmp_path: Path) -> vault.Vault:
    return vault.create(tmp_path / "records", SECRET)


def file_id(path: Path) -> str:
    return "FILE:" + hashlib.sha256(path.read_bytes()).hexdigest()


def reading_of(path: Path, words: str = "ER positive") -> Reading:
    source = Provenance(file=file_id(path), page=1, start=0, end=len(words), words=words, how=How.PLAIN)
    finding = Finding(concept="er.status", value="positive", source=source, rule="test")
    return Reading(file=file_id(path), path=str(path), name=path.name, header=Header(), findings=(finding,))


def keep(papers: vault.Papers, path: Path, words: str = "ER positive") -> vault.Original:
    return papers.keep(path, file_id(path), [reading_of(path, words)], TODAY)
