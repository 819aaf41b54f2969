"""Receptors: ER, PR, hormone receptors together, HER2 with its low levels, triple-negative disease."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some
from navaid.trials.criteria.parse.readers.quantity import SIGN, op_of

_NAMES = {
    "er": r"ER(?:[αa]|[- ]alpha)?|(?:o?estrogen)(?:[- ]receptors?)?(?:[- ]alpha)?(?:\s*[(\[]ERα?[)\]])?",
    "pr": r"P[Gg]?R|progesterone(?:[- ]receptors?)?(?:\s*[(\[]P[Gg]?R[)\]])?",
    "hr": r"H[Rr]|hormone?(?:[- ]receptors?)(?:\s*[(\[](?:HR|HoR)[)\]])?|HoR",
    "her2": r"HER[- ]?2(?:[-/ ]?neu)?|ERBB2|"
    r"human epidermal growth factor receptor(?:[- ]2)?(?:\s*[(\[]HER[- ]?2[^)\]]{0,6}[)\]])?",
}
_NAME = "|".join(f"(?:{form})" for form in _NAMES.values())
_LIST = rf"(?:{_NAME})(?:\s*(?:,\s*(?:and|or)?|/|and\s*/\s*or|and|or|&)\s*(?:{_NAME}))*"
_POSITIVE = r"positivity|positive|pos\b|\+(?![\d+])|over[- ]?express(?:ed|ing|ion)|amplified|amplification"
_NEGATIVE = r"negativity|negative|neg\b|non-?(?:amplified|over-?expressing)|[-–−](?![\w])"
_STATE = rf"(?P<positive>{_POSITIVE})|(?P<negative>{_NEGATIVE})|(?P<low>low(?:[- ]express(?:ing|ion))?|ultra[- ]?low)"
# What stands in brackets behind it and only says how the state is measured.
_TAIL = (
    r"(?:\s*[(\[](?:defined as\s*)?(?:IHC\s*)?"
    r"(?:0|1\+|2\+|3\+|ISH|FISH|IHC|neg(?:ative)?|non-?amplified|amplified|[\s,/+\-–or]|and)+[)\]])?"
)
_STATED = re.compile(
    rf"(?<![\w-])(?P<names>{_LIST})[-\s]*(?:status\s*|tumou?rs?\s*|disease\s*)?(?:is\s+|are\s+|must be\s+)?"
    rf"(?:{_STATE}){_TAIL}"
)
_FOR = re.compile(
    rf"(?<![\w-])(?P<state>positive|negative) (?:for (?:the\s+)?(?P<names>{_LIST})|(?P<names2>{_LIST}) (?:status"
    rf"|expression))"
)
# "ER staining in more than 50 % of cells".
_PERCENT = re.compile(
    rf"(?<![\w-])(?<!and )(?<!/)(?P<name>ER|P[Gg]?R) (?:staining|expression)(?:\s+(?:is|of|in|present|detected|seen"
    rf"|must|be))*\s*(?P<sign>{SIGN})\s*(?P<share>\d{{1,3}})\s?%(?:\s+of\s+(?:the\s+)?(?:invasive\s+)?(?:cancer"
    r"|tumou?r|carcinoma)?\s*(?:cells|nuclei))?"
)
_TRIPLE = re.compile(
    r"\btriple[- ]negative(?:\s+breast\s+(?:cancer|carcinoma))?(?:\s*[(\[]m?TNBC[)\]])?|\bm?TNBC\b", re.IGNORECASE
)
_ANY_TRIPLE = re.compile(r"[Tt][Rr][Ii][Pp][Ll][Ee]|[Tt][Nn][Bb][Cc]")
_ANY = re.compile(
    rf"ER|P[Gg]?R|H[Rr]|HoR|[Ss][Tt][Rr][Oo][Gg]|[Pp][Rr][Oo][Gg][Ee]|[Oo][Rr][Mm][Oo][Nn]|[Ee]pidermal|{_ANY_TRIPLE.pattern}"
)
_EACH = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _NAMES.items()))
_IGNORE = re.compile(
    r"(?i:o?estrogen|progesterone|hormone|human|positive|negative|positivity|over|amplif|low|ultra|status)"
)

_HOLDS = {"positive": ("positive", "low_positive"), "negative": ("negative",)}


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement; "HR+/HER2-" is one."""
    yield from _chained(words, sorted(_single(words), key=lambda atom: (atom.start, -atom.end)))


def _chained(words: str, atoms: Sequence[Atom]) -> Iterator[Atom]:
    """States written one behind the other, with a stroke or nothing between, are asked for together."""
    chain: list[Atom] = []
    for atom in atoms:
        if chain and atom.start < chain[-1].end:
            continue
        if chain and words[chain[-1].end : atom.start].strip() not in ("", "/"):
            yield _linked(chain)
            chain = []
        chain.append(atom)
    if chain:
        yield _linked(chain)


def _linked(chain: Sequence[Atom]) -> Atom:
    if len(chain) == 1:
        return chain[0]
    return Atom(chain[0].start, chain[-1].end, every(atom.expression for atom in chain), "receptors")


def _single(words: str) -> Iterator[Atom]:
    if not _ANY.search(words):
        return
    plain = _IGNORE.sub(lambda match: match[0].lower(), words)
    for match in _TRIPLE.finditer(plain) if _ANY_TRIPLE.search(plain) else ():
        yield _atom(match.start(), match.end(), "all", ["er", "pr", "her2"], "negative")
    for match in _STATED.finditer(plain):
        names = [each.lastgroup or "" for each in _EACH.finditer(match["names"])]
        if len(names) > 1 and re.search(r"\bany\s+$", plain[: match.start()]):
            names = names[1:]  # "any PR, and HER2-negative"
        if match["low"]:
            if names == ["her2"]:
                levels = ("ultralow",) if "ultra" in match["low"] else ("low",)
                yield asks(match.start(), match.end(), "her2.level", "is", *levels, family="her2.status")
            continue
        yield _atom(match.start(), match.end(), match["names"], names, "positive" if match["positive"] else "negative")
    for match in _PERCENT.finditer(plain):
        name = "er" if match["name"].startswith("ER") else "pr"
        op = op_of(match["sign"])
        yield asks(*match.span(), f"{name}.percent", op, int(match["share"]), unit="%", family="hormone receptors")
    for match in _FOR.finditer(plain):
        said = match["names"] or match["names2"]
        names = [each.lastgroup or "" for each in _EACH.finditer(said)]
        yield _atom(match.start(), match.end(), said, names, match["state"])


def _atom(start: int, end: int, said: str, names: Sequence[str], state: str) -> Atom:
    parts = [_one(start, end, name, state) for name in names]
    either = re.search(r"\bor\b|/\s*or", said) or ("/" in said and state == "positive")
    family = "her2.status" if set(names) == {"her2"} else "hormone receptors"
    return Atom(start, end, some(parts) if either else every(parts), family)


def _one(start: int, end: int, name: str, state: str) -> Expression:
    """One receptor; hormone receptors, where a text does not say which, are a question of their own."""
    if name == "hr":
        return asks(start, end, "hr.status", "is", state).expression
    return asks(start, end, f"{name}.status", "is", *_HOLDS[state] if name != "her2" else (state,)).expression
