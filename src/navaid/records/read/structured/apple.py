"""The export of Apple Health (export.zip) as a Paper: clinical records, and the vital signs that matter.

A million heartbeats are passed over as a stream; kept are the last few of each vital sign below, the FHIR files of
hospitals (clinical-records/*.json) and a C-CDA document where it is small enough to be more than those numbers again.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from lxml import etree

from navaid.errors import BadInput
from navaid.records.paper import Paper
from navaid.records.read.structured.access import Json, number, words
from navaid.records.read.structured.apple_stream import Cut
from navaid.records.read.structured.build import Builder, enter_all
from navaid.records.read.structured.ccda import document
from navaid.records.read.structured.fhir import note_people, resources_in
from navaid.records.read.structured.gate import safe_tree
from navaid.records.read.structured.inside import narratives

MEDIA_TYPE = "application/x-apple-health+zip"
MOST_FILES = 20_000
MOST_FILE_BYTES = 10_000_000  # of one clinical record
MOST_CDA_BYTES = 10_000_000  # a larger one repeats the numbers of every watch
_AT_ONCE = 4096  # of each vital sign, before all but the latest are dropped
KEPT = 3  # of each vital sign, the latest

# Apple's names of what is kept (HealthKit quantity types), with ours.
VITALS = {
    "HKQuantityTypeIdentifierBodyMass": "Body weight",
    "HKQuantityTypeIdentifierHeight": "Body height",
    "HKQuantityTypeIdentifierBodyMassIndex": "Body mass index",
    "HKQuantityTypeIdentifierBodyTemperature": "Body temperature",
    "HKQuantityTypeIdentifierBloodPressureSystolic": "Systolic blood pressure",
    "HKQuantityTypeIdentifierBloodPressureDiastolic": "Diastolic blood pressure",
    "HKQuantityTypeIdentifierRestingHeartRate": "Resting heart rate",
    "HKQuantityTypeIdentifierOxygenSaturation": "Oxygen saturation",
    "HKQuantityTypeIdentifierBloodGlucose": "Blood glucose",
}
_SEXES = {"HKBiologicalSexFemale": "female", "HKBiologicalSexMale": "male"}
# What zipfile raises for damaged, cut off or locked archives (a negative offset is a ValueError).
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    OverflowError,
    ValueError,
)
_FIX = "export again: Health, your picture, Export All Health Data"

_Row = tuple[str, str, str]  # day, value, unit


def read_apple_health(source: Path | str | BinaryIO, path: Path | str = "") -> Paper:
    """The clinical records and latest vital signs of an export.zip, a line each. `path` names it to the person.

    Raises BadInput for what is no such export, is cut off, or is not safe to read; a broken file within gives a note.
    """
    path = path or (source if isinstance(source, str | Path) else "export.zip")
    builder = Builder()
    try:
        with zipfile.ZipFile(source) as archive:
            _read(archive, builder, path)
    except _DAMAGED as error:
        if isinstance(error, FileNotFoundError):
            raise BadInput("there is no such file", where=str(path)) from error
        raise BadInput("this zip is damaged, cut off or locked", where=str(path), fix=_FIX) from error
    return builder.paper(_digest(source), path, MEDIA_TYPE)


def _read(archive: zipfile.ZipFile, builder: Builder, path: Path | str) -> None:
    names = {info.filename: info for info in archive.infolist()[:MOST_FILES]}
    main = next((name for name in names if name.rpartition("/")[2] == "export.xml"), "")
    clinical = [name for name in names if "clinical-records/" in name and name.endswith(".json")]
    if not main and not clinical:
        raise BadInput("there is no export.xml in this zip", where=str(path), fix=_FIX)
    builder.say("Apple Health")
    builder.say()
    resources: list[Json] = []
    for name in sorted(clinical):
        if names[name].file_size > MOST_FILE_BYTES:
            builder.note(f"A clinical record has {names[name].file_size // 1_000_000} MB and was left out.")
            continue
        try:
            resources += resources_in(archive.read(name), builder, name)
        except (BadInput, *_DAMAGED):
            builder.note("A clinical record in this export is broken and was left out.")
    if main:
        resources += _vitals(archive, main, builder)
    enter_all(builder, resources)
    for text in narratives(resources, builder):
        builder.say()
        builder.say(text)
    for name, info in names.items():
        if name.rpartition("/")[2] != "export_cda.xml":
            continue
        if info.file_size > MOST_CDA_BYTES:
            builder.note(
                f"The C-CDA document in this export has {info.file_size // 1_000_000} MB and was left out: so large, it"
                " mostly repeats what watches measured. Add export_cda.xml by itself if your hospital wrote it."
            )
        elif info.file_size:
            _cda(archive, name, builder)
    note_people(builder)


def _cda(archive: zipfile.ZipFile, name: str, builder: Builder) -> None:
    try:
        root = safe_tree(archive.read(name), name, "ClinicalDocument")
    except (BadInput, *_DAMAGED):
        builder.note("The C-CDA document in this export is broken and was left out.")
        return
    builder.say()
    document(root, builder)


def _vitals(archive: zipfile.ZipFile, main: str, builder: Builder) -> Iterator[Json]:
    """The person, and the latest of each vital sign, from export.xml read as a stream."""
    latest: dict[str, list[_Row]] = defaultdict(list)
    person: Json = {}
    try:
        with archive.open(main) as stream:
            for element in _elements(stream):
                person = _me(element) if element.tag == "Me" else person
                _keep(element, latest)
    except (etree.LxmlError, *_DAMAGED):
        builder.note(f"export.xml is broken or cut off, and was read up to there; {_FIX}.")
    if person:
        yield person
    for kind, rows in latest.items():
        for at, (when, amount, unit) in enumerate(sorted(rows)[-KEPT:], 1):
            if (value := number(amount)) is not None:
                yield _observation(kind, at, words(when)[:10], value, words(unit))


def _keep(element: etree._Element, latest: dict[str, list[_Row]]) -> None:
    """Put a vital sign with its like, of which the latest stay."""
    kind = element.get("type")
    if kind in VITALS:
        rows = latest[str(kind)]
        rows.append((element.get("startDate") or "", element.get("value") or "", element.get("unit") or ""))
        if len(rows) > _AT_ONCE:
            rows[:] = sorted(rows)[-KEPT:]


def _me(element: etree._Element) -> Json:
    """The phone's owner as a Patient; Apple gives no name."""
    person: Json = {"resourceType": "Patient", "id": "apple-me"}
    if born := words(element.get("HKCharacteristicTypeIdentifierDateOfBirth")):
        person["birthDate"] = born
    if sex := _SEXES.get(str(element.get("HKCharacteristicTypeIdentifierBiologicalSex"))):
        person["gender"] = sex
    return person


def _observation(kind: str, at: int, when: str, value: float, unit: str) -> Json:
    return {
        "resourceType": "Observation",
        "id": f"{kind.removeprefix('HKQuantityTypeIdentifier')}-{at}",
        "status": "final",
        "code": {"text": VITALS[kind]},
        "effectiveDateTime": when,
        "valueQuantity": {"value": value, "unit": unit} if unit else {"value": value},
    }


def _elements(stream: IO[bytes]) -> Iterator[etree._Element]:
    """Every top element of export.xml, freed as soon as the next one is asked for."""
    events = etree.iterparse(
        Cut(stream),
        events=("end",),
        tag=("Record", "Correlation", "Workout", "ActivitySummary", "ClinicalRecord", "Me", "ExportDate"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _digest(source: Path | str | BinaryIO) -> str:
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    source.seek(0)
    digest = hashlib.sha256()
    while chunk := source.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
