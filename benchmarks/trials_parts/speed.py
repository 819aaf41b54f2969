"""What importing, searching and matching cost, and how it grows: real records multiplied with new ids.

    .venv/bin/python -m benchmarks.trials_parts.speed              10,000 records
    .venv/bin/python -m benchmarks.trials_parts.speed --records 100000 --no-match
    .venv/bin/python -m benchmarks.trials speed                    2,000 records, under a minute

Records are API v2 records of ../shared (some with 400 sites) and the two exports, in their own proportions. Each stage
runs in this one process; memory is its peak.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.records_parts.figure import Figure
from benchmarks.trials_parts.collection import DATA, _lines, records
from navaid.terms import Study
from navaid.trials.adding import add
from navaid.trials.find.distance import Point
from navaid.trials.find.find import Wanted, find
from navaid.trials.find.index import WordIndex
from navaid.trials.find.level import level
from navaid.trials.match.facts import Facts
from navaid.trials.match.match import match_facts
from navaid.trials.match.note import profile_of
from navaid.trials.parsed import parsed
from navaid.trials.store import Store

_SMALL = 2_000
"""Records that `measure` imports."""
_TODAY = dt.date(2026, 1, 31)
_ABOUT = (
    "A 58-year-old postmenopausal woman with metastatic ER-positive, HER2-negative breast cancer in bone and liver, "
    "progressed on letrozole with palbociclib, ECOG 1, creatinine and liver values normal, no brain metastases."
)
_SEARCHES = {
    "words": Wanted(words="CAR-T breast"),
    "a drug": Wanted(drug="CDK4/6 inhibitor"),
    "a place": Wanted(words="breast", near=Point(latitude=42.36, longitude=-71.06), within_km=100.0),
    "a person's words": Wanted(about=_ABOUT),
}


def measure(data: Path) -> Iterator[Figure]:
    """A smaller run: 2,000 records imported, 1,000 matched from kept statements; the peak of a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as own:
        took, worked, matched, peak = own.submit(_small, data).result()
    whole = 10_000 / _SMALL
    note = f"measured on {_SMALL:,}: {took:.1f} s, {worked:.1f} s of one processor; times {whole:g}"
    yield Figure("importing 10,000 records, seconds", took * whole, "< 60", took * whole < 60, note)
    note = "one profile, statements read before, processor time"
    yield Figure("matching 1,000 trials, seconds", matched, "< 1", matched < 1, note)
    note = f"MB, {_SMALL:,} records, reading 1,000 included"
    yield Figure("peak memory", peak, "< 500", peak < 500, note)


def _small(data: Path) -> tuple[float, float, float, float]:
    """Seconds and processor seconds of importing, processor seconds of matching, and the peak in MB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "records.jsonl", _SMALL, data)
        with Store(folder / "trials") as store:
            began = clock()
            add(store, [folder / "records.jsonl"], _TODAY)
            level(store)
            took, worked = (after - before for after, before in zip(clock(), began, strict=True))
            studies = list(itertools.islice(store, 1_000))
            parsed(store, studies)
            statements = parsed(store, studies)
            facts = Facts(profile_of(_ABOUT, today=_TODAY), _TODAY)
            before = time.process_time()
            match_all(studies, facts, statements)
            return took, worked, time.process_time() - before, peak_mb()


def multiplied(count: int, data: Path = DATA) -> Iterator[dict[str, Any]]:
    """So many records with ids of their own."""
    registry = [
        row["study"] for row in _lines(data / "ctgov_v2" / "studies.jsonl.gz") if "protocolSection" in row["study"]
    ]
    real = [*records(data).values(), *registry]
    for number, record in zip(range(count), itertools.cycle(real), strict=False):
        protocol = record["protocolSection"]
        identity = protocol.get("identificationModule", {}) | {"nctId": f"NCT{90_000_000 + number}"}
        yield {**record, "protocolSection": protocol | {"identificationModule": identity}}


def write(path: Path, count: int, data: Path = DATA) -> None:
    """So many records as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in multiplied(count, data))


Clock = tuple[float, float]  # of the wall, of the processor


def clock() -> Clock:
    return time.perf_counter(), time.process_time()


def timed(name: str, began: Clock, of: int | None = None) -> Clock:
    """Say how long something took, and of the processor's time (the machine may be shared); the time now."""
    now = clock()
    took, worked = (after - before for after, before in zip(now, began, strict=True))
    each = f", {1000 * worked / of:.2f} ms each" if of else ""
    print(f"{name}: {took:.1f} s, {worked:.1f} s of one processor{each}; peak memory {peak_mb():.0f} MB", flush=True)
    return clock()


def peak_mb() -> float:
    """The most memory this process held (`ru_maxrss` of a child may begin at its parent's, so it comes second)."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii", errors="replace").splitlines() if status.exists() else []
    peak = next((float(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)
    return (peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=10_000)
    arguments.add_argument("--match", type=int, default=1_000)
    arguments.add_argument("--no-match", action="store_true", help="only import and search")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "records.jsonl", given.records)
        print(f"{given.records:,} records, {(folder / 'records.jsonl').stat().st_size / 1e6:.0f} MB as JSON Lines")
        with Store(folder / "trials") as store:
            began = clock()
            kept = add(store, [folder / "records.jsonl"], _TODAY)
            kept_at = timed(f"kept {kept.new:,}", began, given.records)
            index = level(store)
            timed("made searchable", kept_at, given.records)
            timed("import, both", began, given.records)
            on_disk = sum(path.stat().st_size for path in (folder / "trials").rglob("*") if path.is_file())
            print(f"on disk: {on_disk / 1e6:.0f} MB")
            searches(store, index)
            if not given.no_match:
                matching(store, given.match)


def searches(store: Store, index: WordIndex) -> None:
    for name, wanted in _SEARCHES.items():
        times = []
        for _ in range(5):
            began = time.perf_counter()
            found = find(store, index, wanted)
            times.append(time.perf_counter() - began)
        print(f"search by {name}: {1000 * sorted(times)[2]:.0f} ms, {found.in_all:,} found")


def matching(store: Store, count: int) -> None:
    studies = list(itertools.islice(store, count))
    began = clock()
    parsed(store, studies)
    began = timed(f"who may join, read once for {len(studies):,}", began, len(studies))
    statements = parsed(store, studies)
    loaded = timed("the same, from the store", began, len(studies))
    profile = profile_of(_ABOUT, today=_TODAY)
    loaded = timed("the profile of a text", loaded)
    facts = Facts(profile, _TODAY)
    match_all(studies, facts, statements)
    timed(f"matched {len(studies):,}", loaded, len(studies))


def match_all(studies: Sequence[Study], facts: Facts, statements: Mapping[str, Any]) -> None:
    for study in studies:
        match_facts(study, facts, criteria=statements[study.nct_id])


if __name__ == "__main__":
    main()
