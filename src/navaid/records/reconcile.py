"""From the findings of many papers to one Profile: what stands, what disagrees, and what no paper says."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.terms import Date, Profile, Reading


def reconcile(name: str, readings: Sequence[Reading], today: Date) -> Profile:
    """The profile of one person from all their readings. Nothing is guessed, and no disagreement is settled unseen."""
    findings = tuple(finding for reading in readings for finding in reading.findings)
    return Profile(
        name=name, made=today, fields=(), tumours=(), findings=findings, files=tuple(r.file for r in readings)
    )
