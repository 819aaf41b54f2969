"""What tests of several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation data beside the repository; the test is skipped where there is none."""
    if not _DATA.is_dir():
        pytest.skip(f"the evaluation data are not here ({_DATA})")
    return _DATA
