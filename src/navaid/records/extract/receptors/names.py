"""Where a paper names a marker: a plain text enters, Marks leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from navaid.records.extract.receptors.tables import either, spaced, table


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` names `marker` (er, pr, ar, her2, ki67, hr). `short`: by letters that may mean other things."""

    marker: str
    start: int
    end: int
    short: bool = False


def marks(text: str, plain: str) -> list[Mark]:
    """The markers named, in order. Short forms are left out where nothing in the paper speaks of a tumour.

    >>> [m.marker for m in marks("ER/PR and HER-2/neu of the carcinoma", "er/pr and her-2/neu of the carcinoma")]
    ['er', 'pr', 'her2']
    """
    found = [_mark(match) for match in _long().finditer(plain) if _is_name(match, text, plain)]
    if _topic().search(plain):
        taken = {offset for mark in found for offset in range(mark.start, mark.end)}
        found += [
            _mark(m, short=True) for m in _short().finditer(text) if m.start() not in taken and _meant(m, text, plain)
        ]
    found.sort(key=lambda mark: mark.start)
    return [mark for mark in found if not _after().match(plain, mark.end)]


def _mark(match: re.Match[str], short: bool = False) -> Mark:
    return Mark(str(match.lastgroup).partition("__")[0], match.start(), match.end(), short)


@cache
def _long() -> re.Pattern[str]:
    names = table("names")
    apart = [f"(?P<{marker}>{either(phrases)})" for marker, phrases in names["long"].items()]
    apart += [f"(?P<{marker}__bare>{either(phrases)})" for marker, phrases in names["bare"].items() if phrases]
    glued = [f"(?P<{marker}__glued>{either(phrases)})" for marker, phrases in names["glued"].items()]
    return re.compile(rf"(?<![a-z])(?:{'|'.join(apart)})|(?=[hke])(?:{'|'.join(glued)})")


@cache
def _short() -> re.Pattern[str]:
    groups = [f"(?P<{marker}>{'|'.join(forms)})" for marker, forms in table("names")["short"].items()]
    return re.compile(
        rf"(?=[EPAHOep])(?:(?<![A-Za-z0-9])|(?<=[a-z])(?=[A-Z]{{2}}[+\-\d:])|(?<=\d)(?=[EP]R[+-])|(?<=\dx)|(?<=[+-])(?=[EPH]R))(?:{'|'.join(groups)})(?:(?![A-Za-z])|(?=neg|pos))"
    )


@cache
def _topic() -> re.Pattern[str]:
    return re.compile(table("names")["topic"])


@cache
def _after() -> re.Pattern[str]:
    return re.compile(spaced(table("names")["not_result_after"]))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(table("names")["not_result_before"])


_NAMED = re.compile(
    r"\s*[:\-]?\s*(?:/|-|\(?neu|by\b|is\b|was\b|status|positive|negative|\(|equiv|[0-3]\s?\+|fish|ihc|over|gene|amplif|result)"
)
_RESULT = re.compile(
    r"[\s:\-=|(.]{0,40}(?:positiv|negativ|pos\b|neg\b|none\b|absent|[+]|-\s?[,;.]|\d{1,3}\s?%|low\s|weak|strong)"
)
_PARTNER = re.compile(r"\s{0,3}(?:,|/|&|and|n?or|\+)\s{0,3}(?:/\s?)?(?:pr\b|er\b|progest|o?estrog)")
_PARTNERED = re.compile(r"(?:o?estrogen|progest\w{0,6})\s{0,3}(?:,|/|&|and|n?or|\+)\s{0,3}$")
_SEQUENCED = re.compile(
    r"sequenc|\bngs\b|cfdna|ctdna|plasma|genomic|somatic|\bexon\b|mutation|variant|\balk\b|\bros1\b|\bkras\b|pik3ca|\btp53\b"
)
_PROTEIN = re.compile(r"\s?(?:\(|/)?\s?(?:her-?2|protein|ihc|immuno|(?:by\s)?(?:fish|ish|cish)\b|overexp)")
_OF_TUMOUR = re.compile(r"recept|her-?2|erbb")
_OF = re.compile(r"(?:and|/|or|&|,)\s{0,3}$")


def _is_name(match: re.Match[str], text: str, plain: str) -> bool:
    """Whether a hormone's bare name stands for its receptor, "her 2" for the gene, and no drug is meant."""
    start, end = match.span()
    if _before().search(plain, max(0, start - 10), start):
        return False
    if match[0].startswith("erbb") and _SEQUENCED.search(plain, max(0, start - 500), end + 300):
        return bool(_PROTEIN.match(plain, end))  # a gene among those that were read
    if match[0].startswith("prolif"):
        return bool(re.search(r"k[il1][\s.-]{0,2}6|mib", plain[max(0, start - 80) : end + 80]))
    if str(match.lastgroup).endswith("__bare"):
        beside = _RESULT.match(plain, end) or _PARTNER.match(plain, end)
        beside = beside or _PARTNERED.search(plain, max(0, start - 24), start)
        return bool(beside and _OF_TUMOUR.search(plain, max(0, start - 600), end + 200))
    if plain[start : start + 3] == "her" and text[start] == "h" and plain[start + 3 : start + 4] in " \n\t":
        return bool(_NAMED.match(plain, end))
    return True


_SIGN = re.compile(r"\s{0,2}(?:[+\-(]|pos\b|neg\b|positiv|negativ|[/,&]\s?(?:PR|Pr|pr|PgR|Her|HER|her)|:|\d{1,3}\s?%)")


@cache
def _not_short() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = table("names")
    return re.compile(names["not_short_before"]), re.compile(spaced(names["not_short_after"]))


def _meant(match: re.Match[str], text: str, plain: str) -> bool:
    """Whether two letters are a receptor here: not the emergency room, a partial response, a valve."""
    start, end = match.span()
    word, (before, after) = match[0], _not_short()
    if word in ("OR", "er", "pr", "Er", "Pr", "EsR", "HR", "AR"):
        direct = (
            _SIGN.match(text, end)
            if word not in ("HR", "AR", "OR")
            else re.match(
                r"\s?(?:[+-](?![A-Za-z0-9])|positive|negative|[-]positive|[-]negative|[:\s]{0,2}\d{1,3}%)",
                plain[end : end + 12],
            )
        )
        return bool(direct or (_OF.search(plain, max(0, start - 8), start) and word not in ("OR", "HR", "AR")))
    if after.match(plain, end):
        return False
    return not before.search(plain, max(0, start - 14), start) or bool(
        _SIGN.match(text, end) or re.match(r"\s(?:is|was|are|and\sp[rg]|antibod|stain|assay)", plain[end : end + 8])
    )
