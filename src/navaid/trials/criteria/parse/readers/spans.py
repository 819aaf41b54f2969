"""How long: months, weeks and days of eligibility texts, in days."""

from __future__ import annotations

import re

DAYS = {"day": 1, "week": 7, "wk": 7, "month": 30, "mo": 30, "mth": 30, "year": 365, "yr": 365}
UNIT = r"(?:days?|weeks?|wks?|months?|mos?|mths?|years?|yrs?)\b"
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
COUNT = rf"(?:\d{{1,3}}(?:\.\d)?|{'|'.join(_WORDS)})"


def days(count: str, unit: str) -> int:
    """So many days; a month counts 30, a year 365.

    >>> days("six", "months"), days("2", "weeks")
    (180, 14)
    """
    number = _WORDS.get(count.lower()) or float(count)
    plain = re.sub(r"s?\.?$", "", unit.lower())
    return round(number * DAYS[plain])
