"""PD-L1, microsatellites and mismatch repair, tumour mutational burden, TILs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value

_QUICK = re.compile(
    r"pd-?\s?l1|msi\b|mss\b|microsat|mmr|mismatch|mutation(?:al)?\s(?:burden|load)|tmb|tils?\b|infiltrating\slymph"
)
_PDL1 = re.compile(r"pd-?\s?l-?1(?![0-9])|programmed\sdeath[\s-]ligand[\s-]1")
_CLONE = re.compile(r"(?<![a-z0-9])(?P<assay>22c3|28-8|sp-?142|sp-?263|73-10)(?![0-9])")
_CPS = re.compile(
    r"(?:cps|combined\spositive\sscore)\s?\)?\s{0,2}(?:score\s?)?(?:is|of|was|[:=])?\s{0,2}(?P<sign>[<>≥≤]=?\s?)?(?P<n>\d{1,3})(?!\d|\.\d|\s?%)"
)
_IC = re.compile(
    r"(?:\bic\b|immune\scells?|tumou?r[\s-]infiltrating\simmune\scells?)(?:\s(?:score|staining|positive))?\s?\)?\s{0,2}(?:is|of|was|[:=])?\s{0,2}(?P<sign>[<>≥≤]=?\s?)?(?P<n>\d{1,3})\s?%"
)
_PD_STATE = re.compile(
    r"[^.;\n]{0,60}?\b(?P<state>not\sperformed|not\sdone|not\stested|pending|positive|negative|no\sexpression|not\sexpressed)\b"
)
_MSI = re.compile(
    r"(?P<high>\bmsi-?\s?h(?:igh)?\b(?!\s?[:=(-]?\s{0,3}(?:status\s?[:=-]?\s{0,3})?(?:(?:is\s|was\s)?not\b|un-?detect|absent|neg|no\b|false))|microsatellite\sinstability[\s-]{1,2}high|microsatellite\s(?:instability\s?[:\-]?\s?(?:high|detected|present)|unstable))"
    r"|(?P<low>\bmsi-?\s?l(?:ow)?\b)"
    r"|(?P<stable>(?<![a-z])mss\b|\bms-?stable\b|microsatellites?\sstatus\s?[:-]\s?ms-?stable|microsatellites?[\s-](?:status\s?[:\-]?\s?)?stable|\bmsi[\s-]{0,2}[:\-]?\s?stable|microsatellite\sinstability\s?[:\-]?\s?(?:not\sdetected|stable|absent)|no\s(?:evidence\sof\s)?microsatellite\sinstability)"
    r"|(?P<not_tested>\bmsi(?:\s(?:testing|status))?\s?[:\-]?\s(?:not\s(?:done|performed|tested|assessed)))"
    r"|(?P<pending>\bmsi(?:\s(?:testing|status))?\s?[:\-]?\s(?:is\s)?pending)"
)
_MMR = re.compile(
    r"(?P<deficient>\bd-?mmr\b(?!\s?[:/]?\s?p?mmr)|(?:mismatch\srepair|\bmmr)(?:\sproteins?)?(?:\sstatus)?\s{0,2}[:\-]?\s?\(?(?:is\s)?(?:deficient|deficiency\sdetected|abnormal)|loss\sof\s(?:nuclear\s)?expression\sof\s(?:mlh1|msh2|msh6|pms2))"
    r"|(?P<proficient>\bp-?mmr\b|(?:mismatch\srepair|\bmmr)(?:\sproteins?)?(?:\s(?:status|expression))?\s{0,2}[:\-]?\s?\(?(?:is\s|are\s)?(?:proficient|intact|retained|preserved|normal|stable)|proficient\smismatch)"
)
_TMB = re.compile(
    r"(?:\bb?tmb\b|tumou?r\smutation(?:al)?\s(?:burden|load))\s?(?:\(tmb\))?\s{0,2}(?:score\s?)?(?:is|was|[:=\-])?\s{0,2}(?:(?P<word>high|low|intermediate|h|l)\b\s{0,2})?[,(]?\s{0,2}(?P<sign>[<>≥≤]=?\s?)?(?:(?P<n>\d{1,3}(?:\.\d{1,2})?)\s?\(?(?:mut(?:ation)?s?\s?(?:/|per)\s?(?:mb|megabase)|/\s?mb|m/mb))?"
    r"(?:[\s,(~]{0,3}(?:tmb-?\s?)?(?P<after>high|low)\b)?"
)
_TILS = re.compile(
    r"(?:\b(?:s|str-?)?tils?\b|tumou?r[\s-]infiltrating\slymphocytes)(?:\s?\((?:s?tils?)\))?(?:[^.;\n\d%<>]{0,50})(?P<sign>[<>≥≤]=?\s?)?(?P<n>\d{1,3})(?:\s?(?:-|to)\s?(?P<high>\d{1,3}))?\s?%"
)
_LEGEND = re.compile(
    r"(?:if|whether|eligib|criteria|defined|cut-?off|threshold|patients\swith|tumou?rs\swith|indicated|approved)[^.;\n]{0,80}$"
)


def immune(view: View, text: str) -> Iterator[Finding]:
    """The findings of a plain text."""
    if not _QUICK.search(text):
        return
    for start, end, concept, value, unit, details in (*_pdl1(text), *_states(text), *_burden(text), *_tils(text)):
        if _LEGEND.search(text[max(0, start - 120) : start]) or view.section_at(start).kind in (
            "family_history",
            "patient_education",
        ):
            continue
        if view.assertion(start, end) in (Assertion.FAMILY, Assertion.HYPOTHETICAL):
            continue
        yield view.finding(concept, value, start, end, rule="receptors.immune", unit=unit, details=details)


Told = tuple[int, int, str, Value, str, dict[str, Value]]


def _pdl1(text: str) -> Iterator[Told]:
    for match in _PDL1.finditer(text):
        stop = min(len(text), match.end() + 140)
        following = _PDL1.search(text, match.end(), stop)
        stop = following.start() if following else stop
        clone = _CLONE.search(text, max(0, match.start() - 30), stop)
        details: dict[str, Value] = (
            {"assay": clone["assay"].upper().replace("-", "") if "28" not in clone["assay"] else "28-8"}
            if clone
            else {}
        )
        for pattern, concept, unit in ((_CPS, "pdl1.cps", ""), (_IC, "pdl1.ic", "%")):
            if number := pattern.search(text, match.end(), stop):
                more: dict[str, Value] = {"comparator": number["sign"].strip()} if number["sign"] else {}
                least = int(number["n"]) == 1 and (number["sign"] or "").startswith("<")
                yield match.start(), number.end(), concept, 0 if least else int(number["n"]), unit, {**details, **more}
        if state := _PD_STATE.match(text, match.end(), stop):
            word = state["state"]
            value = (
                "pending"
                if word == "pending"
                else "not_tested"
                if word.startswith("not ") and word[4] in "pdt"
                else "positive"
                if word == "positive"
                else "negative"
            )
            yield match.start(), state.end(), "pdl1.status", value, "", details


# "Negative for MSI-H", "not MSI-high": no high, and whether stable or low is not said.
_DENIED = re.compile(r"\b(?:not|no|non|without|negative\sfor|(?:absence|lack|no\sevidence)\sof)[\s-](?:an?\s)?$")


def _states(text: str) -> Iterator[Told]:
    for pattern, concept in ((_MSI, "msi.status"), (_MMR, "mmr.status")):
        for match in pattern.finditer(text):
            if match.lastgroup == "high" and _DENIED.search(text, max(0, match.start() - 20), match.start()):
                continue
            yield match.start(), match.end(), concept, str(match.lastgroup), "", {}


def _burden(text: str) -> Iterator[Told]:
    for match in _TMB.finditer(text):
        if match["n"]:
            yield match.start(), match.end(), "tmb", float(match["n"]), "mutations/Mb", {}
        word = {"h": "high", "l": "low"}.get(match["word"] or "", match["word"] or match["after"])
        if word in ("high", "low"):
            yield match.start(), match.end(), "tmb.status", word, "", {}


def _tils(text: str) -> Iterator[Told]:
    for match in _TILS.finditer(text):
        details: dict[str, Value] = {"high": int(match["high"])} if match["high"] else {}
        if int(match["n"]) <= 100:
            yield match.start(), match.end(), "tils.percent", int(match["n"]), "%", details
