"""Whatever the bytes are, reading ends in papers or in errors with what, where and fix (more in the benchmark)."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from benchmarks.records_parts import fuzz, papers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid.records.read.kinds import Kind, Unread, kind_of
from navaid.records.read.plain import decode
from navaid.records.read.source import tidy

_KINDS = papers.all_kinds()
_FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", _KINDS)
@_FEW
@given(seed=st.integers(0, 2**32))
def test_damaged_files(name: str, seed: int) -> None:
    data = fuzz.mutated(_KINDS[name], list(_KINDS.values()), random.Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        assert fuzz.outcome(file) in ("paper", "refused")


@_FEW
@given(
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"{\\rtf1 ", b"<html>", b'{"resourceType":', b"<ClinicalDocument "]),
    rest=st.binary(),
)
def test_any_bytes(start: bytes, rest: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper"
        file.write_bytes(start + rest)
        assert fuzz.outcome(file) in ("paper", "refused")


@given(st.binary(max_size=500))
def test_any_bytes_have_a_kind_or_are_refused(data: bytes) -> None:
    try:
        found: Kind | str = kind_of(data)
    except Unread as error:
        found = error.fix
    assert found


@given(st.text())
def test_text_survives_its_encodings(text: str) -> None:
    if "\x00" in text or decode(text.encode()) is None:
        return
    assert decode(text.encode()) == text.removeprefix("\ufeff")
    assert tidy(tidy(text)) == tidy(text)
