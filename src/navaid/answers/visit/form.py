"""What of a visit can be exported; by itself, so that a command's options need not wait for what writes it."""

from __future__ import annotations

import enum


class VisitForm(enum.StrEnum):
    """A form of a visit: the person's page, the clinician's page (each HTML and PDF), a FHIR document, the plan."""

    PERSON = "person"
    CLINICIAN = "clinician"
    FHIR = "fhir"
    JSON = "json"
