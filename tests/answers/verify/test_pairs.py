"""The guard over invented sentences: at least so many of each kind caught, at most so many faithful ones refused."""

from __future__ import annotations

import collections
import itertools
from pathlib import Path

import pytest
import yaml

from navaid.answers.verify.rewrite import judge

FLOOR = 0.8  # of each kind
CATCH, ALARMS = 0.94, 0.06
ROWS = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"))
PAIRS = [
    (kind, row["source"], rewrite)
    for row in ROWS
    for kind, rewrites in row.items()
    if kind != "source"
    for rewrite in (rewrites if isinstance(rewrites, list) else [rewrites])
]
KINDS = sorted({kind for kind, _, _ in PAIRS} - {"faithful"})


@pytest.fixture(scope="module")
def refused() -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = collections.defaultdict(list)
    for kind, source, rewrite in PAIRS:
        found[kind].append(not judge(source, rewrite).accepted)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_caught(refused: dict[str, list[bool]], kind: str) -> None:
    caught = refused[kind]
    assert sum(caught) >= FLOOR * len(caught) - 0.5, f"{sum(caught)} of {len(caught)}"


def test_together_they_are_caught(refused: dict[str, list[bool]]) -> None:
    caught = [one for kind in KINDS for one in refused[kind]]
    assert len(caught) >= 60
    assert sum(caught) / len(caught) >= CATCH


def test_faithful_rewrites_pass(refused: dict[str, list[bool]]) -> None:
    alarms = refused["faithful"]
    assert len(alarms) >= 40
    assert sum(alarms) / len(alarms) <= ALARMS


def test_a_sentence_matches_itself_and_no_other() -> None:
    sources = [row["source"] for row in ROWS]
    assert all(judge(source, source).accepted for source in sources)
    assert not any(judge(one, other).accepted for one, other in itertools.pairwise(sources))
