"""The table by which triage takes a second look at a message (`answers/triage/data/likeness.csv`).

    python benchmarks/likeness.py            how far it carries: each set of messages by a table made of the others
    python benchmarks/likeness.py --write    make the table of all of them and write it

It is made of our own messages (`questions/safety.jsonl`) and, as ordinary ones, of what people ask in the library that
comes with Navaid (the `asks` of its claims). Nothing of the development half goes into it. The weights are those of a
logistic regression over words and pairs of words, found by AdaGrad in a fixed order, and rounded to hundredths.
"""

from __future__ import annotations

import argparse
import collections
import csv
import importlib.resources
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from navaid.answers.triage import likeness
from navaid.answers.triage.rules import read, triage

OWN = Path(__file__).parent / "questions" / "safety.jsonl"
TABLE = Path(__file__).resolve().parents[1] / "src/navaid/answers/triage/data/likeness.csv"
NAMES = (
    "ordinary",
    "emergency_now",
    "urgent_same_day",
    "crisis",
    "ask_team_dose",
    "personal_prognosis",
    "treatment_decision",
)
ROUNDS, RATE, SHRINK = 12, 0.15, 2e-4
LEAST = 0.25  # a weight below this is left out of the table
SHARE_OF_ASKS = 0.3  # how much one of them counts beside a message: there are many, and alike


def messages() -> list[tuple[str, str, str]]:
    """Each message with its set and class."""
    rows = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    return [
        (re.sub(r"-.*", "", row["id"]), row["text"], row["expected"] if row["expected"] in NAMES else "ordinary")
        for row in rows
    ]


def asks() -> list[str]:
    """What people ask in the library that comes with Navaid, where triage finds nothing in it."""
    found: list[str] = []
    folder = importlib.resources.files("navaid.starter").joinpath("topics")
    for file in sorted((part for part in folder.iterdir() if part.name.endswith(".yaml")), key=lambda part: part.name):
        loaded = yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        found += _asks_of(loaded)
    return [text for text in found if triage(text, look_twice=False).class_.value == "ordinary"]


def _asks_of(node: Any) -> Iterable[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from value if key == "asks" and isinstance(value, list) else _asks_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from _asks_of(value)


def features(text: str) -> list[str]:
    tokens, kinds = read(text)
    return list(likeness.features(tokens, kinds))


def fit(rows: list[tuple[list[str], int, float]]) -> tuple[dict[str, int], np.ndarray]:
    """The place of each feature, and its weight for each class; the last row is where each class starts from."""
    counts = collections.Counter(feature for found, _, _ in rows for feature in found)
    places = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n > 1))}
    weights = np.zeros((len(places) + 1, len(NAMES)))
    slopes = np.full_like(weights, 1e-2)
    known = [(np.array([*(places[f] for f in found if f in places), len(places)]), k, w) for found, k, w in rows]
    order = np.random.default_rng(7)
    for _ in range(ROUNDS):
        for i in order.permutation(len(known)):
            at, kind, share = known[i]
            sums = weights[at].sum(axis=0)
            guess = np.exp(sums - sums.max())
            guess /= guess.sum()
            guess[kind] -= 1
            slope = share * guess + SHRINK * weights[at]
            slopes[at] += slope**2
            weights[at] -= RATE * slope / np.sqrt(slopes[at])
    return places, weights


def shares(places: dict[str, int], weights: np.ndarray, found: list[str]) -> np.ndarray:
    at = [*(places[f] for f in found if f in places), len(places)]
    sums = weights[at].sum(axis=0)
    guess = np.exp(sums - sums.max())
    return guess / guess.sum()  # type: ignore[no-any-return]


def taken_for(share: np.ndarray, kind: int, least: float) -> bool:
    """True if a class is the likeliest beside the ordinary one, and likely enough."""
    return bool(share[1:].argmax() + 1 == kind and share[kind] > least)


def carry(own: list[tuple[str, str, str]], others: list[str]) -> None:
    """Each set by a table made of the other sets and of half of the asks."""
    read_own = [(name, features(text), NAMES.index(kind)) for name, text, kind in own]
    read_asks = [features(text) for text in others]
    for left_out in sorted({name for name, _, _ in read_own}):
        rows = [(found, kind, 1.0) for name, found, kind in read_own if name != left_out]
        rows += [(found, 0, SHARE_OF_ASKS) for found in read_asks[::2]]
        places, weights = fit(rows)
        print(f"{left_out}:")
        got = [(kind, shares(places, weights, found)) for name, found, kind in read_own if name == left_out]
        plain = [shares(places, weights, found) for found in read_asks[1::2]]
        for kind in range(1, len(NAMES)):
            line = f"  {NAMES[kind]:20}"
            for least in (0.2, 0.25, 0.3, 0.4, 0.5, 0.6):
                hit = sum(taken_for(share, kind, least) for k, share in got if k == kind)
                wrong = sum(taken_for(share, kind, least) for k, share in got if k == 0)
                far = sum(taken_for(share, kind, least) for share in plain)
                line += f" | >{least} {hit}/{sum(k == kind for k, _ in got)} wrong {wrong} asks {far}"
            print(line)
        print(f"  ordinary {sum(k == 0 for k, _ in got)}, asks {len(plain)}")


def write(own: list[tuple[str, str, str]], others: list[str]) -> None:
    rows = [(features(text), NAMES.index(kind), 1.0) for _, text, kind in own]
    places, weights = fit(rows + [(features(text), 0, SHARE_OF_ASKS) for text in others])
    weights = weights - weights[:, :1]  # only differences count: the first column is nothing
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["words", *NAMES])
        table.writerow(["", *(round(100 * value) for value in weights[-1])])
        for feature, i in places.items():
            if np.abs(weights[i]).max() >= LEAST:
                table.writerow([feature, *(round(100 * value) or "" for value in weights[i])])
    print(f"{TABLE}: {TABLE.stat().st_size // 1024} KB")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--write", action="store_true")
    (write if arguments.parse_args().write else carry)(messages(), asks())


if __name__ == "__main__":
    main()
