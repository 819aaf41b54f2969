"""The visit as a FHIR R4 document: a Composition in sections, and the mCODE resources that it speaks of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence

from markupsafe import escape

from navaid.answers.visit import clinician
from navaid.errors import NavaidError
from navaid.records.export import mcode
from navaid.records.export.mcode.codes import Json
from navaid.records.export.mcode.sheet import PROFILES
from navaid.records.export.summary.layout import Page
from navaid.records.export.summary.rows import Row, table
from navaid.terms import Profile, Reading, VisitPlan, encode

_SPACE = uuid.UUID("0b0f8a56-5f0c-4a55-9c39-2b7c6f1f7a10")
_XHTML = "http://www.w3.org/1999/xhtml"
_MARKERS = ("er.", "pr.", "her2.", "ki67.", "pdl1.", "oncotype.")
_NOTE = "Read by a program from the person's papers, not checked by a doctor."


class NotValid(NavaidError):
    """A document that fails the check of FHIR or of mCODE; it is not written."""


def document(plan: VisitPlan, profile: Profile, readings: Sequence[Reading]) -> bytes:
    """The document as JSON. Raises NotValid."""
    made = bundle(plan, profile, readings)
    if found := mcode.problems(made):
        raise NotValid(
            f"the document breaks {len(found)} rules of FHIR or mCODE, so it was not written: {found[0]}",
            where="answers/visit/fhir.py",
            fix="please report this; the other forms are not affected",
        )
    return encode(made)


def bundle(plan: VisitPlan, profile: Profile, readings: Sequence[Reading]) -> Json:
    """The document: the Composition first, the program that wrote it, then what the papers gave."""
    entries = mcode.bundle(profile, readings)["entry"]
    key = "|".join((*sorted(profile.files), profile.name, plan.made.isoformat()))
    device = _entry({"resourceType": "Device", "id": _id(key, "device"), "deviceName": [_DEVICE]})
    written = dt.datetime.combine(plan.made, dt.time(), dt.UTC).isoformat()
    composition = {
        "resourceType": "Composition",
        "id": _id(key, "composition"),
        "status": "preliminary",  # nobody but a program has looked at it
        "type": {"text": "Summary for a visit"},
        "subject": {"reference": entries[0]["fullUrl"]},
        "date": written,
        "author": [{"reference": device["fullUrl"]}],
        "title": f"Summary for a visit{f' on {plan.day}' if plan.day else ''}",
        "section": list(_sections(clinician.whole(plan, profile, readings), entries)),
    }
    return {
        "resourceType": "Bundle",
        "type": "document",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{_id(key, 'document')}"},
        "timestamp": written,
        "entry": [_entry(composition), device, *entries],
    }


_DEVICE = {"name": "Navaid", "type": "other"}


def _id(key: str, what: str) -> str:
    """The same each time for the same papers and day."""
    return str(uuid.uuid5(_SPACE, f"{key}|{what}"))


def _entry(resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


# --------------------------------------------------------------------------- sections


def _sections(page: Page, entries: Sequence[Json]) -> Iterator[Json]:
    """Each part of the page as a table, with the resources that it is about; what is left of these in the last one."""
    tumours = [row for section in page.sections if section.title.startswith("Diagnosis") for row in section.rows]
    others = [row for section in page.sections if not section.title.startswith("Diagnosis") for row in section.rows]
    markers = {group.label for group in table().tumour if any(name.startswith(_MARKERS) for name in group.concepts)}
    treatments = [row for row in others if row.label in ("Operation", "Cancer drug", "Regimen", "Radiotherapy")]
    rest = [row for row in others if row not in treatments]
    left = list(entries[1:])  # without the person

    def taken(which: Callable[[Json], bool]) -> list[str]:
        urls = [entry["fullUrl"] for entry in left if which(entry["resource"])]
        left[:] = [entry for entry in left if entry["fullUrl"] not in urls]
        return urls

    receptors = taken(lambda made: _is(made, "mcode-tumor-marker-test"))
    treated = taken(lambda made: made["resourceType"] in ("Procedure", "MedicationRequest", "MedicationStatement"))
    disease = taken(lambda made: made["resourceType"] in ("Condition", "BodyStructure") or _is(made, "mcode-tnm"))
    yield _section("Diagnosis", [row for row in tumours if row.label not in markers], disease)
    yield _section("Receptors and markers", [row for row in tumours if row.label in markers], receptors)
    yield _section("Treatments", treatments, treated)
    yield _section("At a glance, genes, spread", [*page.glance, *rest], taken(lambda made: True))
    yield _section("Open questions", page.asked, [])


def _is(resource: Json, profile: str) -> bool:
    claimed = resource.get("meta", {}).get("profile", ())
    return any(str(each).startswith(PROFILES + profile) for each in claimed)


def _section(title: str, rows: Sequence[Row], about: Sequence[str]) -> Json:
    made: Json = {"title": title, "text": {"status": "generated", "div": _narrative(rows)}}
    if about:
        made["entry"] = [{"reference": url} for url in about]
    return made


def _narrative(rows: Sequence[Row]) -> str:
    if not rows:
        return f'<div xmlns="{_XHTML}"><p>Not in the papers.</p></div>'
    cells = "".join(
        f"<tr><th>{escape(row.label)}</th><td>{escape(row.value)}</td><td>{escape(row.when)}</td>"
        f"<td>{escape('; '.join(row.marks))}</td></tr>"
        for row in rows
    )
    return f'<div xmlns="{_XHTML}"><p>{escape(_NOTE)}</p><table><tbody>{cells}</tbody></table></div>'
