"""mCODE bundles made from real reports: valid by fhir.resources, by required.yaml, and by mCODE's own profiles.

    python -m benchmarks.records_parts.exports

The profiles come from the npm registry; without it those figures are left out. Also how long a summary takes.
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from benchmarks.records_parts.profiles_of_mcode import Json, fetch, problems
from navaid.errors import NavaidError
from navaid.records import read
from navaid.records.export import mcode, summary
from navaid.records.export.mcode.sheet import PROFILES
from navaid.records.export.mcode.valid import required
from navaid.records.extract.extract import extract
from navaid.records.reconcile import reconcile
from navaid.terms import Profile, Reading, encode

TODAY = dt.date(2026, 1, 1)


def measure(data: Path) -> Iterator[Figure]:
    """The figures, one at a time; `data` is the folder of records."""
    people = [_person(paths) for paths in _people(data)]
    people = [(profile, readings) for profile, readings in people if readings]
    bundles = [mcode.bundle(profile, readings) for profile, readings in people]
    resources = sum(len(bundle["entry"]) for bundle in bundles)
    yield Figure("people whose papers were exported", len(people), note=f"{resources} resources")
    valid = sum(not mcode.problems(bundle) for bundle in bundles) / len(bundles)
    yield Figure("bundles valid by fhir.resources R4B and required.yaml", valid, "1", valid == 1)
    yield from _by_the_profiles(bundles)
    yield from _read_again(people, bundles)
    times = []
    for profile, readings in people:
        begun = time.perf_counter()
        summary.html(profile, readings)
        times.append(time.perf_counter() - begun)
    yield Figure("milliseconds a summary page (median)", statistics.median(times) * 1000)


_ROUND = ("er.status", "pr.status", "her2.status", "stage.group", "pt", "pn", "tumour.size", "grade")


def _read_again(people: list[tuple[Profile, list[Reading]]], bundles: list[Json]) -> Iterator[Figure]:
    """Whether a bundle that is added again says what the papers said."""
    same = lost = changed = 0
    with tempfile.TemporaryDirectory() as folder:
        for (profile, _), bundle in zip(people, bundles, strict=True):
            path = Path(folder) / "bundle.json"
            path.write_bytes(encode(bundle))
            again, _ = _person([path])
            for name in _ROUND:
                before, after = profile.field(name), again.field(name)
                if before is None or before.value in ("not_stated", "pending", "not_tested", "indeterminate"):
                    continue
                same += after is not None and after.value == before.value
                lost += after is None or after.value == "not_stated"
                changed += after is not None and after.value not in (before.value, "not_stated")
    yield Figure("values that come back when the bundle is read again", same / max(1, same + lost + changed))
    yield Figure("values that come back as something else", changed, note=f"of {same + lost + changed}, {lost} lost")


def _by_the_profiles(bundles: list[Json]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        known = fetch(Path(folder))
    if known is None:
        return
    wrong: dict[str, int] = {}
    checked = 0
    for resource in (
        each for bundle in bundles for each in (bundle, *(entry["resource"] for entry in bundle["entry"]))
    ):
        for claimed in resource.get("meta", {}).get("profile", ()):
            checked += 1
            for problem in set(problems(resource, known[claimed])):
                wrong[f"{claimed.removeprefix(PROFILES)} {problem}"] = wrong.get(f"{claimed} {problem}", 0) + 1
    note = "; ".join(list(wrong)[:4])
    yield Figure(
        "resources held against mCODE 4.0.0's profiles", checked, note="cardinalities, patterns, types, slices"
    )
    yield Figure("rules of the profiles that are broken", len(wrong), "0", not wrong, note)
    missing = [
        f"{row.profile}: {path}"
        for row in required().values()
        for path in _required(known[PROFILES + row.profile]) - set(row.paths)
    ]
    yield Figure("required elements that required.yaml lacks", len(missing), "0", not missing, "; ".join(missing[:4]))


def _required(definition: Json) -> set[str]:
    """Elements on the first two levels that are needed whatever else is there."""
    needed: set[str] = set()
    for element in definition["snapshot"]["element"][1:]:
        path = element["path"].split(".", 1)[1]
        parent = path.rpartition(".")[0]
        if element.get("min", 0) >= 1 and ":" not in element["id"] and (not parent or parent in needed):
            needed.add(path)
    return needed


def _people(data: Path) -> Iterator[list[Path]]:
    """The files of each person: a report of its own, or a folder of notes."""
    for path in sorted((data / "tcga_brca" / "reports").glob("*.txt")):
        yield [path]
    for folder in sorted((data / "deepphe_patients").iterdir()):
        if folder.is_dir():
            yield sorted(folder.glob("*.txt"))
    for path in sorted((data / "mcode_synthea").glob("*.json")):
        yield [path]


def _person(paths: Iterable[Path]) -> tuple[Profile, list[Reading]]:
    found = read.read_all(paths)
    readings = [extract(paper) for paper in found if not isinstance(paper, NavaidError)]
    return reconcile("benchmark", readings, TODAY), readings


if __name__ == "__main__":
    for figure in measure(Path(__file__).resolve().parents[3] / "shared" / "data" / "records"):
        print(f"{figure.value:10.3f}  {figure.what}  {figure.note}")
