"""The statements of studies, split and parsed once: kept by the hash of the study and the fingerprint of the parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import msgspec

from navaid.terms import Criterion, Study
from navaid.trials.criteria.parse import meaning
from navaid.trials.criteria.split import split
from navaid.trials.files import fingerprint
from navaid.trials.store import Store

_BATCH = 100


def parse(study: Study) -> tuple[Criterion, ...]:
    """The statements of a study, each with what it asks."""
    return tuple(
        statement if statement.expression else msgspec.structs.replace(statement, expression=meaning(statement))
        for statement in split(study.eligibility_criteria)
    )


def parsed(
    store: Store, studies: Iterable[Study], on_study: Callable[[int], None] = lambda done: None
) -> dict[str, tuple[Criterion, ...]]:
    """The statements of each study by its id; those that were not parsed yet are, and kept. `on_study` counts these."""
    found: dict[str, tuple[Criterion, ...]] = {}
    fresh: list[tuple[str, str, tuple[Criterion, ...]]] = []
    done = 0
    for study in studies:
        key = f"{study.hash[:32]}{_parser()}"
        known = store.criteria(study.nct_id, key)
        if known is None:
            known = parse(study)
            fresh.append((study.nct_id, key, known))
            done += 1
            on_study(done)
        if len(fresh) >= _BATCH:
            store.keep_criteria(fresh)
            fresh.clear()
        found[study.nct_id] = known
    if fresh:
        store.keep_criteria(fresh)
    return found


@cache
def _parser() -> str:
    return fingerprint("trials/criteria", "terms")
