"""What a search needs from the studies, kept level with them: tags, places, the index of words.

All of it is made from the studies in batches, so that an interrupted run goes on where it was; where the rules have
changed since, all is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain

from navaid.terms import Study
from navaid.trials.files import fingerprint
from navaid.trials.find.index import WordIndex
from navaid.trials.find.tags import tags
from navaid.trials.store import Store

_BATCH = 1_000


def level(store: Store, on_study: Callable[[int, int], None] = lambda done, total: None) -> WordIndex:
    """The index of words, after everything that is made from the studies was brought level with them."""
    index = WordIndex(store.folder / "words", store.meta("identity"))
    done = int(store.meta("level") or 0)
    if store.meta("rules") != rules() or index.seq != done:
        index.clear()
        done = 0
        with store.writing():
            store.set_meta("level", "0")
            store.set_meta("rules", rules())
    last, began = store.seq, done
    while batch := store.after(done, _BATCH):
        done = batch[-1][0]
        index.add([study for _, study in batch], done)
        _note(store, [study for _, study in batch], done)
        on_study(done - began, last - began)
    return index


def _note(store: Store, studies: Sequence[Study], done: int) -> None:
    ids = [(study.nct_id,) for study in studies]
    with store.writing() as db:
        for table in ("tags", "sites"):
            db.executemany(f"DELETE FROM {table} WHERE nct_id = ?", ids)
        db.executemany("INSERT INTO tags VALUES (?, ?)", [(s.nct_id, tag) for s in studies for tag in sorted(tags(s))])
        db.executemany("INSERT INTO sites VALUES (?, ?, ?, ?, ?, ?)", chain.from_iterable(map(_sites, studies)))
        store.set_meta("level", str(done))


def _sites(study: Study) -> list[tuple[str, str, str, str, float, float]]:
    return [
        (study.nct_id, site.city, site.state, site.country, site.latitude, site.longitude)
        for site in study.sites
        if site.latitude is not None and site.longitude is not None
    ]


@cache
def rules() -> str:
    """A fingerprint of all that tags and the index depend on."""
    return fingerprint("trials/find", "vocabulary")
