"""What to know before a report's explanation is read, and what of it could not be read for certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from navaid.answers.report.record import Shown
from navaid.answers.report.table import words
from navaid.records import paper_types
from navaid.records.extract.extract import OF_NOBODY
from navaid.terms import Finding, Reading

_NO_CANCER = frozenset({"benign", "lcis"})
SURE = 0.8
"""A scan that was read with less confidence than this is said to be hard to read."""


def about(reading: Reading) -> str:
    """What the paper is and its date, such as "Pathology report, 3 March 2024"."""
    header = reading.header
    type_ = paper_types.labels().get(header.type, "")
    day = header.date or header.collected
    return ", ".join(filter(None, (type_, f"{day.day} {day:%B %Y}" if day else "")))


def subject(reading: Reading) -> str:
    """`benign` or `other` for a report that names nothing but that, and no cancer of the breast; else empty."""
    diagnoses = {str(finding.value) for finding in reading.findings if finding.concept == "diagnosis"}
    if diagnoses and diagnoses <= _NO_CANCER:
        return "benign"
    return "other" if diagnoses == {"other_cancer"} or (reading.header.cancer == "other" and not diagnoses) else ""


def notes(reading: Reading, values: Sequence[Shown]) -> Iterator[str]:
    """What limits the whole explanation, then how much was read and explained, then what the reader noted."""
    fixed, header = words(), reading.header
    if header.type in OF_NOBODY:
        yield fixed["of_nobody"]
    if not header.medical:
        yield fixed["not_medical"]
    if header.language not in ("en", ""):
        yield fixed["not_english"]
    if subject(reading) == "other":
        yield fixed["other_cancer"]
    if values:
        explained = sum(value.explained for value in values)
        plain = sum(value.plain and not value.explained for value in values)
        yield fixed["summary"].format(values=len(values), explained=explained, plain=plain)
        if unsure := sum(bool(value.doubts) for value in values):
            yield fixed["unread"].format(count=unsure)
    else:
        yield fixed["nothing"]
    yield from reading.notes


def of(finding: Finding) -> Iterator[str]:
    """What is not certain in one value: a scan that is hard to read, a second reading that differs."""
    source = finding.source
    if source.confidence is not None and source.confidence < SURE:
        yield words()["unclear"].format(sure=f"{source.confidence:.0%}")
    if source.second and source.second != source.words:
        yield words()["second"].format(words=f"“{' '.join(source.second.split())}”")
