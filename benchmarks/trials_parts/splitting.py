"""Where statements begin and end: exact spans on 50 eligibility texts whose boundaries were checked by hand.

    python -m benchmarks.trials_parts.splitting            # the figures
    python -m benchmarks.trials_parts.splitting --wrong    # and each wrong boundary of the development half

What a statement is: the smallest item that its author set apart (a line, a bullet, a number, or a criterion of a text
in one line), without its mark and the blanks around it, with its closing punctuation. A lead-in and its items are one
statement where no item is asked for by itself ("one of the following", an item that ends with "or"), where it lets
something pass on conditions, and where it names exceptions; of an exclusion, items of which any is enough are
statements of their own, and items that must all hold are one. Any other line that opens items is a heading and no
statement. A note, and what stands below a line that opens nothing, belongs to the statement above. "Not specified" and
"other criteria apply" are none.

`splitting_gold.json` holds facts only: the registry's id, which data set, the half, and [start, end, type] of each
statement. Texts of at most 4,500 characters (old style and cell therapies: 9,000) were drawn by chance from each set;
boundaries were checked on a print of an earlier cut. Rules were mended on the development half; before that the other
half stood at 0.953, and after forms that it shares with many texts were mended too it is no longer unread. Two later
draws, read once each and not kept: 0.95 on 14 texts (276 statements), and after mending 0.97 on 12 texts (196).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.records_parts.figure import Figure
from benchmarks.trials_parts.collection import records
from navaid.trials.criteria.split import split

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "trials"
GOLD = Path(__file__).parent / "splitting_gold.json"
Span = tuple[int, int, str]


def measure(data: Path) -> Iterator[Figure]:
    """Boundary F1 (span and type equal) of each half."""
    texts = _texts(data)
    rows = [row for row in json.loads(GOLD.read_text(encoding="utf-8")) if row["id"] in texts]
    for half in ("development", "held out"):
        found = [_compared(row, texts) for row in rows if row["half"] == half]
        right = sum(len(gold & ours) for gold, ours in found)
        gold, ours = (sum(len(each[which]) for each in found) for which in (0, 1))
        f1 = 2 * right / (gold + ours) if gold + ours else 0.0
        note = f"{len(found)} texts, {gold} statements, {gold - right} missed, {ours - right} wrong"
        yield Figure(f"{half}: boundary F1", f1, "≥ 0.97", f1 >= 0.97, note)


def wrong(data: Path, half: str = "development") -> Iterator[str]:
    """Each statement of a half that was missed or made, with its words."""
    texts = _texts(data)
    for row in json.loads(GOLD.read_text(encoding="utf-8")):
        if row["half"] != half or row["id"] not in texts:
            continue
        gold, ours = _compared(row, texts)
        for sign, spans in (("missed", gold - ours), ("wrong ", ours - gold)):
            for start, end, kind in sorted(spans):
                yield f"{row['id']} {sign} {kind} {start}-{end} {texts[row['id']][start:end][:120]!r}"


def _compared(row: dict[str, Any], texts: dict[str, str]) -> tuple[set[Span], set[Span]]:
    gold = {(start, end, kind) for start, end, kind in row["statements"]}
    return gold, {(each.start, each.end, each.type.value) for each in split(texts[row["id"]])}


@cache
def _texts(data: Path) -> dict[str, str]:
    """Eligibility texts by NCT id: those of the collection, and the records as the registry's own API gives them."""
    found: dict[str, str] = {}
    for name in ("studies", "unique_best"):
        for line in gzip.decompress((data / "ctgov_v2" / f"{name}.jsonl.gz").read_bytes()).splitlines():
            _take(found, json.loads(line)["study"])
    for record in records(data).values():
        _take(found, record, again=True)
    return found


def _take(found: dict[str, str], record: dict[str, Any], again: bool = False) -> None:
    protocol = record.get("protocolSection", {})
    nct_id = protocol.get("identificationModule", {}).get("nctId", "")
    text = protocol.get("eligibilityModule", {}).get("eligibilityCriteria", "")
    if nct_id and text and (again or nct_id not in found):
        found[nct_id] = text


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--wrong", action="store_true")
    options = arguments.parse_args()
    for figure in measure(options.data):
        print(f"{figure.what}: {figure.value:.3f} (wanted {figure.wanted}; {figure.note})")
    if options.wrong:
        print(*wrong(options.data), sep="\n")


if __name__ == "__main__":
    main()
