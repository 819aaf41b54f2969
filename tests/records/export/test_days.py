"""The day of a fact: as exactly as its paper gives it, and never that of a letter as if it were its own."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from navaid.records.export.places import day, unstated
from navaid.terms import Field, FieldState, Finding, How, Profile, Provenance
from tests.records.export.written import papers
