"""Exports on disk: what each form is called, and how nothing is written over by accident."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from navaid.errors import BadInput, NavaidError
from navaid.records.export import mcode, summary
from navaid.records.export.form import Form
from navaid.records.export.whole import whole
from navaid.records.vault import Papers, VaultDamaged
from navaid.records.vault.places import private_file
from navaid.terms import Profile, encode


@dataclass
class Written:
    """The files that were written, and what could not be."""

    paths: list[Path] = field(default_factory=list)
    problems: list[NavaidError] = field(default_factory=list)


class NotValid(NavaidError):
    """A bundle that fails the check of its own profiles; it is not written."""


def write(papers: Papers, profile: Profile, to: Path, forms: Sequence[Form], *, replace: bool = False) -> Written:
    """The exports of a person in this folder, which is made if need be. One that fails does not stop the others."""
    folder(to)
    made = Written()
    steps: dict[Form, Callable[[], Iterator[Path]]] = {
        Form.ORIGINAL: lambda: _originals(papers, to / "originals", replace, made.problems),
        Form.JSON: lambda: _json(papers, profile, to, replace),
        Form.FHIR: lambda: _fhir(papers, profile, to, replace),
        Form.SUMMARY: lambda: _summary(papers, profile, to, replace),
    }
    for form in dict.fromkeys(forms):
        try:
            for path in steps[form]():
                made.paths.append(path)
        except NavaidError as error:
            made.problems.append(error)
    return made


def _originals(papers: Papers, to: Path, replace: bool, problems: list[NavaidError]) -> Iterator[Path]:
    folder(to)
    taken: set[str] = set()
    for original in papers.originals():
        path = to / _free(original.name, taken)
        try:
            yield write_file(path, papers.bytes_of(original.id), replace)
        except VaultDamaged as error:
            path.unlink(missing_ok=True)
            problems.append(error)


def _json(papers: Papers, profile: Profile, to: Path, replace: bool) -> Iterator[Path]:
    data = whole(profile, papers.originals(), papers.readings(), papers.said())
    yield write_file(to / "profile.json", [data], replace)


def _fhir(papers: Papers, profile: Profile, to: Path, replace: bool) -> Iterator[Path]:
    made = mcode.bundle(profile, papers.readings())
    if found := mcode.problems(made):
        raise NotValid(
            f"the bundle breaks {len(found)} rules of FHIR or mCODE, so it was not written: {found[0]}",
            where="records/export/mcode",
            fix="please report this; the other forms are not affected",
        )
    yield write_file(to / "mcode-bundle.json", [encode(made)], replace)


def _summary(papers: Papers, profile: Profile, to: Path, replace: bool) -> Iterator[Path]:
    readings = papers.readings()
    yield write_file(to / "summary.html", [summary.html(profile, readings)], replace)
    yield write_file(to / "summary.pdf", [summary.pdf(profile, readings)], replace)


def folder(path: Path) -> None:
    """Makes the folder of an export, which only its owner can read. Raises BadInput."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"the folder cannot be made ({(error.strerror or '').lower()})", where=str(path), fix="choose another one"
        ) from None


def write_file(path: Path, parts: Iterable[bytes], replace: bool) -> Path:
    """The path of the file that holds these bytes, which only its owner can read."""
    if path.exists() and not replace:
        raise BadInput(
            "a file is there already, and nothing was written over it",
            where=str(path),
            fix="choose an empty folder, or give `--replace`",
        )
    try:
        with private_file(path) as descriptor:
            for part in parts:
                with memoryview(part) as left:
                    done = 0
                    while done < len(left):
                        done += os.write(descriptor, left[done:])
    except OSError as error:
        raise BadInput(
            f"the file could not be written ({(error.strerror or '').lower()})",
            where=str(path),
            fix="check its folder, and that there is room",
        ) from None
    return path


def _free(name: str, taken: set[str]) -> str:
    """A file name that is none of those taken, and no way out of the folder."""
    plain = re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", name).lstrip(".")[-150:] or "file"
    stem, dot, ending = plain.rpartition(".")
    number, free = 1, plain
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}" if dot and stem else f"{plain} ({number})"
    taken.add(free.casefold())
    return free
