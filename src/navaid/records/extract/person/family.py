"""Cancer in the family: which relative, which cancer, at which age; and that there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value

_CANCERS = re.compile(
    r"\b(?:(?P<organ>breast|br(?=\s(?:ca|cancer))|brest|ovar(?:ian|y|ion)|prostate"
    r"|pancrea(?:tic|s)|colon|colorectal|rectal|lung|bowel|uterine|endometrial|stomach|gastric"
    r"|thyroid"
    r"|kidney|renal|bladder|liver|brain|skin|throat|esophageal|oesophageal|cervical"
    r"|testicular|bone|mama|ovario)(?:\s(?:and|or|and/or)\s(?P<second>breast|ovarian"
    r"|colon|prostate|pancreatic|uterine|lung))?"
    r"[\s-]{1,2}(?:cancers?|ca\b|carcinoma|tumou?r|adenoca\w*)"
    r"|(?P<alone>melanoma|lymphoma|leuka?emia|multiple myeloma|sarcoma|glioblastoma)"
    r"|cancer of (?:the )?(?P<of>\w+)|cáncer de (?P<es>mama|ovario|próstata|colon|pulmón"
    r"|páncreas)"
    r"|(?P<any>(?<!no )\b(?:CA\b|cancer)(?!\s(?:risk|genetic|center|screening|syndrome|treatment|patient))))",
    re.IGNORECASE,
)
_NAMES = {
    "br": "breast",
    "brest": "breast",
    "ovary": "ovarian",
    "ovarion": "ovarian",
    "pancreas": "pancreatic",
    "mama": "breast",
    "ovario": "ovarian",
    "rectal": "colorectal",
    "gastric": "stomach",
    "renal": "kidney",
    "leukaemia": "leukemia",
    "endometrial": "endometrial",
    "uterine": "uterine",
    "próstata": "prostate",
    "pulmón": "lung",
    "páncreas": "pancreatic",
    "uterus": "uterine",
    "prostate": "prostate",
}
_RELATIVE = re.compile(
    r"\b(?:(?P<side>maternal|paternal|mat|pat|mother's|father's)\s(?:great[\s-]?)?)?(?P<who>half[- ]sister"
    r"|great[- ]?(?:grandmother|grandfather|aunt|uncle)|grandmother|grandfather|grandparents?"
    r"|mother|mom|father|dad|sisters?|brothers?|aunts?|uncles?|cousins?|nieces?|nephews?"
    r"|daughters?|sons?(?!\w)|twin|siblings?|mother-in-law|MGM|PGM|GM|MGF|PGF|GF|madre|hermana|tía|abuela"
    r"|padre)\b",
    re.IGNORECASE,
)
_SHORT = {
    "gm": ("", "grandmother"),
    "gf": ("", "grandfather"),
    "mgm": ("maternal", "grandmother"),
    "mgf": ("maternal", "grandfather"),
    "pgm": ("paternal", "grandmother"),
    "pgf": ("paternal", "grandfather"),
}
_AGE = re.compile(
    r"\b(?:at|age|aged|dx|diagnosed|@)\s?(?:the\s)?(?:age\s)?(?:of\s|in\s(?:her|his)\s)?[:@]?\s?(?P<age>\d{2}(?"
    r":s|'s)?)\b(?!\s?(?:mm|cm|%|mg|/))"
    r"|^\s(?P<bare>\d{2}s?)\b(?!\s?(?:mm|cm|%|mg|/|years? ago))|\((?P<paren>\d{2})\)|,\s(?P<comma>\d{2})(?=[,;.)]"
    r"|$)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|denies(?:\sany)?|negative for|without(?:\sa)?|noncontributory|unremarkable for"
    r"|no known|not any)\s(?:known\s|significant\s|other\s|any\s|first[- ]degree\s)?(?:family history\s(?:of"
    r"|for)\s|family hx of\s|fh of\s|fhx of\s|history of\s)?(?:any\s)?(?=[^.;\n]{0,50}(?:cancer"
    r"|malignanc|carcinoma|\bca\b))",
    re.IGNORECASE,
)
_TRIGGER = re.compile(r"\bfamily\b|\bf\.?h\.?x?\b|\bfam\shx\b|\bfam\shist\b|familia", re.IGNORECASE)


def family(view: View) -> Iterator[Finding]:
    """A finding for each cancer of a relative; absent where the paper says that the family has none."""
    if view.header.type in {"leaflet", "insurance"}:
        return
    text = view.text
    seen: set[tuple[object, ...]] = set()
    for match in _CANCERS.finditer(text):
        sentence = view.sentence_at(match.start())
        section = view.section_at(match.start()).kind == "family_history"
        first = max(sentence.start, match.start() - 160)
        before, behind = text[first : match.start()], text[match.end() : min(sentence.end, match.end() + 70)]
        who = _who(before, behind)
        if not (who or section or _TRIGGER.search(before)) or (not section and who and _not_theirs(before, who)):
            continue
        for cancer in _cancers(match):
            finding = _finding(view, match, cancer, who, before, behind)
            key = (finding.value, finding.assertion, tuple(sorted(finding.details.items())))
            if key not in seen and not (match["any"] and not who):
                seen.add(key)
                yield finding


def _finding(view: View, match: re.Match[str], cancer: str, who: str, before: str, behind: str) -> Finding:
    details: dict[str, Value] = {}
    none = _NONE.search(before[-110:] + view.text[match.start() : match.end()]) and not re.search(
        r"\bexcept|\bbut\b|other than", before[-60:]
    )
    if who and not none:
        details["relative"] = who
    age = _AGE.search(
        re.split(
            r"[;]|\b(?:and|who|her|his)\s(?:\w+\s){0,2}(?:mother|sister|aunt|father|grand|cousin|brother|uncle)", behind
        )[0]
    )
    if age and not none:
        details["age"] = age["age"] or age["bare"] or age["paren"] or age["comma"]
    return view.finding(
        "family_history",
        cancer,
        match.start(),
        match.end(),
        rule="person.family",
        assertion=Assertion.ABSENT if none else Assertion.FAMILY,
        details=details,
    )


def _cancers(match: re.Match[str]) -> list[str]:
    alone = match["alone"]
    if alone:
        return [_NAMES.get(alone.lower(), alone.lower())]
    named = [part for part in (match["organ"], match["second"], match["of"], match["es"]) if part]
    return [f"{_NAMES.get(part.lower(), part.lower())} cancer" for part in named] or ["cancer"]


def _who(before: str, behind: str) -> str:
    """The relative nearest before the cancer, or right behind it ("breast cancer in her mother")."""
    clause = re.split(r"[;]|\.\s", before)[-1]
    back = re.match(r"[^.;\n]{0,25}?\b(?:in|of)\s(?:her|his|the|a|patient's)?\s?(?P<rest>[^.;\n]{3,60})", behind)
    match = (_RELATIVE.search(back["rest"][:40]) if back else None) or next(
        iter([*_RELATIVE.finditer(clause)][-1:]), None
    )
    if not match:
        return ""
    side, who = (match["side"] or "").lower(), match["who"].lower()
    side = {"mat": "maternal", "pat": "paternal"}.get(side, side)
    if who in _SHORT:
        first, who = _SHORT[who]
        side = first or side
    return f"{side} {who}".strip()


def _not_theirs(before: str, who: str) -> bool:
    """Whether "patient" or "she has" stands between the relative and the cancer: it is the patient's own."""
    tail = before[before.lower().rfind(who.split()[-1]) :]
    return bool(
        re.search(
            r"\b(?:patient|she (?:has|had|was|is)|he (?:has|had|was|is)|her own|with her|accompanied|husband|wife)\b",
            tail,
            re.IGNORECASE,
        )
    ) or bool(
        re.search(
            r"\b(?:accompanied by|with|here with|discussed with|lives with|her husband and)\s(?:her"
            r"|his)\s(?:\w+\s){0,2}$",
            before[: len(before) - len(tail)],
            re.IGNORECASE,
        )
    )
