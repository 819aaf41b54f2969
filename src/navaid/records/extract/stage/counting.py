"""Statements on numbers of nodes: "(0/1)", "two of three", "fifteen nodes, no tumor", a part that is one node."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from navaid.records.extract.stage.numbers import NUMBER, number
from navaid.records.extract.tumour.scope import Scope


@dataclass(frozen=True)
class Count:
    """`positive` of `examined` nodes at `text[start:end]`; `total` where the words say that it is the sum."""

    positive: int
    examined: int
    start: int
    end: int
    sentinel: bool
    total: bool = False
    in_figures: bool = False


MOST = 400  # statements of one kind: no paper counts its nodes so often; each is held against the others
_N = NUMBER
_NODES = r"(?:lymph[\s.]{1,3}nodes?|nodes?\b|ln'?s?\b|slns?\b|lymphonod\w+)"
_KIND = r"(?:[a-z#'-]+[\s.]{1,3}){0,4}?"
_SLASH = re.compile(r"(?<![\d/.,+-])(?P<a>\d{1,2})\s?/\s?(?P<b>l\d|\d{1,2}|l(?=\)))(?![\d/%]|\s?(?:hpf|mm|cm)|\.\d)")
_OF = re.compile(
    rf"(?<![a-z\d/.-])(?P<a>{_N})[\s.(]{{1,3}}(?:out[\s.]{{1,2}})?of[\s.]{{1,3}}(?:the[\s.]{{1,2}})?"
    rf"(?:a[\s.]{{1,2}}total[\s.]{{1,2}}of[\s.]{{1,2}})?(?P<b>{_N})(?![a-z\d/])[\s.)]{{0,3}}"
    rf"(?P<after>{_KIND}{_NODES})?"
)
_METS = r"(?:tumou?r|metasta\w+|carcin\w+|malignan\w+|positive|involved|isolated|micrometa\w+)"
_NEGATIVE = (
    r"(?:negative|no\s+(?:\w+\s+){0,3}(?:tumou?r|carcin\w+|malignan\w+|metasta\w+|evidence)|benign"
    r"|reactive|free\s+of|uninvolved|without\s+(?:evidence\s+of\s+)?(?:metasta\w+|tumou?r|carcin\w+)"
    r"|no\s+evidence|not\s+involved|unremarkable)"
)
_PLAIN = re.compile(
    rf"(?<![a-z\d/.-])(?P<all>all\s+(?:of\s+)?)?(?P<a>{_N}|a\s+single|single\s\(of\s\d{{1,2}}\)|multiple\s\(\d{{1,2}}\)"
    rf"|single)(?![a-z\d/])[\s.]{{1,3}}(?P<kind>{_KIND}){_NODES}(?P<after>[^.;]{{0,75}})"
)
_OF_WHICH = re.compile(
    rf"(?<![a-z\d/.-])(?P<b>{_N})[\s.]{{1,3}}{_KIND}{_NODES}(?:[\s.]{{1,3}}(?:were|was|are|is|have|been|found|identified|examined"
    rf"|retrieved|present|removed|sampled|dissected)){{0,4}}[\s.,]{{1,4}}(?:of\s+which|of\s+these|including)[\s,]{{1,3}}"
    rf"(?P<a>{_N})[\s.]{{1,3}}(?:(?:are|is|were|was|contain\w*|show\w*|has|have|with|hold\w*)[\s.]{{1,3}})?(?:\w+[\s.]{{1,3}})?{_METS}"
)
# "Nodes: total 15, positive 4", "nodes examined 12; involved: 2".
_TOTAL_THEN = re.compile(
    rf"(?<![a-z]){_NODES}[^.;:\n]{{0,25}}[:(]?\s{{0,20}}(?:total|examined|removed|sampled|retrieved|found)\s?[:=]?\s{{0,3}}(?P<b>{_N})"
    rf"\s?[,;/)(]?\s{{0,3}}(?:number\s)?(?:positive|involved|metastatic|with\s(?:tumou?r|metasta\w+|cancer))\s?[:=]?\s{{0,3}}(?P<a>{_N})(?![\d/])"
)
_POSITIVE_OF = re.compile(
    rf"(?<![a-z\d/.-])(?P<a>{_N})\s(?:positive|involved|metastatic)\s(?:\w+\s)?(?:out\s)?of\s(?:a\stotal\sof\s)?(?P<b>{_N})(?![a-z\d/])"
)
# A score of a receptor is no count of nodes: "ER positive, 8/8".
_SCORE = re.compile(
    r"\b(?:er|pr|pgr|ar|o?estrogen|progesterone|receptors?|allred|quick\s?score|her-?2)\b[^.;\n]{0,45}$"
)
# A field that ends its line: the next line has a field of its own.
_FIELD_ENDS = re.compile(r"(?:[._…·]{3}|:|\t|\s{3})[ \t]{0,4}$")
_NO_IN = re.compile(
    rf"(?<![a-z])(?:no\s+(?:\w+\s+){{0,3}}?(?:carcin\w+|tumou?r|malignan\w+|metasta\w+|neoplasm|deposit)"
    rf"|negative\s+for\s+\w+)(?:\s+(?:deposit|tumou?r|disease|carcin\w+))?(?:\s+(?:seen|identified|present"
    rf"|found))?[\s.]{{1,3}}(?:in|identified\s+in"
    rf"|seen\s+in)[\s.]{{1,3}}(?:any[\s.]{{1,2}}of[\s.]{{1,2}})?(?:the[\s.]{{1,2}})?"
    rf"(?P<b>{_N})[\s.]{{1,3}}{_KIND}{_NODES}"
)
_IN = re.compile(
    rf"(?<![a-z])(?:metasta\w+|micrometa\w+|carcin\w+|tumou?r"
    rf"|disease)(?:[\s.]{{1,3}}[\w&]+){{0,10}}?[\s.]{{1,3}}(?:in|to|into|involv\w+"
    rf"|identified\s+in)[\s.]{{1,3}}(?P<a>{_N})[\s.]{{1,3}}{_KIND}{_NODES}(?![\s.]{{1,3}}\(?(?:0|out|of))"
)
_HOW_MANY = re.compile(rf"(?<![a-z\d/.-])({_N})[\s.]{{1,3}}(?:lymph[\s.]node[\s.])?$")
_ROMAN = re.compile(r"no\.?\s?(?P<a>[ivxl]{1,6})(?:\s?/\s?(?P<b>[ivxl]{1,7}))?(?![a-z])")
_SENTINEL = re.compile(r"sentin[ea]l|\bsln|\bsnb?\b|sent\.?\s+(?:ln|node)")
_NON = re.compile(r"non[\s-]{0,2}sentin[ea]l|non[\s-]?sent\b|nonsentinel")
_TOTAL_WORDS = re.compile(
    r"parts?\s*\"?[a-z]\b|\babove\b|\bbelow\b|total|\bsee\s+part|combined|overall|all\s+specimens"
)


def statements(scope: Scope) -> list[Count]:
    """The statements on numbers of nodes, those that overlap or repeat one another told once."""
    found: list[Count] = []
    repeated: list[
        Count
    ] = []  # what lies across one of these is another way to read it: "five of twelve nodes positive"
    slashes = list(itertools.islice(_slashes(scope), MOST))
    counted = {scope.section(c.start).start for c in slashes if scope.section(c.start).part}
    for count in [
        *slashes,
        *itertools.islice((c for c in _worded(scope) if scope.section(c.start).start not in counted), MOST),
        *itertools.islice(_romans(scope), MOST),
    ]:
        if any(_same(count, other, scope) or _again(scope, count, other) for other in found):
            repeated.append(count)
        elif not any(count.start < other.end and other.start < count.end for other in repeated):
            found.append(count)
    singles = [
        c
        for c in itertools.islice(_singles(scope), MOST)
        if not any(scope.section(c.start).start == scope.section(o.start).start for o in found)
    ]
    return sorted([*found, *singles], key=lambda count: count.start)


def _again(scope: Scope, a: Count, b: Count) -> bool:
    """Whether the same figures stand twice: "2 of 14 nodes, … (2/14)", or in the part of the breast as well."""
    if (a.positive, a.examined) == (b.positive, b.examined) and a.examined > 3:
        heads = [scope.section(count.start).head.lower() for count in (a, b)]
        if any(re.search(r"breast|mastectomy", head) and not re.search(_NODES, head) for head in heads):
            return True
    twice = (a.positive, a.examined) == (b.positive, b.examined) and a.examined > 2
    return twice and scope.section(a.start).start == scope.section(b.start).start


# The same figures in brackets on a line of their own: "TEN OF FOURTEEN NODES POSITIVE", an empty line, "(10/14)".
_ALONE = re.compile(r"[^\n]{0,90}\s{1,8}\(")


def _same(a: Count, b: Count, scope: Scope) -> bool:
    """Whether two statements are one: they overlap, or "(0/1)" stands after the words for it."""
    if a.start < b.end and b.start < a.end:
        return True
    first, second = sorted((a, b), key=lambda count: count.start)
    bracketed = scope.low[second.start - 1] == "("
    if (first.in_figures == second.in_figures and not (bracketed and not second.in_figures)) or scope.section(
        a.start
    ).start != scope.section(b.start).start:
        return False
    between = scope.low[first.end : second.start]
    if bracketed and (a.positive, a.examined) == (b.positive, b.examined) and _ALONE.fullmatch(between):
        return True
    near = len(between) < 60 and not re.search(r"[.;]\s+(?:-|[a-z]\.\s|part|level)|\n\s*\n|\blevel\b", between)
    return near and (b.examined in {a.examined, a.positive} or a.examined == b.positive)


def _slashes(scope: Scope) -> Iterator[Count]:
    low = scope.low
    for match in scope.finditer(_SLASH):
        a, b = int(match["a"]), int(match["b"].replace("l", "1"))  # OCR reads "0/l2"
        if a > b or b == 0 or b > 70:
            continue
        before = low[max(0, match.start() - 130) : match.start()]
        head = scope.section(match.start()).head.lower()
        close = before[-70:] + low[match.end() : match.end() + 45]
        node = re.search(_NODES, close) or (
            re.search(_NODES + r"|axill|\bslnb\b|\balnd\b", head + before) and low[match.start() - 1] == "("
        )
        staged = re.search(r"\bp?n[0-3][a-c]?(?:mi)?\s?(?:\((?:sn|i[+-])\)\s?)?\($", before[-16:])
        level = re.search(r"level\s+(?:i{1,3}|[123])\s?:\s?$", before)
        if not (node or level or staged) or re.search(
            r"grade|score|slides?|tubul|nuclear|mitot|grad\w+\s*$|out\s+of\s+9|\ber\b|allred|sections|blocks",
            before[-22:],
        ):
            continue
        if _SCORE.search(before):
            continue
        yield replace(_count(scope, a, b, match.start(), match.end()), in_figures=True)


def _worded(scope: Scope) -> Iterator[Count]:
    low = scope.low
    for match in scope.finditer(_OF):
        a, b = number(match["a"]), number(match["b"])
        around = low[max(0, match.start() - 60) : match.end() + 60]
        if (
            a is None
            or b is None
            or a > b
            or b > 70
            or re.search(
                r"grade|score|slides?\b|blocks|nuclear|cores", low[max(0, match.start() - 25) : match.end() + 12]
            )
        ):
            continue
        if match["after"] or (re.search(_NODES, around) and re.search(_METS + "|" + _NEGATIVE, around)):
            zero = match["after"] and re.match(
                rf"[\s.]{{0,3}}(?:is\s+|are\s+)?{_NEGATIVE}", low[match.end() : match.end() + 40]
            )
            yield _count(scope, 0 if zero else a, b, match.start(), match.end())
    for match in scope.finditer(_NO_IN):
        b = number(match["b"])
        if b:
            yield _count(scope, 0, b, match.start(), match.end())
    for match in scope.finditer(_TOTAL_THEN):
        a, b = number(match["a"]), number(match["b"])
        if a is not None and b and a <= b <= 70:
            yield _count(scope, a, b, match.start(), match.end())
    for match in scope.finditer(_POSITIVE_OF):
        a, b = number(match["a"]), number(match["b"])
        near = low[max(0, match.start() - 60) : match.end() + 20]
        if a is not None and b and a <= b <= 70 and re.search(_NODES + r"|axilla", near):
            yield _count(scope, a, b, match.start(), match.end())
    for match in scope.finditer(_OF_WHICH):
        a, b = number(match["a"]), number(match["b"])
        if a is not None and b and a <= b <= 70:
            yield _count(scope, a, b, match.start(), match.end())
    for match in scope.finditer(_PLAIN):
        yield from _plain(scope, match)
    for match in scope.finditer(_IN):
        a = number(match["a"])
        few = _HOW_MANY.search(low, max(0, match.start() - 24), match.start())
        if a and few and (some := number(few[1])) and some <= a:
            yield _count(scope, some, a, few.start(1), match.end())  # "3 metastases in 17 nodes"
            continue
        if a and not re.search(r"\bno\b[^.]{0,30}$", low[max(0, match.start() - 40) : match.start()]):
            yield _count(scope, a, a, match.start(), match.end())


def _plain(scope: Scope, match: re.Match[str]) -> Iterator[Count]:
    """ "Ten (10) lymph nodes negative for tumor", "two benign nodes", "all 12 nodes positive"."""
    many = re.search(r"\d+", match["a"]) if match["a"].startswith("multiple") else None
    b = int(many.group()) if many else 1 if "single" in match["a"] else number(match["a"])
    if (
        not b
        or b > 70
        or re.search(
            r"\b(?:of|level|no|number|#|part|specimen)\s*$", scope.low[max(0, match.start() - 12) : match.start()]
        )
    ):
        return
    line = scope.low.find("\n", match.start(), match.end())
    if line >= 0 and _FIELD_ENDS.search(scope.low, max(0, match.start() - 30), match.start()):
        return
    after, kind = match["after"], match["kind"]
    end = match.end() - len(after)
    if re.search(r"\b(?:benign|reactive|negative|unremarkable|uninvolved)\b", kind):
        yield _count(scope, 0, b, match.start(), end)
        return
    if re.search(r"\b(?:positive|metastatic|involved)\b", kind):
        yield _count(scope, b, b, match.start(), end)
        return
    head = re.match(
        rf"[\s,:)(-]{{0,4}}(?:\(\d{{1,2}}\)[\s,]{{0,2}})?(?:is\s+|are\s+|show\w*\s+|with\s+|have\s+|has\s+"
        rf"|all\s+|and\s+|,\s*)?(?P<what>{_NEGATIVE})",
        after,
    )
    if head:
        yield _count(scope, 0, b, match.start(), end + head.end())
        return
    bad = re.match(
        r"[\s,:)(-]{0,4}(?:\(\d{1,2}\)[\s,]{0,2})?(?:is\s+|are\s+|was\s+|were\s+|with\s+|contain\w*\s+"
        r"|show\w*\s+|involved\s+)*(?:\w+\s+)?(?P<what>positive|metasta\w+|macrometa\w+|micrometa\w+"
        r"|involved)",
        after,
    )
    if bad and not re.search(r"\bno\b|negative|without|isolated", after[: bad.end() + 22]):
        yield _count(scope, b, b, match.start(), end + bad.end())
    elif bad or re.search(r"isolated\s+tumou?r|cytokeratin-positive", after):
        yield _count(scope, 0, b, match.start(), end)


def _romans(scope: Scope) -> Iterator[Count]:
    """ "Metastases in lymphonodis (No III/XI)", as Polish reports count."""
    low = scope.low
    for match in scope.finditer(_ROMAN):
        if not re.search(r"lymphono?d\w*|lymph\s+nodes?", low[max(0, match.start() - 70) : match.start()]):
            continue
        a, b = _roman(match["a"]), _roman(match["b"]) if match["b"] else 0
        bad = re.search(r"metasta", low[max(0, match.start() - 80) : match.start()])
        if a and (b or not bad):
            yield _count(scope, a if b else 0, b or a, match.start(), match.end())


def _roman(letters: str) -> int:
    figures = {"i": 1, "v": 5, "x": 10, "l": 50}
    values = [figures[letter] for letter in letters]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


_TOTAL_OF = re.compile(r"total\s+(?:number\s+of\s+)?(?:lymph\s+)?nodes?[^.:;]{0,20}:\s{0,2}$")
_ONE_HEAD = re.compile(r"(?:sentin[ea]l\s+(?:lymph\s+)?node|lymph\s+node|\bsln|node)(?!s)(?:\s?\(s\))?")


def _singles(scope: Scope) -> Iterator[Count]:
    """A part that is one node and is called negative or positive with no number."""
    for section in scope.view.sections:
        if (
            not section.part
            or section.kind not in {"final_diagnosis", ""}
            or not _ONE_HEAD.search(section.head.lower())
        ):
            continue
        if re.search(r"nodes\b|dissection|contents|breast.*mastectomy", section.head.lower()) or "&" in section.part:
            continue
        body = scope.low[section.body : min(section.end, section.body + 160)]
        if re.search(r"no\s+lymphoid|no\s+lymph\s+node|adipose\s+tissue,?\s*$|no\s+nodal", body):
            continue
        state = re.search(
            rf"(?P<itc>(?:rare|individual|isolated"
            rf"|single)[\s.]{{1,3}}(?:\w+[\s.-]{{1,3}}){{0,2}}(?:tumou?r|cytokeratin|cells))"
            rf"|(?P<no>{_NEGATIVE})|(?P<yes>positive\s+for|metasta\w+|micrometa\w+|macrometa\w+)",
            body,
        )
        if state:
            start = section.body + state.start()
            yield _count(scope, 1 if state["yes"] else 0, 1, start, section.body + state.end())


def _count(scope: Scope, positive: int, examined: int, start: int, end: int) -> Count:
    low = scope.low
    section = scope.section(start)
    head = section.head.lower()
    words = low[max(section.start, start - 60) : end + 12] + " " + head
    sentinel = bool(_SENTINEL.search(_NON.sub(" ", words)))
    node_part = bool(re.search(_NODES + "|axill|sentin", head))
    label = re.search(r"lymph\s+nodes?\s?:[\s-]{0,4}$", low[max(0, start - 20) : start])
    elsewhere = label and any(
        _ONE_HEAD.search(s.head.lower()) for s in scope.view.sections if s.part and s.kind == section.kind
    )
    total = not node_part and bool(
        elsewhere
        or _TOTAL_WORDS.search(low[max(section.start, start - 40) : start] + low[end : min(section.end, end + 75)])
    )
    total = (total and section.part != "") or bool(_TOTAL_OF.search(low[max(0, start - 40) : start]))
    return Count(positive, examined, start, end, sentinel, total)
