"""Invasion of lymph and blood vessels, and of nerves: seen, not seen, possible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.tumour.answer import answer
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope

_G = r"[\s./–-]{1,4}"
_VESSEL = re.compile(
    r"(?<![a-z])(?:(?:lympho?|angio|lymphatic|vascular|venous|vein|capillary|blood|small|large|intra)"
    rf"(?:{_G}|\s?(?:and|or|/)\s?|\s?&\s?)?){{0,3}}"
    r"(?:lympho?vas\w*|vas?cular|vas\w{3,6}|vessels?|venous|lymphatics?|angiolymph\w*|lymph\w{3,5}|lv)"
    rf"(?:{_G}channels?|{_G}spaces?|\s?/\s?(?:lymph\w*|vascular|venous|angio\w*)){{0,2}}(?:,?\s(?:or"
    rf"|and)\s(?:peri-?)?neural)?{_G}(?:invasi\w+|involv\w+|permeation|emboli\w*|tumou?r\s+emboli)"
    r"|(?<![a-z])(?:lvi|lvsi|alvi)(?![a-z])|(?<![a-z])angio-?invasi\w+|(?<![a-z])intravascular\s+(?:tumou?r|carcin\w+)"
    r"|(?<![a-z])lymphangi(?:osis|tis)\s+carcinomatosa|(?<![a-z])permeation\s+of\s+(?:the\s+)?(?:lymphatics?|vessels?|vascular)"
    r"|(?<![a-z])invasio\s+carcinomatosa\s+vasorum|(?<![a-z])lymphatic\s+(?:tumou?r\s+)?(?:emboli|permeation)"
    r"|(?<![a-z])tumou?r\s+emboli\b|(?<![a-z])invasion\s+of\s+(?:the\s+)?(?:blood\s+|lympho?vascular\s+"
    r"|vascular\s+|lymphatic\s+|lymph\s+)?(?:vessels|lymphatics|spaces?|channels?)"
)
_NERVE = re.compile(
    rf"(?<![a-z])(?:peri-?neur\w+|neural|nerve)(?:{_G}(?:space|sheath))?{_G}(?:invasi\w+|involv\w+)"
    rf"|(?<![a-z])pni(?![a-z])"
)
_LETTERS = re.compile(
    r"(?<![a-z])l\s?(?P<l>[01o])\s?,?\s?\(?v\s?(?P<v>[012o])|(?<=[0-3a-dx])l(?P<l2>[01o])v(?P<v2>[012o])"
)

_ABSENT = (
    r"not\s+(?:\w+\s+)?(?:identified|identifled|seen|present|detected|evident|found|demonstrated|observed"
    r"|noted|recogni[sz]ed|appreciated)|\bno(?:ne|t)?\b"
    r"|absent|absence|negative|unidentified|without|free\b|\bneg\b|\b0\b"
)
_OPEN = (
    r"suspicious|suggest\w*|equivocal|possibl\w+|probabl\w+|questionabl\w*|suspected"
    r"|cannot\s+be\s+(?:\w+\s+)?(?:excluded|ruled)|indetermin\w+"
    r"|cannot\s+(?:exclude|rule)"
)
_PRESENT = (
    r"present|identified|\bseen\b|positive|\byes\b|extensive\w*|focal\w*|found|noted|prominent|detected"
    r"|massiv\w+|evident|confirmed|multifocal"
    r"|widespread|\b1\b|\bpos\b|demonstrated|minimal|rare\b|few\b|abundant|marked"
)
_NOTHING = (
    r"not\s+(?:specified|applicable|stated|reported|given|assessed|mentioned|provided|assessable)|n/a"
    r"|cannot\s+be\s+(?:assessed|determined)|unknown|pending|see\s+(?:below|comment|note)"
)
_STATE = re.compile(f"(?P<nothing>{_NOTHING})|(?P<possible>{_OPEN})|(?P<absent>{_ABSENT})|(?P<present>{_PRESENT})")
_STATE_BEFORE = re.compile(
    r"(?P<possible>suspicious\s+for|suggest\w+(?:\s+of)?|possible|probable|questionable|equivocal\s+for"
    r"|cannot\s+(?:exclude|rule\s+out))"
    r"|(?P<absent>\bno\b(?:\s+(?:evidence|definite|definitive|unequivocal|convincing))?|without"
    r"|negative\s+for|absence\s+of|free\s+of|lack(?:s|ing)?(?:\s+of)?|\bnor\b"
    r"|devoid\s+of|neither)|(?P<present>foc(?:us|i|al)\w*(?:\s+of)?|presence\s+of|extensive"
    r"|positive(?:\s+for|(?=\s*$))|\bwith\b|shows?|showing|multifocal|prominent|rare|identified"
    r"|there\s+is|demonstrat\w+|evidence\s+of|areas?\s+of|minimal|widespread|massive|marked)"
)
# The field after this one begins where its name stands before a colon, or at a bullet.
_NEXT = re.compile(r"[a-z)][a-z )]{2,40}\s?:|\s-\s|\s•|\n[ \t]{0,3}\n|;")
_DERMAL = re.compile(r"dermal|skin|intradermal")
_NODE = re.compile(r"(?:lymph\s+nodes?|capsul\w+)[^.]{0,40}$")
_QUICK = re.compile(r"lymphangi|invas|involv|\blvi\b|\blvsi\b|embol|\bpni\b|permeat|\bl[01o] ?,? ?v|l[01o]v")


def find(scope: Scope) -> Iterator[Mention]:
    """Lymphovascular and perineural invasion, from the best section that speaks of it."""
    if not _QUICK.search(scope.low):
        return
    yield from best([*_of("lvi", _VESSEL, scope), *_letters(scope)])
    yield from best(list(_of("pni", _NERVE, scope)))


def _of(concept: str, pattern: re.Pattern[str], scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for match in scope.finditer(pattern):
        dermal = _DERMAL.search(low, max(0, match.start() - 30), match.end())
        state = _state(low, match.start(), match.end())
        if state is None or (_NODE.search(low, max(0, match.start() - 80), match.start()) and concept == "lvi"):
            continue
        value, start, end = state
        if dermal and value == "absent":
            continue
        strength = 1 if dermal or re.match(r"(?:venous|large|blood)[\s.]+(?:vessel[\s.]+)?inva", match.group()) else 0
        details: dict[str, str | int | float] = {"where": "dermal"} if dermal else {}
        if "extensive" in low[start:end] or "massiv" in low[start:end]:
            details["extent"] = "extensive"
        rank = scope.rank(match.start())
        if scope.pathology and rank >= Rank.GROSS:
            rank = Rank.NEVER
        yield scope.mention(
            concept, value, start, end, f"tumour.{concept}", strength=strength, details=details, rank=rank
        )


def _state(low: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The value and the span of its words: what stands before the name decides first, unless a colon follows."""
    colon = re.match(r"(?:\s?\([^)\n]{0,30}\))?\s?[:=]", low[end : end + 40])
    before = low[max(0, start - 45) : start]
    if not colon:
        found = _before(before)
        if found:
            value, at = found
            after = re.match(
                r"[\s.]{0,3}(?:is|are)?\s?(?:not\s+(?:identified|seen|present)|absent)", low[end : end + 40]
            )
            if value == "present" and after:
                return "absent", start, end + after.end()
            return value, start - len(before) + at, end
    given = answer(low, end)
    if given.says == "open":
        return None
    if given.says == "no":
        return "absent", start, given.end
    window = low[end : end + 70]
    limit = _NEXT.search(window, colon.end() if colon else 1)
    stop = limit.start() if limit else len(window)
    if not colon:
        sentence = re.search(r"\.\s+(?!not\b|identified|present|absent|is\b|seen)", window)
        stop = min(stop, sentence.start()) if sentence else stop
    state = _STATE.search(window, 0, max(stop, 0))
    if state is None or state.lastgroup == "nothing":
        return None
    doubt = re.search(rf"^[\s\w]{{0,14}}(?:{_OPEN})", window[state.end() : stop])
    if state.lastgroup == "present" and doubt:
        return "possible", start, end + state.end() + doubt.end()
    return str(state.lastgroup), start, end + state.end()


def _before(before: str) -> tuple[str, int] | None:
    """The nearest cue before the name, in the same statement."""
    cut = max(before.rfind(". - "), before.rfind(";"), before.rfind(":"), before.rfind("\n\n"), before.rfind(" - "))
    found = None
    for match in _STATE_BEFORE.finditer(before, cut + 1):
        between = before[match.end() :]
        if re.search(
            r"\bbut\b|\.\s|,\s*(?:and\s+)?(?:margin|perineural)|\bidentified\b|\bpresent\b|\bfree\b"
            r"|\bnegative\b(?!\s+for)",
            between,
        ):
            continue
        if found and found[0] == "absent" and match.lastgroup == "present":
            continue
        found = (str(match.lastgroup), match.start())
    return found


def _letters(scope: Scope) -> Iterator[Mention]:
    """L and V beside T, N and M: "L0 V0", "L1V1"."""
    for match in scope.finditer(_LETTERS):
        if re.search(
            r"t\s?[0-4x]|\bg[123i]|\br[0o]\b|n\s?[0-3ox]", scope.low[max(0, match.start() - 60) : match.end() + 20]
        ):
            states = {(match["l"] or match["l2"]), (match["v"] or match["v2"])}
            value = "present" if states & {"1", "2"} else "absent"
            yield scope.mention("lvi", value, match.start(), match.end(), "tumour.lvi.letters", strength=1)
