"""Measured values: blood counts, liver, kidney, clotting, heart, with units and multiples of the normal limits.

A limit with another one for some ("≤ 3 x ULN, ≤ 5 x ULN with liver metastases") is met below the stricter, not met
above the more lenient, and open between unless the condition is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed
from navaid.trials.criteria.parse.readers.lab_names import BRACKET, Group, groups, in_unit, rows
from navaid.trials.criteria.parse.readers.lab_whom import for_some, for_whom, later, only_for, spared
from navaid.trials.criteria.parse.readers.quantity import Quantity, quantities

_BETWEEN = re.compile(
    r"(?:\s|[:：,，=(\[–—-]|\b(?:is|are|be|must|should|shall|of|levels?|counts?|concentrations?|values?"
    r"|total|serum|plasma|blood|"
    r"measured|measurements?|calculated|estimated|both|each|to|results?|with|has|have|having|at"
    r"|baseline|screening|resting|"
    r"an?|the|by|on|using|via|per|as|or|and|echocardiogra(?:m|phy)|ECHO|MUGA|(?:2-?D|cardiac)|ultrasound|MRI|scan|"
    r"multi-?(?:ple-?)?gated\s+acquisition|multigated\s+acquisition|assessed|determined|evaluated"
    r"|documented|demonstrated|"
    r"triplicate|average|mean|ECGs?|electrocardiogram|"
    r"corrected|Cockcroft|Gault|formula|equation|CKD-?EPI|MDRD|24[- ]?h(?:our)?|urine|collection|female|male|who|not|"
    r"less than|Fridericia\W?s?|Bazett\W?s?|both)\b)*",
    re.IGNORECASE,
)
_KIDNEY = (
    r"\s*[,(\[]?(?:\s*\b(?:as|by|using|use|used|per|with|via|from|the|calculated|calculation"
    r"|determined|estimated|measured|according|to|based|"
    r"on|modified|standard|of|method|formula|equation)\b)*\s*(?:Cockcroft\s*[-–&]?\s*(?:and\s*)?Gault|MDRD|CKD[- ]EPI"
    r"|Modification of Diet in Renal Disease|24[- ]hours? urine(?: collection)?)(?:\s*(?:formula"
    r"|equation|method|study))*\s*[)\]]?"
)
_WHEN = (
    r"\s*[(\[,]?\s*(?:(?:obtained|performed|measured|assessed|taken|done|determined|documented"
    r"|evaluated|result|must|be)\s+)*"
    r"(?:within|≤|=\s*<|<\s*=|<|less than|no more than)\s*\d{1,2}\s*[- ]?(?:days?|weeks?|months?)\s*"
    r"(?:of|prior to|before|from|preceding)\s*"
    r"(?:the\s+|study\s+|trial\s+|pre-?)*(?:(?:first|start|initiation|administration|beginning)\s+"
    r"(?:of\s+|dose\s+)*(?:the\s+)?)?"
    r"(?:(?:study|trial|protocol)\s+)?(?:registration|enrol?lment|randomi[sz]ation|screening|entry"
    r"|treatment|therapy|drugs?|dose|"
    r"intervention|C1D1|day 1|consent)\s*[)\]]?"
)
# By echocardiography or a nuclear scan: how the heart is measured is no alternative.
_HEART = (
    r"\s*[,(]?\s*(?:as\s+)?(?:(?:measured|assessed|determined|confirmed|documented|evaluated|obtained"
    r"|shown|demonstrated)\s+)?"
    r"(?:by|on|using|via|with|per|either by)\s+(?:(?:either|an?|the|or|and|and/or|resting|baseline|transthoracic|2-?D|"
    r"two-dimensional|cardiac|echocardiogra(?:m|phy|phic)|ECHO|multi(?:ple|-)?[- ]?gated|radionuclide"
    r"|nuclear|acquisition|"
    r"scans?|scanning|MUGA|magnetic|resonance|imaging|MRI|ultrasound|angiography|ventriculogra(?:m|phy)|preferred|"
    r"examination|Doppler|color)\b[\s,/()\[\]]*)+"
)
_ADDED = re.compile(rf"(?:{_KIDNEY}|{_WHEN}|{_HEART})+", re.IGNORECASE)
_ORGAN = (
    r"(?:ha?ematolog\w+|hepatic|liver|renal|kidney|bone marrow|marrow|cardiac|coagulation|biochem\w+"
    r"|blood|non-hematologic|organ)"
)
_LEAD = re.compile(
    r"(?<!\w)(?:(?:adequate|sufficient|acceptable|satisfactory|normal|good|preserved|appropriate)\s+"
    r"(?:[\w/&-]+[\s,]+){0,8}?"
    r"(?:functions?|functioning|reserves?|status|parameters|values|counts|capacity|results?)\b"
    rf"|{_ORGAN}(?:\s*(?:,|/|and)\s*{_ORGAN})*"
    r"(?:\s+(?:functions?|parameters|routine|biochemistry|counts|examination|criteria|tests?|reserve|system))*\s*(?=:))"
    r"(?:\s*[:,(–-]|\s*\b(?:as|is|are|be|defined|evidenced|indicated|demonstrated|determined"
    r"|documented|shown|assessed|confirmed|by|"
    r"with|the|all|of|following|below|including|includes|an?|based|on|parameters|criteria|laboratory"
    r"|results|values|meaning|"
    r"manifested|meets?|i\.?e|e\.?g|having|measured|tests?)\b[:.]?)*\s*$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:if|with|in|for|unless|except(?:ion|ing)?s?|when|where|presence|due to|who|those|Gilbert"
    r"|metasta\w+|involvement|"
    r"anticoag\w+|males?|females?|men|women)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:exceptions?\b|if\b|for\b|in (?:case|patients|participants|subjects|the presence)|unless\b|or\b|except\b"
    r"|(?:patients|participants|subjects|those|with|known)\b[^.;]{0,60}(?:metasta|gilbert))",
    re.IGNORECASE,
)
_STOP = re.compile(r"[;；\n]|\.(?=\s+[A-Z]|\s*$)")
_WORTH = re.compile(r"\d|normal|ULN|LLN|UNL|WNL")
_COMPARES = re.compile(
    r"[<>≥≤≧≦⩾⩽＞＜=]|\b(?:least|most|than|normal|ULN|UNL|LLN|WNL|exceed\w*|over|above|below|under|m"
    r"(?:in|ax)imum|up to|greater|more)\b",
    re.IGNORECASE,
)
_WIDE = str.maketrans("（）［］，；：＜＞＝％", "()[],;:<>=%")
_LONGEST = 140  # characters between a limit and another one for some


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    if not (_WORTH.search(words) and _COMPARES.search(words)):
        return
    words = words.translate(_WIDE)
    found_groups = list(groups(words))
    done = 0
    for number, group in enumerate(found_groups):
        if group.start < done or not group.ids:
            continue
        others = [each.start for each in found_groups[number + 1 :] if not set(each.ids) <= set(group.ids)]
        stop = _stop(words, group.end, min([*others, len(words)]))
        found = quantities(words, group.end, stop)
        if not found or not found[0].op or not _gap(words, group.end, found[0].start):
            continue
        for atom in _limited(words, group, found, stop):
            done = max(done, atom.end)
            yield atom


def _gap(words: str, start: int, end: int) -> bool:
    bracket = re.compile(BRACKET).match(words, start, end)
    return bool(_BETWEEN.fullmatch(words, bracket.end() if bracket else start, end))


def _limited(words: str, group: Group, found: Sequence[Quantity], stop: int) -> Iterator[Atom]:
    """The atoms of a limit: one of all that was said, and one of its first words for where a clause ends before."""
    first, short = found[0], _added(words, found[0].end, stop)
    end = short
    limits: dict[str, Expression] = {}
    for lab in group.ids:
        plain = _asked(lab, group.start, first.end, first)
        if plain is None:
            return
        limits[lab] = plain
    for quantity in found[1:]:
        quantity = quantity._replace(op=quantity.op or first.op)
        between = words[end : quantity.start]
        behind = re.compile(r"[^,;.()]{0,90}").match(words, quantity.end, stop)
        after = behind.end() if behind else quantity.end
        said = between + " " + words[quantity.end : after]
        if len(between) < 25 and all(_same(lab, first, quantity) for lab in group.ids):
            end = _added(words, quantity.end, stop)
            short = end if short == quantity.start or len(between) < 12 else short
            continue
        other = {lab: _asked(lab, group.start, quantity.end, quantity) for lab in group.ids}
        if any(value is None for value in other.values()) or not _alike(first, quantity) or len(between) > _LONGEST:
            break
        if _CUE.search(said):
            whom = for_whom(said, end, after)
            limits = {lab: for_some(limits[lab], value, whom, first, quantity) for lab, value in other.items() if value}
            end = _closed(words, after, stop)
        elif re.fullmatch(r"[\s,(]*\bor\b[\s,]*", between) and first.op == quantity.op:
            limits = {lab: some([limits[lab], value]) for lab, value in other.items() if value}
            end = _added(words, quantity.end, stop)
        else:
            break
    if len(found) == 1:
        limits, end = only_for(words, limits, first, end, stop)
        limits, end = spared(words, limits, first, end, stop)
    limits = later(words, limits, first, max(end, short))
    expression = _of_all(list(limits.values()), group, first)
    family = "lab.kidney" if {"creatinine", "creatinine_clearance", "egfr"} & set(group.ids) else f"lab.{group.ids[0]}"
    start = _with_lead(words, group.start)
    for begin, upto in {
        (start, end),
        (start, short),
        (group.start, end),
        (group.start, short),
        (group.start, first.end),
    }:
        yield Atom(begin, upto, expression, family)


def _of_all(parts: list[Expression], group: Group, first: Quantity) -> Expression:
    """Names that share a limit: all of them, any of them, or open where only some hold it and the words do not say."""
    if len(parts) == 1:
        return parts[0]
    asks_all = (
        first.op in ("at_most", "normal") or (first.op == "below" and first.of == "ULN") or first.op == "at_least"
    )
    plain = group.joined
    if plain in ("/", ""):
        return every(parts) if asks_all else some(parts)
    if (plain == "and") == asks_all and plain in ("and", "or"):
        return every(parts) if asks_all else some(parts)
    return some([every(parts), every([some(parts), unparsed(group.start, group.end)])])


def _asked(lab: str, start: int, end: int, quantity: Quantity) -> Expression | None:
    row = rows()[lab]
    if "both" in row:
        parts = [_asked(each, start, end, quantity) for each in row["both"]]
        told = [part for part in parts if part is not None]
        return None if len(told) < len(parts) else every(told) if quantity.op in ("at_most", "below") else some(told)
    name = f"lab.{lab}"
    if quantity.op == "normal":
        high = asks(start, end, name, "at_most", 1, of="ULN").expression
        low = asks(start, end, name, "at_least", 1, of="LLN").expression
        return high if row.get("upper") else low if lab == "lvef" else every([low, high])
    if quantity.of:
        return asks(start, end, name, quantity.op, quantity.value, of=quantity.of).expression
    value = in_unit(lab, quantity.value, quantity.unit)
    if value is None or not _can_be(row, value):
        return None
    return asks(start, end, name, quantity.op, value, unit=row["unit"]).expression


def _can_be(row: dict[str, Any], value: float) -> bool:
    """Whether a limit can be meant so: "hemoglobin ≥ 90 g/dL" is a slip of the unit, and would rule everyone out."""
    ranges = [(low, high) for low, high, unit in row.get("bare", ()) if unit == row["unit"]]
    return not ranges or any(low <= value <= high for low, high in ranges)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether both limit the same side."""
    upper = ("at_most", "below", "normal")
    return (one.op in upper) == (other.op in upper)


def _same(lab: str, one: Quantity, other: Quantity) -> bool:
    """Whether a second limit only says the first in another unit."""
    row = rows()[lab]
    if "both" in row or one.of or other.of or one.op not in (other.op, "normal"):
        return False
    first, second = (in_unit(lab, each.value, each.unit) for each in (one, other))
    return first is not None and second is not None and abs(first - second) <= 0.03 * first


def _added(words: str, end: int, stop: int) -> int:
    """Where the words end that only say the same again in brackets, how it is reckoned, or when it was measured."""
    again = re.compile(
        r"\s*[(\[=]\s*(?:or\s+|i\.?e\.?,?\s+)?[\d.,\s]*(?:x|×)?[^()\[\]a-km-zA-KM-Z]{0,14}(?:[uµμ]|mc)?L?\s*[)\]]"
    ).match(words, end, stop)
    if again and re.search(r"\d", again[0]) and not re.search(r"[≥≤<>]", again[0]):
        end = again.end()
    added = _ADDED.match(words, end, stop)
    if added:  # an "or" behind the method joins what follows
        end += len(re.sub(r"[\s,]*\b(?:and/or|and|or)\s*$", "", added[0], flags=re.IGNORECASE).rstrip())
    return _closed(words, end, stop)


def _closed(words: str, end: int, stop: int) -> int:
    close = re.compile(r"\s*[)\]]").match(words, end, stop)
    opened = words.rfind("(", 0, end)
    return close.end() if close and opened > words.rfind(")", 0, end) else end


def _with_lead(words: str, start: int) -> int:
    lead = _LEAD.search(words, 0, start)
    return lead.start() if lead else start


def _stop(words: str, start: int, end: int) -> int:
    for match in _STOP.finditer(words, start, end):
        if not _GOES_ON.match(words, match.end(), end):
            return match.start()
    return end
