"""From one person's answer a general one that may be shared: made anew without the profile.

Taking the personal part off would not do: what was folded, and what comes first, tells of the person too. Only the
question goes on, without names, dates of birth, numbers and file names that the papers know.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import PurePath

from navaid.records.deidentify import Known, deidentify
from navaid.terms import Answer, Reading


def general(answer: Answer, readings: Iterable[Reading], ask: Callable[[str], Answer]) -> Answer:
    """The answer that anybody gets to the same question. `ask` answers a text without a profile."""
    name = (answer.personal.profile,) if answer.personal else ()
    return ask(question(answer.question.text, readings, name))


def question(text: str, readings: Iterable[Reading], names: Iterable[str] = ()) -> str:
    """The question without the person. What it says of an illness stays: that is what is asked."""
    read = list(readings)
    text = _without_files(text, read)
    found = deidentify(text, seed=secrets.token_bytes(16), known=known(read, names))
    out, at = [], 0
    for span in found.spans:  # no placeholder of the vault's kind, and no moved date: nothing here is to be put back
        out += [text[at : span.start], f"[{span.kind.value}]"]
        at = span.end
    return re.sub(r"(\[[a-z0-9-]+\])(?:[\s,.]*\1)+", r"\1", "".join([*out, text[at:]]))


def known(readings: Iterable[Reading], names: Iterable[str] = ()) -> Known:
    """What the headers of the papers say of the person, as far as it names them."""
    headers = [reading.header for reading in readings]
    return Known(
        names=tuple(dict.fromkeys([*names, *(h.person for h in headers if h.person)])),
        birth_dates=tuple(dict.fromkeys(h.birth_date for h in headers if h.birth_date)),
        ids=tuple(dict.fromkeys(h.identifier for h in headers if h.identifier)),
    )


def _without_files(text: str, readings: Iterable[Reading]) -> str:
    """The text without the names of the papers' files, with or without their ending."""
    files = {one for reading in readings for one in (reading.path, reading.name, PurePath(reading.path).name) if one}
    stems = {PurePath(one).stem for one in files if PurePath(one).suffix}
    for name in sorted(files | {stem for stem in stems if re.search(r"[\d_-]", stem)}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[file]", text, flags=re.IGNORECASE)
    return text
