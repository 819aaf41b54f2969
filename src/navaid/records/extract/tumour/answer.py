"""How a field is answered: "Lymphovascular invasion: nil", "DCIS component: 0 %", "Multifocality: N/A"."""

from __future__ import annotations

import re
from typing import NamedTuple


class Answer(NamedTuple):
    """`says`: no, yes, or open where the field is there and nothing is said; empty where no such answer follows.

    `end` is where the words of the answer end.
    """

    says: str
    end: int


# What may still belong to the name, and what parts it from its value.
_MARK = re.compile(
    r"\)?(?:[ /]*\([^)\n]{0,30}\))?"
    r"(?:[ /]{1,2}(?:component|carcinoma|present|presence|status|extent|percent\w*|%|multi\w+))?"
    r"(?:\s?\([^)\n]{0,30}\))?[ ]{0,2}(?:[:=?]|\t|\.{4,}|…|[ ]{3,60})[ \t.]{0,6}(?:\n[ \t]{0,8})?(?:[-–•][ \t]{1,3})?"
)
_DONE = (
    r"specified|applicable|stated|reported|given|assess(?:ed|able)|evaluat(?:ed|able)|mentioned|provided|determined|known"
    r"|sampled|received|examined|performed|available|done|recorded|submitted"
)
_SEEN = (
    r"identified|identifled|seen|present|detected|evident|found|demonstrated|observed|noted|recogni[sz]ed|appreciated"
    r"|involved"
)
_LAST = r"(?=[ \t]*(?:[.,;)\n]|$))"
_ANSWER = re.compile(
    rf"(?P<open>not\s+(?:{_DONE})|n\s?/\s?a\b|n\.a\b|na\b{_LAST}|unknown|unassessable|pending"
    rf"|can\s?not\s+be\s+(?:assessed|determined|evaluated)|see\s|[-–_]{{1,3}}[ \t]*(?=\n|$))"
    rf"|(?P<no>no\b(?!\s+special|\.\s?\d|\s+of\b)|none\b|nil\b|n{_LAST}|0{{1,2}}(?:\.0)?\s?%|0{_LAST}|zero\b|absent|absence"
    rf"|negative|neg\b|-\s?ve\b|\(\s?[-–]\s?\)|not\s+(?:\w+\s+)?(?:{_SEEN})|un(?:identified|involved)|without\b|free\b)"
    rf"|(?P<yes>yes\b|y{_LAST}|present|identified|seen\b|positive|pos\b|\(\s?\+\s?\)|\+|\d{{1,3}}\s?%)"
)


def answer(low: str, end: int) -> Answer:
    """The answer to the field whose name ends at `end`, in a text of small letters.

    >>> [answer(text, 4).says for text in ("dcis: nil", "dcis component: 0 %", "dcis: n/a", "dcis: 5 %", "dcis, large")]
    ['no', 'no', 'open', 'yes', '']
    """
    mark = _MARK.match(low, end)
    found = _ANSWER.match(low, mark.end()) if mark else None
    return Answer(str(found.lastgroup), found.end()) if found else Answer("", end)
