"""Reasons and questions in plain words: what the papers say, and what would settle what is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from navaid.records.concepts import concept as concept_row
from navaid.records.concepts import concepts as records_concepts
from navaid.records.extract.header.tables import table as records_table
from navaid.terms import Assertion, Field, How, Predicate, Profile, Provenance, Value
from navaid.trials.concepts import trial_concepts
from navaid.trials.match.papers import Names
from navaid.trials.match.tables import table
from navaid.vocabulary import vocabulary

_LONGEST = 120
_OF_DRUGS = ("drug_class", "medication_class", "progression", "regimen")
_PAGED = (How.TEXT_LAYER, How.OCR)
_DENIES = re.compile(
    r"\b(?:no|not|never|without|denie[sd]|negative|none|na[iï]ve|healthy|new\w*|unremarkable|untreated)\b", re.I
)


def quote(field: Field, profile: Profile, papers: Names) -> str:
    """A sentence with the words that the profile has this from, where it has any.

    Such as: Your pathology report of 3 March 2024, page 2, says “ER 90 %” (estrogen receptor (ER): positive).
    """
    absent = field.assertion is Assertion.ABSENT and field.concept in table("questions")["denied"]
    bare = absent or field.assertion is Assertion.PLANNED
    meant = meaning(field) if bare else f"{_lower(label(field.concept))}: {meaning(field)}"
    words, how, paper = "", None, ""
    if field.findings:
        source = profile.findings[field.findings[0]].source
        words, how, paper = " ".join(source.words.split()), source.how, papers.get(source.file, "")
        paper += _page(source) if paper else ""
    if how is How.PERSON:
        return f"You said so ({meant})."
    if not words:
        return f"Your profile says {meant}."
    when = f" of {field.date.day} {field.date:%B %Y}" if field.date else ""
    short = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    # Of a denial the papers' words may be but the name of what is denied.
    no = " no to" if field.assertion is Assertion.ABSENT and not _DENIES.search(words) else ""
    if paper:
        return f"Your {paper} says{no} “{short}” ({meant})."
    return f"Your papers{when} say{no} “{short}” ({meant})."


def _page(source: Provenance) -> str:
    """The page, of a paper that has pages; a note or a page of the web is all one."""
    return f", page {source.page}," if source.how in _PAGED or source.page > 1 else ""


def meaning(field: Field) -> str:
    """The value in the words of the tables of concepts, with how it is spoken of where it is not simply so."""
    words = in_words(field.concept, field.value)
    if field.assertion is Assertion.ABSENT:
        denied = table("questions")["denied"].get(field.concept, "no {value}")
        return str(denied).format(value=words)
    before = {Assertion.PLANNED: "planned: ", Assertion.FAMILY: "in the family: "}
    return before.get(field.assertion, "") + words


def in_words(concept: str, value: Value) -> str:
    """A value as a person reads it."""
    named = _named().get(str(value)) if concept in ("comorbidity", "other_cancer") else None
    if named:
        return named
    if concept in _OF_DRUGS and str(value) in vocabulary().concepts:
        return vocabulary().concepts[str(value)].name
    row = trial_concepts().get(concept)
    if row:
        return row.values.get(str(value), str(value)).replace("_", " ")
    try:
        words = concept_row(concept).in_words(value)
    except KeyError:
        words = str(value)
    return words.replace("_", " ")


@cache
def _labs() -> dict[str, str]:
    """Laboratory values by their code (records/extract/tables/labs.yaml)."""
    return {row["id"]: str(row["label"]) for row in records_table("labs")}


@cache
def _named() -> dict[str, str]:
    """Illnesses by their code, as a person reads them in a sentence (records/extract/tables/conditions.yaml)."""
    return {row["id"]: _lower(row["label"]) for row in records_table("conditions")}


def label(concept: str) -> str:
    """What a person reads for a concept."""
    if concept.startswith("lab."):
        return _labs().get(concept.removeprefix("lab."), concept.removeprefix("lab.").replace("_", " "))
    own = table("questions")["labels"].get(concept)
    if own:
        return str(own)
    for rows in (trial_concepts(), records_concepts()):
        if concept in rows:
            return str(rows[concept].label)
    try:
        return concept_row(concept).label
    except KeyError:
        return concept.replace("_", " ").replace(".", " ")


def missing(predicate: Predicate) -> str:
    """Why it is open: nothing is said of it."""
    return f"Your papers do not say: {_asked(predicate)}."


def unsettled(predicate: Predicate) -> str:
    """Why it is open although something is said."""
    return f"What your papers say does not settle this: {_asked(predicate)}."


def question(predicate: Predicate) -> str:
    """What to ask so that it is settled; empty where nothing is asked of the person."""
    asked = table("questions")["questions"]
    text = asked.get(predicate.concept, asked.get(predicate.concept.split(".")[0] + "."))
    if text is None and predicate.concept in trial_concepts():
        text = trial_concepts()[predicate.concept].ask.replace("{", "(").replace("}", ")")
    if text is None:
        text = "What is known of this: {what}?"
    if not _named_things(predicate) and predicate.concept in table("questions")["unnamed"]:
        text = str(text).replace(": {what}", "")
    return str(text).format(what=_things(predicate))


_MINE = tuple(
    (re.compile(rf"\b{said}\b"), mine)
    for said, mine in (
        ("[Yy]ou were", "I was"),
        ("you are", "I am"),
        ("Are you", "Am I"),
        ("are you", "am I"),
        ("for you to", "for me to"),
        ("need you to", "need me to"),
        ("your", "my"),
        ("Your", "My"),
        ("[Yy]ou", "I"),
    )
)


def as_mine(text: str) -> str:
    """A question to the person as the person would ask it: "Have you had it?" is "Have I had it?"."""
    for said, mine in _MINE:
        text = said.sub(mine, text)
    return text


def _things(predicate: Predicate) -> str:
    """The names of what is asked for; of a concept without names the concept."""
    if _named_things(predicate):
        names = ", ".join(in_words(predicate.concept, value) for value in predicate.values[:4])
        return names + (", …" if len(predicate.values) > 4 else "")
    return _lower(label(predicate.concept))


def _named_things(predicate: Predicate) -> bool:
    return predicate.op in ("had", "not_had") and bool(predicate.values) and predicate.values != ("any",)


def _asked(predicate: Predicate) -> str:
    """What is asked for, in a few words: the concept, and for a list of things their names."""
    unnamed = table("questions")["unnamed"].get(predicate.concept)
    if unnamed and not _named_things(predicate):
        return str(unnamed)
    named, things = _lower(label(predicate.concept)), _things(predicate)
    if things != named:
        named = f"{named} ({things})"
    return named + (f" in the last {predicate.within_days} days" if predicate.within_days else "")


def _lower(text: str) -> str:
    """The first letter small, unless it begins a name or an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() and not text.startswith(("Oncotype", "Mamma")) else text


def sentence(text: str) -> str:
    """A reason as a sentence of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def unread(parts: Sequence[str]) -> str:
    """Why a statement is open of which the program does not understand these parts."""
    shown = [" ".join(part.split()) for part in parts]
    shown = [part if len(part) <= _LONGEST else part[:_LONGEST].rsplit(" ", 1)[0] + " …" for part in shown if part]
    quoted = ", ".join(f"“{part}”" for part in list(dict.fromkeys(shown))[:2])
    return f"This program does not understand all of it ({quoted}): read it with your team."
