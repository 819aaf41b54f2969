"""Where a value of a profile was read: file, page and words, as an export or a table shows them."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.terms import Date, Field, FieldState, How, Profile, Reading, Record

_MOST_WORDS = 160
_EXACT = {"year": 4, "month": 7}  # letters of an ISO date that a paper gives
_OF_WOMEN = ("menopause", "pregnancy")  # never missing from a man's papers
# Papers that show what they tell on the day they name; the others tell of what was before as well.
_OF_THE_DAY = ("pathology", "cytology", "operative", "radiology", "genetics", "genomic_assay", "laboratory")


class Place(Record, frozen=True):
    """One place of one file (its name, and its `id`), or the person's own word.

    `date` is the paper's, or the day the person said it. `second` is what another OCR engine read there, if that
    was something else.
    """

    file: str
    page: int
    words: str
    id: str = ""
    person: bool = False
    date: Date | None = None
    second: str = ""

    @property
    def short(self) -> str:
        """Such as `report.pdf, page 2`."""
        if self.person:
            return f"your own word{f', {self.date}' if self.date else ''}"
        return f"{self.file}, page {self.page}"

    @property
    def in_words(self) -> str:
        """Such as `report.pdf, page 2: “ER positive, 90 %”`."""
        return f"{self.short}: {self.quoted}" if self.words else self.short

    @property
    def quoted(self) -> str:
        """The words in quotation marks, and what the scan may say as well."""
        return f"“{self.words}”" + (f" (or “{self.second}”: the scan is unclear)" if self.second else "")


def places(field: Field, profile: Profile, readings: Sequence[Reading]) -> list[Place]:
    """The places behind a field, the deciding one first."""
    by_file = {reading.file: reading for reading in readings}
    found = []
    for index in field.findings:
        finding = profile.findings[index]
        source = finding.source
        reading = by_file.get(source.file)
        person = source.how is How.PERSON
        found.append(
            Place(
                file=reading.name if reading else source.file.removeprefix("FILE:")[:12],
                page=source.page,
                words=shortened(source.words),
                id=source.file,
                person=person,
                second=shortened(source.second) if source.second != source.words else "",
                date=finding.date if person else reading.header.date if reading else None,
            )
        )
    return found


def day(field: Field, profile: Profile, readings: Sequence[Reading]) -> str:
    """The day of a fact, as exactly as its paper gives it: `2021`; `as of …` where only a letter on it has a date."""
    if not field.date:
        return ""
    deciding = profile.findings[field.findings[0]] if field.findings else None
    shown = str(field.date)[: _EXACT.get(str(field.details.get("precision")), 10)]
    header = next((each.header for each in readings if deciding and each.file == deciding.source.file), None)
    dated = any(profile.findings[index].date for index in field.findings)
    return shown if dated or header is None or header.type in _OF_THE_DAY else f"as of {shown}"


def unstated(profile: Profile) -> tuple[list[Field], list[Field]]:
    """Fields that no paper states, and those of which the person said that what the papers state is wrong."""
    from navaid.records.reconcile import told

    said = [finding for finding in profile.findings if finding.source.how is How.PERSON]
    rejected = {finding.concept for finding in said if finding.rule == told.REJECT}
    empty = [field for field in profile.fields if field.state is FieldState.NOT_STATED]
    if (sex := profile.field("sex")) and sex.value == "male":
        empty = [field for field in empty if field.concept not in _OF_WOMEN]
    return [f for f in empty if f.concept not in rejected], [f for f in empty if f.concept in rejected]


def shortened(words: str, most: int = _MOST_WORDS) -> str:
    """The words in one line, cut in the middle where they are long, between words where that loses little.

    >>> shortened("one  two three four five", 18)
    'one two … five'
    """
    line, half = " ".join(words.split()), (most - 3) // 2
    if len(line) <= most:
        return line
    before, after = line[:half], line[-half:]
    if not line[half].isspace() and " " in before[half // 2 :]:
        before = before[: before.rindex(" ")]
    if not line[-half - 1].isspace() and " " in after[: half // 2 + 1]:
        after = after[after.index(" ") :]
    return f"{before.rstrip()} … {after.lstrip()}"
