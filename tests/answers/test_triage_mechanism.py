"""Triage: the parts that carry over to words nobody foresaw, and floors on the messages of the benchmark."""

from __future__ import annotations

import collections
import json
import re
from pathlib import Path

import pytest

from navaid import reading
from navaid.answers.triage import triage
from navaid.answers.triage.patterns import Matcher
from navaid.answers.triage.rules import _machine
from navaid.answers.triage.tables import tables
from navaid.answers.triage.text import normalise
from navaid.terms import TriageClass

OURS = Path(__file__).parents[2] / "benchmarks" / "questions" / "safety.jsonl"

# ---------------------------------------------------------------------------- the language of the patterns


@pytest.mark.parametrize(
    ("pattern", "text", "met"),
    [
        ("bag & packed", "packed since monday in case, her bag", True),
        ("a1 & b1 & c1", "c1 then a1 and the b1", True),
        ("a1 & b1 & c1", "c1 then a1 only", False),
        ("wound & red*", "wound dry , no redness", False),
        ("wound & red*", "wound no better , redness", True),
        ("not ..3 passed", "not without help passed", True),  # it names a denial itself
        ("<number> times", "12 times", True),
        ("blew up ..1 fast", "blow up fast", False),
        ("blew|blow* up ..1 fast", "blowing up very fast", True),
        ("go to_bed|home !now", "go to bed now", False),
        ("go to_bed|home !now", "go home then", True),
    ],
)
def test_patterns_reach_in_any_order_but_not_over_a_no(pattern: str, text: str, met: bool) -> None:
    assert bool(Matcher({"x": [pattern]}, {}).find(text.split())) is met


def test_no_pattern_ends_in_a_part_that_need_not_be_there() -> None:
    found = tables()
    for table in (found.signs, found.scene, found.cries, found.asks, found.context):
        for patterns in table.values():
            for pattern in patterns:
                last = pattern.split()[-1]
                assert not last.startswith(".."), pattern
                assert not last.endswith(")"), pattern


# ---------------------------------------------------------------------------- the words around


@pytest.mark.parametrize(
    ("there", "not_there"),
    [
        (
            "I was told to ring if I'm unwell. My temperature is 38.6, on taxol",
            "I was told to ring if my temp reaches 38",
        ),
        ("my neighbour just collapsed, she is on chemo", "a woman on our ward collapsed after chemo, does that happen"),
        ("mum had too much morphine and her breathing is slow", "mum had a heart attack at 71, can I still have EC"),
        ("on AC, temp hundred point nine", "I am 38 and on AC, who looks after fertility"),
        ("my port wound is red and weeping", "my port wound is dry, no redness and no weeping"),
        ("my dog is fine but I have crushing chest pain", "my dog has chest pain"),
    ],
)
def test_told_if_others_ages_and_denials(there: str, not_there: str) -> None:
    haste = {"emergency_now", "urgent_same_day"}
    assert triage(there).class_.value in haste
    assert triage(not_there).class_.value not in haste


def test_a_wish_to_die_counts_in_another_voice_and_as_a_question() -> None:
    assert triage("A friend of mine with cancer says she'd rather be dead").class_.value == "crisis"
    assert triage("is it normal to wish I wouldn't wake up").class_.value == "crisis"


@pytest.mark.parametrize("name", sorted(tables().messages))
def test_messages_are_plain_and_short(name: str) -> None:
    shown = re.sub(r"\{\w+\}", "call 988", tables().messages[name])
    grade = reading.grade(re.split(r"(?<=[.!?])\s+", shown))
    assert grade is not None
    assert grade <= 7.5, shown  # about seventh grade; "24-hour number" and "immunotherapy" cost what they cost
    assert len(shown) < 420


# ---------------------------------------------------------------------------- floors


FLOORS = {
    "emergency_now": 0.97,
    "urgent_same_day": 0.97,
    "crisis": 0.97,
    "ask_team_dose": 0.95,
    "personal_prognosis": 0.95,
    "treatment_decision": 0.95,
    "out_of_scope": 0.9,
    "injection": 0.97,
    "ordinary": 0.95,
}


def test_our_own_messages_stay_above_their_floors() -> None:
    rows = [json.loads(line) for line in OURS.read_text("utf-8").split("\n") if line]
    right: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    over = 0
    for row in rows:
        got = triage(row["text"]).class_.value
        total[row["expected"]] += 1
        right[row["expected"]] += got in {row["expected"], *row["also_accept"]}
        over += row["expected"] == "ordinary" and got in ("emergency_now", "urgent_same_day", "crisis")
    assert set(total) == set(FLOORS)
    below = {kind: right[kind] / total[kind] for kind in total if right[kind] / total[kind] < FLOORS[kind]}
    assert not below
    assert over <= 0.02 * total["ordinary"]


def test_the_second_look_speaks_only_where_no_rule_was_met_and_never_of_a_normal_temperature() -> None:
    text = "each evening I beg for this one to have been the end of my living"
    assert triage(text).class_ is TriageClass.CRISIS
    assert triage("my temperature is 36.6 on docetaxel today, day 9").class_ is TriageClass.ORDINARY
    assert not triage("my temperature is 38.6 on docetaxel today").reason.startswith("like_")


@pytest.mark.parametrize("word", ["pasting", "thinning", "wastes"])
def test_a_plain_form_of_an_english_word_is_no_slip(word: str) -> None:
    machine = _machine()
    assert normalise(word, machine.tables.wording, machine.known, machine.stems) == [word]
