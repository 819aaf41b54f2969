"""Structured records to Papers: C-CDA documents, FHIR R4 JSON and the export of Apple Health.

In: bytes or a path. Out: a `Paper` whose text a person can read and whose `entries` are FHIR R4 resources, each with
the span of the line that tells it. Start at `read_ccda`, `read_fhir` or `read_apple_health`.
"""

from __future__ import annotations

from navaid.records.read.structured.apple import read_apple_health
from navaid.records.read.structured.ccda import read_ccda
from navaid.records.read.structured.fhir import read_fhir

__all__ = ["read_apple_health", "read_ccda", "read_fhir"]
