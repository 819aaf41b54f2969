"""Lines and entries put together into a Paper, so that every entry's span is exactly its line."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from navaid.records.paper import Entry, Page, Paper
from navaid.records.read.structured.access import Json, words
from navaid.records.read.structured.lines import HEADINGS, line
from navaid.terms import How

MOST_NOTES = 10


class Builder:
    """Text that grows line by line; entries remember where their line stands."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.entries: list[Entry] = []
        self.notes: list[str] = []
        self._ids: Counter[str] = Counter()

    def say(self, text: str = "") -> tuple[int, int]:
        """Put a line (or lines) and give its span."""
        start = self._length
        self._lines.append(text)
        self._length += len(text) + 1
        return start, start + len(text)

    def note(self, text: str) -> None:
        """Tell the person something, once."""
        if text not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(text)

    def enter(self, resource: Json, span: tuple[int, int] | None = None) -> None:
        """Put the line of a resource, or mark a span that stands already as one that this resource tells."""
        start, end = span or self.say(line(resource))
        self.entries.append(Entry(id=self._id(resource), start=start, end=end, resource=resource))

    def _id(self, resource: Json) -> str:
        kind = words(resource.get("resourceType"), 40)
        name = f"{kind}/{words(resource.get('id'), 80) or len(self.entries) + 1}"
        self._ids[name] += 1
        return name if self._ids[name] == 1 else f"{name}~{self._ids[name]}"

    def paper(self, digest: str, path: Path | str, media_type: str) -> Paper:
        """The paper of all that was said: one page, without a layout."""
        text = "\n".join(self._lines)
        return Paper(
            id="FILE:" + digest,
            path=str(path),
            name=Path(str(path).rpartition("!")[2]).name,
            media_type=media_type,
            text=text,
            pages=(Page(number=1, start=0, end=len(text), how=How.MARKUP),),
            entries=tuple(self.entries),
            notes=tuple(self.notes),
        )


def enter_all(builder: Builder, resources: Iterable[Json]) -> None:
    """Every resource of a kind that is read, under the heading of its kind; the others are only counted."""
    heads = list(dict.fromkeys(HEADINGS.values()))
    under: dict[str, list[Json]] = {head: [] for head in heads}
    others: Counter[str] = Counter()
    for resource in resources:
        kind = words(resource.get("resourceType"), 40)
        if kind in HEADINGS:
            under[HEADINGS[kind]].append(resource)
        elif kind:
            others[kind] += 1
    for head, rows in under.items():
        if rows:
            builder.say(head)
            for resource in rows:
                builder.enter(resource)
            builder.say()
    if others:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items())[:30])
        builder.say(f"Entries that are not read: {counts}")


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
