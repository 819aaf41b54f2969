"""The tables beside: what follows by definition (implied.yaml), how values stand to each other (values.yaml), words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table
from navaid.terms import Record, Value


class Implied(Record, frozen=True):
    """A row of implied.yaml: where all of `when` hold, `of` has the values `then`, has not those of `not_`."""

    of: str
    when: dict[str, tuple[Value, ...]]
    then: tuple[Value, ...]
    not_: tuple[Value, ...]
    open: tuple[Value, ...]
    because: str


@cache
def table(name: str) -> Any:
    """The content of a YAML table of this package."""
    return load_table((files("navaid.trials.match") / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def implied(concept: str) -> tuple[Implied, ...]:
    """The rows of implied.yaml that speak of a concept, in order."""
    return tuple(
        Implied(
            of=row["of"],
            when={name: several(value) for name, value in row["when"].items()},
            then=several(row.get("then", [])),
            not_=several(row.get("not", [])),
            open=several(row.get("open", [])),
            because=row["because"],
        )
        for row in table("implied")
        if row["of"] == concept
    )


def several(value: Any) -> tuple[Value, ...]:
    """One value or a list of them, as a tuple."""
    return tuple(value) if isinstance(value, list) else (value,)


@cache
def no_result() -> frozenset[Value]:
    """Values that settle nothing."""
    return frozenset(table("values")["no_result"])


@cache
def beside(concept: str) -> frozenset[Value]:
    """Values of a concept that another value does not deny."""
    return frozenset(table("values")["beside"].get(concept, ()))
