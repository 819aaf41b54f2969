"""What a grade is the grade of: the invasive tumour, its nuclei, or carcinoma in situ; by the nearest word."""

from __future__ import annotations

import re

# What a grade is the grade of, by the nearest of these words before it (or right after).
_OF = re.compile(
    r"(?P<nuclear>nuclear|nuclei|black'?s|cytologic\w*)|(?P<insitu>in[\s.-]{1,3}situ|\bdcis\b|intraductal"
    r"|\blcis\b|comedo)"
    r"|(?P<own>nottingham|histolog\w+|overall|bloom|richardson|scarff|\bsbr\b|\bbr\b|combined|elston"
    r"|invasive|infiltr\w+|carcin\w+|cancer|\bi[dl]c\b|tumou?r|\bstage\s[0iv]+[abc]?\b|\bp?t[0-4][a-d]?\b"
    r"|total|malignancy|modified|procurement|\bnos\b)"
)
_INSITU_AFTER = re.compile(
    r"[\s,(-]{0,3}(?:(?:solid|cribriform|comedo|micropapillary|and|type"
    r"|nuclear)[\s,.-]{1,3}){0,4}(?:ductal carcin\w+ in|dcis|in[\s-]situ|intraductal)"
)


# "a grade 3 invasive ductal carcinoma"
_OWN_AFTER = re.compile(r"[\s,(-]{1,3}(?:\w+[\s,-]{1,2}){0,2}?(?:invasive|infiltr\w+|i[dl]c\b)")


def grade_of(low: str, start: int, end: int, own_word: str = "") -> str:
    """`own` (the invasive tumour), `nuclear`, `insitu`; empty where nothing near says of what the grade is."""
    before = low[max(0, start - 110) : start] + own_word
    words = [(m.lastgroup or "", m.start()) for m in _OF.finditer(before)]
    inside = _OF.search(low, start, end)
    nuclear = own_word == "nuclear" or bool(words and words[-1][0] == "nuclear" and len(before) - words[-1][1] < 22)
    if _INSITU_AFTER.match(low, end):
        return "insitu"
    if (inside and inside.lastgroup == "own" and inside.start() > start + 5) or _OWN_AFTER.match(low, end):
        return "own"
    kinds = [kind for kind, at in words if kind != "nuclear"]
    last = kinds[-1] if kinds else ""
    if inside and inside.lastgroup == "own" and not nuclear:
        return "own"
    if last == "insitu" and not _invasive_since(before):
        return "insitu"
    if nuclear:
        return "insitu" if listed_in_situ(low, start) else "nuclear"
    if last == "own" or re.search(r"(?:^|[.\n:;(-]|\d)\s*$", before[-4:]) or not before.strip():
        return (
            "insitu"
            if listed_in_situ(low, start) and not re.search(r"nottingham|histolog|overall|bloom|sbr", before[-40:])
            else "own"
        )
    return ""


def _invasive_since(before: str) -> bool:
    """Whether a word of the invasive tumour or its scoring stands after the last word of carcinoma in situ."""
    found = [m.end() for m in re.finditer(r"in[\s.-]{1,3}situ|dcis|intraductal|lcis|comedo", before)]
    return bool(found) and bool(
        re.search(r"nottingham|histolog|overall|bloom|elston|\bsbr\b|invasive|infiltr", before[found[-1] :])
    )


def listed_in_situ(low: str, at: int) -> bool:
    """Whether the list of fields here is the one on carcinoma in situ: its name is the last heading-like word."""
    before = low[max(0, at - 260) : at]
    dcis = max(before.rfind("dcis"), before.rfind("in situ"), before.rfind("in-situ"), before.rfind("intraductal"))
    own = [
        m.start()
        for m in re.finditer(
            r"tubul|mitot|architect|invasive|infiltr|nottingham|glandular|bloom|overall|tumor size", before
        )
    ]
    after = re.match(
        r"[^a-z]{0,6}(?:[0-3 =points,.()/]{0,20})(?:mitot|tubul|architect|gland)",
        low[at : at + 60].partition("grade")[2],
    )
    return dcis >= 0 and dcis > max(own, default=-1) and not after
