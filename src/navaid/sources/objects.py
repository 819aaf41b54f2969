"""The objects of a JSON file, one at a time: a JSON Lines file is never held in memory whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from navaid.errors import UnreadableSource
from navaid.sources.limits import MAX_DOCUMENT_BYTES, MAX_LINE_BYTES
from navaid.sources.skipped import OnSkip, Skipped

Object = dict[str, Any]

_CUT = "repair or remove this line; the other lines were read"


def objects(stream: BinaryIO, *, where: str, on_skip: OnSkip) -> Iterator[tuple[str, Object]]:
    """Each object of a JSON or JSON Lines stream with its place in the file ("pages.jsonl, line 3").

    A list, or an object with a list under `studies`, gives its members. A line that is cut, broken
    or no object goes to `on_skip` with its number, and the rest goes on. Raises `UnreadableSource`
    where the whole is one JSON value that cannot be read.
    """
    lines = numbered_lines(stream, where=where, on_skip=on_skip)
    head = list(itertools.islice(lines, 2))
    if head and not _is_one_value(head):
        for number, line in itertools.chain(head, lines):
            place = f"{where}, line {number}"
            if (found := _object(line, place, on_skip)) is not None:
                yield from _members(found, place, on_skip)
        return
    if not head:
        return
    rest = itertools.chain(head, lines)
    # Line breaks inside a JSON value mean nothing, so the lines can simply be put together again.
    yield from _members(_value(_bounded_join(rest, where), where), where, on_skip)


def numbered_lines(stream: BinaryIO, *, where: str, on_skip: OnSkip) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, counted from 1; one that is too long is reported and left out."""
    for number in itertools.count(1):
        line = stream.readline(MAX_LINE_BYTES + 1)
        if not line:
            return
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            on_skip(
                Skipped(
                    where=f"{where}, line {number}",
                    reason=f"longer than {MAX_LINE_BYTES // 1_000_000} MB",
                    fix="split it; one line holds one document",
                )
            )
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line


def _is_one_value(head: list[tuple[int, bytes]]) -> bool:
    """Whether the file is one JSON value, by its first two lines, and not an object a line."""
    first = head[0][1].strip()
    if first.startswith(b"["):
        return True
    second_begins_object = len(head) > 1 and head[1][1].startswith(b"{")
    return first == b"{" if second_begins_object else len(head) > 1 and not _parses(first)


def _parses(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _object(line: bytes, where: str, on_skip: OnSkip) -> Object | None:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        on_skip(Skipped(where=where, reason=f"is cut or broken JSON ({_fault(error)})", fix=_CUT))
        return None
    if not isinstance(value, dict):
        on_skip(Skipped(where=where, reason="is JSON, but not an object with named fields", fix=_CUT))
        return None
    return value


def _value(data: bytes, where: str) -> object:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableSource(
            f"is cut or broken JSON ({_fault(error)})", where=where, fix="get the file again, or mend it there"
        ) from error


def _members(value: object, where: str, on_skip: OnSkip) -> Iterator[tuple[str, Object]]:
    """The objects in a value: itself, or the members of a list, bare or under `studies`."""
    if isinstance(value, dict):
        if not isinstance(value.get("studies"), list):
            yield where, value
            return
        value = value["studies"]
    if not isinstance(value, list):
        raise UnreadableSource("is JSON, but holds no object with named fields", where=where)
    for number, member in enumerate(value, 1):
        place = f"{where}, record {number}"
        if isinstance(member, dict):
            yield place, member
        else:
            on_skip(Skipped(where=place, reason="is JSON, but not an object with named fields"))


def _bounded_join(lines: Iterator[tuple[int, bytes]], where: str) -> bytes:
    parts, length = [], 0
    for _, line in lines:
        parts.append(line)
        length += len(line)
        if length > MAX_DOCUMENT_BYTES:
            raise UnreadableSource(
                f"is one JSON value of more than {MAX_DOCUMENT_BYTES // 1_000_000} MB",
                where=where,
                fix="save it as JSON Lines, one record a line",
            )
    return b"".join(parts)


def _fault(error: Exception) -> str:
    # msgspec's message names a byte or a kind of fault, never the words of the file.
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
