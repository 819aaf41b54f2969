"""What passes between Navaid and the process that parses: a job there, progress and one answer back."""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec

from navaid.records.paper import Paper
from navaid.records.read.kinds import Kind

_LENGTH = struct.Struct(">Q")


class Job(msgspec.Struct, frozen=True, tag="job"):
    """A file to be read; `file` is its place on the disk where it is read as a stream instead of from `data`."""

    kind: Kind
    path: str
    name: str
    data: bytes
    file: str = ""


class Progress(msgspec.Struct, frozen=True, tag="page"):
    """This page is being read, and may take so many seconds. Page 0 of 0: the process is ready for a job."""

    number: int
    of: int
    seconds: float


class Done(msgspec.Struct, frozen=True, tag="done"):
    """The file was read."""

    paper: Paper


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The file cannot be read."""

    what: str
    where: str
    fix: str


Answer = Progress | Done | Failed
_answers = msgspec.msgpack.Decoder(Answer)
_jobs = msgspec.msgpack.Decoder(Job)


def send(stream: BinaryIO, message: Job | Answer) -> None:
    """Write one message."""
    data = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def next_answer(stream: BinaryIO) -> Answer | None:
    """The next answer; None where the stream has ended. Raises msgspec.DecodeError for what is none."""
    data = _next(stream)
    return None if data is None else _answers.decode(data)


def next_job(stream: BinaryIO) -> Job | None:
    """The next job; None where there will be no more."""
    data = _next(stream)
    return None if data is None else _jobs.decode(data)


def _next(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
