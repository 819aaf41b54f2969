"""Findings of an Observation: receptors, stage, size, nodes, scores, menopause and laboratory values."""

from __future__ import annotations

import re

from navaid.records.codes import known
from navaid.records.extract.structured import names
from navaid.records.extract.structured.conditions import cancer_of
from navaid.records.extract.structured.genomics import is_variant, variants
from navaid.records.extract.structured.labs import lab, lab_of, plain
from navaid.records.extract.structured.noting import Found, Note, said
from navaid.records.extract.structured.staging import stage_group, tnm
from navaid.records.extract.structured.written import is_written, written
from navaid.records.read.structured.access import Json, code_of, codings, number, quantity, some
from navaid.records.read.structured.lines import refers_to, value_of
from navaid.terms import Value

_VOID = {"entered-in-error", "cancelled"}
# The concepts that speak of one tumour: where the record says it is not the breast's, they are not ours.
_OF_TUMOUR = re.compile(r"^(?:stage|tnm|grade|tumour|nodes|lvi|pni|margins|dcis|er$|pr$|hr|her2|ki67)")
_CODES = {
    "lvi": {"positive": "present", "negative": "absent", "indeterminate": "indeterminate"},
    "pni": {"positive": "present", "negative": "absent", "indeterminate": "indeterminate"},
    "dcis.present": {"positive": "present", "negative": "absent"},
    "margins.status": {"positive": "positive", "negative": "negative"},
    "hr.status": {"positive": "positive", "negative": "negative"},
    "pdl1.status": {"positive": "positive", "negative": "negative"},
}
_GRADES = (
    (3, r"\bG3\b|grade (?:3|III)\b|poorly|\bhigh (?:histologic(?:al)? )?grade"),
    (2, r"\bG2\b|grade (?:2|II)\b|moderately|\bintermediate"),
    (1, r"\bG1\b|grade (?:1|I)\b|well.differ|\blow (?:histologic(?:al)? )?grade"),
)
_EXACT = re.compile(r"(?<![<>≥≤~.\d])(\d{1,3}(?:\.\d{1,2})?)\s*(?:%|percent)")
_RESPONSES = (
    ("complete", r"complete remission|complete response"),
    ("partial", r"partial (?:remission|response)"),
    ("stable", r"stable"),
    ("progression", r"progress(?:ive|ion|ed)|worse"),
)


def observations(note: Note) -> Found:
    """All findings of one Observation and its components."""
    if code_of(note.resource.get("status")) in _VOID:
        return
    if is_variant(note):
        yield from variants(note)
        return
    if is_written(note):
        yield from written(note)
        return
    yield from _measured(note, note.resource, note.name)
    for part in some(note.resource.get("component")):
        own = said(part.get("code"))
        if own:
            yield from _measured(note, part, own, of=note.name)


def _measured(note: Note, element: Json, name: str, of: str = "") -> Found:
    """The findings of a value under a name; `of` is what the whole is about, where the name is of a part."""
    subject = _subject(element, name)
    value = value_of(element) or ("pending" if code_of(note.resource.get("status")) == "registered" else "")
    if not subject or not value:
        if not of and value and (id_ := lab_of(element, name)):
            yield from lab(note, element, id_, _amount(element))
        return
    if _OF_TUMOUR.match(subject) and _elsewhere(note):
        return
    yield from _read(note, element, subject, name, value, of)


def _subject(element: Json, name: str) -> str:
    for row in codings(element.get("code")):
        if (code := known(row.system, row.code)) and code.concept and not code.concept.startswith(("lab.", "variant")):
            return code.concept
    return names.first("observations", name)


def _elsewhere(note: Note) -> bool:
    """Whether the record says that this is of another cancer than the breast's."""
    about = [kind for target in refers_to(note.resource) if (kind := cancer_of(note.index.get(target)))]
    if about:
        return "breast" not in about
    kinds = {kind for kind in note.index.cancers.values() if kind}
    return bool(kinds) and "breast" not in kinds


def _read(note: Note, element: Json, subject: str, name: str, value: str, of: str) -> Found:
    word = names.first("values", _value_words(element, value))
    amount = _amount(element)
    if subject in ("er", "pr"):
        yield from _receptor(note, subject, name, value, word, amount)
    elif subject.startswith("her2"):
        yield from _her2(note, element, subject, name, value, word, amount)
    elif subject == "er_pr":
        yield from _both(note, value, word)
    elif subject == "stage.group":
        yield from stage_group(note, value)
        yield from tnm(note, value)
    elif subject == "tnm":
        yield from tnm(note, " ".join([value, *(row.code for row in codings(element.get("valueCodeableConcept")))]))
    elif subject == "tumour.size":
        spelled = re.fullmatch(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*([cm]m)\s*", value)
        length = (float(spelled[1]), spelled[2]) if spelled else amount
        if length and (size := _millimetres(*length)) is not None:
            yield note.finding("tumour.size", size, "observation", unit="mm")
    elif subject.startswith("nodes."):
        if amount and amount[0] == int(amount[0]) and 0 <= amount[0] < 100:
            # "Lymph nodes examined" within an entry on sentinel nodes counts those.
            kind = "sentinel_" if "sentinel" in f"{name} {of}".lower() else ""
            yield note.finding(f"nodes.{kind}{subject.removeprefix('nodes.')}", int(amount[0]), "observation")
    elif subject in _CODES:
        if (state := _CODES[subject].get(word, word)) and state not in ("low_positive",):
            yield note.finding(subject, state, "observation")
    else:
        yield from _scored(note, element, subject, value, amount)


def _value_words(element: Json, value: str) -> str:
    """The words of a value, by our table where its code has one meaning."""
    for row in codings(element.get("valueCodeableConcept")):
        if (code := known(row.system, row.code)) and code.value in ("positive", "negative", "present", "absent"):
            return code.value
    reason = code_of(element.get("dataAbsentReason"))
    return {"not-performed": "not performed", "unknown": "", "error": ""}.get(reason, value) if reason else value


def _amount(element: Json) -> tuple[float, str] | None:
    """The exact number of a value, and its unit."""
    if found := quantity(element.get("valueQuantity")):
        return found
    for name in ("valueInteger", "valueDecimal", "valueString"):
        if (amount := number(element.get(name))) is not None:
            return amount, ""
    shown = [row.display or row.code for row in codings(element.get("valueCodeableConcept"))]
    return next(((amount, "") for text in shown if (amount := number(text)) is not None), None)


def _receptor(note: Note, subject: str, name: str, value: str, word: str, amount: tuple[float, str] | None) -> Found:
    part = name.lower()
    if "allred" in part or "h-score" in part or "hscore" in part:
        if amount:
            yield note.finding(
                f"{subject}.{'allred' if 'allred' in part else 'hscore'}", plain(amount[0]), "observation"
            )
        return
    if "intensity" in part:
        if shade := next((s for s in ("weak", "moderate", "strong") if s in value.lower()), ""):
            yield note.finding(f"{subject}.intensity", shade, "observation")
        return
    if word:
        yield note.finding(f"{subject}.status", word, "observation")
    percent = _percent(name, value, amount)
    if percent is not None:
        yield note.finding(f"{subject}.percent", percent, "observation", unit="%")


def _both(note: Note, value: str, word: str) -> Found:
    """A result of both receptors under one name; one word for the two does not say which it is of."""
    told = False
    for subject in ("ER", "PR"):
        if match := re.search(rf"\b{subject}\W{{0,3}}(\w+)", value):
            state = names.first("values", match[1])
            if state in ("positive", "negative"):
                told = True
                yield note.finding(f"{subject.lower()}.status", state, "observation")
    if not told and word in ("positive", "negative"):
        yield note.finding("hr.status", word, "observation")


def _percent(name: str, value: str, amount: tuple[float, str] | None) -> Value | None:
    if amount and ("%" in amount[1] or re.search(r"100 cells|%|percent", f"{amount[1]} {name}", re.I)):
        return plain(amount[0]) if 0 <= amount[0] <= 100 else None
    return _share_in(value)


def _share_in(value: str) -> Value | None:
    """The one exact percentage of a text; None for a bound, a range or several."""
    shares = _EXACT.findall(value)
    exact = len(shares) == 1 and not re.search(r"\d\s*%?\s*(?:-|to)\s*\d", value)
    return plain(float(shares[0])) if exact and float(shares[0]) <= 100 else None


def _her2(
    note: Note, element: Json, subject: str, name: str, value: str, word: str, amount: tuple[float, str] | None
) -> Found:
    text = f"{name} | {said(element.get('method')) or said(note.resource.get('method'))}"
    if subject == "her2.ratio" or re.search(r"ratio|chromosome 17 copy", name, re.I):
        if amount:
            yield note.finding("her2.ratio", plain(amount[0]), "observation")
        return
    if subject == "her2.copy_number" or re.search(r"copy number|copies|signals.*cell", name, re.I):
        if amount:
            yield note.finding("her2.copy_number", plain(amount[0]), "observation")
        return
    if subject == "her2.ish" or re.search(r"\bF?C?D?ISH\b|in situ hybrid|amplification|duplication", text, re.I):
        state = {"positive": "amplified", "negative": "not_amplified"}.get(word, word)
        # A bound alone ("less than 1.8") is no result: the ratio decides only together with the copies.
        if state and state != "low_positive":
            yield note.finding("her2.ish", state, "observation")
        return
    match = re.search(r"(?<![\d.])([0-3])\s?\+(?!\d)|\bscore (?:of )?([0-3])\b|^([0-3])$", value)
    if match:
        score = next(part for part in match.groups() if part)
        yield note.finding("her2.ihc", "0" if score == "0" else f"{score}+", "observation")
    if word and word != "low_positive":
        yield note.finding("her2.status", word, "observation")
    if re.search(r"HER-?2.?\s?-?(ultra)?low\b", value, re.I):
        level = "ultralow" if "ultra" in value.lower() else "low"
        yield note.finding("her2.level", level, "observation", details={"by": "stated"})


def _grade(element: Json, value: str, amount: tuple[float, str] | None) -> int:
    """1 to 3 by the code, the number or the words; 0 where none of them says it."""
    for row in codings(element.get("valueCodeableConcept")):
        if (code := known(row.system, row.code)) and code.concept == "grade":
            return int(code.value)
    if amount:
        return int(amount[0]) if amount[0] in (1, 2, 3) else 0
    return next((grade for grade, words_ in _GRADES if re.search(words_, value, re.I)), 0)


def _scored(note: Note, element: Json, subject: str, value: str, amount: tuple[float, str] | None) -> Found:
    if subject == "grade" or subject == "dcis.grade":
        if grade := _grade(element, value, amount):
            yield note.finding(subject, grade, "observation")
    elif subject == "menopause":
        if match := re.search(r"\b(pre|peri|post)-?menopaus", value, re.I):
            yield note.finding("menopause", match[1].lower(), "observation", side="")
    elif subject in ("msi.status", "mmr.status"):
        yield from _mismatch(note, subject, value)
    elif subject == "response":
        if state := next((state for state, words_ in _RESPONSES if re.search(words_, value, re.I)), ""):
            yield note.finding("response", state, "observation", side="")
    elif subject == "ecog":
        digit = (
            amount[0] if amount else next(iter(re.findall(r"\b(?:ECOG|grade|status)\W{0,3}([0-5])\b", value, re.I)), "")
        )
        if str(digit) and float(digit) in (0, 1, 2, 3, 4, 5):
            yield note.finding("ecog", int(float(digit)), "observation", side="")
    elif amount:
        bounds = {"karnofsky": (0, 100), "ki67.percent": (0, 100), "oncotype.score": (0, 100), "pdl1.cps": (0, 100)}
        low, high = bounds.get(subject, (0, 1000))
        if low <= amount[0] <= high:
            unit = {"karnofsky": "%", "ki67.percent": "%", "tmb": "mutations/Mb"}.get(subject, "")
            yield note.finding(subject, plain(amount[0]), "observation", unit=unit)
    elif subject == "ki67.percent" and (share := _share_in(value)) is not None:
        yield note.finding(subject, share, "observation", unit="%")


def _mismatch(note: Note, subject: str, value: str) -> Found:
    if subject == "msi.status":
        found = re.search(
            r"(?P<stable>stable|\bMSS\b)|(?P<high>MSI-?H|high|unstable)|(?P<low>MSI-?L|\blow)", value, re.I
        )
    else:
        found = re.search(r"(?P<deficient>deficien|\bdMMR|loss)|(?P<proficient>proficien|\bpMMR|intact)", value, re.I)
    if found and found.lastgroup:
        yield note.finding(subject, found.lastgroup, "observation")


def _millimetres(amount: float, unit: str) -> Value | None:
    factor = {"mm": 1, "millimeter": 1, "millimeters": 1, "cm": 10, "centimeter": 10, "centimeters": 10}
    times = factor.get(unit.lower().replace("metre", "meter"))
    size = amount * times if times else 0
    return plain(round(size, 2)) if 0 < size < 500 else None
