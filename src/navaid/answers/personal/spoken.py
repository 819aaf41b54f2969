"""Whom a quotation is about, by its own words: the group that it opens with, or people of whom it says so.

A mere mention limits nothing ("HER2-positive cancer grows faster", "unlike in triple-negative disease"), and neither
does a group that is compared with another. What limits a group and is not understood stands in `also`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec

from navaid import vocabulary
from navaid.tables import load_from
from navaid.terms import Population
from navaid.vocabulary import Mention

_ROMAN = ("0", "I", "II", "III", "IV")
_ONE_STAGE = r"(?:0|IV|I{1,3}|[0-4])(?:[ABC]\d?)?"
_STAGES = re.compile(
    rf"\bstages?\s+({_ONE_STAGE}(?:\s*(?:,|to|through|and|or|-|–|/)+\s*(?:stage\s+)?{_ONE_STAGE})*)\b", re.I
)
_RANGE = re.compile(r"\bto\b|\bthrough\b|-|–")
_AGES = (
    (r"\b(?:aged?\s+)?(\d{2})\s+(?:years?\s+)?(?:of age\s+)?(?:and|or)\s+(?:older|over|above)\b", ">="),
    (r"\b(?:older than|over|above)\s+(?:the age of\s+|age\s+)?(\d{2})\b", ">"),
    (r"\b(?:younger than|under|below)\s+(?:the age of\s+|age\s+)?(\d{2})\b", "<"),
)
_BESIDE = re.compile(r"\b(?:with|have) (?:breast )?cancers?\s+(?:and|or)\b", re.I)  # "with breast cancer or DCIS"
_NEAR, _AFTER = 30, 60  # characters that are looked at before and after a group
_KEPT = 8_192


@cache
def _table() -> dict[str, Any]:
    rows: dict[str, Any] = load_from("navaid.answers.personal", "tables/spoken.yaml")
    return rows


@lru_cache(maxsize=_KEPT)
def population(text: str) -> Population:
    """The people that the sentence says it is about; empty where it says none, or speaks of others beside them."""
    spans = list(_groups(text))
    if not spans:
        return Population()
    mentions = vocabulary.find(text, typos=False)
    inside = [m for m in mentions if any(start <= m.start and m.end <= end for start, end in spans)]
    men = any(m.concept == "male" for m in inside) and re.search(rf"\b(?:{_table()['women']})\b", text, re.I)
    if men or _compares(inside, [m for m in mentions if m not in inside]):
        return Population()
    start, end = spans[0]
    found = _population(text[start:end], inside)
    rest = re.match(rf"[\s,]*(?:{_table()['goes_on']})\b[^,;.]*", text[end : end + _AFTER], re.I)
    if rest and found != Population() and not found.also:  # it goes on, and is not understood
        words = text[start:end] + (rest[0] if end + rest.end() == len(text) else rest[0].rsplit(" ", 1)[0])
        return msgspec.structs.replace(found, also=" ".join(words.split()))
    return found


@lru_cache(maxsize=_KEPT)
def heading(path: str) -> Population:
    """The people that the headings over a sentence name, where they name one group and no other."""
    mentions = vocabulary.find(path, typos=False)
    subtypes = [id_ for m in mentions for id_ in _ids("subtypes", m)]
    stages = [id_ for m in mentions for id_ in _ids("stages", m)]
    if _STAGES.search(path):
        stages += _stages(path)
    return Population(subtypes=_once(subtypes), stages=_once(stages))


# --------------------------------------------------------------------------- where a sentence names its people


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    people, cancers, ends = (_table()[name] for name in ("people", "cancers", "ends"))
    word = rf"(?!(?:{ends})\b)[\w+/–*'-]+"
    of_whom = (
        rf"(?:\s+(?:with|who\s+(?:have|had)|whose|aged?|diagnosed|over|under|older|younger))(?:,?\s+{word}){{1,14}}"
    )
    return (
        # "In people with HER2-positive cancer, …", "For metastatic triple-negative disease, …"
        re.compile(rf"^(?:in|for|among|with)\s+(?P<who>[^;:.()]{{3,160}}?\b(?:{people}|{cancers})\b[^;:.(),]*),", re.I),
        # "Postmenopausal women with … receive", "… is used in premenopausal women with …"
        re.compile(
            rf"(?:^|\b(?:in|for|among|of|to|treat)\s+)(?P<who>(?:{word},?\s+){{0,5}}?(?:{people})\b(?:{of_whom})?)",
            re.I,
        ),
        # "… for the treatment of metastatic HER2-positive breast cancer"
        re.compile(
            r"\b(?:to treat|treatment of|indicated for|approved for)\s+"
            rf"(?P<who>(?:{word},?\s+){{1,8}}?(?:{cancers})\b)",
            re.I,
        ),
    )


def _groups(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if not _aside(text, match):
                yield match.start("who"), match.start("who") + _length(match["who"])
                return


def _length(words: str) -> int:
    """A comma after the cancer ends the naming; one before it only parts adjectives."""
    end = re.search(rf"\b(?:{_table()['cancers']})\b[^,]*(?=,)", words, re.I)
    return end.end() if end else len(words)


def _aside(text: str, match: re.Match[str]) -> bool:
    """Whether words before it, or in it, make it a mention: "including women with …", "unlike in …"."""
    pattern = re.compile(rf"\b(?:{_table()['aside']})\b", re.I)
    before = text[max(0, match.start() - _NEAR) : match.start("who")]
    compared = re.search(rf"\b(?:{_table()['compares']})\b(?:\s+[\w-]+){{0,3}}\s*$", before, re.I)
    opening = re.match(rf"(?:{_table()['openings']})\b", match["who"], re.I)
    return bool(
        compared or opening or pattern.search(before) or pattern.search(match["who"]) or _BESIDE.search(match["who"])
    )


def _compares(inside: Sequence[Mention], outside: Sequence[Mention]) -> bool:
    """Whether the sentence speaks of another group of the same sort as well."""
    for axis in ("subtypes", "stages"):
        named = {id_ for m in inside for id_ in _ids(axis, m)}
        if any(id_ not in named for m in outside for id_ in _ids(axis, m)):
            return True
    return bool({m.concept for m in outside} & set(_table()["menopause"]) - {m.concept for m in inside})


# --------------------------------------------------------------------------- what the naming says


def _population(words: str, mentions: Sequence[Mention]) -> Population:
    subtypes = _once(id_ for m in mentions for id_ in _ids("subtypes", m))
    stages = _once(id_ for m in mentions for id_ in _ids("stages", m))
    if _STAGES.search(words):
        stages = _once([*(id_ for id_ in stages if not id_.startswith("stage_")), *_stages(words)])
    biomarkers = _once(m.concept for m in mentions if m.concept in _table()["biomarkers"])
    menopause = _once(_table()["menopause"][m.concept] for m in mentions if m.concept in _table()["menopause"])
    limits: dict[str, tuple[str, ...]] = {}
    for mention in mentions:
        for concept, values in _table()["limits"].get(mention.concept, {}).items():
            limits[concept] = _once([*limits.get(concept, ()), *values])
    for pattern, comparison in _AGES:
        if age := re.search(pattern, words, re.I):
            limits["age"] = (f"{comparison} {age[1]}",)
    if not (subtypes or stages or biomarkers or menopause or limits):
        return Population()
    also = _left_over(words, mentions)
    if biomarkers and re.search(rf"\b(?:{_table()['unharmed']})\b", words, re.I):
        biomarkers, also = (), " ".join(words.split())
    for pair in _table()["contrary"]:
        if set(pair) <= set(subtypes):  # "ER-positive, PR-negative": no id says so
            subtypes, also = tuple(id_ for id_ in subtypes if id_ not in pair), " ".join(words.split())
    return Population(
        subtypes=subtypes, stages=stages, biomarkers=biomarkers, menopause=menopause, limits=limits, also=also
    )


def _ids(axis: str, mention: Mention) -> list[str]:
    if mention.concept not in _table()[axis]:
        return []
    for name, ids in _table()["wider_names"].items():
        if axis == "stages" and mention.text.lower().startswith(name):
            return list(ids)
    return [mention.concept]


def _stages(words: str) -> list[str]:
    """The stages of "stage I to III", "stage 1, 2 or 3A"; a letter narrows only where no range is given."""
    found: list[str] = []
    for match in _STAGES.finditer(words):
        named = re.findall(_ONE_STAGE, match[1], re.I)
        places = [_place(each) for each in named]
        if len(places) > 1 and _RANGE.search(match[1]):
            found += [_ROMAN[place] for place in range(min(places), max(places) + 1)]
        else:
            letters = [re.sub(r"^[0IV1-4]+", "", each, flags=re.I)[:1] for each in named]
            found += [_ROMAN[place] + letter for place, letter in zip(places, letters, strict=True)]
    return [f"stage_{each.lower()}" for each in found]


def _place(stage: str) -> int:
    base = re.match(r"[0-4]|IV|I+", stage, re.I)
    return int(stage[0]) if stage[0].isdigit() else _ROMAN.index(base[0].upper() if base else "0")


def _left_over(words: str, mentions: Sequence[Mention]) -> str:
    """The whole naming, where it holds words that neither the vocabulary nor the fillers account for."""
    rest = _STAGES.sub(" ", words)
    for pattern, _ in _AGES:
        rest = re.sub(pattern, " ", rest, flags=re.I)
    limiting = {*_table()["subtypes"], *_table()["stages"], *_table()["biomarkers"], *_table()["menopause"]}
    for mention in mentions:
        if mention.concept in limiting or mention.concept in _table()["limits"]:
            rest = rest.replace(mention.text, " ")
    unknown = [word for word in re.findall(r"\w[\w'-]*", rest.lower()) if word not in _fillers()]
    return " ".join(words.split()) if unknown else ""


@cache
def _fillers() -> frozenset[str]:
    return frozenset(str(_table()["fillers"]).split())


def _once(ids: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
