"""How much of a page fits: the most that does, in few tries."""

from __future__ import annotations

import pytest

from navaid.records.export.one_page import fullest


@pytest.mark.parametrize("room", [0, 1, 2, 3, 17, 38, 39, 40, 100])
def test_the_fullest_page_that_fits_is_found_in_few_tries(room: int) -> None:
    tried: list[int] = []

    def made(count: int) -> str:
        tried.append(count)
        return "x" * count

    amounts = range(40, 0, -2)
    found = fullest(made, lambda text: len(text) <= room, amounts)
    assert len(found) == max((amount for amount in amounts if amount <= room), default=2)
    assert len(tried) <= 7
    assert tried[0] == 40
