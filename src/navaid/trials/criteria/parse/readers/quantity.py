"""A comparison with a number and a unit, as eligibility texts write it: "≥ 1,500/mm3", "no more than 2.5 x ULN"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from navaid.tables import load as load_table

# Upper limit of normal, lower limit of normal: the words for them, with whose limits they are.
_WHOSE = (
    r"(?:(?:the|of|institution(?:al)?(?:['’]?s)?|laborator(?:y|ies)|local|site|specific|age|adjusted|reference)[\s-]+)*"
)
_NAMES = {
    "ULN": rf"{_WHOSE}(?:ULN|UNL|IULN|upper\s+(?:(?:institutional|normal|laboratory|reference)\s+)*(?:limits?"
    r"|levels?|range)"
    r"(?:\s+of\s+(?:the\s+)?(?:(?:institutional|laboratory|reference)\s+)?(?:normal|range)(?:\s+"
    r"(?:values?|range|limits?))?)?"
    r"(?:\s+normal)?)(?:\s*[(\[]\s*(?:ULN|UNL)\s*[)\]])?",
    "LLN": rf"{_WHOSE}(?:LLN|lower\s+(?:(?:institutional|normal|laboratory)\s+)*limits?(?:\s+of\s+(?:the\s+)?"
    r"(?:(?:institutional|laboratory)\s+)?normal(?:\s+(?:values?|range))?)?)(?:\s*[(\[]\s*LLN\s*[)\]])?",
}
_TIMES = r"(?:[x×X*]|-?\s*times|-?\s*fold)"
_NORMAL = r"(?:the\s+)?(?:institutional\s+)?normal(?:\s+(?:values?|limits?|range))?(?!\s*(?:saline|sinus))"
NUMBER = r"\d{1,3}(?:[, ](?!109\s*/)\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.·]\d+)?(?:,\d{1,2}(?!\d))?"
SIGN = (
    r"(?:(?:[>≥≧⩾＞]\s*/?\s*(?:or\s*)?=?|[<≤≦⩽＜]\s*/?\s*(?:or\s*)?=?|=\s*/?\s*[<>])(?:\s*(?:or equal )?to\b)?"
    r"|at least|at most|no(?:t)?\s+(?:be\s+)?(?:more|less|fewer|greater|lower|higher)\s+than"
    r"|(?:greater|more|higher|less|lower|fewer|above|below)\s+(?:than\s+)?or\s+equal(?:\s+to)?"
    r"|equal\s+to\s+or\s+(?:greater|more|higher|less|lower|fewer|above|below)(?:\s+than)?"
    r"|(?:greater|more|higher|longer|less|lower|fewer|shorter)\s+than|a?\s*minimum(?:\s+of)?|a?\s*maximum(?:\s+of)?|up\s+to"
    r"|over|above|under|below|exceed(?:s|ing)?|(?:must|should)\s+not\s+exceed)"
)
_BEHIND = r"\s*(?:or|and)\s+(?P<behind>greater|more|higher|above|less|lower|below|better)\b"


class Quantity(NamedTuple):
    """`words[start:end]` compares with `value` in `unit`; `of` is `ULN` or `LLN` where it is a multiple of one.

    `op` is that of a predicate; `normal` for "within normal limits", empty where no sign stands before the number.
    """

    start: int
    end: int
    op: str
    value: float
    unit: str
    of: str
    digits: str = ""


def quantities(words: str, start: int, end: int) -> list[Quantity]:
    """The comparisons that stand in `words[start:end]`, in order."""
    found = []
    for match in _pattern().finditer(words, start, end):
        quantity = _read(match)
        if quantity:
            found.append(quantity)
    return found


def op_of(sign: str) -> str:
    """`at_least`, `at_most`, `above` or `below`.

    >>> [op_of(sign) for sign in ("≥", "no more than", "=<", "higher than", "not less than")]
    ['at_least', 'at_most', 'at_most', 'above', 'at_least']
    """
    plain = sign.lower()
    up = bool(re.search(r"[>≥≧⩾＞]|least|more|greater|higher|longer|above|over|exceed|minimum|better", plain))
    equal = bool(re.search(r"[=≥≤≧≦⩾⩽]|equal|least|most|imum|up\s+to", plain))
    if re.search(r"\bnot?\b", plain):
        return "at_most" if up else "at_least"
    if equal:
        return "at_least" if up else "at_most"
    return "above" if up else "below"


def number_of(digits: str) -> float:
    """The value of a number with its thousands parted by commas or blanks, or with a decimal comma."""
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    return float(re.sub(r"[, ]", "", digits).replace("·", "."))


@cache
def table() -> dict[str, Any]:
    """labs.yaml."""
    return dict(load_table((files(__package__) / "labs.yaml").read_text(encoding="utf-8")))


@cache
def _units() -> tuple[tuple[str, str], ...]:
    return tuple((unit, "|".join(forms)) for unit, forms in table()["units"].items())


@cache
def _pattern() -> re.Pattern[str]:
    unit = "|".join(f"(?:{forms})" for _, forms in _units())
    limit = "|".join(f"(?:{form})" for form in _NAMES.values())
    many = rf"(?:[x×]\s*)?(?P<value>{NUMBER})\s*(?:{_TIMES}\s*)?(?:(?P<limit>{limit}|{_NORMAL})|(?P<unit>{unit}))?"
    single = rf"(?P<single>{limit})(?:\s*(?P<after>\d+(?:\.\d+)?)\s*{_TIMES})?"
    normal = (
        r"(?P<normal>(?:within|in)\s+(?:the\s+)?(?:institutional\s+|laboratory\s+)?"
        r"(?:limits?\s+of\s+normal|normal\s+(?:institutional\s+|laboratory\s+)?(?:limits?|range|values?))|\bWNL\b)"
    )
    return re.compile(
        rf"(?P<sign>{SIGN})\s*(?:[(\[]\s*[<>≥≤=]+\s*[)\]]\s*)?(?:the\s+)?(?:{many}|{single})|"
        rf"(?P<plain>{NUMBER})\s*(?P<plain_unit>{unit}){_BEHIND}|{normal}"
        rf"|(?<![\d.])(?P<bare>{NUMBER})\s*(?:{_TIMES}\s*(?P<bare_limit>{limit})"
        rf"|(?P<bare_unit>{unit})(?=\W{{0,2}}\s*(?:for|in|if)\s+(?:\w+\s+)?(?:fe)?(?:males?|men|women)\b))",
        re.IGNORECASE,
    )


def _read(match: re.Match[str]) -> Quantity | None:
    if match["normal"]:
        return Quantity(match.start(), match.end(), "normal", 1, "", "ULN")
    if match["bare"]:
        of = _limit(match["bare_limit"]) if match["bare_limit"] else ""
        unit = _unit(match["bare_unit"] or "")
        return Quantity(match.start(), match.end(), "", _value(match["bare"], unit), unit, of, match["bare"])
    if match["plain"]:
        sign = "at least" if op_of(match["behind"]) == "above" else "at most"
        unit = _unit(match["plain_unit"])
        return Quantity(match.start(), match.end(), op_of(sign), _value(match["plain"], unit), unit, "", match["plain"])
    op = op_of(match["sign"])
    if match["single"]:
        return Quantity(match.start(), match.end(), op, float(match["after"] or 1), "", _limit(match["single"]))
    if match["limit"]:
        return Quantity(match.start(), match.end(), op, number_of(match["value"]), "", _limit(match["limit"]))
    unit = _unit(match["unit"] or "")
    return Quantity(match.start(), match.end(), op, _value(match["value"], unit), unit, "", match["value"])


def _value(digits: str, unit: str) -> float:
    """`1.500/mm3` has a full stop between its thousands: no cell count is one and a half in a microlitre."""
    if unit == "/uL" and re.fullmatch(r"\d{1,3}\.\d{3}", digits):
        return float(digits.replace(".", ""))
    return number_of(digits)


def _limit(said: str) -> str:
    return "LLN" if re.match(rf"{_NAMES['LLN']}$", said, re.IGNORECASE) else "ULN"


def _unit(said: str) -> str:
    for unit, forms in _units():
        if said and re.fullmatch(forms, said, re.IGNORECASE):
            return unit
    return ""
