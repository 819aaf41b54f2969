"""How long a large export of Apple Health takes, and how much memory: a million records, in a process of its own."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure

RECORDS = 1_000_000
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
]>
<HealthData locale="en_US">
 <ExportDate value="2024-05-01 08:00:00 +0000"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1970-01-02"
  HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>
"""
_KINDS = ("HeartRate", "StepCount", "ActiveEnergyBurned", "BodyMass", "OxygenSaturation")
_CLINICAL = """{"resourceType": "Observation", "id": "er", "status": "final",
 "code": {"coding": [{"system": "http://loinc.org", "code": "85337-4",
  "display": "Estrogen receptor Ag [Presence] in Breast cancer specimen by Immune stain"}]},
 "effectiveDateTime": "2024-01-05", "valueCodeableConcept": {"text": "Positive"}}"""


def write_export(path: Path, records: int) -> None:
    """An export.zip with this many records, one FHIR file, and nothing of a real person."""
    draw = random.Random(5)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("apple_health_export/export.xml", "w") as file:
            file.write(_HEAD.encode())
            for start in range(0, records, 10_000):
                rows = [_record(draw, at) for at in range(start, min(start + 10_000, records))]
                file.write("".join(rows).encode())
            file.write(b"</HealthData>\n")
        archive.writestr("apple_health_export/clinical-records/Observation-1.json", _CLINICAL)


def _record(draw: random.Random, at: int) -> str:
    kind = draw.choices(_KINDS, (70, 15, 10, 1, 4))[0]
    when = f"20{10 + at * 14 // RECORDS:02}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} 08:{at % 60:02}:00 +0000"
    return (
        f' <Record type="HKQuantityTypeIdentifier{kind}" sourceName="Watch" sourceVersion="10.1" unit="count/min"'
        f' creationDate="{when}" startDate="{when}" endDate="{when}" value="{draw.randint(50, 120)}"/>\n'
    )


def measure(data: Path) -> Iterator[Figure]:
    """Seconds and peak memory of reading the export; the data are made here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        write_export(path, RECORDS)
        command = [sys.executable, "-m", "benchmarks.records_parts.apple", "--read", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    seconds, busy, peak, entries = (float(part) for part in done.stdout.split())
    yield Figure("Apple Health, 1 million records: seconds", seconds, "< 10", seconds < 10)
    yield Figure("Apple Health: of these at work on a processor", busy)
    yield Figure("Apple Health: peak memory of the process, MB", peak, "< 100", peak < 100)
    yield Figure("Apple Health: entries kept", entries, note="vital signs, the person and a clinical record")


def _read(path: Path) -> None:
    from navaid.records.read.structured import read_apple_health

    start, working = time.perf_counter(), time.process_time()
    paper = read_apple_health(path)
    seconds, busy = time.perf_counter() - start, time.process_time() - working
    # Linux counts in kB, macOS in bytes.
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    print(seconds, busy, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale, len(paper.entries))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        _read(Path(sys.argv[2]))
    else:
        for figure in measure(Path()):
            print(*figure, sep="\t")
