"""What no record says: consent, willingness, contraception, tissue, language, other studies, the team's judgement.

These become predicates that nothing in a profile answers, so that a statement says what it asks for instead of standing
there as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table
from navaid.trials.criteria.parse.atom import Atom, asks
from navaid.trials.criteria.parse.quick import Cues
from navaid.trials.criteria.parse.readers.denials import denied
from navaid.vocabulary.matching import lower

_SENTENCE = re.compile(r"[^.;\n]+(?:\.(?!\s+[A-Z(]|\s*$)[^.;\n]*)*")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.'’-]*")
_ORGANS = {
    "blood": r"(?:bone[- ]?)?marrow|ha?ematolog\w+|hematopoietic|blood|hemopoietic",
    "liver": r"liver|hepatic",
    "kidney": r"kidney|renal",
    "heart": r"heart|cardiac|cardiovascular|left ventricular",
}
_UNWILLING = r"unwilling\w*|unable|inability|refus\w+|lack|fail\w*|not (?:be )?(?:willing|able)|cannot|incapable"
# Words that turn round what is asked: "unable to give consent", "planning to become pregnant".
_REFUSED = {
    concept: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for concept, words in (
        ("consent", _UNWILLING),
        ("compliance", rf"{_UNWILLING}|non-?compli\w+|poor"),
        ("contraception", rf"{_UNWILLING}|plan(?:s|ning)?|inten\w+|expecting|desire|wish\w*|hoping|want\w*"),
    )
}
_LEADS = {"contraception": 30}  # what stands far behind is of a method: its failure rate, what is planned
_WORTH = re.compile(r"function|reserve|status|parameters|counts|values")
_FUNCTION = re.compile(
    r"\b(?P<how>adequate|sufficient|acceptable|satisfactory|normal|good|appropriate)\s+(?P<organs>(?:"
    r"\b(?:end|major|vital|main|baseline)\b-?|(?:organs?|bone[- ]?marrow|marrow|ha?ematolog\w+"
    r"|hematopoietic|hepatic|liver|"
    r"kidney|renal|cardiac|heart|cardiovascular|left ventricular|pulmonary|lung|coagulation|blood"
    r"|endocrine|metabolic|system|laboratory|and/or|and|or|,|/|other|\s))+)\s*(?:functions?|reserves?"
    r"|status|parameters|counts|values)\b"
    r"|\borgan functions?\s+(?:is|are|must be)\s+(?:basically\s+)?(?P<how2>adequate|normal|good)",
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    small = lower(words)
    for row in _cues().spoken_of(small):
        for sentence in _SENTENCE.finditer(words):
            if row["key"] and row["key"].search(sentence[0]) and _all_about(sentence[0], row["words"]):
                start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
                yield _atom(words, start, sentence.end(), row)
        for phrase in row["phrases"]:
            for match in phrase.finditer(words):
                if row["not_behind"] and row["not_behind"].search(words[: match.start()] + _lead(match[0])):
                    continue
                yield _atom(words, match.start() + len(match[0]) - len(match[0].lstrip(" \t,(")), match.end(), row)
    yield from _organs(small)


def _lead(said: str) -> str:
    """The small words that a phrase begins with ("of informed consent")."""
    match = re.match(r"(?:\s*\b(?:of|to|the|a|an|signing|giving|signed|written)\b)*\s*", said, re.IGNORECASE)
    return match[0] if match else ""


def _organs(words: str) -> Iterator[Atom]:
    """ "Adequate organ function" with no figures behind it: only a paper that says so of the whole answers it."""
    for match in _FUNCTION.finditer(words) if _WORTH.search(words) else ():
        if re.match(r"[^.;]{0,200}[≥≤<>]\s*=?\s*\d", words[match.end() :]):
            continue
        named = [part for part, said in _ORGANS.items() if re.search(said, match["organs"] or "", re.IGNORECASE)]
        whole = len(named) != 1 or re.search(r"\borgan|pulmon|lung|coag", match["organs"] or "", re.IGNORECASE)
        atom = asks(*match.span(), "organ_function", "is", "normal", "adequate")
        yield atom if whole else asks(*match.span(), "organ_function", "is", "normal", "adequate", part=named[0])


def _all_about(sentence: str, words: frozenset[str]) -> bool:
    return all(word.lower().strip(".'’-") in words or word.isdigit() for word in _WORD.findall(sentence))


def _atom(words: str, start: int, end: int, row: dict[str, Any]) -> Atom:
    atom = asks(start, end, row["concept"], "is", row["says"])
    refused = _REFUSED.get(row["concept"])
    if refused and refused.search(words, start, min(end, start + _LEADS.get(row["concept"], end))):
        return atom._replace(expression=denied(words, start, atom.expression))
    return atom


@cache
def _cues() -> Cues:
    return Cues(_rows())


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    table = load_table((files(__package__) / "practical.yaml").read_text(encoding="utf-8"))
    common = frozenset(table["common"].split())
    return tuple(
        {
            "concept": row["concept"],
            "cues": row["cues"],
            "says": row.get("says", "yes"),
            "key": _compiled(row["key"]) if "key" in row else None,
            "not_behind": _compiled(row["not_behind"]) if "not_behind" in row else None,
            "words": common | frozenset(row.get("words", "").split()),
            "phrases": [_compiled(rf"(?<![\w-])(?:{phrase})(?![\w-])") for phrase in row.get("phrases", ())],
        }
        for row in table["rows"]
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)
