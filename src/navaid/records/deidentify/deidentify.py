"""De-identification: a text and the profile's seed enter; the text without the person, what went, and the key leave.

The finders are asked in order of sureness, overlaps are settled, dates are moved, the rest becomes placeholders. Last,
the result is restored with its own key: a moved date that would not come back exactly becomes a placeholder too.
"""

from __future__ import annotations

from collections.abc import Iterator

from navaid.errors import BadInput
from navaid.records.deidentify.addresses import addresses
from navaid.records.deidentify.dates import Written, offset_of, shifted, written
from navaid.records.deidentify.known import known_finds
from navaid.records.deidentify.names import names
from navaid.records.deidentify.numbers import ages, numbers
from navaid.records.deidentify.placeholders import PLACEHOLDER, placeholder
from navaid.records.deidentify.restore import replaced
from navaid.records.deidentify.spans import Deidentified, Find, Key, Kind, Known, Span, settle

NOBODY = Known()


def deidentify(text: str, *, seed: bytes, known: Known = NOBODY) -> Deidentified:
    """The text that may leave, the spans that were replaced, and the key that puts them back.

    The same seed gives the same placeholders and moves dates by the same number of days. Ages below 90, sex,
    nationality, job titles, and everything medical stay. Raises `BadInput` for a seed shorter than 16 bytes.

    >>> sent = deidentify("Dr. Mary Okafor saw her on 12 May 2019: HER2 2+, pT2.", seed=bytes(16))
    >>> [span.kind.value for span in sent.spans]
    ['name', 'name', 'date']
    >>> sent.text.endswith(": HER2 2+, pT2.")
    True
    """
    if len(seed) < 16:
        raise BadInput("the seed of a profile is too short", where="deidentify", fix="use 16 random bytes or more")
    dates = {(date.start, date.end): date for date in written(text)}
    finds = settle(text, _finds(text, list(dates.values()), known))
    return _exact(text, finds, dates, seed)


def _finds(text: str, dates: list[Written], known: Known) -> Iterator[Find]:
    """All finds, the surest first."""
    for match in PLACEHOLDER.finditer(text):
        yield Find(kind=Kind.MARK, start=match.start(), end=match.end())
    yield from known_finds(text, known)
    postal = list(addresses(text))
    plain_year = [date for date in dates if date.precision == "year"]
    yield from (Find(kind=Kind.DATE, start=d.start, end=d.end) for d in dates if d.precision != "year")
    yield from numbers(text)
    yield from postal
    yield from (Find(kind=Kind.DATE, start=d.start, end=d.end) for d in plain_year)
    yield from ages(text)
    yield from names(text)


def _exact(text: str, finds: list[Find], dates: dict[tuple[int, int], Written], seed: bytes) -> Deidentified:
    """The result whose own key restores it exactly."""
    still: set[int] = set()  # starts of dates that are not moved but become placeholders
    while True:
        result = _replaced(text, finds, dates, seed, still)
        more = _wrong(text, result)
        if not more - still:
            return result
        still |= more


def _replaced(
    text: str, finds: list[Find], dates: dict[tuple[int, int], Written], seed: bytes, still: set[int]
) -> Deidentified:
    days = offset_of(seed)
    originals: dict[str, str] = {}
    moved: set[str] = set()
    spans: list[Span] = []
    out, at = [], 0
    for find in finds:
        words = text[find.start : find.end]
        date = dates.get((find.start, find.end)) if find.kind is Kind.DATE and find.start not in still else None
        if date:
            new, value = shifted(text, date, days)
            moved |= {value} - {""}
        else:
            new = _code(words, find.kind, seed, originals)
        originals.setdefault(new, words)
        out += [text[at : find.start], new]
        spans.append(Span(kind=find.kind, start=find.start, end=find.end, replacement=new))
        at = find.end
    key = Key(originals=originals, dates=tuple(sorted(moved)), offset_days=days)
    return Deidentified(text="".join([*out, text[at:]]), spans=tuple(spans), key=key)


def _code(words: str, kind: Kind, seed: bytes, originals: dict[str, str]) -> str:
    """The placeholder; a longer one if two different originals should ever meet in five signs."""
    for length in range(5, 30):
        new = placeholder(words, kind, seed, length)
        if originals.get(new, words) == words:
            return new
    raise AssertionError("an HMAC of 140 bits met itself")


def _wrong(text: str, result: Deidentified) -> set[int]:
    """The starts of dates that the key would not put back as they were, or that would change something else."""
    back = {(start, end): original for start, end, original in replaced(result.text, result.key)}
    placed = _placed(result)
    shifts = {place: span for place, span in placed.items() if not span.replacement.startswith("[")}
    wrong = {span.start for place, span in shifts.items() if back.get(place) != text[span.start : span.end]}
    for place, original in back.items():
        if place not in placed:
            # words that were not replaced would be changed: the dates that bring that about become placeholders
            near = {span.start for p, span in shifts.items() if p[0] < place[1] and place[0] < p[1]}
            same = {span.start for span in shifts.values() if text[span.start : span.end] == original}
            wrong |= near | same or {span.start for span in shifts.values()}
    return wrong


def _placed(result: Deidentified) -> dict[tuple[int, int], Span]:
    """The spans by where their replacement stands in the new text."""
    out: dict[tuple[int, int], Span] = {}
    moved = 0
    for span in result.spans:
        start = span.start + moved
        out[start, start + len(span.replacement)] = span
        moved += len(span.replacement) - (span.end - span.start)
    return out
