"""Reasons and questions in plain words: what the papers say, and what would settle what is open."""

from __future__ import annotations

from navaid.records.concepts import concept as concept_row
from navaid.records.concepts import concepts as records_concepts
from navaid.terms import Assertion, Field, How, Predicate, Profile
from navaid.trials.concepts import trial_concepts
from navaid.trials.match.tables import table

_LONGEST = 120


def quote(field: Field, profile: Profile) -> str:
    """A sentence with the words that the profile has this from, where it has any.

    Such as: Your papers of 3 March 2024 say “ER 90 %” (oestrogen receptor (ER): positive).
    """
    meant = f"{_lower(label(field.concept))}: {meaning(field)}"
    words, how = "", None
    if field.findings:
        source = profile.findings[field.findings[0]].source
        words, how = " ".join(source.words.split()), source.how
    if how is How.PERSON:
        return f"You said so ({meant})."
    if not words:
        return f"Your profile says {meant}."
    when = f" of {field.date.day} {field.date:%B %Y}" if field.date else ""
    short = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"Your papers{when} say “{short}” ({meant})."


def meaning(field: Field) -> str:
    """The value in the words of the table of concepts, with how it is spoken of where it is not simply so."""
    try:
        words = concept_row(field.concept).in_words(field.value)
    except KeyError:
        words = str(field.value).replace("_", " ")
    if field.concept in ("comorbidity", "drug", "medication"):
        words = words.replace("_", " ")
    before = {Assertion.ABSENT: "no ", Assertion.PLANNED: "planned: ", Assertion.FAMILY: "in the family: "}
    return before.get(field.assertion, "") + words


def label(concept: str) -> str:
    """What a person reads for a concept."""
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
    return str(text).format(what=_asked(predicate))


def _asked(predicate: Predicate) -> str:
    """What is asked for, in a few words: the concept, and for a list of things their names."""
    named = label(predicate.concept)
    if predicate.op in ("had", "not_had") and predicate.values:
        names = ", ".join(_plain(predicate, value) for value in predicate.values[:4])
        named = f"{_lower(named)} ({names}{', …' if len(predicate.values) > 4 else ''})"
    if predicate.within_days:
        named += f" in the last {predicate.within_days} days"
    return _lower(named)


def _plain(predicate: Predicate, value: object) -> str:
    try:
        return concept_row(predicate.concept).in_words(str(value)).replace("_", " ")
    except KeyError:
        return str(value).replace("_", " ")


def _lower(text: str) -> str:
    """The first letter small, unless it begins a name or an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() and not text.startswith(("Oncotype", "Mamma")) else text


def sentence(text: str) -> str:
    """A reason as a sentence of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def unread(words: str) -> str:
    """Why a part is open that the program does not understand."""
    short = " ".join(words.split())
    short = short if len(short) <= _LONGEST else short[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"This program cannot check “{short}”: read it with your team." if short else "Read this with your team."
