"""What tests of several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library

_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation data beside the repository; the test is skipped where there is none."""
    if not _DATA.is_dir():
        pytest.skip(f"the evaluation data are not here ({_DATA})")
    return _DATA


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The embedded library, without vectors."""
    library = Library(tmp_path_factory.mktemp("embedded"), Settings(embedding="off"), create=True)
    journeys.refresh_starter(library)
    return library
