"""Other illnesses that matter for treatment, present or ruled out, of this person and not of the family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import table
from navaid.records.extract.person.basics import relatives
from navaid.records.extract.treatments.lexicon import terms
from navaid.records.extract.treatments.status import TICKED
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding

_NEGATIVE = re.compile(
    r"\s?(?:(?:surface\s)?(?:antigen|antibody|ab|ag|rna|virus|status|serology)\s?)?(?:is"
    r"|was|:|-)?\s?(?:negative|neg\b|non-?reactive|not detected|none|denied|no\b|screen(?:ing)?\b"
    r"|vaccin)",
    re.IGNORECASE,
)
_SMOKED = re.compile(
    r"\b(?:never|non|former|ex|quit|denies|stopped|past|no|not|prior|previous|remote"
    r"|second-?hand)\W{1,2}(?:a\s)?(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_QUIT = re.compile(r"[^.;\n]{0,40}\b(?:none|never|quit|cessation|denies|negative|no\b|former|stopped)", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:risk(?:s)? (?:of|for)|risk factors? (?:of|for)|including|such as|may (?:cause"
    r"|develop|include)|can cause|prevent|prevention of|screen(?:ing|ed)? for|monitor(?:ing)? for"
    r"|rule out|r/o|evaluate for|potential|possible|chance of|side effects? (?:of|include)"
    r"|cause|signs of|symptoms of|discussed|concern for|concerning for|worrisome for"
    r"|ST|vaccine for|due to the)\W{1,2}(?:[\w-]+[\s,/]+){0,5}$",
    re.IGNORECASE,
)
_NO_ILLNESS = re.compile(
    r"\b(?:no|without)\s(?:(?:other|significant|relevant|known|major|further|additional|serious|medical|past|chronic)\s){1,3}"
    r"(?:illness(?:es)?|co-?morbidit(?:y|ies)|conditions|(?:medical|health)\s(?:problems|conditions|history)|diseases)\b"
    r"(?:\sof\snote)?(?!\s(?:in|except|apart|other|besides|than|but)\b)|\bno\sco-?morbidit(?:y|ies)\b(?!\s(?:except|apart|other|but))",
    re.IGNORECASE,
)
_TISSUE = frozenset(("pathology", "cytology", "genomic_assay", "genetics", "laboratory"))
_NONE_OF_IT = frozenset(("leaflet", "insurance"))
_SKIPPED = frozenset(("family_history", "patient_education", "allergies"))
_OF_HISTORY = frozenset(("clinical_history", "history", "past_history"))
_HEADED = re.compile(r"\b(?:comorbidit(?:y|ies)|medical history)\b[^.]*$", re.IGNORECASE)
_PAST_HISTORY = re.compile(r"(?:pmhx?|(?:past )?medical history|past history)\b", re.IGNORECASE)
# "Asthma (resolved)", "hypertension in pregnancy, settled", "childhood asthma": over, under whatever heading.
_OVER = re.compile(
    r"(?:[^.;,\n]|,(?=\s(?:now|since|later|which)?\s?(?:resolved|settled|cured"
    r"|in remission)))*?\b(?:resolved|in remission|in the past"
    r"|previously|settled|cured|outgrew|outgrown|grew out|as a child|in (?:childhood|pregnancy|youth"
    r"|her (?:teens|twenties|youth))|no longer"
    r"|inactive|ceased|until|years ago|reversed|normalised|normalized)\b",
    re.IGNORECASE,
)
_RESOLVED = re.compile(r"(?:(?:has|have|had) )?(?:been )?resolved\b", re.IGNORECASE)
_OVER_BEFORE = re.compile(
    r"\b(?:previous(?:ly)?|prior|former(?:ly)?|childhood|gestational|remote|resolved"
    r"|past(?! (?:medical )?history)|treated|old)\s(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
_OWN = frozenset((Assertion.PRESENT, Assertion.HISTORICAL, Assertion.ABSENT))


def conditions(view: View) -> Iterator[Finding]:
    """A finding for each illness and how the paper speaks of it, each told once."""
    if view.header.type in _NONE_OF_IT:
        return
    seen: set[tuple[str, bool]] = set()
    for term in terms(view.text):
        if term.kind != "condition":
            continue
        said = _said(view, term.value, term.start, term.end)
        if said is None or (term.value, said == Assertion.ABSENT) in seen:
            continue
        seen.add((term.value, said == Assertion.ABSENT))
        yield view.finding("comorbidity", term.value, term.start, term.end, rule="person.condition", assertion=said)
    if all(absent for _, absent in seen) and (none := _none(view)):
        yield view.finding("comorbidity", "none_known", none.start(), none.end(), rule="person.no_illness")


def _none(view: View) -> re.Match[str] | None:
    """Where a letter says that there is no other illness, of this person."""
    if view.header.type in _TISSUE or view.header.type == "radiology":
        return None
    spoken = (match for match in _NO_ILLNESS.finditer(view.text) if view.section_at(match.start()).kind not in _SKIPPED)
    return next((match for match in spoken if not relatives().search(_before(view, match.start()))), None)


def _before(view: View, at: int) -> str:
    return view.text[max(view.sentence_at(at).start, at - 80) : at]


def _begin(view: View, start: int) -> int:
    """Where a sentence begins whose words run on from the line above: "Mother died of / ovarian cancer"."""
    above = view.text[max(0, start - 3) : start].rstrip(" ")
    runs_on = (
        view.text[start : start + 1].islower()
        and above.endswith("\n")
        and above[-2:-1] not in (".", ":", ";", "\n", "")
    )
    return view.sentence_at(start - 1).start if runs_on else start


def _said(view: View, value: str, start: int, end: int) -> Assertion | None:
    section = view.section_at(start).kind
    if section in _SKIPPED:
        return None
    if view.header.type == "radiology" and view.text[start:end] == "CAD":  # computer-aided detection
        return None
    told_of = section in _OF_HISTORY or _HEADED.search(view.text, max(0, start - 90), start)
    if view.header.type in _TISSUE and not told_of:
        return None
    sentence = view.sentence_at(start)
    before = view.text[max(_begin(view, sentence.start), start - 80) : start]
    behind = view.text[end : min(sentence.end, end + 40)]
    if relatives().search(before) or re.match(
        r"[^.;\n]{0,12}\b(?:in|of) (?:her |his |the |a )?(?:mother|father|sister|family|maternal|paternal)", behind
    ):
        return None
    if _GENERAL.search(before):
        return None
    if value == "smoker" and (_SMOKED.search(before) or _QUIT.match(behind)):
        return None
    if ticked := TICKED.match(view.text, end):
        return Assertion.PRESENT if ticked["yes"] else Assertion.ABSENT if ticked["no"] else None
    if _NEGATIVE.match(behind):
        return Assertion.ABSENT
    said = view.assertion(start, end)
    if said is Assertion.PLANNED and "planned" not in view.context.categories(start, end, sentence):
        return Assertion.PRESENT  # told in a list of plans: "osteoporosis: calcium"
    if said is Assertion.ABSENT and _of_a_later_item(view, start, end):
        said = Assertion.HISTORICAL if section == "past_history" or told_of else Assertion.PRESENT
    if said is Assertion.HISTORICAL and value in _lasting() and _under_past_history(view, start, end):
        return Assertion.PRESENT
    return said if said in _OWN else None


def _of_a_later_item(view: View, start: int, end: int) -> bool:
    """Whether "resolved" is said of a later item of the list: "hypertension, diabetes (resolved after surgery)"."""
    cues = view.context.categories(start, end, view.sentence_at(start), view.section_at(start))
    cue = cues.get("negated", -1)
    return cue > end and "," in view.text[end:cue] and bool(_RESOLVED.match(view.text, cue))


def _under_past_history(view: View, start: int, end: int) -> bool:
    """Whether only the heading "past medical history" puts an illness in the past, and no word says that it is over."""
    sentence = view.sentence_at(start)
    cue = view.context.categories(start, end, sentence, view.section_at(start)).get("historical", -1)
    if cue >= 0 and not _PAST_HISTORY.match(view.text, cue):
        return False
    before = view.text[max(_begin(view, sentence.start), start - 30) : start]
    return not (_OVER_BEFORE.search(before) or _OVER.match(view.text, end, min(sentence.end, end + 60)))


@cache
def _lasting() -> frozenset[str]:
    return frozenset(row["id"] for row in table("conditions") if row.get("lasts"))
