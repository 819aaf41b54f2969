"""A full disk: one clear message, nothing acknowledged is lost, and it goes on once there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bags import Bags
from corpus import generated, mark

from navaid.config import Settings
from navaid.errors import DiskFull, NavaidError
from navaid.library import Library

OFF = Settings(embedding="off")
ADDING = Path(__file__).with_name("adding.py")


@pytest.fixture(params=[300, 2000, 4000])
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A disk of so many kilobytes: too small for a new library, for many documents, for their index."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={request.param}k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)  # lazily: a caught error may still hold the index open


def fill(folder: Path, acknowledged: set[str]) -> None:
    """Add and index until the disk is full."""
    with Library(folder, OFF, create=True) as library:
        for first in range(0, 10_000, 50):
            numbers = range(first, first + 50)
            library.add((generated(n) for n in numbers), lambda kept, _: acknowledged.add(kept.id))
            library.index()


def free_room(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)


def test_nothing_acknowledged_is_lost_on_a_full_disk(small_disk: Path) -> None:
    folder, acknowledged = small_disk / "library", set[str]()
    for _ in range(3):  # again and again, as an impatient person does
        with pytest.raises(DiskFull) as caught:
            fill(folder, acknowledged)
        assert "free some space" in caught.value.fix
        assert caught.value.where.startswith(str(folder))
    free_room(small_disk)
    with Library(folder, OFF, create=True) as library:
        assert library.store.problems() == []
        assert acknowledged <= set(library.store.ids())
        assert all(library.document(id) == generated(int(id.removeprefix("FILE:A"))) for id in acknowledged)
        library.add([generated(9999)])
        library.index()
        assert library.problems() == []
        assert library.search(mark(9999)).passages[0].passage.document_id == "FILE:A9999"


def test_a_full_disk_while_embedding(small_disk: Path, bags: Bags) -> None:
    folder = small_disk / "library"
    with pytest.raises(DiskFull), Library(folder, create=True) as library:  # noqa: PT012
        for first in range(0, 10_000, 50):
            library.add(generated(n) for n in range(first, first + 50))
            library.embed()
    free_room(small_disk)
    with Library(folder, create=True) as library:
        library.add([generated(9999)])
        library.index()
        library.embed()
        assert library.unembedded() == 0
        assert library.problems() == []
        assert "dense" in library.search(mark(9999)).retrievers


LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
sys.path.insert(0, sys.argv.pop(1))
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file size")
@pytest.mark.parametrize("limit", [50_000, 900_000])
def test_a_limit_of_file_size_is_one_clear_message(folder: Path, limit: int) -> None:
    command = [sys.executable, "-c", LIMITED, str(limit), str(ADDING.parent)]
    done = subprocess.run(
        [*command, str(ADDING), str(folder), "A", "0", "2000", "0"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines()[0].split(":")[0] in {c.__name__ for c in all_errors(NavaidError)}
    assert "Traceback" not in done.stderr
    assert "fix:" in done.stderr
    acknowledged = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("kept ")}
    with Library(folder, OFF, create=True) as library:
        assert library.store.problems() == []
        assert acknowledged <= set(library.store.ids())
        assert bool(acknowledged) == (limit == 900_000)


def all_errors(kind: type[NavaidError]) -> set[type[NavaidError]]:
    return {kind}.union(*(all_errors(child) for child in kind.__subclasses__()))
