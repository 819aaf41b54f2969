"""Is the trial that a patient was written for among the first? And what CAR-T for breast cancer finds.

    .venv/bin/python -m benchmarks.trials_parts.retrieval           the table: words, match and meaning, each added
    .venv/bin/python -m benchmarks.trials retrieval                 only what `navaid trials find --about` gives here

The 19 written patients of ../shared against about 1,140 trials (the two exports and eight records), each status taken.
With 19, one patient is five percent: the table names each.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from benchmarks.trials_parts.collection import DATA, patients, records
from navaid.models import embedding
from navaid.models.embedding import Embedder
from navaid.terms import Fit, Profile
from navaid.trials.find.find import Wanted, find
from navaid.trials.find.level import level
from navaid.trials.find.listing import Listing, search
from navaid.trials.match.note import profile_of
from navaid.trials.store import Store

_TODAY = dt.date(2026, 1, 31)  # about when the newer export was made


def measure(data: Path) -> Iterator[Figure]:
    """The shares of patients whose trial is among the first 3 and 10, by all that is installed, and CAR-T's misses."""
    embedder = embedding.load("auto")
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        store.keep(records(data).values(), _TODAY)
        found = ranks(store, embedder, matched=True, data=data)
        way = "words, match and meaning" if embedder else "words and match (no extra `dense`)"
        for cutoff, wanted in ((3, 0.7), (10, 0.9)):
            count = _within(found, cutoff)
            share = count / len(found) if found else 0.0
            note = f"{count} of {len(found)} patients, {len(store):,} trials, {way}"
            yield Figure(f"own trial within the first {cutoff}", share, f"≥ {wanted:.2f}", share >= wanted, note)
        hits, wanted_ids, others = car_t(store, data)
        missing = len(wanted_ids - hits)
        yield Figure("CAR-T breast: confirmed trials missed", missing, "0", missing == 0, f"of {len(wanted_ids)}")
        taken = len(others & hits)
        yield Figure("CAR-T breast: other cells taken for CAR-T", taken, "0", taken == 0, f"of {len(others)}")


def ranks(
    store: Store, embedder: Embedder | None, *, matched: bool, data: Path = DATA
) -> list[tuple[str, int | None, str]]:
    """For each patient the trial's id, its place (None beyond the studies compared), and what the match said of it."""
    found = []
    for own, text in patients(data):
        profile: Profile | None = profile_of(text, today=_TODAY) if matched else None
        model = embedder if matched else None
        listing: Listing = search(store, Wanted(about=text), _TODAY, profile=profile, limit=1_000_000, embedder=model)
        ids = [one.study.nct_id for one in listing.ranked]
        place = ids.index(own) + 1 if own in ids else None
        held = listing.ranked[place - 1].match if place else None
        found.append((own, place, held.verdict.value if held else ""))
    return found


def car_t(store: Store, data: Path = DATA) -> tuple[set[str], set[str], set[str]]:
    """What `CAR-T breast` finds; of the table's confirmed trials that are kept, those it should; and other cells."""
    rows = list(csv.DictReader((data / "cart_breast" / "cart_trials.tsv").open(encoding="utf-8"), delimiter="\t"))
    hits = {id_ for id_, _ in find(store, level(store), Wanted(words="CAR-T breast")).hits}
    sure = [row for row in rows if row["confidence"].startswith("confirmed") and store.get(row["nct"])]
    others = {row["nct"] for row in sure if "not CAR-T" in row["confidence"]}
    wanted = {row["nct"] for row in sure if "not CAR-T" not in row["confidence"] and "trap" not in row["confidence"]}
    return hits, wanted, others


def cell_therapy(store: Store) -> None:
    """Which confirmed CAR-T trials of the table that are among the records are found by `CAR-T breast`."""
    hits, wanted, others = car_t(store)
    print(f"CAR-T breast: {len(hits)} found; of {len(wanted)} wanted missing: {sorted(wanted - hits) or 'none'}")
    print(f"  other cell therapies among them: {sorted(others & hits) or 'none'} (of {len(others)} held)")


def _within(found: list[tuple[str, int | None, str]], cutoff: int) -> int:
    return sum(place is not None and place <= cutoff for _, place, _ in found)


def show(name: str, found: list[tuple[str, int | None, str]]) -> None:
    """Shares within the first 3 and 10, and each place."""
    first = {cutoff: _within(found, cutoff) for cutoff in (1, 3, 10)}
    shares = ", ".join(
        f"first {cutoff}: {count}/{len(found)} ({count / len(found):.0%})" for cutoff, count in first.items()
    )
    print(f"{name}: {shares}")
    print("  places:", " ".join(str(place or "-") for _, place, _ in found))
    wrong = [own for own, _, verdict in found if verdict == Fit.DOES_NOT_FIT]
    if wrong:
        print(f"  called not fitting: {', '.join(wrong)}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--keep", type=Path, help="a folder to keep the store in, so that a second run is quick")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store(given.keep or Path(folder)) as store:
        store.keep(records().values(), _TODAY)
        print(f"{len(store):,} trials, {len(patients())} patients")
        cell_therapy(store)
        show("words alone", ranks(store, None, matched=False))
        show("words and match", ranks(store, None, matched=True))
        show("words, match and meaning", ranks(store, embedding.load("auto"), matched=True))


if __name__ == "__main__":
    main()
