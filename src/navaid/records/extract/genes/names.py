"""Where a text names genes: single symbols, "BRCA1/2", "BRCA 1 and 2", and lists of many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from navaid.records.extract.genes.table import genes


@dataclass(frozen=True)
class Named:
    """A gene, or the two of "BRCA1/2", at `text[start:end]`. `origin` where the name tells it: gBRCA, tBRCA."""

    start: int
    end: int
    symbols: tuple[str, ...]
    origin: str = ""


_ONE, _TWO = r"(?:1|[lI](?![a-zA-Z]))", r"(?:2|II(?![a-zA-Z]))"
_BRCA = re.compile(
    rf"(?<![A-Za-z-])(?P<prefix>[gst]?)(?P<word>BRCA|(?i:brca)(?=[ -]?[12](?!\d)|[ -]?(?:gene|mut|test|pos"
    rf"|neg|\+|carrier|analys|panel|status)))"
    rf"(?:[ -]?(?:gene )?\(?(?P<first>{_ONE}|{_TWO})(?!\d|/\d{{1,2}}/)"
    rf"(?:[ ]?(?:/|,|&|\+|and(?=[ ])|or(?=[ ]))[ ]?(?:BRCA)?[ -]?(?P<second>{_ONE}|{_TWO})(?!\d|\.\d"
    rf"|[ -]gene))?\)?)?(?![A-Za-z0-9])"
)
# What may stand between two genes of one list.
_GLUE = re.compile(
    r"[\s,/&+()\[\]*]{0,6}(?:(?:and|or|as well as|genes?|plus|,)[\s,/&+()]{0,4}){0,3}"
    r"(?:(?:(?![A-Z]\d{2,4}[A-Z*])[A-Z][A-Z0-9]{2,7}(?:-[0-9A-Z]{1,3})?|p16)[\s,/&+()*]{1,4}(?:(?:and|or|AND"
    r"|OR|genes?)[\s,]{1,3})?){0,40}"
)


def named(text: str, start: int, end: int) -> list[Named]:
    """The genes that this part of a text names, in order."""
    found = [*_brca(text, start, end), *_others(text, start, end)]
    return sorted(found, key=lambda one: one.start)


def lists(text: str, found: list[Named]) -> list[list[Named]]:
    """Genes that stand in one list together."""
    grouped: list[list[Named]] = []
    for one in found:
        between = text[grouped[-1][-1].end : one.start] if grouped else ""
        if grouped and len(between) < 300 and "\n" not in between.strip(" ,") and _GLUE.fullmatch(between):
            grouped[-1].append(one)
        else:
            grouped.append([one])
    return grouped


def _brca(text: str, start: int, end: int) -> Iterator[Named]:
    for match in _BRCA.finditer(text, start, end):
        numbers = [number for number in (match["first"], match["second"]) if number]
        symbols = tuple(f"BRCA{2 if number in ('2', 'II') else 1}" for number in numbers) or ("BRCA",)
        origin = {"g": "germline", "t": "somatic", "s": "somatic"}.get(match["prefix"], "")
        yield Named(match.start(), match.end(), tuple(dict.fromkeys(symbols)), origin)


def _others(text: str, start: int, end: int) -> Iterator[Named]:
    for match in _pattern().finditer(text, start, end):
        yield Named(match.start(), match.end(), (_symbols()[match.group().upper()],))
    for match in _HER2.finditer(text, start, end):
        yield Named(match.start(), match.end(), ("ERBB2",))


_HER2 = re.compile(r"\bHER-?2(?= (?:\(ERBB2\) )?(?:activating |somatic )?(?:mutation|mutated|mutant))")


@cache
def _symbols() -> dict[str, str]:
    return {
        name.upper(): symbol for symbol, row in genes().items() for name in row["names"] if not name.startswith("BRCA1")
    }


@cache
def _pattern() -> re.Pattern[str]:
    plain = sorted((name for name in _symbols() if name not in ("BRCA", "BRCA2", "BRCA-2")), key=len, reverse=True)
    upper = [name for name in plain if "ANALYSIS" not in name]
    return re.compile(
        rf"(?<![A-Za-z0-9-])(?:{'|'.join(upper)}|(?i:{'|'.join(set(plain) - set(upper))}))(?![A-Za-z0-9])"
    )


# A text without any of these names no gene; looked for first, because most papers do not.
HINT = re.compile(
    r"BRCA|brca|Brca|PALB2|TP53|PTEN|PIK3CA|PI3KCA|ESR1|AKT1|ERBB2|CHE?K2|\bATM\b|CDH1|BARD1|RAD51|STK11|LKB1|\bNF1\b"
    r"|HER-?2 (?:activating )?muta|(?i:genetic|germline|hereditary|\bBRC?ACA?nalysis|my ?risk\b|gene panel"
    r"|cancer panel|\d{2,5} ?(?:del|ins)[ACGT])"
)
