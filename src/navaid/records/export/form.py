"""What can be exported; by itself, so that a command's options need not wait for what writes it."""

from __future__ import annotations

import enum


class Form(enum.StrEnum):
    """A form of what is kept of a person."""

    ORIGINAL = "original"
    JSON = "json"
    FHIR = "fhir"
    SUMMARY = "summary"
