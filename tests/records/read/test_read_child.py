"""The process that parses: what hangs, crashes or eats memory in it is one message, and the next file is read."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from benchmarks.records_parts import papers

from navaid.errors import BadInput
from navaid.records.read import limits, read, worker
from navaid.records.read.kinds import Kind
from navaid.records.read.messages import Job


def _job(data: bytes, kind: Kind = Kind.HTML) -> Job:
    return Job(kind=kind, path="a/page.html", name="page.html", data=data)


def _ignore(number: int, of: int) -> None:
    """The progress that nobody looks at."""


def _pid() -> int:
    assert worker._worker is not None
    return worker._worker._process.pid


def test_one_process_reads_many_files() -> None:
    worker.read(_job(b"<p>one"), _ignore)
    first = _pid()
    assert worker.read(_job(b"<p>two"), _ignore).text == "two"
    with pytest.raises(BadInput):
        worker.read(_job(b"<p>"), _ignore)  # a refusal is an answer, too
    assert worker.read(_job(b"<p>three"), _ignore).text == "three"
    assert _pid() == first


def test_a_process_that_hangs_is_ended_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    worker.read(_job(b"<p>one"), _ignore)
    stopped = _pid()
    os.kill(stopped, signal.SIGSTOP)
    monkeypatch.setattr(limits, "FILE_SECONDS", 0.3)
    with pytest.raises(BadInput, match="took longer than"):
        worker.read(_job(b"<p>two"), _ignore)
    monkeypatch.undo()
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)
    assert worker.read(_job(b"<p>three"), _ignore).text == "three"


def test_a_process_that_dies_is_one_message(tmp_path: Path) -> None:
    worker.read(_job(b"<p>one"), _ignore)

    def kill(number: int, of: int) -> None:
        os.kill(_pid(), signal.SIGKILL)

    pages = [papers.text_at([(72, 700, "Grade 2")])] * 300
    with pytest.raises(BadInput, match=r"page\.html could not be read: its parser broke down"):
        worker.read(_job(papers.pdf(pages), Kind.PDF), kill)
    assert worker.read(_job(b"<p>two"), _ignore).text == "two"


def test_what_the_watcher_raises_passes_and_the_process_is_renewed() -> None:
    def stop(number: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.read(_job(papers.pdf(), Kind.PDF), stop)
    assert worker.read(_job(b"<p>two"), _ignore).text == "two"


def test_a_process_is_renewed_after_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    worker.close()
    monkeypatch.setattr(limits, "CHILD_FILES", 2)
    pids = []
    for _ in range(3):
        worker.read(_job(b"<p>one"), _ignore)
        pids.append(_pid())
    assert pids[0] == pids[1] != pids[2]


def test_plain_text_needs_no_process(tmp_path: Path) -> None:
    worker.close()
    file = tmp_path / "a.txt"
    file.write_text("Grade 2", encoding="utf-8")
    assert next(read(file)).text == "Grade 2"
    assert worker._worker is None


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are looked up in /proc")
def test_the_process_may_not_write_files_nor_take_all_memory() -> None:
    worker.close()
    worker.read(_job(b"<p>one"), _ignore)
    lines = Path(f"/proc/{_pid()}/limits").read_text(encoding="ascii").splitlines()
    soft = {line[:25].strip(): line[26:46].strip() for line in lines}
    assert soft["Max file size"] == "0"
    assert int(soft["Max address space"]) == limits.PARSE_MEMORY
    assert int(soft["Max cpu time"]) < 10_000


def test_a_message_holds_nothing_of_the_text() -> None:
    secret = b"SECRETNAME"
    for kind in (Kind.PDF, Kind.DOCX, Kind.IMAGE, Kind.CCDA, Kind.FHIR):
        with pytest.raises(BadInput) as caught:
            worker.read(_job(secret * 50, kind), _ignore)
        assert "SECRETNAME" not in str(caught.value)
