"""The side and the specimen that a paper is about, and whether it replaces an earlier one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from navaid.records.extract.header.tables import any_of, table

LOOKED_AT = 20_000
TOP = 700  # characters in which a paper says that it replaces another
_NEAR = r"(?:[ ,.:()-]{1,3}(?:[a-z]{2,12}[ -]){0,2}?)"
_PART = r"(?:breasts?|axill(?:a|ary)|mastectomy|lumpectomy|mamm(?:a|ary)|brust|sein|mama|seno|borst|nipple|sentinel)"
_LEFT = r"(?:left|lt\.?|links|linke[nrsm]?|gauche|izquierd[ao]|sinistr[ao]|esquerd[ao])"
_RIGHT = r"(?:right|rt\.?|rechts|rechte[nrsm]?|droite?|derech[ao]|destr[ao]|direit[ao])"
_SIDES = re.compile(rf"\b(?:(?P<left>{_LEFT})|(?P<right>{_RIGHT})|(?P<both>bilateral|both))(?!\w)", re.IGNORECASE)
_PART_BEHIND = re.compile(rf"{_NEAR}{_PART}\b", re.IGNORECASE)
_PART_BEFORE = re.compile(rf"\b{_PART}{_NEAR}$", re.IGNORECASE)
_FIELD = re.compile(
    r"\b(?:specimen )?laterality(?: of (?:tumou?r|specimen))?\s?[:\t]\s{0,3}(left|right|bilateral)\b", re.IGNORECASE
)
_PLACES = re.compile(
    r"\b(?P<breast>breast|mammary|mastectomy|lumpectomy|brust|mamma|sein|mama|seno|borst)\b"
    r"|\b(?P<node>lymph\s+nodes?|sentinel|axilla(?:ry)?(?:\s+(?:contents?|dissection))?)\b"
    r"|\b(?P<liver>liver|hepatic)\b|\b(?P<bone>bone|vertebra[l]?|iliac crest|femur)\b|\b(?P<lung>lung|bronch\w{2,8})\b"
    r"|\b(?P<brain>brain|cerebell\w{2,5})\b|\b(?P<pleura>pleura[l]?)\b|\b(?P<skin>skin)\b"
    r"|\b(?P<bone_marrow>bone\s+marrow)\b",
    re.IGNORECASE,
)
_SPECIMEN = re.compile(
    r"(?:^|[\n.;\t ])(?:specimens?(?:\(s\))?(?:\s+(?:submitted|source|type|site))?"
    r"|tissues?|materials?\s+(?:submitted|received)|part\s+1"
    r"|(?:final\s+)?(?:pathologic(?:al)?\s+|histologic(?:al)?\s+)?diagnosis|site|procedure)\s*(?:\(s\))?\s*[:.\n]",
    re.IGNORECASE,
)


def side(text: str) -> str:
    """`left`, `right` or `bilateral`, as the paper says of the breast; empty where it names both without saying so.

    >>> side("LEFT BREAST, lumpectomy: carcinoma. Left axillary nodes free."), side("Seen in clinic")
    ('left', '')
    """
    fields = {match[1].lower() for match in _FIELD.finditer(text[:LOOKED_AT])}
    if len(fields) == 1:
        return {"l": "left", "r": "right"}.get(next(iter(fields))[0], "bilateral")
    count = Counter(
        match.lastgroup
        for match in _SIDES.finditer(text, 0, min(len(text), LOOKED_AT))
        if _PART_BEHIND.match(text, match.end()) or _PART_BEFORE.search(text, max(0, match.start() - 45), match.start())
    )
    left, right, both = count["left"], count["right"], count["both"]
    if not left and not right:
        return "bilateral" if both else ""
    few, many = sorted((left, right))
    if few * 4 <= many:
        return "left" if left > right else "right"
    return "bilateral" if both else ""


def specimen(text: str) -> str:
    """`breast`, `node` or `metastasis:SITE`, by the first place that the specimen or diagnosis field names."""
    for field in _SPECIMEN.finditer(text[:LOOKED_AT]):
        match = _PLACES.search(text, field.end(), field.end() + 160)
        if match and match.lastgroup:
            place = match.lastgroup
            return place if place in {"breast", "node"} else f"metastasis:{place}"
    return ""


def amends(text: str) -> bool:
    """Whether the paper says, at its top, that it replaces an earlier report; an addendum only adds to one.

    >>> amends("AMENDED REPORT\\nBreast, left"), amends("ADDENDUM: HER2 by FISH")
    (True, False)
    """
    return bool(_amends().search(text[:TOP]))


@cache
def _amends() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(table('header')['amends'])})\b", re.IGNORECASE)
