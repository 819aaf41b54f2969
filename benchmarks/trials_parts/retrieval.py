"""Is the trial that a patient was written for among the first? And what CAR-T for breast cancer finds.

    .venv/bin/python -m benchmarks.trials_parts.retrieval

The 19 written patients of ../shared against about 1,140 trials (the two exports and eight records), each status taken.
With 19, one patient is five percent: the table names each.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import tempfile
from pathlib import Path

from benchmarks.trials_parts.collection import DATA, patients, records
from navaid.models import embedding
from navaid.models.embedding import Embedder
from navaid.terms import Fit, Profile
from navaid.trials.find.find import Wanted, find
from navaid.trials.find.level import level
from navaid.trials.find.listing import Listing, search
from navaid.trials.match import profile_of
from navaid.trials.store import Store

_TODAY = dt.date(2026, 1, 31)  # about when the newer export was made


def ranks(store: Store, embedder: Embedder | None, *, matched: bool) -> list[tuple[str, int | None, str]]:
    """For each patient the trial's id, its place (None beyond the studies compared), and what the match said of it."""
    found = []
    for own, text in patients():
        profile: Profile | None = profile_of(text, today=_TODAY) if matched else None
        model = embedder if matched else None
        listing: Listing = search(store, Wanted(about=text), _TODAY, profile=profile, limit=1_000_000, embedder=model)
        ids = [one.study.nct_id for one in listing.ranked]
        place = ids.index(own) + 1 if own in ids else None
        held = listing.ranked[place - 1].match if place else None
        found.append((own, place, held.verdict.value if held else ""))
    return found


def cell_therapy(store: Store) -> None:
    """Which confirmed CAR-T trials of the table that are among the records are found by `CAR-T breast`."""
    index = level(store)
    rows = list(csv.DictReader((DATA / "cart_breast" / "cart_trials.tsv").open(encoding="utf-8"), delimiter="\t"))
    hits = [id_ for id_, _ in find(store, index, Wanted(words="CAR-T breast")).hits]
    sure = [row for row in rows if row["confidence"].startswith("confirmed") and store.get(row["nct"])]
    other = [row["nct"] for row in sure if "not CAR-T" in row["confidence"]]
    wanted = [row["nct"] for row in sure if "not CAR-T" not in row["confidence"] and "trap" not in row["confidence"]]
    print(
        f"CAR-T breast: {len(hits)} found; of {len(wanted)} wanted missing: {sorted(set(wanted) - set(hits)) or 'none'}"
    )
    print(f"  other cell therapies among them: {sorted(set(other) & set(hits)) or 'none'} (of {len(other)} held)")


def show(name: str, found: list[tuple[str, int | None, str]]) -> None:
    """Shares within the first 3 and 10, and each place."""
    first = {cutoff: sum(place is not None and place <= cutoff for _, place, _ in found) for cutoff in (1, 3, 10)}
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
