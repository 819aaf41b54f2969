"""Fits the weights by which claims are ranked, and says what they are worth on questions they were not fitted on.

    python benchmarks/ranking.py            cross-validated: facts covered by the best N claims
    python benchmarks/ranking.py --write    the same, and src/navaid/answers/tables/ranking.yaml anew

A claim is an answer if it meets a fact of the question (benchmarks/questions/README.md). Logistic regression with a
ridge of 1 on standardised features, by Newton's method; the questions are parted into five folds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from benchmarks.answers import folded, meets, questions
from navaid import config, journeys, starter
from navaid.answers import evidence, plan, ranking
from navaid.answers.asked import Asked
from navaid.library import Library

FOLDS, DEPTHS = 5, (20, 30, 40, 50)
TABLE = Path(ranking.__file__).with_name("tables") / "ranking.yaml"


class Sample(NamedTuple):
    """A question's claims: features, shape (claims, features), and which facts each meets, shape (claims, facts)."""

    id: str
    features: Any
    meets: Any


def samples(library: Library, names: list[str]) -> list[Sample]:
    data = starter.load(library.folder)
    made = []
    for name in names:
        for row in questions(name):
            if row["library"] != "starter" or row.get("abstain"):
                continue
            question = plan.plan(row["question"])
            asked = Asked(library, question.text)
            runs = evidence.own_runs(library, question, asked)
            ranked = [r for r in ranking.candidates(data, question, asked, runs) if not r.row.text.endswith("?")]
            said = [folded(r.row.text) for r in ranked]
            met = np.array([[meets(text, fact["all"]) for fact in row["facts"]] for text in said])
            made.append(Sample(row["id"], np.array([r.features for r in ranked]), met))
    return made


def fit(features: Any, answers: Any, ridge: float = 1.0) -> tuple[Any, float]:
    """Weights for raw features, and the constant."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    x = np.hstack([(features - mean) / spread, np.ones((len(features), 1))])
    w, penalty = np.zeros(x.shape[1]), np.full(x.shape[1], ridge)
    penalty[-1] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9), x.T @ (answers - p) - penalty * w
        )
        w += step
        if np.abs(step).max() < 1e-6:
            break
    raw = w[:-1] / spread
    return raw, float(w[-1] - mean @ raw)


def covered(sample: Sample, scores: Any, depth: int) -> int:
    return int(sample.meets[np.argsort(-scores)[:depth]].any(0).sum())


def validated(made: list[Sample]) -> None:
    facts = sum(s.meets.shape[1] for s in made)
    hits = dict.fromkeys(DEPTHS, 0)
    for fold in range(FOLDS):
        train = [s for n, s in enumerate(made) if n % FOLDS != fold]
        w, _ = fit(np.vstack([s.features for s in train]), np.concatenate([s.meets.any(1) for s in train]))
        for sample in made[fold::FOLDS]:
            for depth in DEPTHS:
                hits[depth] += covered(sample, sample.features @ w, depth)
    shares = ", ".join(f"{depth}: {hits[depth] / facts:.3f}" for depth in DEPTHS)
    most = sum(s.meets.any(0).sum() for s in made) / facts
    print(f"  facts covered by the best N claims, cross-validated: {shares}; in any candidate: {most:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--sets", nargs="+", default=["starter", "answers", "fresh"], help="files of benchmarks/questions"
    )
    options = parser.parse_args()
    table = {}
    for name, embedding in (("meaning", "minilm"), ("words", "off")):
        settings = config.Settings(embedding=embedding)
        with tempfile.TemporaryDirectory() as folder, Library(Path(folder), settings, create=True) as library:
            journeys.refresh_starter(library)
            made = samples(library, options.sets)
        print(f"{name}: {len(made)} questions")
        validated(made)
        w, constant = fit(np.vstack([s.features for s in made]), np.concatenate([s.meets.any(1) for s in made]))
        table[name] = {
            "constant": round(constant, 3),
            "features": {n: round(float(v), 3) for n, v in zip(ranking.FEATURES, w, strict=True)},
        }
        for feature, weight in table[name]["features"].items():
            print(f"    {feature:18} {weight:7.2f}")
    if options.write:
        head = "# Fitted by `python benchmarks/ranking.py --write`; what each feature is: answers/ranking.py.\n"
        TABLE.write_text(head + yaml.safe_dump(table, sort_keys=False), encoding="utf-8")
    print("command:", " ".join(["python", *sys.argv]))


if __name__ == "__main__":
    main()
