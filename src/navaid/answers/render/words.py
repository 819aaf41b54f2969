"""The labels of an answer page: read from `words.yaml`, strict, so that a missing one is found at once."""

from __future__ import annotations

import functools
import importlib.resources

import msgspec
import yaml

from navaid.errors import StarterInvalid
from navaid.tables import load as load_table
from navaid.terms import Certainty, Date, Kind, Record, TriageClass


class Top(Record, frozen=True):
    brand: str
    skip: str
    asked: str
    on_this_page: str
    open_marks: str
    list_marks: str
    held_back: str
    part_missing: str
    reworded: str
    translated: str
    weaker: str
    none_reworded: str
    model_failed: str
    no_labels: str


class Parts(Record, frozen=True):
    corrections: str
    unanswered: str
    unanswered_item: str
    visit: str
    too_little: str
    nearest: str
    nearest_lead: str
    ask: str
    sources: str
    left_out: str
    left_out_item: str
    made: str


class PersonalWords(Record, frozen=True):
    made_for: str
    made_for_me: str
    mostly_others: str
    because: str
    applies: str
    applies_studied: str
    may_apply: str
    may_apply_open: str
    does_not_apply: str
    of_others: str
    about: str
    why: str
    now: str
    call: str
    expect: str
    gaps: str
    gaps_lead: str
    gap_ask: str
    folded: str
    folded_lead: str


class SentenceWords(Record, frozen=True):
    mark: str
    mark_one: str
    mark_many: str
    step: str
    empty_cell: str
    not_passed: str
    reworded: str
    not_translated: str
    before: str


class CitationWords(Record, frozen=True):
    words: str
    not_held: str
    not_tied: str
    place: str
    checked: str
    not_checked: str
    open: str
    no_link: str


class SourceWords(Record, frozen=True):
    dated: str
    undated: str
    held: str
    not_held: str
    unlisted: str
    licence: str
    kinds: dict[Kind, str]


class Grade(Record, frozen=True):
    up_to: int
    words: str


class Foot(Record, frozen=True):
    made_on: str
    grades: tuple[Grade, ...]
    verified: str
    model: str
    first_reason: str
    answer: str
    library: str
    starter: str
    settings: str
    version: str


class Words(Record, frozen=True):
    """All labels; the names are those of `words.yaml`."""

    language: str
    months: tuple[str, ...]
    day: str
    quoted: str
    top: Top
    first: dict[TriageClass, str]
    parts: Parts
    personal: PersonalWords
    sentence: SentenceWords
    certainty: dict[Certainty, str]
    citation: CitationWords
    source: SourceWords
    foot: Foot

    def date(self, date: Date) -> str:
        """The date as a person says it.

        >>> import datetime
        >>> words().date(datetime.date(2025, 12, 30))
        '30 December 2025'
        """
        return self.day.format(day=date.day, month=self.months[date.month - 1], year=date.year)

    def grade(self, grade: float) -> str:
        """A Flesch-Kincaid grade in words.

        >>> words().grade(6.8)
        'Plain to read: about US school grade 7.'
        """
        rounded = max(1, round(grade))
        row = next((row for row in self.foot.grades if rounded <= row.up_to), self.foot.grades[-1])
        return row.words.format(grade=rounded)


@functools.cache
def words(language: str = "en") -> Words:
    """The labels in a language, or in English where there is no table of it (`words.es.yaml`).

    Raises StarterInvalid naming the key that is missing or not known.

    >>> words("es-MX").language, words("xx").language
    ('es', 'en')
    """
    folder, base = importlib.resources.files(__package__), language.partition("-")[0]
    own = folder.joinpath(f"words.{base}.yaml")
    name = f"words.{base}.yaml" if base.isalpha() and own.is_file() else "words.yaml"
    try:
        table = load_table(folder.joinpath(name).read_text("utf-8"))
        return _complete(msgspec.convert(table, Words, strict=False))
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise StarterInvalid(str(error), where=f"answers/render/{name}", fix="mend the key named") from error


def _complete(found: Words) -> Words:
    """The same labels, once every member of each enum has one and there are twelve months."""
    lacking = [
        *(set(TriageClass) - set(found.first)),
        *(set(Certainty) - set(found.certainty)),
        *(set(Kind) - set(found.source.kinds)),
    ]
    if lacking or len(found.months) != 12:
        raise msgspec.ValidationError(f"no label for {sorted(map(str, lacking)) or 'every month'}")
    return found
