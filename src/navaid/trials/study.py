"""A record of ClinicalTrials.gov API version 2 -> Study. What is malformed is named and left out, never guessed."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec

from navaid.errors import UnreadableSource
from navaid.terms import Arm, Contact, Date, Intervention, Site, Study
from navaid.trials.fields import Fields

NCT_ID = re.compile(r"NCT\d{8}")
_AGE = re.compile(r"(?P<count>\d{1,4})\s+(?P<unit>year|month|week|day|hour|minute)s?", re.IGNORECASE)
_UNITS_A_YEAR = {"year": 1, "month": 12, "week": 52.1775, "day": 365.25, "hour": 8_766, "minute": 525_960}
_OLDEST = 130


def read_study(record: object, *, where: str = "", seen: Date | None = None) -> Study:
    """The study of one registry record, bare or under `study` as some exports keep it.

    Raises UnreadableSource where it has no NCT id or is no record at all; `Study.unread` names lesser faults.

    >>> identity = {"nctId": "NCT00000000", "briefTitle": "Walking after surgery"}
    >>> read_study({"protocolSection": {"identificationModule": identity}}).brief_title
    'Walking after surgery'
    """
    if isinstance(record, dict) and isinstance(record.get("study"), dict):
        record = record["study"]
    if not isinstance(record, dict) or not isinstance(record.get("protocolSection"), dict):
        raise UnreadableSource("a trial record without a protocol section", where=where, fix="get the record again")
    unread: list[str] = []
    protocol = Fields(record["protocolSection"], unread)
    identity, status = protocol.part("identificationModule"), protocol.part("statusModule")
    nct_id = identity.text("nctId").upper()
    if not NCT_ID.fullmatch(nct_id):
        raise UnreadableSource("a trial record without an NCT id", where=where, fix="get the record again")
    described, design = protocol.part("descriptionModule"), protocol.part("designModule")
    eligibility, places = protocol.part("eligibilityModule"), protocol.part("contactsLocationsModule")
    return Study(
        nct_id=nct_id,
        brief_title=identity.text("briefTitle") or identity.text("officialTitle") or nct_id,
        official_title=identity.text("officialTitle"),
        acronym=identity.text("acronym"),
        overall_status=status.text("overallStatus"),
        why_stopped=status.text("whyStopped"),
        study_type=design.text("studyType"),
        phases=design.texts("phases"),
        sponsor=protocol.text("sponsorCollaboratorsModule.leadSponsor.name"),
        brief_summary=described.text("briefSummary"),
        detailed_description=described.text("detailedDescription"),
        conditions=protocol.texts("conditionsModule.conditions"),
        keywords=protocol.texts("conditionsModule.keywords"),
        arms=tuple(map(_arm, protocol.parts("armsInterventionsModule.armGroups"))),
        interventions=tuple(map(_intervention, protocol.parts("armsInterventionsModule.interventions"))),
        eligibility_criteria=eligibility.verbatim("eligibilityCriteria"),
        minimum_age_years=age_years(eligibility.text("minimumAge"), unread),
        maximum_age_years=age_years(eligibility.text("maximumAge"), unread),
        sex=eligibility.text("sex").upper(),
        healthy_volunteers=eligibility.truth("healthyVolunteers"),
        sites=tuple(map(_site, places.parts("locations"))),
        contacts=tuple(map(_contact, places.parts("centralContacts"))),
        enrollment=_whole(design.number("enrollmentInfo.count")),
        start=status.text("startDateStruct.date"),
        primary_completion=status.text("primaryCompletionDateStruct.date"),
        completion=status.text("completionDateStruct.date"),
        updated=status.day("lastUpdatePostDateStruct.date") or status.day("lastUpdateSubmitDate"),
        seen=seen,
        hash=fingerprint(record),
        unread=tuple(unread),
    )


def plain_study(row: dict[str, Any], *, where: str = "") -> Study:
    """The study of a plain object: `nct_id` (or `id`), `eligibility_criteria`, `title`, `sex`, age limits.

    Raises UnreadableSource where there is no eligibility text. A full registry record is read as such.
    """
    if "protocolSection" in row or "study" in row:
        return read_study(row, where=where)
    unread: list[str] = []
    fields = Fields(row, unread)
    text = fields.verbatim("eligibility_criteria")
    if not text.strip():
        fix = 'give "eligibility_criteria", or a record of the registry with "protocolSection"'
        raise UnreadableSource("a study without an eligibility text", where=where, fix=fix)
    return Study(
        nct_id=fields.text("nct_id") or fields.text("id"),
        brief_title=fields.text("title") or fields.text("brief_title"),
        eligibility_criteria=text,
        minimum_age_years=age_years(fields.text("minimum_age"), unread),
        maximum_age_years=age_years(fields.text("maximum_age"), unread),
        sex=fields.text("sex").upper(),
        conditions=fields.texts("conditions"),
        hash=fingerprint(row),
        unread=tuple(unread),
    )


def age_years(text: str, unread: list[str] | None = None) -> float | None:
    """An age limit in years; None where there is none, or where it is no age that a person can reach.

    >>> age_years("18 Years"), age_years("6 Months"), age_years("N/A"), age_years("999 Years")
    (18.0, 0.5, None, None)
    """
    match = _AGE.fullmatch(text.strip())
    years = int(match["count"]) / _UNITS_A_YEAR[match["unit"].lower()] if match else None
    if (years is not None and years <= _OLDEST) or text.strip().upper() in {"", "N/A", "NONE"}:
        return years
    if unread is not None:
        unread.append("age limit")
    return None


def fingerprint(record: object) -> str:
    """SHA-256 (hex) of the record, whatever the order of its keys."""
    return hashlib.sha256(msgspec.json.encode(record, order="deterministic")).hexdigest()


def _arm(row: Fields) -> Arm:
    return Arm(
        label=row.text("label"),
        type=row.text("type"),
        description=row.text("description"),
        interventions=row.texts("interventionNames"),
    )


def _intervention(row: Fields) -> Intervention:
    return Intervention(
        name=row.text("name"),
        type=row.text("type"),
        description=row.text("description"),
        other_names=row.texts("otherNames"),
        arms=row.texts("armGroupLabels"),
    )


def _site(row: Fields) -> Site:
    return Site(
        facility=row.text("facility"),
        city=row.text("city"),
        state=row.text("state"),
        country=row.text("country"),
        status=row.text("status"),
        latitude=_within(row.number("geoPoint.lat"), 90),
        longitude=_within(row.number("geoPoint.lon"), 180),
        contacts=tuple(map(_contact, row.parts("contacts"))),
    )


def _contact(row: Fields) -> Contact:
    return Contact(name=row.text("name"), role=row.text("role"), phone=row.text("phone"), email=row.text("email"))


def _within(value: float | None, limit: float) -> float | None:
    return value if value is not None and abs(value) <= limit else None


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value == value and abs(value) < 1e12 else None
