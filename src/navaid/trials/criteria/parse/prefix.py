"""The part of a study that is named before a statement ("COHORT B:", "Part 1C"), and where the statement begins."""

from __future__ import annotations

import re

from navaid.trials.criteria.parse.above import asks_more, cohort

_PREFIX = re.compile(r"^\W*(?P<name>[^:.\n]{3,60}?)\s*:(?=\s)")
# "Part 1B and Part 1C (combination) locally advanced …": no colon between the part and what is asked.
_PART = r"(?:cohorts?|parts?|arms?|phases?|groups?|modules?|stratum|strata|sub-?stud(?:y|ies))"
_BARE_PREFIX = re.compile(
    rf"\W*(?:for\s+|in\s+)?(?P<name>{_PART}\s+(?-i:[A-Z0-9]{{1,3}}[a-z]?)(?![a-z])(?:\s*(?:,|and|or|&"
    rf"|/)\s*(?:{_PART}\s+)?(?-i:[A-Z0-9]{{1,3}}[a-z]?)(?![a-z]))*(?:\s*\([^)]*\))?)(?:\s+only)?(?:[\s,:;–-]+|$)",
    re.IGNORECASE,
)


def named_part(words: str, start: int, end: int) -> tuple[str, int]:
    """The part of the study named before the statement ("COHORT B:"), and where the statement begins behind it."""
    name = ""
    while prefix := _PREFIX.match(words[start:end]):
        this = cohort(prefix["name"])
        if not this and not _is_step(prefix["name"]) and asks_more(prefix["name"]):
            break
        name, start = name or this, start + prefix.end()
    bare = _BARE_PREFIX.match(words, start, end)
    if bare and asks_more(bare["name"]):
        return name or " ".join(bare["name"].split()), bare.end()
    return name, start


def _is_step(name: str) -> bool:
    return bool(
        re.match(r"(?:(?:pre-?)?(?:registration|randomi[sz]ation|screening|enrol?lment)|step\s*\d)", name, re.I)
    )
