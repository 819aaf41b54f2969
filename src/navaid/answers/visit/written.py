"""A visit on disk: its pages, the FHIR document, the plan; nothing is written over by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from navaid.answers.visit import clinician, fhir, person
from navaid.answers.visit.form import VisitForm
from navaid.errors import NavaidError
from navaid.records.export.written import Written, folder, write_file
from navaid.starter import Starter
from navaid.terms import Profile, Reading, VisitPlan, encode

Part = tuple[str, Callable[[], bytes]]


def write(
    plan: VisitPlan,
    profile: Profile,
    readings: Sequence[Reading],
    data: Starter,
    to: Path,
    forms: Sequence[VisitForm],
    *,
    replace: bool = False,
) -> Written:
    """The files of a visit in this folder, which is made if need be. One that fails does not stop the others."""
    folder(to)
    made = Written()
    for name, content in (
        part for form in dict.fromkeys(forms) for part in _parts(form, plan, profile, readings, data)
    ):
        try:
            made.paths.append(write_file(to / name, [content()], replace))
        except NavaidError as error:
            made.problems.append(error)
    return made


def _parts(
    form: VisitForm, plan: VisitPlan, profile: Profile, readings: Sequence[Reading], data: Starter
) -> Iterator[Part]:
    if form is VisitForm.PERSON:
        yield "visit-person.html", lambda: person.html(plan, profile, readings, data)
        yield "visit-person.pdf", lambda: person.pdf(plan, profile, readings, data)
    elif form is VisitForm.CLINICIAN:
        yield "visit-clinician.html", lambda: clinician.html(plan, profile, readings)
        yield "visit-clinician.pdf", lambda: clinician.pdf(plan, profile, readings)
    elif form is VisitForm.FHIR:
        yield "visit-fhir.json", lambda: fhir.document(plan, profile, readings)
    else:
        yield "visit.json", lambda: encode(plan)
