"""Claims of the starter library by their ids, for tables that name them."""

from __future__ import annotations

from collections.abc import Iterable

from navaid import starter
from navaid.starter import Starter
from navaid.terms import Claim


def by_ids(data: Starter, ids: Iterable[str]) -> dict[str, Claim]:
    """The claims of these ids, in the order in which they are named; an id that the library has not is left out."""
    wanted = dict.fromkeys(ids)
    found = {row.id: starter.claim(topic, row) for topic in data.topics for row in topic.claims if row.id in wanted}
    return {id_: found[id_] for id_ in wanted if id_ in found}
