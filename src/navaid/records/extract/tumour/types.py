"""Every place where a paper names a tumour's type: which type, invasive or in situ, affirmed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from navaid.records.extract.tumour.answer import answer
from navaid.records.extract.tumour.mention import Rank
from navaid.records.extract.tumour.scope import Scope, other_organ
from navaid.tables import load as load_table


@dataclass(frozen=True)
class TypeNamed:
    """A type of tumour at `text[start:end]`. `code` is empty where the words say carcinoma and no more.

    `invasive` is None where the words leave it open; `metastatic` where they speak of spread.
    """

    code: str
    invasive: bool | None
    start: int
    end: int
    rank: Rank
    denied: bool = False
    metastatic: bool = False
    features: str = ""


_GAP = r"[\s.,/–-]{1,4}"
_INVASIVE = {"yes": True, "no": False, "maybe": None}
# What denies a tumour that is named after it, and what follows it to the same end.
_NO = re.compile(
    r"(?:\bno\b|\bnot\b|negative\s+for|without|free\s+of|absence\s+of|\bnor\b|uninvolved\s+by|rule\s+out"
    r"|\br/o\b|lack\s+of|never"
    r"|clear\s+of|denies|unremarkable\s+for|neither|other\s+than|exclude)(?P<between>[^.;:]{0,70})$"
)
_BREAK = re.compile(
    r"\bbut\b|\bhowever\b|\bwith\s+(?:an?\s+)?(?:focus|foci)|\bpositive\b|although|\bexcept\b|;|\bsurgical\s+margins?\b"
)
_ABSENT_AFTER = re.compile(
    r"[\s\])(/dcislcis]{0,12}[:\-–,]?\s{0,3}(?:\(?(?:is|are)\s+)?(?:absent|not\s+(?:identified|seen"
    r"|present|detected|found)|none|no\b(?![\s.]+special)|negative"
    r"|is\s+not|not\s+applicable|n/a)"
)
# "metastatic left breast cancer, invasive lobular carcinoma": the spread is said of the first, the type of the disease.
_SPREAD = re.compile(
    r"(?:metasta\w+|secondary|recurr\w+\s+metasta\w+)[\s.,-]{1,4}(?:(?!cancer|carcin)\w+[\s.,-]{1,4}){0,4}$"
)
_AND_ITS_TYPE = re.compile(r"cancer[\s.,/–-]{1,4}(?:invas|infiltr)")
_FEATURES = re.compile(
    r"[\s.,(]{1,4}with[\s.]{1,3}(?:\w+[\s.]{1,3}){0,3}?(?P<what>mucinous|apocrine|medullary"
    r"|micropapillary|papillary|lobular|"
    r"signet[\s-]ring|neuroendocrine|cribriform|squamous|clear\s+cell|tubular|tubulolobular"
    r"|metaplastic)(?![\s.]+carcin)"
)


def types(scope: Scope) -> Iterator[TypeNamed]:
    """The types named, in order; places do not overlap."""
    low = scope.low
    if "carcin" not in low and "cancer" not in low and not _QUICK.search(low):
        return
    rows = _rows()
    for match in _matches(low):
        code, invasive = rows[int((match.lastgroup or "t0")[1:])]
        before = low[max(0, match.start() - 90) : match.start()]
        after = low[match.end() : match.end() + 60]
        if other_organ(low, match.start(), match.end()):
            continue
        features = _FEATURES.match(after)
        yield TypeNamed(
            code=code,
            invasive=invasive,
            start=match.start(),
            end=match.end(),
            rank=scope.rank(match.start()),
            denied=_of_relative(before) or _denied(before, after) or answer(low, match.end()).says in ("no", "open"),
            metastatic=bool(_SPREAD.search(before)) and not _AND_ITS_TYPE.search(match.group()),
            features=re.sub(r"\s+", " ", features["what"]) if features else "",
        )


_RELATIVE = re.compile(
    r"\b(?:mother|father|sister|brother|aunt|uncle|grand\w+|daughter|cousin|niece)(?:'s|s)?\s(?:[\w,]+\s){0,3}?"
    r"(?:was|had|has|with|died|is|dx|diagnosed|developed)\b[^.;:\n]{0,50}$"
)


def _of_relative(before: str) -> bool:
    """Whether the tumour named after these words is a relative's: "her sister was diagnosed with"."""
    return bool(_RELATIVE.search(before))


_QUICK = re.compile(r"dcis|lcis|\bidc\b|\bilc\b|phyllodes|phylloides|angiosarcoma|paget|lobular neo|adenoca")


_NEAR = re.compile(
    r"carcin|cancer|dcis|lcis|\bidc\b|\bifdc\b|\bilc\b|phyl+o|angiosarcoma|paget|lobular|ductolob|adenoca"
    r"|breast ca\b|type|signet"
)


def _matches(low: str) -> Iterator[re.Match[str]]:
    """The names of types; looked for only around the words that each of them has."""
    pattern, free = _pattern(), 0
    windows: list[list[int]] = []
    for hit in _NEAR.finditer(low):
        start, end = max(0, hit.start() - 110), hit.end() + 90
        if windows and start <= windows[-1][1]:
            windows[-1][1] = end
        else:
            windows.append([start, end])
    for start, end in windows:
        for match in pattern.finditer(low, max(free, start), end):
            free = match.end()
            yield match


def _denied(before: str, after: str) -> bool:
    no = _NO.search(before)
    if no and not _BREAK.search(no["between"]):
        return True
    return bool(_ABSENT_AFTER.match(after))


@cache
def _rows() -> tuple[tuple[str, bool | None], ...]:
    return tuple((row["code"], _INVASIVE[row["invasive"]]) for row in _table())


@cache
def _table() -> list[dict[str, str]]:
    table = files("navaid.records.extract") / "tables" / "tumour_types.yaml"
    rows: list[dict[str, str]] = load_table(table.read_text(encoding="utf-8"))
    return rows


@cache
def _pattern() -> re.Pattern[str]:
    """All rows in one pattern; a word must begin where it begins."""
    groups = []
    for at, row in enumerate(_table()):
        words = "|".join(_words(word) for word in row["words"])
        groups.append(f"(?P<t{at}>{words})")
    return re.compile(r"(?<![a-z])(?=[a-z])(?:" + "|".join(groups) + ")")


def _words(word: str) -> str:
    """The mini-language of the table as a regular expression."""
    return (
        word.replace("~", "\0")
        .replace("type:? ", rf"type(?::\s{{1,60}}|{_GAP})")
        .replace(" ", _GAP)
        .replace("\0", rf"(?:(?!carcin)[a-z][a-z()]*{_GAP}){{0,3}}?")
    )
