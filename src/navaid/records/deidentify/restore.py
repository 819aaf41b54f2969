"""Restoring: a text that speaks of placeholders and shifted dates enters, the originals leave. Local only."""

from __future__ import annotations

import re

from navaid.records.deidentify.dates import Written, shifted, written
from navaid.records.deidentify.placeholders import PLACEHOLDER
from navaid.records.deidentify.spans import Key


def restore(text: str, key: Key) -> str:
    """The text with the originals back in place of placeholders and shifted dates.

    A placeholder is known in any case and without its brackets. A date is known as it was sent, and in other written
    forms if it names a year; one that was never sent stays as it is. Since a shifted year is written like any
    other, a year that a reply brings of itself and that was also sent is moved too: give `restore` replies about the
    record, not general text.
    """
    out, at = "", 0
    for start, end, original in replaced(text, key):
        out, at = out + text[at:start] + original, end
    return out + text[at:]


def replaced(text: str, key: Key) -> list[tuple[int, int, str]]:
    """Where `restore` will put an original, in order: start, end, original."""
    found: list[tuple[int, int, str]] = []
    loose = _by_code(key)
    for match in PLACEHOLDER.finditer(text):
        code = match[2].upper()
        original = key.originals.get(match[0]) or loose.get((match[1].casefold(), code))
        if original is None:
            original = loose.get((match[1].casefold(), code.split(".")[0]))
        if original is not None:
            found.append((match.start(), match.end(), original))
    exact = {words: original for words, original in key.originals.items() if not words.startswith("[")}
    scanned = written(text) if exact else []
    found = _add(found, [one for date in scanned if (one := _back(text, date, exact, key))])
    if exact:
        # what stands inside a date that was not sent ("2019" in "3 July 2019") is left as it is
        seen = [(date.start, date.end, "") for date in scanned]
        longest = sorted(exact, key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
        rest = [(m.start(), m.end(), exact[m[0]]) for m in pattern.finditer(text)]
        found = _add(found, _add(seen, rest)[len(seen) :])
    return sorted(found)


def _back(text: str, date: Written, exact: dict[str, str], key: Key) -> tuple[int, int, str] | None:
    words = text[date.start : date.end]
    if words in exact:
        return date.start, date.end, exact[words]
    if date.value and date.value in key.dates:
        return date.start, date.end, shifted(text, date, -key.offset_days)[0]
    return None


def _add(found: list[tuple[int, int, str]], more: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Both lists, less what of the second overlaps the first."""
    return found + [one for one in more if not any(one[0] < end and start < one[1] for start, end, _ in found)]


def _by_code(key: Key) -> dict[tuple[str, str], str]:
    """Originals by kind and code in any case, and by the code without its spelling."""
    out: dict[tuple[str, str], str] = {}
    for words, original in key.originals.items():
        if match := PLACEHOLDER.fullmatch(words):
            kind, code = match[1].casefold(), match[2].upper()
            out.setdefault((kind, code), original)
            out.setdefault((kind, code.split(".")[0]), original)
    return out
