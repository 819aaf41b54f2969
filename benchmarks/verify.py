"""How well the guard tells a rewrite that matches its source from one that does not.

    python benchmarks/verify.py                    # the guard sets, wrong sources, entailment sets, cost
    python benchmarks/verify.py --halves           # the sets in the halves that rules were and were not written on
    python benchmarks/verify.py --misses rewrites  # what was judged wrongly, of the half that rules were written on
    python benchmarks/verify.py --held rewrites    # the same of the other half
    python benchmarks/verify.py --pairs FILE       # a set of your own: JSON lines of source, rewrite, faithful, kind
    python benchmarks/verify.py --data DIR         # where claims/ lies

A half is chosen by a hash of the source sentence, so that rewrites of one sentence stay together.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from navaid.answers.verify.rewrite import Judgement, judge

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = ("hand_rows", "auto_rows", "rewrites")


class Row(NamedTuple):
    source: str
    rewrite: str
    faithful: bool
    kind: str

    @property
    def held_out(self) -> bool:
        return hashlib.sha256(self.source.encode()).digest()[0] % 2 == 1


def lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def read(data: Path, name: str) -> list[Row]:
    rows = []
    for row in lines(data / "claims" / "guard" / f"{name}.jsonl.gz"):
        if isinstance(row, list):
            rows.append(Row(row[0], row[1], bool(row[2]), row[3]))
        else:
            rows.append(Row(row["source_sentence"], row["rewrite"], row["label"] == "faithful", row["kind"]))
    return rows


def share(part: int, whole: int) -> str:
    return f"{part:4}/{whole:<4} {part / whole:.3f}" if whole else "   -"


def guard(name: str, rows: list[Row], kinds: bool = True) -> None:
    """Catch, false alarms and the catch of each kind."""
    refused: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for row in rows:
        kind = "faithful" if row.faithful else row.kind
        total[kind] += 1
        refused[kind] += not judge(row.source, row.rewrite).accepted
    bad = [kind for kind in total if kind != "faithful"]
    caught, made = sum(refused[k] for k in bad), sum(total[k] for k in bad)
    print(f"{name}: caught {share(caught, made)}   faithful refused {share(refused['faithful'], total['faithful'])}")
    for kind in sorted(bad) if kinds else ():
        print(f"    {kind:22} {share(refused[kind], total[kind])}")


def wrong_source(name: str, rows: list[Row]) -> None:
    """Each rewrite against the source of another row: the next one whose sentence differs."""
    sources = list(dict.fromkeys(row.source for row in rows))
    place = {source: i for i, source in enumerate(sources)}
    refused = sum(not judge(sources[(place[row.source] + 1) % len(sources)], row.rewrite).accepted for row in rows)
    print(f"{name}: rewrite of another sentence refused {share(refused, len(rows))}")


def cost(rows: list[Row]) -> None:
    started = time.process_time()
    for row in rows:
        judge(row.source, row.rewrite)
    print(
        f"processor time: {(time.process_time() - started) * 1000 / len(rows):.2f} ms a rewrite ({len(rows)} rewrites)"
    )


def macro_f1(pairs: list[tuple[str, str]], labels: tuple[str, ...]) -> float:
    """The mean over labels of F1; pairs are (gold, said)."""
    scores = []
    for label in labels:
        hit = sum(gold == said == label for gold, said in pairs)
        said, gold = sum(s == label for _, s in pairs), sum(g == label for g, _ in pairs)
        scores.append(2 * hit / (said + gold) if said + gold else 0.0)
    return sum(scores) / len(labels)


def verdict(found: Judgement) -> str:
    """SUPPORT if accepted, NEI if it speaks of other things or adds to the source, else REFUTE."""
    if found.accepted:
        return "SUPPORT"
    away = {"relevance", "length", "added claim", "one sentence", "form", "markup", "empty", "promise", "advice"}
    return "NEI" if any(broken.rule in away for broken in found.rules) else "REFUTE"


def citint(data: Path) -> None:
    folder = data / "claims" / "citint"
    texts = {str(doc["doc_id"]): doc["abstract"] for doc in lines(folder / "corpus.jsonl.gz")}
    pairs = []
    for claim in lines(folder / "claims_dev.jsonl.gz"):
        for document in map(str, claim["cited_doc_ids"]) if not claim["evidence"] else ():
            pairs.append(("NEI", verdict(judge(" ".join(texts[document]), claim["claim"]))))
        for document, found in claim["evidence"].items():
            passage = texts[document]
            for evidence in found:
                given = " ".join(passage[i] for i in evidence["sentences"] if i < len(passage))
                pairs.append((evidence["label"], verdict(judge(given, claim["claim"]))))
    labels = tuple(sorted({gold for gold, _ in pairs}))
    print(
        f"citint, dev: macro-F1 {macro_f1(pairs, labels):.3f} over {labels} ({len(pairs)} pairs); "
        f"always SUPPORT {macro_f1([(gold, 'SUPPORT') for gold, _ in pairs], labels):.3f}"
    )


def nli4ct(data: Path) -> None:
    """Statements about one section of one or two trial reports, against the lines named as evidence."""
    folder = data / "claims" / "nli4ct"
    reports = {report["Clinical Trial ID"]: report for report in lines(folder / "trials.jsonl.gz")}
    pairs = []
    for row in lines(folder / "dev.jsonl.gz"):
        given = []
        for who in ("Primary", "Secondary"):
            if f"{who}_id" in row:
                section = reports[row[f"{who}_id"]][row["Section_id"]]
                given += [section[i].strip() for i in row.get(f"{who}_evidence_index", []) if i < len(section)]
        accepted = judge(" ".join(given), row["Statement"]).accepted
        pairs.append((row["Label"], "Entailment" if accepted else "Contradiction"))
    hit = sum(gold == said == "Entailment" for gold, said in pairs)
    said, gold = sum(s == "Entailment" for _, s in pairs), sum(g == "Entailment" for g, _ in pairs)
    print(
        f"nli4ct, dev: F1 {2 * hit / (said + gold):.3f}, precision {hit / max(1, said):.3f} "
        f"({said} of {len(pairs)} accepted)"
    )


def misses(rows: list[Row]) -> None:
    for row in rows:
        found = judge(row.source, row.rewrite)
        if found.accepted != row.faithful:
            said = [(broken.rule, broken.source, broken.rewrite) for broken in found.rules]
            print(f"{row.kind}\n  source  {row.source}\n  rewrite {row.rewrite}\n  {said}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--pairs", type=Path)
    arguments.add_argument("--halves", action="store_true")
    arguments.add_argument("--misses", choices=SETS)
    arguments.add_argument("--held", choices=SETS)
    options = arguments.parse_args()
    if options.pairs:
        rows = [json.loads(line) for line in options.pairs.read_text(encoding="utf-8").splitlines() if line.strip()]
        guard(options.pairs.name, [Row(row["source"], row["rewrite"], row["faithful"], row["kind"]) for row in rows])
        return
    if options.misses or options.held:
        rows = read(options.data, options.misses or options.held)
        misses([row for row in rows if row.held_out == bool(options.held)])
        return
    sets = {name: read(options.data, name) for name in SETS}
    judge("It lowers the risk.", "It reduces the risk.")  # the tables are read at the first sentence
    for name, rows in sets.items():
        if options.halves:
            guard(f"{name}, written on", [row for row in rows if not row.held_out])
            guard(f"{name}, held out", [row for row in rows if row.held_out])
        else:
            guard(name, rows)
    if not options.halves:
        for name, rows in sets.items():
            wrong_source(name, rows)
        citint(options.data)
        nli4ct(options.data)
        cost([row for rows in sets.values() for row in rows])


if __name__ == "__main__":
    main()
