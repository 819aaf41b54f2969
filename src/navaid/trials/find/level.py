"""What a search needs from the studies, kept level with them: tags, places, the index of words, parsed criteria.

All of it is made from the studies in batches, so that an interrupted run goes on where it was; where the rules or the
parser have changed since, all is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain

import msgspec

from navaid.terms import Criterion, Study
from navaid.trials.criteria.parse import meaning
from navaid.trials.criteria.split import split
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


def parsed(study: Study) -> tuple[Criterion, ...]:
    """The statements of a study, each with what it asks."""
    statements = split(study.eligibility_criteria)
    return tuple(
        statement if statement.expression else msgspec.structs.replace(statement, expression=meaning(statement))
        for statement in statements
    )


def _note(store: Store, studies: Sequence[Study], done: int) -> None:
    ids = [(study.nct_id,) for study in studies]
    with store.writing() as db:
        for table in ("tags", "sites", "criteria"):
            db.executemany(f"DELETE FROM {table} WHERE nct_id = ?", ids)
        db.executemany("INSERT INTO tags VALUES (?, ?)", [(s.nct_id, tag) for s in studies for tag in sorted(tags(s))])
        db.executemany("INSERT INTO sites VALUES (?, ?, ?, ?, ?, ?)", chain.from_iterable(map(_sites, studies)))
        db.executemany(
            "INSERT INTO criteria VALUES (?, ?)", [(s.nct_id, msgspec.msgpack.encode(parsed(s))) for s in studies]
        )
        store.set_meta("level", str(done))


def _sites(study: Study) -> list[tuple[str, str, str, str, float, float]]:
    return [
        (study.nct_id, site.city, site.state, site.country, site.latitude, site.longitude)
        for site in study.sites
        if site.latitude is not None and site.longitude is not None
    ]


@cache
def rules() -> str:
    """A fingerprint of everything that tags and parsed criteria depend on: the program's own files of them."""
    digest = hashlib.sha256()
    package = resources.files("navaid")
    for name in ("trials/criteria", "trials/find", "vocabulary", "terms"):
        for file in _files(package.joinpath(*name.split("/"))):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry)
        elif entry.name.endswith((".py", ".yaml", ".csv")):
            found.append(entry)
    return found
