"""Measured values: blood counts, liver, kidney, clotting, heart, with units and multiples of the normal limits.

A limit with another one for some ("≤ 3 x ULN, ≤ 5 x ULN with liver metastases") is met below the stricter, not met above
the more lenient, and open between unless the condition is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from navaid.terms import Expression, Logic
from navaid.trials.criteria.parse.atom import Atom, asks, every, negated, some, unparsed
from navaid.trials.criteria.parse.readers.quantity import Quantity, quantities, table

_BRACKET = r"(?:\s*[(\[](?:[^()\[\]≥≤<>=;\d]|\d(?!\d)|[(\[][^()\[\]≥≤<>=]*[)\]]){1,80}[)\]]){0,2}"
_JOIN = r"\s*(?:,?\s*\band\s*/\s*or\b|,?\s*\b(?:and|or)\b|[/&,，、]|\s)\s*(?:\b(?:both|either|the|serum|total)\b\s*)*"
_JOINED = re.compile(_BRACKET + _JOIN, re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:\s|[:：,，=(\[–—-]|\b(?:is|are|be|must|should|shall|of|levels?|counts?|concentrations?|values?|total|serum|plasma|blood|"
    r"measured|measurements?|calculated|estimated|both|each|to|results?|with|has|have|having|at|baseline|screening|resting|"
    r"an?|the|by|on|using|via|per|as|or|and|echocardiogra(?:m|phy)|ECHO|MUGA|(?:2-?D|cardiac)|ultrasound|MRI|scan|"
    r"multi-?(?:ple-?)?gated\s+acquisition|multigated\s+acquisition|assessed|determined|evaluated|documented|demonstrated|"
    r"triplicate|average|mean|ECGs?|electrocardiogram|"
    r"corrected|Cockcroft|Gault|formula|equation|CKD-?EPI|MDRD|24[- ]?h(?:our)?|urine|collection|female|male|who|not|"
    r"less than|Fridericia\W?s?|Bazett\W?s?|both)\b)*",
    re.IGNORECASE,
)
_KIDNEY = (
    r"\s*[,(\[]?(?:\s*\b(?:as|by|using|use|used|per|with|via|from|the|calculated|calculation|determined|estimated|measured|according|to|based|"
    r"on|modified|standard|of|method|formula|equation)\b)*\s*(?:Cockcroft\s*[-–&]?\s*(?:and\s*)?Gault|MDRD|CKD[- ]EPI"
    r"|Modification of Diet in Renal Disease|24[- ]hours? urine(?: collection)?)(?:\s*(?:formula|equation|method|study))*\s*[)\]]?"
)
_WHEN = (
    r"\s*[(\[,]?\s*(?:(?:obtained|performed|measured|assessed|taken|done|determined|documented|evaluated|result|must|be)\s+)*"
    r"(?:within|≤|=\s*<|<\s*=|<|less than|no more than)\s*\d{1,2}\s*[- ]?(?:days?|weeks?|months?)\s*(?:of|prior to|before|from|preceding)\s*"
    r"(?:the\s+|study\s+|trial\s+|pre-?)*(?:(?:first|start|initiation|administration|beginning)\s+(?:of\s+|dose\s+)*(?:the\s+)?)?"
    r"(?:(?:study|trial|protocol)\s+)?(?:registration|enrol?lment|randomi[sz]ation|screening|entry|treatment|therapy|drugs?|dose|"
    r"intervention|C1D1|day 1|consent)\s*[)\]]?"
)
_ADDED = re.compile(rf"(?:{_KIDNEY}|{_WHEN})+", re.IGNORECASE)
_LEAD = re.compile(
    r"(?<!\w)(?:(?:adequate|sufficient|acceptable|satisfactory|normal|good|preserved|appropriate)\s+(?:[\w/&-]+[\s,]+){0,8}?"
    r"(?:functions?|functioning|reserves?|status|parameters|values|counts|capacity|results?)\b"
    r"|(?<!\w)(?:(?:ha?ematolog\w+|hepatic|liver|renal|kidney|bone marrow|marrow|cardiac|coagulation|biochem\w+|blood|"
    r"non-hematologic|organ)(?:\s*(?:,|/|and)\s*|\s+|(?=\s*[:：])))+"
    r"(?:\s+(?:functions?|parameters|routine|biochemistry|counts|examination|criteria|test|reserve|system))*\s*(?=[:：]))"
    r"(?:\s*[:：,(–-]|\s*\b(?:as|is|are|be|defined|evidenced|indicated|demonstrated|determined|documented|shown|assessed|confirmed|by|"
    r"with|the|all|of|following|below|including|includes|an?|based|on|parameters|criteria|laboratory|results|values|meaning|manifested|"
    r"meets?|i\.?e|e\.?g|having|measured|tests?)\b[:.]?)*\s*$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:if|with|in|for|unless|except(?:ion|ing)?s?|when|where|presence|due to|who|those|Gilbert|metasta\w+|involvement|"
    r"anticoag\w+|males?|females?|men|women)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:exceptions?\b|if\b|for\b|in (?:case|patients|participants|subjects|the presence)|unless\b|or\b|except\b"
    r"|(?:patients|participants|subjects|those|with|known)\b[^.;]{0,60}(?:metasta|gilbert))",
    re.IGNORECASE,
)
_STOP = re.compile(r"[;；\n]|\.(?=\s+[A-Z]|\s*$)")
# For whom a second limit is: the words, and what is asked of the person.
_FOR_WHOM: tuple[tuple[re.Pattern[str], tuple[str, str, str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), asked)
    for pattern, asked in (
        (
            r"\b(?:liver|hepatic)\b[^.;]{0,40}(?:metasta\w+|involvement|lesions?|tumou?rs?|disease)|metasta\w+ (?:in|to|of) (?:the )?liver",
            ("metastasis.site", "had", "liver"),
        ),
        (r"\b(?:bone|bony|skeletal)\b(?:\s+\w+){0,4}\s+(?:metasta\w+|involvement)", ("metastasis.site", "had", "bone")),
        (r"\bGilbert", ("comorbidity", "had", "gilbert_syndrome")),
        (r"\banti-?coag|\bwarfarin|\bheparin", ("medication_class", "had", "anticoagulant")),
        (r"\b(?:females?|women)\b", ("sex", "is", "female")),
        (r"\b(?:males?|men)\b", ("sex", "is", "male")),
    )
)


# A limit of these labs is open for people of whom the same statement says more further on.
_SPARES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("bilirubin",), re.compile(r"\bGilbert", re.IGNORECASE)),
    (
        ("ast", "alt", "transaminases", "alp"),
        re.compile(r"\b(?:liver|hepatic|bone)\W+(?:\w+\W+){0,3}metasta", re.IGNORECASE),
    ),
)
_WORTH = re.compile(r"\d|normal|ULN|LLN|UNL|WNL")
_WIDE = str.maketrans("（）［］，；：＜＞＝％", "()[],;:<>=%")
_LONGEST = 140  # characters between a limit and another one for some


class _Group(NamedTuple):
    """Names that share a limit: "AST and ALT"."""

    start: int
    end: int
    ids: tuple[str, ...]
    joined: str


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    if not _WORTH.search(words):
        return
    words = words.translate(_WIDE)
    groups = list(_groups(words))
    done = 0
    for number, group in enumerate(groups):
        if group.start < done or not group.ids:
            continue
        others = [each.start for each in groups[number + 1 :] if not set(each.ids) <= set(group.ids)]
        stop = _stop(words, group.end, min([*others, len(words)]))
        found = quantities(words, group.end, stop)
        if not found or not found[0].op or not _gap(words, group.end, found[0].start):
            continue
        for atom in _limited(words, group, found, stop):
            done = max(done, atom.end)
            yield atom


def _gap(words: str, start: int, end: int) -> bool:
    bracket = re.compile(_BRACKET).match(words, start, end)
    return bool(_BETWEEN.fullmatch(words, bracket.end() if bracket else start, end))


def in_unit(lab: str, value: float, unit: str) -> float | None:
    """A value of `lab` (its id) in the unit that predicates are in; None for a unit that is not known for it.

    >>> in_unit("creatinine", 88.4, "umol/L"), in_unit("neutrophils", 1500, "/uL"), in_unit("platelets", 150, "")
    (1.0, 1.5, 150)
    """
    row = _rows().get(lab)
    if row is None:
        return None
    if not unit and row["unit"]:
        unit = next((told for low, high, told in row.get("bare", ()) if low <= value <= high), "?")
    factor = 1 if unit == row["unit"] else row.get("units", {}).get(unit)
    return None if factor is None else value if factor == 1 else round(value * factor, 3)


def _limited(words: str, group: _Group, found: Sequence[Quantity], stop: int) -> Iterator[Atom]:
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
            whom = _for_whom(said, end, after)
            limits = {
                lab: _for_some(limits[lab], value, whom, first, quantity) for lab, value in other.items() if value
            }
            end = _closed(words, after, stop)
        elif re.fullmatch(r"[\s,(]*\bor\b[\s,]*", between) and first.op == quantity.op:
            limits = {lab: some([limits[lab], value]) for lab, value in other.items() if value}
            end = _added(words, quantity.end, stop)
        else:
            break
    if len(found) == 1:
        limits, end = _spared(words, limits, first, end, stop)
    limits = _later(words, limits, first, max(end, short))
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


def _spared(
    words: str, limits: dict[str, Expression], first: Quantity, end: int, stop: int
) -> tuple[dict[str, Expression], int]:
    """ "Unless known Gilbert's syndrome": a second group without a limit of its own."""
    match = re.compile(
        r"\s*[,(\[]?\s*(?:unless|except(?:ions?)?(?: for| in| of)?|with the exception of|excluding|higher [^.;()]{0,40}permitted if)\b"
        r"(?P<whom>[^.;()]{3,110})[)\]]?",
        re.IGNORECASE,
    ).match(words, end, stop)
    if not match:
        return limits, end
    whom = _for_whom(match["whom"], match.start("whom"), match.end("whom"))
    open_ = unparsed(match.start("whom"), match.end("whom"))
    if first.op in ("at_most", "normal") or (first.op == "below" and first.of == "ULN") or first.op == "at_least":
        return {lab: some([limit, every([whom, open_])]) for lab, limit in limits.items()}, match.end()
    return {lab: every([limit, negated(every([whom, open_]))]) for lab, limit in limits.items()}, match.end()


def _later(words: str, limits: dict[str, Expression], first: Quantity, end: int) -> dict[str, Expression]:
    """Where what follows says more for people with Gilbert's syndrome, or with metastases, the limit is open for them."""
    upper = first.op in ("at_most", "normal") or (first.op == "below" and first.of == "ULN")
    told = {}
    for lab, limit in limits.items():
        match = next((pattern for ids, pattern in _SPARES if lab in ids and pattern.search(words, end)), None)
        if match and upper and limit.logic is Logic.IS:
            whom = _for_whom(words[end:], end, len(words))
            limit = some([limit, every([whom, unparsed(end, len(words))])])
        told[lab] = limit
    return told


def _for_some(strict: Expression, other: Expression, whom: Expression, first: Quantity, second: Quantity) -> Expression:
    """Two limits, the second for some only: whichever implies the other decides at its end."""
    if first.op in ("at_most", "below", "normal"):
        lenient = second.value >= first.value
        accepts = lenient
    else:
        lenient = second.value <= first.value
        accepts = lenient
    if first.of != second.of or (first.unit != second.unit):
        accepts = first.op in ("at_most", "normal", "at_least")
    if accepts:
        return some([strict, every([other, whom])])
    return every([strict, some([other, negated(whom)])])


def _of_all(parts: list[Expression], group: _Group, first: Quantity) -> Expression:
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
    row = _rows()[lab]
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
    return None if value is None else asks(start, end, name, quantity.op, value, unit=row["unit"]).expression


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether both limit the same side."""
    upper = ("at_most", "below", "normal")
    return (one.op in upper) == (other.op in upper)


def _same(lab: str, one: Quantity, other: Quantity) -> bool:
    """Whether a second limit only says the first in another unit."""
    row = _rows()[lab]
    if "both" in row or one.of or other.of or one.op not in (other.op, "normal"):
        return False
    first, second = (in_unit(lab, each.value, each.unit) for each in (one, other))
    return first is not None and second is not None and abs(first - second) <= 0.03 * first


def _for_whom(said: str, start: int, end: int) -> Expression:
    told = []
    for pattern, (concept, op, value) in _FOR_WHOM:
        if pattern.search(said) and not (concept == "sex" and told):
            told.append(asks(start, end, concept, op, value).expression)
    return some(told) if told else unparsed(start, end)


def _added(words: str, end: int, stop: int) -> int:
    """Where the words end that only say the same again in brackets, how it is reckoned, or when it was measured."""
    again = re.compile(
        r"\s*[(\[=]\s*(?:or\s+|i\.?e\.?,?\s+)?[\d.,\s]*(?:x|×)?[^()\[\]a-km-zA-KM-Z]{0,14}(?:[uµμ]|mc)?L?\s*[)\]]"
    ).match(words, end, stop)
    if again and re.search(r"\d", again[0]) and not re.search(r"[≥≤<>]", again[0]):
        end = again.end()
    added = _ADDED.match(words, end, stop)
    return _closed(words, added.end() if added and added.end() > end else end, stop)


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


def _groups(words: str) -> Iterator[_Group]:
    """Names, with what stands in brackets behind them, joined where they share a limit."""
    found: _Group | None = None
    for match in _name().finditer(words):
        lab = (match.lastgroup or "")[1:]
        if found and lab in found.ids and re.fullmatch(r"\s*[)\]]?\s*[(\[]\s*", words[found.end : match.start()]):
            found = found._replace(end=_bracket_end(words, match.end()))
        elif found and _JOINED.fullmatch(words, found.end, match.start()):
            ids = tuple(dict.fromkeys((*found.ids, lab)))
            joint = _joint(words[found.end : match.start()]) or found.joined
            found = _Group(found.start, match.end(), ids, joint)
        else:
            if found:
                yield found
            found = _Group(match.start(), match.end(), (lab,), "")
    if found:
        yield found


def _bracket_end(words: str, end: int) -> int:
    close = re.compile(r"[\s)\]]*[)\]]").match(words, end)
    return close.end() if close else end


def _joint(said: str) -> str:
    """`and/or`, `and`, `or`, `/`: how the last two names of a group are joined."""
    plain = said.lower()
    if re.search(r"\band\s*/\s*or\b", plain):
        return "and/or"
    word = re.search(r"\b(?:and|or)\b|&", plain)
    return word[0].replace("&", "and") if word else "/" if "/" in plain else ""


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in table()["labs"]}


@cache
def _name() -> re.Pattern[str]:
    """Every name, each lab in a group of its own (`_` and its id); the order of the table decides."""
    parts = []
    for lab, row in _rows().items():
        forms = "|".join(f"(?-i:{form})" if re.fullmatch(r"[A-Z]{2,4}", form) else form for form in row["forms"])
        parts.append(rf"(?P<_{lab}>{forms})")
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])".replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE
    )
