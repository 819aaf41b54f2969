"""Who an account is for; by itself, so that a command's options need not wait for the rest."""

from __future__ import annotations

import enum


class Role(enum.StrEnum):
    """A person with records of their own, a carer of others, a navigator who reviews answers."""

    PERSON = "person"
    CARER = "carer"
    NAVIGATOR = "navigator"
