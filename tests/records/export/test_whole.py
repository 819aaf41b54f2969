"""The profile as JSON comes back without loss."""

from __future__ import annotations

import json

from written import TODAY, profile

from navaid.records.export.whole import Whole, whole
from navaid.records.reconcile import told
from navaid.records.vault import Original
from navaid.terms import decode


def test_nothing_is_lost_on_the_way_to_json_and_back() -> None:
    word = told.word("er.status", "positive", told.CONFIRM, TODAY)
    made, readings = profile(word)
    original = Original(id=readings[0].file, name="biopsy.pdf", path="/papers/biopsy.pdf", size=5, added=TODAY)
    data = whole(made, (original,), tuple(readings), (word,))
    back = decode(data, Whole)
    assert back.profile == made
    assert back.readings == tuple(readings)
    assert (back.originals, back.said) == ((original,), (word,))
    assert json.loads(data)["by_name"]["er"]["status"]["value"] == "positive"
