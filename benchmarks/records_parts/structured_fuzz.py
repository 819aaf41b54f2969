"""Coded records with wrong things in right places: any JSON in any place of a resource, any attribute or element of a
C-CDA document, damaged exports of Apple Health. Each must end in a Paper or BadInput, and findings point at its words.

    python -m benchmarks.records_parts.structured_fuzz [cases, 10000 if not given]
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.records_parts.figure import Figure
from navaid.errors import BadInput
from navaid.records.extract.structured import find, header_of, prose
from navaid.records.extract.view import View
from navaid.records.paper import Paper
from navaid.records.read.structured import read_apple_health, read_ccda, read_fhir

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"
CASES = 10_000
SLOW_S = 5.0
_SEED = 71
_JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 2**60, "", "x" * 5000, "\x00\n\x85", "<5", [], {}, [[]], [{}], [None], [["a"]]),
    *({"coding": "x"}, {"coding": [1, None, {"code": [1]}]}, {"value": "abc"}, {"reference": 5}, {"text": {"a": 1}}),
)
_VALUES = (b"", b"x" * 3000, b"-1", b"9" * 20, b"CD", b"PQ", b"IVL_PQ", b"true", b"#a", b"INT", b"2013")


def measure(data: Path, cases: int = CASES) -> Iterator[Figure]:
    """How many cases ended otherwise than they must, and how long the slowest took."""
    chance, ends, slowest = random.Random(_SEED), Counter[str](), 0.0
    bundles = [json.loads(path.read_bytes()) for path in sorted(data.glob("mcode_*/**/*.json")) if _fits(path)]
    documents = [path.read_bytes() for path in sorted(data.glob("ccda_*/**/*.xml"))[::4]]
    for number in range(cases):
        start = time.perf_counter()
        ends[_end(number, chance, bundles, documents)] += 1
        slowest = max(slowest, time.perf_counter() - start)
    wrong = {end: count for end, count in ends.items() if end not in ("read", "refused")}
    yield Figure(
        "damaged coded records that end in anything but a paper or a refusal", sum(wrong.values()), "0", not wrong
    )
    yield Figure("damaged coded records read as far as they go", ends["read"], note=f"of {cases}; {dict(wrong) or ''}")
    yield Figure("seconds of the slowest", slowest, f"< {SLOW_S:.0f}", slowest < SLOW_S)


def _fits(path: Path) -> bool:
    return path.stat().st_size < 100_000 and b'"resourceType"' in path.read_bytes()


def _end(number: int, chance: random.Random, bundles: list[Any], documents: list[bytes]) -> str:
    try:
        _whole(_paper(number, chance, bundles, documents))
    except BadInput:
        return "refused"
    except Exception as error:  # what no reader may do
        return f"{type(error).__name__} (case {number})"
    return "read"


def _paper(number: int, chance: random.Random, bundles: list[Any], documents: list[bytes]) -> Paper:
    if number % 3 == 0:
        return read_fhir(_json(chance, bundles), "a.json")
    if number % 3 == 1:
        return read_ccda(_xml(chance, documents), "a.xml")
    return read_apple_health(io.BytesIO(_zip(chance, bundles, documents)), "a.zip")


def _whole(paper: Paper) -> None:
    header_of(paper)
    if len(prose(paper).text) != len(paper.text):
        raise AssertionError("prose has another length")
    for finding in find(View(paper)):
        if paper.text[finding.source.start : finding.source.end] != finding.source.words:
            raise AssertionError("words are not those of the span")


def _json(chance: random.Random, bundles: list[Any]) -> bytes:
    value = copy.deepcopy(chance.choice(bundles))
    places = list(_places(value))
    for _ in range(chance.randint(1, 8)):
        holder, key = chance.choice(places)
        holder[key] = copy.deepcopy(chance.choice(_JUNK))
    data = json.dumps(value).encode()
    return data[: chance.randint(0, len(data))] if chance.random() < 0.1 else data


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def _xml(chance: random.Random, documents: list[bytes]) -> bytes:
    data = chance.choice(documents)
    way = chance.random()
    if way < 0.5:
        return re.sub(
            rb'="[^"]*"', lambda m: b'="%b"' % chance.choice(_VALUES) if chance.random() < 0.02 else m[0], data
        )
    if way < 0.8:
        names = sorted(set(re.findall(rb"<([a-zA-Z]+)", data)))
        one, other = chance.choice(names), chance.choice(names)
        return re.sub(rb"(</?)%b\b" % one, rb"\1" + other, data)
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(4) + data[at + chance.randint(0, 50) :]


def _zip(chance: random.Random, bundles: list[Any], documents: list[bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        weight = '<Record type="HKQuantityTypeIdentifierBodyMass" value="{}" unit="kg" startDate="{}"/>'
        rows = [
            weight.format(chance.choice(["61", "", "nan", "1e999"]), chance.choice(["", "2020-01-01"])) for _ in "12345"
        ]
        end = chance.choice(["</HealthData>", "", "<x>"])
        archive.writestr("apple_health_export/export.xml", f"<HealthData><Me/>{''.join(rows)}{end}")
        archive.writestr("apple_health_export/clinical-records/a.json", _json(chance, bundles))
        archive.writestr("apple_health_export/export_cda.xml", chance.choice(documents)[: chance.choice([100, 10**7])])
    data = bytearray(file.getvalue())
    for _ in range(chance.choice([0, 1, 5])):
        data[chance.randrange(len(data))] = chance.randint(0, 255)
    return bytes(data)


if __name__ == "__main__":
    for figure in measure(DATA, int(sys.argv[1]) if len(sys.argv) > 1 else CASES):
        print(*figure, sep="\t")
