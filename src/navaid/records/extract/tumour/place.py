"""Where the tumour is: side, quadrant, clock position; and whether there are several foci."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.records.extract.tumour.answer import answer
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope
from navaid.records.extract.tumour.types import TypeNamed
from navaid.terms import Assertion

_SIDE = r"(?P<side>left|right|lt|rt|lelt|bilateral)"
_FIELD = re.compile(
    rf"(?:specimen\s+|special\s+|tumou?r\s+)?(?:laterality"
    rf"|tumou?r\s+side)(?:\s?\([a-z ]{{0,12}}\))?\s{{0,2}}[:.=-]\s{{0,3}}[-(]?\s?{_SIDE}(?![a-z])"
)
# "Side: [ ] Left [x] Right": the words at empty boxes are blank.
_TICKED = re.compile(
    r"(?<![a-z])(?:side|laterality)[ ]{0,2}[:.][\s\[\](){}☑☒✓✔■x_✗]{1,60}?"
    r"(?P<side>left|right|bilateral|both|[lr])(?![a-z])"
)
# Letters in a note: "L br bx", "R lumpectomy", "L IDC", "Left TNBC". Read as written.
_LETTER = re.compile(
    r"(?<![\w/.-])(?:(?P<l>L|Lt|LT|[Ll]eft)|(?P<r>R|Rt|RT|[Rr]ight))\.?\s(?:[Bb]r(?:east)?\b|[Ll]umpectomy\b"
    r"|[Mm]astectomy\b|MRM\b|(?:triple[ -]negative\s)?I[DL]C\b|DCIS\b|TNBC\b|WLE\b)"
    r"(?!\s{1,2}(?:implant|exam|mammo|normal|clear|MRI|US\b))"
)
_DISEASE = re.compile(
    rf"(?<![a-z]){_SIDE}[\s.-]{{1,3}}(?:sided[\s.]{{1,2}})?(?:breast"
    rf"|mammary)[\s.,-]{{1,3}}(?:\w+[\s.-]{{1,3}}){{0,2}}?(?:cancer|carcin\w+|ca\b|tumou?r|idc|ilc|dcis)"
    rf"|(?:cancer|carcin\w+|tumou?r|neoplasm|malignan\w+|idc|ilc|dcis)[^.;:\n]{{0,45}}?\b(?:of|in"
    rf"|involving)[\s.]{{1,3}}(?:the[\s.]{{1,2}}|her[\s.]{{1,2}})?(?P<side2>left|right"
    rf"|both)[\s.]{{1,3}}breasts?"
    rf"|(?<![a-z])(?P<side3>left|right)[\s.-]{{1,3}}(?:\w+[\s.]{{1,3}}){{0,2}}(?:invasive"
    rf"|infiltr\w+)[\s.]{{1,3}}(?:\w+[\s.]{{1,3}}){{0,2}}carcin\w+"
    rf"|(?:breast\s(?:cancer|carcin\w+|ca\b)|(?:cancer|carcin\w+)\sof\sthe\sbreast),?\s(?:\(?(?:is\s|was\s)?(?:on|in|of)\s(?:the\s|her\s|his\s)?"
    rf"|\(?(?=(?:left|right)(?:[\s-]sided?\b|\s?[,.;)]|\s?$)))(?P<side6>left|right)(?![a-z])"
    rf"|breast,?\s(?P<side4>left|right)(?:\s?[:,-]|[ ]{{2}}|[ ]?\n)|mammae\s(?P<side5>dextrae|sinistrae)"
)
_SIDES = ("side", "side2", "side3", "side4", "side5", "side6")
_NORMAL = {
    "l": "left",
    "r": "right",
    "lt": "left",
    "lelt": "left",
    "rt": "right",
    "dextrae": "right",
    "sinistrae": "left",
    "both": "bilateral",
}
_QUADRANT = re.compile(
    r"(?<![a-z])(?P<a>upper|lower|superior|inferior|sup|inf|outer|inner|lateral"
    r"|medial)[\s./,-]{1,3}(?:and[\s.]{1,2})?(?P<b>outer|inner|lateral|medial|upper|lower)"
    r"(?P<word>[\s.]{1,3}quad\w*)?|(?<![a-z])(?P<short>uoq|uiq|loq|liq)(?![a-z])"
    r"|(?<![a-z])(?P<centre>retro-?areolar|sub-?areolar|(?:tumou?r\s+)?(?:site|location"
    r"|quadrant)\s?[:.-]\s{0,2}central\w*|behind\s+the\s+nipple|central\s+(?:breast"
    r"|portion\s+of\s+the\s+breast))|(?<![a-z])(?P<tail>axillary\s+tail)"
)
_CODES = {"uoq": "upper_outer", "uiq": "upper_inner", "loq": "lower_outer", "liq": "lower_inner"}
_UP = {"upper": "upper", "superior": "upper", "sup": "upper", "lower": "lower", "inferior": "lower", "inf": "lower"}
_OUT = {"outer": "outer", "lateral": "outer", "inner": "inner", "medial": "inner"}
# A quadrant is the tumour's only where the tumour is spoken of: blocks and sampled tissue name quadrants too.
_TUMOUR_BEFORE = re.compile(
    r"(?:tumou?r\s*#?\d?(?:\s+(?:site|location))?|\bsite|mass(?:es)?|lesion|carcin\w+|located|location"
    r"|quadrant|laterality\W{1,3}(?:right|left)|nodule|cancer|malignan\w+|dcis)"
    r"[^;]{0,70}$|(?:left|right)(?:\s+breast)?,\s{0,2}$"
)
_BLOCK = re.compile(
    r"(?:\b[a-z]\d{1,2}\s?[:,-]{1,3}|\ball\s?:|\b\d{1,2}\s?[-:,]\s?$|--|\bblock|\bsections?\b|random"
    r"|representative|uninvolved|remaining|benign|hyperplasia|papilloma|except|lymph\s+node|fibroadenoma"
    r"|margin\w*\s+(?:of|at)|cyst|biopsy\s+site|\bfoci\b|indurated)[^;:]{0,70}$"
)
_CLOCK = re.compile(
    r"(?<![\d:/.])(?P<h>1[0-2]|[1-9])(?::(?P<m>[0-5]0))?\s?(?:o\s?['’`]?\s?clock|(?<=\d:\d\d)(?=[\s.,;)]))"
)
_FOCI = re.compile(
    r"(?P<no>(?:multi-?focal\w*"
    r"|multi-?centric\w*)(?:\s+tumou?r)?(?:/multi\w+)?(?:\s+of\s+invasive\s+foci)?\s?[:=]?\s{0,2}-?\s?"
    r"(?:no\b|absent|not\s+(?:identified|seen|present)|negative|unifocal)"
    r"|\buni-?focal\w*|single\s+focus|focality[^.:]{0,20}[:.]\s{0,2}-?\s?(?:single|unifocal|one)"
    r"|single\s+(?:invasive\s+)?(?:focus|tumou?r))"
    r"|(?P<centric>multi-?centric\w*)|(?P<focal>multi-?focal(?!ly\s+calc)\w*|focality\s?:\s{0,12}multiple\s+foci"
    r"|multiple\s+foci\s+of\s+(?:invasive|infilt)\w*|(?:two|three|four|several)\s+(?:separate\s+)?(?:foci"
    r"|tumou?rs|masses)\s+(?:of\s+)?(?:invasive|infiltr|carcin|measur))"
)


def find(scope: Scope, named: Sequence[TypeNamed]) -> Iterator[Mention]:
    """Side, quadrant, clock position and focality of a tumour."""
    yield from _laterality(scope, named)
    yield from best(list(_quadrants(scope)))
    yield from best(list(_clock(scope)))
    foci = best(list(_focality(scope)))
    centric = [m for m in foci if m.value == "multicentric"]
    yield from centric or foci


def _laterality(scope: Scope, named: Sequence[TypeNamed]) -> Iterator[Mention]:
    """From the field of that name; from the part in which the tumour is; from how the disease is named."""
    found = []
    for match in scope.finditer(_FIELD):
        found.append(_side(scope, match.start(), match.end(), match["side"], 0))
    for match in [] if found else scope.finditer(_TICKED):
        found.append(_side(scope, match.start(), match.end(), match["side"], 0))
    own = [t for t in named if not t.denied and not t.metastatic and t.rank <= Rank.COMMENT]
    seat = [t for t in own if t.invasive] or [
        t for t in own if not t.invasive and t.code in {"dcis", "lcis", "phyllodes"}
    ]
    for side in dict.fromkeys(scope.side(t.start) for t in seat):
        if side and scope.pathology:
            first = next(t for t in seat if scope.side(t.start) == side)
            found.append(_at_head(scope, first, side))
    for match in [] if found else _DISEASE.finditer(scope.low):
        word = next(match[name] for name in _SIDES if match[name])
        found.append(_side(scope, match.start(), match.end(), word, 2))
    if not found and own:
        letters = [*_LETTER.finditer(scope.view.text)]
        if len({bool(match["l"]) for match in letters}) == 1:
            letter = letters[0]
            found.append(_side(scope, letter.start(), letter.end(), "left" if letter["l"] else "right", 2))
    # One finding a side is enough; of a field and a part the field comes first.
    yield from best([_not_denied(scope, m) for m in found])


def _at_head(scope: Scope, t: TypeNamed, side: str) -> Mention:
    """The side's own words in the heading of the part, or the words nearest before the tumour's name."""
    words = {"left": r"left|lt\b|lelt|sinistr\w*", "right": r"right|rt\b|dextr\w*"}[side]
    places = list(re.finditer(rf"(?<![a-z])(?:{words})", scope.low[: t.start])) or list(
        re.finditer(rf"(?<![a-z])(?:{words})", scope.low)
    )
    place = places[-1]
    return scope.mention(
        "laterality", side, place.start(), place.end(), "tumour.side.part", strength=1, side=side, rank=Rank.REPORT
    )


def _side(scope: Scope, start: int, end: int, word: str, strength: int) -> Mention:
    value = _NORMAL.get(word, word)
    return scope.mention(
        "laterality", value, start, end, "tumour.side", strength=strength, side="" if value == "bilateral" else value
    )


def _not_denied(scope: Scope, m: Mention) -> Mention:
    if m.strength < 2:
        return m
    assertion = scope.view.standing(m.start, m.end)
    if assertion in {Assertion.ABSENT, Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.PLANNED}:
        return scope.mention(m.concept, m.value, m.start, m.end, m.rule, rank=Rank.NEVER)
    return m


def _quadrants(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    if (
        "quad" not in low
        and "areolar" not in low
        and "site" not in low
        and "upper" not in low
        and not re.search(r"\b[ul][oi]q\b", low)
    ):
        return
    for match in _QUADRANT.finditer(low):
        value = _quadrant(match)
        before = low[max(0, match.start() - 90) : match.start()]
        place = _TUMOUR_BEFORE.search(before)
        rank = scope.rank(match.start())
        follows = re.match(r"[\s.]{1,3}(?:mass|tumou?r|lesion|cancer|carcin\w+)", low[match.end() : match.end() + 20])
        if (
            value is None
            or not (place or follows)
            or rank == Rank.NEVER
            or _BLOCK.search(before)
            or "margin" in low[match.end() : match.end() + 9]
        ):
            continue
        if rank == Rank.GROSS and not (
            follows
            or re.search(
                r"(?:mass|tumou?r|lesion|nodule)[^.;:]{0,50}(?:in|within|at|of|involving|occupying)\s+(?:the\s+)?$",
                before,
            )
        ):
            continue
        if (
            not match["word"]
            and not match["short"]
            and not match["centre"]
            and not re.search(r"site|location|quadrant|breast|laterality", before + match.group())
        ):
            continue
        yield scope.mention(
            "quadrant",
            value,
            match.start(),
            match.end(),
            "tumour.quadrant",
            strength=1 if re.search(r"dcis[^.]{0,50}$", before) or not place else 0,
        )


def _quadrant(match: re.Match[str]) -> str | None:
    if match["short"]:
        return _CODES[match["short"]]
    if match["centre"]:
        return "central"
    if match["tail"]:
        return None
    a, b = match["a"], match["b"]
    up, out = _UP.get(a) or _UP.get(b), _OUT.get(b) or _OUT.get(a)
    return f"{up}_{out}" if up and out and (a in _UP) != (b in _UP) else None


def _clock(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    if "clock" not in low and ":" not in low:
        return
    for match in scope.finditer(_CLOCK):
        before = low[max(0, match.start() - 80) : match.start()]
        rank = scope.rank(match.start())
        written = "clock" in match.group()
        if rank >= Rank.GROSS or re.search(
            r"stitch|suture|margin|labell?ed|am\b|time", before[-40:] + low[match.end() : match.end() + 12]
        ):
            continue
        if written and not re.search(
            r"tumou?r|mass|lesion|carcin|located|cancer|breast|position|site|radius",
            before + low[match.end() : match.end() + 20],
        ):
            continue
        if not written and not re.search(
            r"(?:site|location|position)\s?:\s{0,2}(?:\w+[\s,]{1,2}){0,3}$|(?:left|right)\sbreast,?\s$", before
        ):
            continue
        hour = int(match["h"]) + (0.5 if match["m"] == "30" else 0)
        yield scope.mention(
            "clock", int(hour) if hour == int(hour) else hour, match.start(), match.end(), "tumour.clock"
        )


def _focality(scope: Scope) -> Iterator[Mention]:
    for match in scope.finditer(_FOCI):
        rank = scope.rank(match.start())
        near = scope.low[max(0, match.start() - 40) : match.end() + 40]
        if rank >= Rank.GROSS or re.search(
            r"necrosis|calcif|stain|fibro|dcis|in[\s-]situ|adenosis|hyperplasia|metasta", near
        ):
            continue
        kind = match.lastgroup
        if kind != "no" and re.search(
            r"\bno\b[^.]{0,30}$|without[^.]{0,20}$", scope.low[max(0, match.start() - 40) : match.start()]
        ):
            kind = "no"
        given = answer(scope.low, match.end()) if kind != "no" else None
        if given and given.says == "open":
            continue
        if given and given.says == "no":
            kind = "no"
        if kind != "no" and re.match(
            r"[/\w\s]{0,40}:[ ]{0,2}(?:[a-z]{3,}[ /a-z()]{0,60}:|not\s+(?:spec|appl)|n/a)",
            scope.low[match.end() : match.end() + 60],
        ):
            continue
        value = {"no": "unifocal", "centric": "multicentric", "focal": "multifocal"}[str(kind)]
        if kind == "no" and "centric" in match.group() and "focal" not in match.group():
            continue
        yield scope.mention(
            "focality",
            value,
            match.start(),
            given.end if given else match.end(),
            "tumour.focality",
            strength=0 if kind == "no" or ":" in near else 1,
        )
