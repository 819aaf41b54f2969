"""Fields of a profile against what the text of a report states: receptors of all, the tumour of the annotated ones."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.records.reconcile import reconcile
from navaid.terms import How, Profile, Reading

Fields = dict[str, str]
"""Value by concept; empty where the report does not state it. A concept that is missing is not scored."""

STATES = {"P": "positive", "N": "negative", "E": "equivocal", "-": ""}  # A (ambiguous) and M (differs) are not scored
TUMOUR = {
    "pt": "pt_category",
    "pn": "pn_category",
    "grade": "grade",
    "tumour.size": "tumor_size",
    "lvi": "lymphovascular_invasion",
}
CONCEPTS = ("er.status", "pr.status", "her2.status", *TUMOUR)


class Score(NamedTuple):
    right: int = 0
    said: int = 0
    stated: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.said + self.stated) if self.said + self.stated else 0.0

    @property
    def note(self) -> str:
        return f"{self.right} right of {self.said} said and {self.stated} stated"


def gold(folder: Path) -> dict[str, Fields]:
    """What each report states, by its barcode."""
    out: dict[str, Fields] = {}
    with (folder / "receptors_text_gold.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            states = {f"{name}.status": row[f"{name}_text"] for name in ("er", "pr", "her2")}
            out[row["barcode"]] = {concept: STATES[state] for concept, state in states.items() if state in STATES}
    for path in sorted((folder / "annotations").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8")).get("cancer_data") or {}
        for concept, key in TUMOUR.items() if data else ():
            out.setdefault(path.stem, {})[concept] = plain(data.get(key))
    return out


def plain(value: object) -> str:
    """A value as it is compared: `t1c`, `25`, `present`; empty for one that is not stated."""
    if isinstance(value, bool):
        return "present" if value else "absent"
    text = str(value).lower() if value is not None else ""
    text = {"low_positive": "positive", "not_stated": "", "not_tested": "", "pending": ""}.get(text, text)
    return re.sub(r"\(.*?\)|\.0$", "", text)


def fields(profile: Profile) -> Fields:
    found = {concept: profile.field(concept) for concept in CONCEPTS}
    return {concept: plain(field.value) if field else "" for concept, field in found.items()}


def profile(pages: Iterable[str], how: How) -> Profile:
    """The profile of one report, from the texts of its pages."""
    return profile_of(made(pages, how))


def profile_of(reading: Reading) -> Profile:
    """The profile of one report alone."""
    return reconcile("report", [reading], dt.date(2026, 1, 1))


def made(pages: Iterable[str], how: How) -> Reading:
    """What one report says, from the texts of its pages."""
    texts = list(pages)
    text = "\f".join(texts)
    at, numbered = 0, []
    for number, page in enumerate(texts, start=1):
        numbered.append(Page(number=number, start=at, end=at + len(page), how=how))
        at += len(page) + 1
    paper = Paper(
        id="FILE:" + hashlib.sha256(text.encode()).hexdigest(),
        path="report",
        name="report",
        media_type="text/plain",
        text=text,
        pages=tuple(numbered),
    )
    return extract(paper)


def score(pairs: Iterable[tuple[Fields, Fields]], concepts: Iterable[str] = CONCEPTS) -> Score:
    """Of (stated, said) pairs: a value that is not stated and given all the same counts as said and wrong."""
    right = said = stated = 0
    wanted = tuple(concepts)
    for true, ours in pairs:
        for concept in wanted:
            if concept in true:
                right += bool(true[concept]) and true[concept] == ours[concept]
                said += bool(ours[concept])
                stated += bool(true[concept])
    return Score(right, said, stated)
