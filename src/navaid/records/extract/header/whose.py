"""Whom a paper is about: name, number and sex, from the fields at its top."""

from __future__ import annotations

import itertools
import re
from functools import cache

from navaid.records.extract.header.tables import any_of, table

TOP = 3_000  # characters in which a paper says whom it is about
_GAP = r"[ \t]*(?:[:：]|\.{3,}|\t|#:?|(?=\n))[ \t.]*\n?[ \t]*"
_TOKEN = r"(?:[^\W\d_][^\W\d_'’.-]{0,29}(?:['’-][^\W\d_]{1,29}){0,3}\.?)"
_NAME = rf"{_TOKEN}(?:,[ ]?|[ ]){_TOKEN}(?:[ ]{_TOKEN}){{0,3}}"
_TITLES = re.compile(r"^(?:mrs?|ms|miss|mme|mlle|frau|herr|sra?|dña|don|doña|mevr|dhr|sig\.?ra|sig|utente)\.?\s+", re.I)
_FIELD = re.compile(r"[ \t]*(?:\t|:|\s{2,}|\||$)")


def person(text: str) -> str:
    """The name of the person as the paper writes it; empty where it gives none.

    >>> person("Patient Name: Vance, Eleanor M   DOB: 14-Mar-1974")
    'Vance, Eleanor M'
    """
    for match in _names().finditer(text, 0, min(len(text), TOP)):
        if name := _trimmed(match["value"]):
            return name
    alone = _lone_name().search(text, 0, min(len(text), TOP))
    return alone["value"] if alone else ""


def identifier(text: str) -> str:
    """The number by which a hospital knows the person; empty where the paper gives none."""
    for match in _identifiers().finditer(text, 0, min(len(text), TOP)):
        value = match["value"].strip(" .-:")
        if any(letter.isdigit() for letter in value):
            return value
    return ""


def sex(text: str) -> tuple[str, int, int] | None:
    """`female` or `male` and the words that say it: a field, or "a 62 year old woman".

    >>> sex("Age / Sex: 52 Years / Female")[0], sex("This 61-year-old man"), sex("The report")
    ('female', ('male', 17, 20), None)
    """
    top = min(len(text), TOP)
    for match in itertools.chain.from_iterable(pattern.finditer(text, 0, top) for pattern in _sexes()):
        word = match["value"]
        if word.lower() in table("header")["female"]:
            return "female", match.start("value"), match.end("value")
        if word.lower() in table("header")["male"]:
            return "male", match.start("value"), match.end("value")
    return None


def unrolled(text: str) -> str:
    """The top's tables of a row of names above a row of values, as a line for each; empty where there is none.

    >>> unrolled("Name\\tSex\\nDoe, Jane\\tF\\n")
    'Name: Doe, Jane\\nSex: F\\n'
    """
    lines = [line.split("\t") for line in text[:TOP].split("\n")]
    return "".join(
        f"{name.strip()}: {value.strip()}\n"
        for names, values in itertools.pairwise(lines)
        if len(names) == len(values) > 1
        for name, value in zip(names, values, strict=True)
    )


def _trimmed(value: str) -> str:
    """The value up to the next field's name; a name has two words or more, each beginning with a capital."""
    stop = table("header")["not_name"]
    value = _TITLES.sub("", value.strip())
    kept: list[str] = []
    for word in value.split(" "):
        bare = word.strip(".,").lower()
        if bare in stop or not word[:1].isupper():
            break
        kept.append(word)
    return " ".join(kept).strip(" ,") if len(kept) > 1 else ""


@cache
def _names() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[\n\t\f|]|[ ]{{2}}|[.;][ ])[ \t]{{0,40}}(?i:{any_of(table('header')['name'])}){_GAP}(?P<value>(?"
        rf":{_NAME}|{_TOKEN}[ ]?\w{{1,12}}))(?![^\W_])"
    )


@cache
def _lone_name() -> re.Pattern[str]:
    """A name of one word, alone in a field that can hold nothing else."""
    return re.compile(rf"(?:^|\n)[ \t]*(?i:patient(?:'s)?[ ]name){_GAP}(?P<value>[A-Z]\w{{2,30}})[ \t]*(?=\n|$)")


@cache
def _identifiers() -> re.Pattern[str]:
    words = any_of(table("header")["identifier"])
    return re.compile(
        rf"(?<![^\W_])(?i:{words})\)?[ \t]*(?:[:#.\t]|no\b|\n|\(|\)){{0,40}}[ \t\n:]{{0,4}}(?P<value>\d{{3}}[ -"
        rf"]\d{{3}}[ -]\d{{4}}|\w[\w/-]{{3,24}})"
    )


@cache
def _sexes() -> tuple[re.Pattern[str], ...]:
    rows = table("header")
    values = any_of([*rows["female"], *rows["male"]])
    field = (
        rf"(?<![^\W_])(?i:{any_of(rows['sex'])})[ \t]*(?:[:.\t]|\n){{1,40}}[ \t]*(?:\d{{1,3}}[ ]?(?i:y"
        rf"|yrs?|years?|ans|jahre|años|anni|anos|jaar)?[ ]?[/,;]?[ ]?)?(?P<value>(?i:{values}))(?![^\W_])"
    )
    spoken = (
        r"(?i:\b\d{1,3}(?:[ -]{0,2}(?:y/?o|yr|years?|yrs)\.?(?:[ -]?old)?)?[ -]{0,2}(?:[a-z-]{3,18}[ ,]{1,2}){0"
        r",4}?(?P<value>female|woman|lady|male|man|gentleman|[fm](?=[\s,.;])))(?![^\W_])"
    )
    looks = (
        r"\b(?i:appearing|nourished|developed|pleasant|healthy|caucasian|elderly|delightful"
        r"|old)[ ,]{1,2}(?:[a-z-]{3,18}[ ,]{1,2}){0,2}?(?P<value>(?i:female|woman|lady"
        r"|male|man|gentleman))(?![^\W_])"
    )
    # "DOB 3 May 1970   Female", "Female   Born 3.5.1970": alone in its column, beside the birth date or age.
    born = r"(?i:dob|d\.o\.b\.?|date of birth|born|age)\b"
    whole = r"(?P<value>(?i:female|male)|[FM])(?![^\W_])"
    behind = rf"\b{born}[^\n]{{4,40}}?(?:[ ]{{2,40}}|[\t|][ ]?|,[ ]){whole}(?=[ ]{{2}}|[ ]?[\t|,]|[ ]*(?:\n|$))"
    ahead = rf"(?:[ ]{{2}}|[\t|\n])[ ]?{whole}(?:[ ]{{2,40}}|[ ]?[\t|,][ ]?){born}"
    return tuple(re.compile(pattern) for pattern in (field, spoken, looks, behind, ahead))
