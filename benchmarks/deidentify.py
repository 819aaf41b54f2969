"""How much of what names a person is found, what else is taken for it, and whether medicine is left alone.

    python benchmarks/deidentify.py phi                  # recall on the sentences with marked spans, both halves
    python benchmarks/deidentify.py phi --misses KIND    # the misses of the half that rules were written on
    python benchmarks/deidentify.py reports              # what is replaced in reports, and medical values
    python benchmarks/deidentify.py reports --show 30    # the replaced words themselves, report by report

A span counts as found if every letter and digit of it lies in a replaced stretch; what stands between replaced words
(spaces, commas) may stay. Half of the sentences' templates, by a hash of their number, is held out: no rule
was written on them, and the misses of that half are never printed.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from navaid.records.deidentify import Deidentified, deidentify, restore

RECORDS = Path(__file__).resolve().parents[2] / "shared" / "data" / "records"
SEED = hashlib.sha256(b"benchmark").digest()
GROUPS = {
    "names": {"PERSON"},
    "dates": {"DATE_TIME"},
    "ids": {"CREDIT_CARD", "IBAN_CODE", "US_SSN", "US_DRIVER_LICENSE", "IP_ADDRESS", "EMAIL_ADDRESS", "DOMAIN_NAME"},
    "phones": {"PHONE_NUMBER"},
    "addresses": {"STREET_ADDRESS", "ZIP_CODE"},
    "places": {"GPE"},
    "organisations": {"ORGANIZATION"},
    "kept on purpose": {"AGE", "NRP", "TITLE"},
}
WANTED = {"names", "dates", "ids", "phones", "addresses"}
# What a report must still say: sizes, percentages, stages, grades, scores, receptors, ratios of nodes.
VALUES = re.compile(
    r"\d+(?:\.\d+)?\s*(?:[x×]\s*\d+(?:\.\d+)?\s*)*(?:cm|mm|%|mg|ml|cc|gm?|grams?|mcg|cGy|Gy)\b|\d+(?:\.\d+)?\s?%"
    r"|\b[ypcra]*T(?:is|[0-4][a-d]?)\b|\b[ypc]*N[0-3][a-c]?\b|\b[ypc]*M[01X]\b"
    r"|\b\d{1,2}\s?/\s?\d{1,2}\b(?!/)|\b[0-3]\s?\+|\b\d{1,2}\s?(?:o['’]?\s?clock)\b|\bgrade\s+(?:[1-4]"
    r"|I{1,3}V?)\b|\b(?:ER|PR|HER-?2(?:[-/ ]?neu)?|Ki-?67|BRCA[12]|p53|EGFR|PIK3CA|ESR1)\b"
    r"|\b(?:estrogen|progesterone|positive|negative|amplified|invasive|ductal|lobular|carcinoma|in situ|margins?"
    r"|sentinel|Nottingham|Bloom|Richardson|Scarff|Paget|Allred|Elston|Gleason|Hodgkin)\b",
    re.IGNORECASE,
)


def held_out(template: int) -> bool:
    return hashlib.sha256(str(template).encode()).digest()[0] % 2 == 1


def covered(text: str, start: int, end: int, replaced: bytearray) -> tuple[int, int]:
    """How many letters and digits of a stretch are replaced, and how many there are."""
    signs = [at for at in range(start, end) if text[at].isalnum()]
    return sum(replaced[at] for at in signs), len(signs)


def mask(result: Deidentified, length: int) -> bytearray:
    out = bytearray(length)
    for span in result.spans:
        out[span.start : span.end] = b"\x01" * (span.end - span.start)
    return out


def phi(rows: list[dict[str, Any]], misses: str | None, title: str) -> None:
    whole: collections.Counter[str] = collections.Counter()
    signs: collections.Counter[str] = collections.Counter()
    hit_signs: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    over = kept = wrong_words = words_outside = exact = 0
    times = []
    for row in rows:
        text = row["full_text"]
        started = time.perf_counter()
        result = deidentify(text, seed=SEED)
        times.append(1000 * (time.perf_counter() - started))
        exact += restore(result.text, result.key) == text
        replaced = mask(result, len(text))
        gold = bytearray(len(text))
        for span in row["spans"]:
            start, end, kind = span["start_position"], span["end_position"], span["entity_type"]
            gold[start:end] = b"\x01" * (end - start)
            hit, of = covered(text, start, end, replaced)
            for name in (kind, next((g for g, kinds in GROUPS.items() if kind in kinds), "other")):
                total[name] += 1
                whole[name] += hit == of
                signs[name] += of
                hit_signs[name] += hit
            if misses and hit < of and misses in (kind, "ALL"):
                left = "".join(c if not replaced[start + i] else "·" for i, c in enumerate(text[start:end]))
                print(f"  MISS {kind} {text[start:end]!r} left {left!r} in {text[max(0, start - 60) : end + 40]!r}")
        for match in re.finditer(r"[^\W_]+", text):
            if not any(gold[match.start() : match.end()]):
                words_outside += 1
                wrong = any(replaced[match.start() : match.end()])
                wrong_words += wrong
                if wrong and misses == "OVER":
                    print(f"  OVER {match.group()!r} in {text[max(0, match.start() - 50) : match.end() + 30]!r}")
        for at, sign in enumerate(text):
            if sign.isalnum() and replaced[at]:
                kept += gold[at]
                over += not gold[at]
    print(f"\n{title}: {len(rows)} sentences\n\n| what | spans | covered wholly | characters |\n|---|---|---|---|")
    for name in [*GROUPS, *sorted(set(total) - set(GROUPS))]:
        if total[name]:
            mark = "**" if name in WANTED else ""
            print(
                f"| {mark}{name}{mark} | {total[name]} | {whole[name] / total[name]:.3f} "
                f"| {hit_signs[name] / signs[name]:.3f} |"
            )
    print(
        f"\nprecision by characters {kept / (kept + over):.3f}; of {words_outside} words outside marked spans"
        f" {wrong_words / words_outside:.3%} replaced; restored exactly {exact}/{len(rows)};"
        f" ms a sentence median {statistics.median(times):.2f}, slowest {max(times):.1f}"
    )


def read_reports() -> Iterator[tuple[str, str, str]]:
    for folder in ("tcga_brca/reports", "mtsamples", "messy_notes"):
        for path in sorted((RECORDS / folder).glob("*.txt")):
            yield folder.split("/")[0], path.stem, path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((RECORDS / "oncosynth").rglob("breast*.yml")):
        yield "oncosynth", path.stem, path.read_text(encoding="utf-8")


def reports(show: int) -> None:
    by_set: dict[str, list[tuple[int, int, int, int]]] = collections.defaultdict(list)
    kinds: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for set_name, name, text in read_reports():
        result = deidentify(text, seed=SEED)
        replaced = mask(result, len(text))
        values = list(VALUES.finditer(text))
        hurt = [m for m in values if any(replaced[m.start() : m.end()])]
        by_set[set_name].append((len(result.spans), len(values), len(hurt), len(re.findall(r"[^\W_]+", text))))
        kinds[set_name].update(span.kind.value for span in result.spans)
        if restore(result.text, result.key) != text:
            print(f"NOT RESTORED {name}")
        if show > 0:
            show -= 1
            print(f"--- {name}")
            for span in result.spans:
                around = (
                    text[max(0, span.start - 30) : span.start]
                    + "⟦"
                    + text[span.start : span.end]
                    + "⟧"
                    + text[span.end : span.end + 20]
                )
                print(f"  {span.kind.value:12} {around!r} -> {span.replacement}")
        for m in hurt:
            print(f"  VALUE in {name}: {text[max(0, m.start() - 30) : m.end() + 30]!r}")
    print(
        "\n| set | texts | words | replaced a text | kinds | medical values | changed |\n|---|---|---|---|---|---|---|"
    )
    for set_name, rows in by_set.items():
        spans, values, hurt, words = (sum(column) for column in zip(*rows, strict=True))
        named = ", ".join(f"{kind} {count}" for kind, count in kinds[set_name].most_common())
        print(f"| {set_name} | {len(rows)} | {words} | {spans / len(rows):.2f} | {named} | {values} | {hurt} |")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("what", choices=["phi", "reports"])
    arguments.add_argument("--misses", help="an entity type, ALL, or OVER for words replaced outside of marked spans")
    arguments.add_argument("--show", type=int, default=0)
    options = arguments.parse_args()
    if options.what == "reports":
        return reports(options.show)
    path = RECORDS / "phi" / "presidio_synth_dataset_v2.json"
    if not path.exists():
        sys.exit(f"no sentences at {path}")
    rows = json.loads(path.read_text(encoding="utf-8"))
    deidentify("Nobody", seed=SEED)  # the lists are read at the first text
    phi([row for row in rows if not held_out(row["template_id"])], options.misses, "rules were written on")
    if not options.misses:
        phi([row for row in rows if held_out(row["template_id"])], None, "held out")
        phi(rows, None, "together")
    return None


if __name__ == "__main__":
    main()
