"""Why a drug was ended, and that the cancer grew on it: "stopped for progression", "until May (progression in liver)".

In: the words before a drug and those behind it, up to the next one. Start at `ending`.
"""

from __future__ import annotations

import re

_FOR = r"(?:due\sto|because\sof|secondary\sto|for(?!\s\d)|given|owing\sto|on\saccount\sof|on|at|after|with)"
_GREW = (
    r"(?:(?:an?|one|two|three|several|multiple|many|clear|further|slow|rapid|marked|disease|tumou?r"
    r"|hepatic|liver|bony?|lung|nodal|brain|cns|visceral|radiological"
    r"|radiologic|clinical|systemic|metastatic|confirmed|definite|early)\s){0,3}"
    r"(?:progress(?:ed|ion|ing|ive)\b|pd\b|growth\b|grew\b|grown\b"
    r"|new\s(?:\w+\s){0,2}(?:lesions?|metastas[ei]s|mets|deposits?|nodules?|disease|spread)\b"
    r"|(?:lesions?|metastas[ei]s|mets|disease|cancer|tumou?r)\s(?:had\s|has\s)?(?:grew|grown|growing"
    r"|progressed|progressing)\b)"
)
_HARM = (
    r"(?:(?:\w+\s){0,3}(?:toxicity|toxicities|side\seffects?|adverse\seffects?|intoleran\w+"
    r"|neuropath\w+|diarrh\w+|rash|fatigue"
    r"|arthralgia|joint\s\w+|pneumonitis|hepatitis|colitis|reaction|cardiotox\w+|neutropenia|nausea"
    r"|hot\sflushes|mucositis"
    r"|lvef\s\w+|heart\sfailure|thrombosis))"
)
_WHY = rf"(?P<why>(?:{_GREW}|{_HARM})[^.;,\n()]{{0,50}})"
_END = r"(?:stop(?:ped|ping)?|discontinu\w+|ended|withdrawn|came\soff|taken\soff|switched|changed|off)"
_UNTIL = r"(?:until|till|through|to|[-–])\s?(?:\w+\s){0,3}(?:\d{1,2}[/.-])?(?:19|20)\d\d"
# "until September 2026 (progression in liver)", "(stopped for progression)"; without an end, "(progressed in bone)".
_IN_BRACKETS = re.compile(
    rf"(?P<ended>[^.;\n()]{{0,40}}?{_UNTIL})?[^.;\n()]{{0,30}}[(,:–-]\s?(?P<end>{_END}\s(?:\w+\s){{0,2}}?)?(?:{_FOR}\s)"
    rf"?"
    rf"(?:the\s|a\s)?{_WHY}(?:\)|$|(?=[.;,\n]))",
    re.IGNORECASE,
)
# "stopped for progression", "ended in May with new liver metastases", "until progression in 2022".
_SAID = re.compile(
    rf"[^.;\n]{{0,50}}?\b(?:(?P<end>{_END})\b[^.;\n()]{{0,40}}?\b{_FOR}|(?P<ended>until|till)"
    rf"(?=[^.;\n]{{0,60}}(?:19|20)\d\d))\s(?:the\s|a\s)?{_WHY}",
    re.IGNORECASE,
)
# "Stopped fulvestrant because of progression".
_ENDS_BEFORE = re.compile(rf"\b{_END}\s(?:the\s|her\s|his\s|taking\s)?(?:[\w-]+\s(?:and|\+|/)\s)?$", re.IGNORECASE)
_BECAUSE = re.compile(rf"(?P<end>)(?P<ended>)[^.;,\n()]{{0,40}}?\b{_FOR}\s(?:the\s|a\s)?{_WHY}", re.IGNORECASE)
# "Progression in liver (on fulvestrant)", "new bone lesions while on letrozole": before the drug.
_GREW_ON = re.compile(
    rf"(?<![\w-]){_GREW}(?:\s(?:in|of|at|to|within)\s(?:(?:the|her|his|both|known"
    rf"|multiple)\s)?[\w/ ,&-]{{2,40}}?)?,?\s?\(?\s?"
    r"(?:while\s|whilst\s|when\s|still\s|now\s)?(?:on|through|after|during|despite|under)\s"
    r"(?:[\w-]+\s(?!(?:and|or|but|with|was|is)\b)){0,2}(?:[\w-]+\s(?:and|\+)\s)?$",
    re.IGNORECASE,
)
_HINT = re.compile(rf"progress|\bpd\b|\bgr[eo]w|\bnew\s|\b{_END}\b|\b(?:until|till|through|to)\b|\(", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:no|not|without|until|unless|if|whether|should|would|could|in\scase|at\sthe\stime|possible|any|free)\b"
    r"[^.;\n(]{0,40}$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:to\s(?:be\s)?continue\w*|continue\w*|planned|will|for\sas\slong|plan|carry\son|go\son)\b", re.IGNORECASE
)


def ending(before: str, behind: str) -> dict[str, str]:
    """`reason` why it ended and `response` where the cancer grew on it, as far as the words say so.

    >>> ending("2nd line: ", ", until May 2026 (progression in liver).")
    {'response': 'progression', 'reason': 'progression in liver'}
    >>> ending("Progression in liver (on ", ").")
    {'response': 'progression'}
    """
    if not _HINT.search(behind) and not _HINT.search(before):
        return {}
    found = (_IN_BRACKETS.match(behind), _SAID.match(behind), _ENDS_BEFORE.search(before) and _BECAUSE.match(behind))
    for why in found:
        if not why or _NOT.search(behind[: why.start("why")].replace("until ", "")) or _is_to_come(before, behind, why):
            continue
        reason, ended = " ".join(why["why"].split()), why["end"] is not None or why["ended"] is not None
        if grew(reason):
            return {"response": "progression"} | ({"reason": reason} if ended else {})
        if ended:
            return {"reason": reason}
    grown = _GREW_ON.search(before)
    return {"response": "progression"} if grown and not _NOT.search(before[: grown.start()]) else {}


def grew(reason: str) -> bool:
    """Whether a reason is that the cancer grew."""
    return bool(re.match(_GREW, reason, re.IGNORECASE))


def _is_to_come(before: str, behind: str, why: re.Match[str]) -> bool:
    """Whether it is to go on until then: "continue letrozole until progression"."""
    return bool(_NOT_YET.search(before[-60:]) or _NOT_YET.search(behind[: why.start("why")]))
