"""The breast trials of ../shared as registry records: exports with names of their own, put into the registry's."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "trials"
_PHASES = {"Not Applicable": "NA", "N/A": "NA"}


def records(data: Path = DATA) -> dict[str, dict[str, Any]]:
    """Every record by NCT id, about 1,140; where both exports hold one, the newer."""
    older = [_of_older(row) for row in _lines(data / "breast_trials_older_990.jsonl.gz")]
    newer = [
        _of_newer(row) for row in json.loads(gzip.decompress((data / "breast_trials_2026-01.json.gz").read_bytes()))
    ]
    alone = [_of_older(json.loads(path.read_bytes())) for path in sorted((data / "cart_breast").glob("*.json"))]
    return {_id(record): record for record in (*alone, *older, *newer)}


def patients(data: Path = DATA) -> list[tuple[str, str]]:
    """The written patients: the NCT id of the trial that each was written for, and the text."""
    rows = _lines(data / "synthetic_patients.jsonl.gz")
    return [(row["_id"].removeprefix("P_"), row["text"]) for row in rows]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines() if line.strip()]


def _id(record: dict[str, Any]) -> str:
    return str(record["protocolSection"]["identificationModule"]["nctId"])


def _of_newer(row: dict[str, Any]) -> dict[str, Any]:
    who = row["eligibility"]
    return _record(
        row["nct_id"],
        row["title"],
        row["summary"],
        row["conditions"],
        row["interventions"],
        row["phase"],
        (row["status"] or "").upper().replace(" ", "_").replace(",", ""),
        {
            "eligibilityCriteria": who["raw_text"] or "",
            "minimumAge": who["minimum_age"] or "",
            "maximumAge": who["maximum_age"] or "",
            "sex": who["sex"] or "",
        },
    )


def _of_older(row: dict[str, Any]) -> dict[str, Any]:
    parts = [(row["inclusion_criteria"] or "").strip()]
    if out := (row["exclusion_criteria"] or "").strip().removeprefix(":").strip():
        # The export cut the text at this heading, or left it at the head of the second part.
        parts.append(out if out.lower().startswith("exclusion") else f"Exclusion Criteria:\n\n{out}")
    return _record(
        row["NCT_ID"],
        row["brief_title"],
        row["brief_summary"],
        row["diseases_list"],
        row["drugs_list"],
        row["phase"],
        "",
        {"eligibilityCriteria": "\n\n".join(filter(None, parts))},
    )


def _record(
    nct_id: str,
    title: str,
    summary: str | None,
    conditions: list[str] | None,
    interventions: list[str] | None,
    phase: str | None,
    status: str,
    eligibility: dict[str, str],
) -> dict[str, Any]:
    phases = [_PHASES.get(part) or part.upper().replace(" ", "") for part in _parts(phase)]
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": title},
            "statusModule": {"overallStatus": status} if status else {},
            "descriptionModule": {"briefSummary": summary or ""},
            "conditionsModule": {"conditions": conditions or []},
            "designModule": {"phases": ["EARLY_PHASE1" if p == "EARLYPHASE1" else p for p in phases]},
            "armsInterventionsModule": {"interventions": [{"name": name} for name in interventions or []]},
            "eligibilityModule": {name: value for name, value in eligibility.items() if value},
        }
    }


def _parts(phase: str | None) -> list[str]:
    return [part.strip() for part in (phase or "").replace(";", "/").split("/") if part.strip() not in ("", "N/A")]
