"""How many lines of treatment were had, of what, and for which state of the disease."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.terms import Value
from navaid.trials.criteria.parse.atom import Atom, asks, every, unparsed
from navaid.trials.criteria.parse.readers.named import named
from navaid.trials.criteria.parse.readers.therapy import IN_PLACE, state_treated

_NUMBERS = {"no": 0, "zero": 0, "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_N = rf"(?:\d{{1,2}}(?!\d)|{'|'.join(_NUMBERS)})(?:\s*\(\s*(?:≥\s*)?\d\s*\))?"
_AMOUNT = (
    rf"(?:(?P<low>{_N})\s*(?:-|–|to|or|through)\s*(?P<high>{_N})"
    rf"|(?P<most>(?:no|not) more than|not exceed(?:ing)?|up to(?: and including)?|at most|a maximum of"
    rf"|maximum(?: of)?|[≤⩽]|\\?<\s*=|=\s*\\?<|not to exceed)\s*(?P<most_n>{_N})"
    rf"|(?P<least>at least|a minimum of|minimum(?: of)?|no (?:less|fewer) than|[≥⩾]|\\?>\s*="
    rf"|=\s*\\?>)\s*(?P<least_n>{_N})(?:\s*(?:-|–|to|but no more than|and no more than|and up to"
    rf"|but not more than)\s*(?P<least_high>{_N}))?"
    rf"|(?P<above>more than|greater than|\\?>)\s*(?P<above_n>{_N})|(?P<below>fewer than|less than"
    rf"|\\?<)\s*(?P<below_n>{_N})"
    rf"|(?P<one_more>one or more|1 or more)|(?P<more_n>{_N}) or more|(?P<exact>{_N}))"
)
_TAIL = (
    r"(?P<tail>(?:\s+of)?(?:\s+(?:prior|previous|systemic|standard(?: of care)?|approved|anti-?cancer|any"
    r"|therap(?:y|ies)|treatments?|treatment regimens?))*)"
)
_LINE = re.compile(
    r"(?P<lead>\b(?:(?:may|can)\s+have\s+)?(?:previously\s+)?(?:received|had|completed|failed|undergone"
    r"|progressed (?:on|after|following))\s+)?"
    rf"(?<![\w.])(?P<amount>{_AMOUNT})\s+(?P<adj>(?:(?:prior|previous|different|separate|additional|systemic"
    rf"|standard|approved|FDA[- ]approved)\s+)*)"
    rf"(?P<of>(?:[\w/()+-]+\s+){{0,6}}?)(?:lines?|regimens?){_TAIL}",
    re.IGNORECASE,
)
# "Prior lines of chemotherapy": one or more of them.
_SOME = re.compile(
    rf"(?P<lead>(?!))?(?P<amount>(?!))?(?P<one_more>(?!))?(?P<adj>\b(?:prior|previous)\s+(?:systemic\s+"
    rf"|standard\s+)*)(?P<of>(?:[\w/()+-]+\s+){{0,4}}?)(?:lines?|regimens?){_TAIL}",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"\s*(?:(?:is|are|will be|being)\s+)?(?:allowed|permitted|acceptable)\b", re.IGNORECASE)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    if "line" not in words.lower() and "regimen" not in words.lower():
        return
    counted = list(_LINE.finditer(words))
    plain = [m for m in _SOME.finditer(words) if not any(c.start() < m.end() and m.start() < c.end() for c in counted)]
    for match in (*counted, *plain):
        atom = _line(words, match)
        if atom:
            yield atom


def _line(words: str, match: re.Match[str]) -> Atom | None:
    start = match.start("amount") if match["amount"] else match.start("adj")
    end = match.end()
    of = _class(words, match)
    if of is None:
        return None
    # "lines of chemotherapy": what follows "of" may name the class.
    behind = [one for one in named(words[end : end + 80]) if not words[end : end + one.start].strip(" ofa")]
    more: dict[str, Value] = {}
    if behind and behind[0].concept in ("drug_class", "drug"):
        of, end = behind[0].value, end + behind[0].end
    elif not of and match["tail"].rstrip().endswith("of"):
        return None
    place = IN_PLACE.match(words, end)
    strange = False
    if place:
        end = place.end()
    where = state_treated(place) if place else ""
    if where:
        strange = where == "?"
        if not strange:
            more["setting"] = where
    more["of"] = of or "systemic_therapy"
    lead = re.search(r"\bmay\b", match["lead"] or "", re.IGNORECASE)
    allowed = _ALLOWED.match(words, end)
    op, value, high = _amount(match)
    if (lead or allowed) and op != "at_most":
        if high is None:
            return None  # "may have had one line": lets pass, asks nothing
        op, value, high = "at_most", high, None
    if lead or re.search(r"received|had|completed|undergone", match["lead"] or "", re.IGNORECASE):
        start = match.start("lead")
    if allowed:
        end = allowed.end()
    asked = [asks(start, end, "lines", op, value, qualified=more).expression]
    if high is not None:
        asked.append(asks(start, end, "lines", "at_most", high, qualified=more).expression)
    if strange:
        asked.append(unparsed(start, end))
    return Atom(start, end, every(asked), "treatment")


def _class(words: str, match: re.Match[str]) -> str | None:
    """What the lines were of, by the words before "lines"; empty where they say nothing, None where not understood."""
    said = match["of"].strip()
    if not said:
        return ""
    found = named(said)
    if len(found) == 1 and not re.sub(
        r"(?i)\b(?:prior|previous|systemic|of|a|an|the|any)\b|\W", "", said[: found[0].start] + said[found[0].end :]
    ):
        return found[0].value if found[0].concept in ("drug_class", "drug") else None
    return (
        ""
        if not re.sub(
            r"(?i)\b(?:prior|previous|systemic|therapy|treatment|therapeutic|different|separate|of)\b|\W", "", said
        )
        else None
    )


def _amount(match: re.Match[str]) -> tuple[str, int, int | None]:
    """The comparison, and the upper end of a range."""
    if not match["amount"] or match["one_more"]:
        return "at_least", 1, None
    for name, op in (("most", "at_most"), ("least", "at_least"), ("above", "above"), ("below", "below")):
        if match[name]:
            high = match["least_high"] if name == "least" else None
            return op, _number(match[f"{name}_n"]), _number(high) if high else None
    if match["low"]:
        return "at_least", _number(match["low"]), _number(match["high"])
    if match["more_n"]:
        return "at_least", _number(match["more_n"]), None
    number = _number(match["exact"])
    return ("at_most", 0, None) if not number else ("at_least", number, None)


def _number(said: str) -> int:
    word = re.match(r"\d+|[a-z]+", said.lower())
    plain = word[0] if word else "0"
    return int(plain) if plain.isdigit() else _NUMBERS[plain]
