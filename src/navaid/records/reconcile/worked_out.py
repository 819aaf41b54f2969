"""What follows from several values of one tumour: T by size, N by nodes, HER2 where a gene test settles it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
from msgspec.structs import replace

from navaid.tables import load as load_table
from navaid.terms import Field, FieldState, Record

_BECAUSE = "Worked out from the {what} alone; no paper states it."


class _Limits(Record, frozen=True):
    source: str
    t: list[tuple[float, str]]
    n: list[tuple[float, str]]
    micrometastasis_mm: float


def worked_out(fields: Sequence[Field]) -> list[Field]:
    """`pt.by_size` and `pn.by_nodes` of one tumour, from its other fields; none for a tumour that is not invasive."""
    stated = {field.concept: field for field in fields if field.state is not FieldState.CONFLICT}
    names = {field.concept for field in fields}
    found = []
    size, nodes = stated.get("tumour.size"), stated.get("nodes.positive")
    if size and "pt" not in names and _measured(size) and _invasive(stated):
        found.append(_field("pt.by_size", _at_most(_limits().t, _number(size)), size, "size"))
    if nodes and "pn" not in names:
        found.append(_field("pn.by_nodes", _by_nodes(nodes, stated.get("nodes.deposit")), nodes, "nodes"))
    return found


_BY_ISH = {"amplified": "positive", "not_amplified": "negative"}
_SETTLED = "The staining was equivocal; the gene test (ISH) that followed settles it."


def settled(fields: Sequence[Field]) -> list[Field]:
    """The fields of one tumour, HER2 after its gene test where the staining alone left it open (ASCO/CAP: IHC 2+)."""
    named = {field.concept: field for field in fields}
    status, ish = named.get("her2.status"), named.get("her2.ish")
    if status is None or ish is None or status.value != "equivocal" or FieldState.CONFLICT in (status.state, ish.state):
        return list(fields)
    value = _BY_ISH.get(str(ish.value))
    before = status.date is not None and ish.date is not None and ish.date < status.date
    if value is None or before or status.state is FieldState.CONFIRMED:
        return list(fields)
    after = replace(
        status,
        value=value,
        date=ish.date or status.date,
        findings=tuple(dict.fromkeys((*ish.findings, *status.findings))),
        because=_SETTLED,
        details={"by": "derived", "method": "ish"},
    )
    return [after if field is status else field for field in fields]


def _invasive(stated: dict[str, Field]) -> bool:
    histology = stated.get("histology")
    return histology is not None and histology.value not in ("dcis", "lcis", "paget", "phyllodes", "angiosarcoma")


def _measured(size: Field) -> bool:
    """A size seen by imaging or by eye does not make a T of the pathologist."""
    return "from" not in size.details


def _by_nodes(nodes: Field, deposit: Field | None) -> str:
    category = _at_most(_limits().n, _number(nodes))
    small = deposit is not None and _number(deposit) <= _limits().micrometastasis_mm
    return "N1mi" if category != "N0" and small else category


def _field(concept: str, value: str, behind: Field, what: str) -> Field:
    return Field(
        concept=concept,
        value=value,
        state=FieldState.UNCONFIRMED,
        date=behind.date,
        findings=behind.findings[:1],
        because=_BECAUSE.format(what=what),
        details={"by": "derived", "source": _limits().source},
    )


def _number(field: Field) -> float:
    return float(field.value) if isinstance(field.value, int | float) else 0.0


def _at_most(limits: Sequence[tuple[float, str]], value: float) -> str:
    return next(name for limit, name in limits if value <= limit)


@cache
def _limits() -> _Limits:
    table = files("navaid.records.reconcile") / "worked_out.yaml"
    return msgspec.convert(load_table(table.read_text(encoding="utf-8")), _Limits)
