"""A value in words a person reads: its unit, "2 of 3", a range, T N and M spelled out, and how the report says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.answers.report.table import bare, words
from navaid.records.concepts import concept
from navaid.tables import load_from
from navaid.terms import Assertion, Finding

_CODE = re.compile(r"(?P<axis>[TNM])(?P<rest>.*)")
_LESS = re.compile(r"(?i)(?:<|\b(?:less|fewer|lower) than|\bunder|\bbelow)\s*(\d+(?:[.,]\d+)?)")
_SPELLED = frozenset({"pt", "pn", "pm", "ct", "cn", "cm"})
_NO_VALUES = frozenset({"pending", "not_tested", "indeterminate"})


def told(finding: Finding) -> str:
    """The value as the report says it, what is absent, planned or another's said first.

    >>> from navaid.terms import Provenance
    >>> source = Provenance(file="", page=1, start=0, end=4, words="none", how="plain text")
    >>> told(Finding(concept="lvi", value="absent", source=source))
    'not seen'
    >>> told(Finding(concept="drug", value="tamoxifen", source=source, assertion=Assertion.ABSENT))
    'not given: tamoxifen'
    """
    value = in_words(finding)
    said = finding.assertion.value
    form = words()["said_of"].get(finding.concept, {}).get(said) or words()["said"][said]
    return str(form.format(value=value))


def in_words(finding: Finding) -> str:
    """The value alone, in words."""
    id_, value, fixed = finding.concept, finding.value, words()
    if short := bare(finding):
        return short.value
    if value in _NO_VALUES:
        return concept(id_).in_words(value)
    if isinstance(value, int | float):
        return _number(finding, value)
    if id_ in _SPELLED:
        return _spelled(finding, value)
    if id_ == "comorbidity":
        return _illnesses().get(value, value.replace("_", " "))
    if id_ == "regimen":
        return finding.source.words
    if id_ == "stage.group":
        return value
    return str(fixed["values"].get(id_, {}).get(value) or concept(id_).in_words(value))


def asides(finding: Finding, part: str = "") -> tuple[str, ...]:
    """What belongs to the value: the side, the specimen, the dates, the line of treatment.

    `part` is the specimen part that it stands under, which need not be said again.
    """
    return tuple(dict.fromkeys(filter(None, _asides(finding, part))))


def is_absent(finding: Finding) -> bool:
    """Whether the report says that it is not there."""
    return finding.assertion is Assertion.ABSENT or finding.value == "absent"


def _asides(finding: Finding, part: str) -> Iterator[str]:
    fixed, named = words()["details"], words()["named"]
    yield finding.side
    yield finding.specimen.replace(":", ": ")
    yield f"part {finding.tumour}" if finding.tumour not in ("", part) else ""
    for name, value in finding.details.items():
        told_ = fixed.get(name, {}).get(str(value), "")
        if not told_ and name in named and not (name == "method" and str(value) not in words()["methods"]):
            told_ = named[name].format(value=words()["methods"].get(str(value), value))
        yield "" if told_ in finding.assertion.value else told_
    low, high = finding.details.get("low"), finding.details.get("high")
    if finding.concept.startswith("lab.") and low is not None and high is not None:
        yield words()["lab_range"].format(low=low, high=high)
    if finding.date:
        yield words()["dated"].format(day=f"{finding.date.day} {finding.date:%B %Y}")


def _number(finding: Finding, value: float) -> str:
    fixed, id_ = words(), finding.concept
    unit = concept(id_).unit or finding.unit
    if id_ == "clock":
        return str(fixed["clock"].format(value=_plain(value)))
    if id_ in fixed["of"]:
        return str(fixed["number_of"].format(value=_plain(value), most=fixed["of"][id_]))
    text = _plain(value)
    comparator = str(finding.details.get("comparator", ""))
    high = finding.details.get("high") if not id_.startswith("lab.") else None
    high = high if high is not None else finding.details.get("to")
    if isinstance(high, int | float):
        text = fixed["range"].format(value=text, high=_plain(high))
    elif comparator.startswith("<"):
        written = _LESS.search(finding.source.words)  # "less than 1 %" is kept as none
        least = text if value else written[1] if written else ""
        text = fixed["less"].format(value=least) if least else text
    elif comparator.startswith(">"):
        text = fixed["more"].format(value=text)
    elif finding.details.get("qualifier") in ("about", "least"):
        text = fixed[str(finding.details["qualifier"])].format(value=text)
    return f"{text} {unit}".strip()


def _spelled(finding: Finding, value: str) -> str:
    fixed = words()
    code = _CODE.fullmatch(value)
    prefix, suffix = str(finding.details.get("prefix", "")), str(finding.details.get("suffix", ""))
    written = f"{prefix}{value}{f'({suffix})' if suffix else ''}"
    if not code:
        return written
    rest = fixed["rest"].get(code["rest"], code["rest"])
    letters = [fixed["prefix"][sign] for sign in prefix if sign in fixed["prefix"]]
    letters.append(fixed["letters"][code["axis"]].format(rest=rest))
    letters += [fixed["suffix"][suffix]] if suffix in fixed["suffix"] else []
    return str(fixed["spelled"].format(code=written, letters="; ".join(letters)))


def _plain(value: float) -> str:
    return f"{value:g}"


@cache
def _illnesses() -> dict[str, str]:
    """Illnesses by their code, as a person reads them."""
    rows = load_from("navaid.records.extract", "tables/conditions.yaml")
    return {row["id"]: str(row["label"]) for row in rows}
