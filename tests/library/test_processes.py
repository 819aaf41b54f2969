"""Processes that are killed at any moment, and processes that add at the same time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import mark

from navaid.config import Settings
from navaid.library import Library

OFF = Settings(embedding="off")
ADDING = Path(__file__).with_name("adding.py")
KILLS, DOCUMENTS = 20, 240


def adding(folder: Path, *values: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(ADDING), str(folder), *map(str, values)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_after(process: subprocess.Popen[str], lines: int) -> tuple[list[str], bool]:
    """What the process said until it was killed (all of it was said before it died), and whether it was."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if len(said) == lines:
            process.send_signal(signal.SIGKILL)
            said += [rest.strip() for rest in process.stdout if rest.endswith("\n")]
    process.wait(30)
    return said, process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of Unix")
def test_whatever_was_acknowledged_survives_kill_9(folder: Path) -> None:
    chance = random.Random(20)
    acknowledged: set[str] = set()
    moments: set[str] = set()
    for round in range(KILLS):
        # Each round goes on with some old and some new documents; short transactions make more seams to cut at.
        first = round * 20
        process = adding(folder, "A", first, first + DOCUMENTS, chance.choice([0, 0.01, 0.5]))
        at = chance.randint(1, DOCUMENTS) if round % 2 else DOCUMENTS + chance.randint(1, DOCUMENTS)
        said, was_killed = killed_after(process, at)
        moments.add(said[-1].split()[0] if was_killed else "ended")
        acknowledged |= {line.split()[1] for line in said if line.startswith("kept ")}
        with Library(folder, OFF) as library:
            assert library.store.problems() == []
            assert acknowledged <= set(library.store.ids())
            for id in chance.sample(sorted(acknowledged), 5):
                run = library.search(mark(int(id.removeprefix("FILE:A"))))
                assert run.passages[0].passage.document_id == id
            assert library.problems() == [], "the index is level again after the first search"
            assert library.lexical.count() == library.store.count("passages")
    assert {"kept", "indexed"} <= moments, f"kills fell into adding and into indexing, not only {moments}"


@pytest.mark.parametrize(
    "shares",
    [
        pytest.param([("A", 0, 150), ("B", 0, 150)], id="disjoint"),
        pytest.param([("A", 0, 150), ("A", 50, 200)], id="overlapping"),
        pytest.param([("A", 0, 100), ("A", 0, 100)], id="the same"),
    ],
)
def test_two_processes_add_at_once(folder: Path, shares: list[tuple[str, int, int]]) -> None:
    processes = [adding(folder, *share, 0.02) for share in shares]
    for process in processes:
        said, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        assert said.splitlines()[-1].startswith("level")
    wanted = {(stream, number) for stream, first, last in shares for number in range(first, last)}
    with Library(folder, OFF) as library:
        assert set(library.store.ids()) == {f"FILE:{stream}{number}" for stream, number in wanted}
        library.index()
        assert library.problems() == []
        assert library.lexical.count() == library.store.count("passages")
        for stream, number in sorted(wanted)[::17]:
            run = library.search(mark(number, stream))
            assert run.passages[0].passage.document_id == f"FILE:{stream}{number}"
