"""A library in a folder of the test, and an embedder that needs no model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bags import Bags

from navaid.config import Settings
from navaid.library import Library
from navaid.models import embedding

WITHOUT_VECTORS = Settings(embedding="off")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """An empty library that searches by words only."""
    with Library(folder, WITHOUT_VECTORS, create=True) as held:
        yield held


@pytest.fixture
def bags(monkeypatch: pytest.MonkeyPatch) -> Bags:
    """The embedder that every library of the test is given."""
    embedder = Bags()
    monkeypatch.setattr(embedding, "load", lambda model: None if model == "off" else embedder)
    return embedder
