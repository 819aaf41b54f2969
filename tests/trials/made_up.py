"""Made-up registry records for the tests of trials."""

from __future__ import annotations

from typing import Any


def record(
    number: int,
    title: str = "A study",
    *,
    status: str = "RECRUITING",
    phases: tuple[str, ...] = ("PHASE2",),
    conditions: tuple[str, ...] = ("Breast Cancer",),
    given: tuple[str, ...] = (),
    summary: str = "",
    criteria: str = "",
    sites: tuple[dict[str, Any], ...] = (),
    updated: str = "2026-10-01",
    **eligibility: str,
) -> dict[str, Any]:
    """A record of the registry with this number."""
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08}", "briefTitle": title},
            "statusModule": {"overallStatus": status, "lastUpdatePostDateStruct": {"date": updated}},
            "descriptionModule": {"briefSummary": summary},
            "conditionsModule": {"conditions": list(conditions)},
            "designModule": {"phases": list(phases)},
            "armsInterventionsModule": {"interventions": [{"name": name, "type": "DRUG"} for name in given]},
            "eligibilityModule": {"eligibilityCriteria": criteria, **eligibility},
            "contactsLocationsModule": {"locations": list(sites)},
        }
    }


def site(
    city: str, country: str, latitude: float, longitude: float, status: str = "", state: str = ""
) -> dict[str, Any]:
    """A site of a record."""
    where = {"facility": f"Hospital of {city}", "city": city, "state": state, "country": country, "status": status}
    return where | {"geoPoint": {"lat": latitude, "lon": longitude}}
