"""Which claims come first, and by what numbers."""

from __future__ import annotations

import math

from navaid import starter
from navaid.answers import evidence, plan, ranking
from navaid.answers.asked import Asked
from navaid.library import Library


def ranked(library: Library, text: str) -> list[ranking.Ranked]:
    question = plan.plan(text)
    asked = Asked(library, question.text)
    runs = evidence.own_runs(library, question, asked)
    weights = ranking.weights(meaning=False)
    found = ranking.candidates(starter.load(library.folder), question, asked, runs)
    return sorted(found, key=lambda one: -weights.score(one.features))


def test_both_tables_weigh_every_feature_and_no_other() -> None:
    for meaning in (True, False):
        assert set(ranking.weights(meaning=meaning).features) == set(ranking.FEATURES)


def test_a_score_is_the_constant_and_the_weighted_sum() -> None:
    weights = ranking.Weights(constant=-1.0, features=dict.fromkeys(ranking.FEATURES, 2.0))
    assert math.isclose(weights.score([0.5] * len(ranking.FEATURES)), -1.0 + len(ranking.FEATURES))


def test_the_claims_that_speak_of_the_point_come_first(embedded: Library) -> None:
    best = ranked(embedded, "can olaparib cause anemia")[:5]
    assert any("olaparib" in one.row.text.lower() or "parp" in one.row.text.lower() for one in best)
    assert best[0].features[ranking.FEATURES.index("things")] > 0


def test_features_are_shares_and_finite(embedded: Library) -> None:
    for one in ranked(embedded, "is tamoxifen or letrozole better after menopause"):
        assert len(one.features) == len(ranking.FEATURES)
        assert all(math.isfinite(value) and -1.0 <= value <= 1.0 + 1e-6 for value in one.features), one.row.id
