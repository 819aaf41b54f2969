"""ClinicalTrials.gov API v2 records -> Documents: what a trial asks, who may join, where it stands.

The contract is the registry's own OpenAPI description of API version 2; only the fields that a
reader needs are named here, and unknown fields are let pass. `trials` reads the same records for
matching; this module makes them readable and citable.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from navaid.errors import NavaidError, UnreadableSource
from navaid.sources.dates import parse_date
from navaid.sources.markdown import add_markdown
from navaid.sources.objects import Object, objects
from navaid.sources.skipped import OnSkip, skipped
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document, Kind, Licence

PUBLISHER = "ClinicalTrials.gov"
LICENCE = Licence(
    name="ClinicalTrials.gov: reusable, show the NCT id and the data's date",
    show_quote=True,
    show_full=True,
    redistribute=True,
)

_NCT_ID = re.compile(r"NCT\d{8}$")
_CRITERIA_HEADING = re.compile(
    r"^[ \t]*((?:key |main |major )?(?:inclusion|exclusion)(?: criteria)?)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


class _Part(msgspec.Struct, frozen=True, rename="camel"):
    """Base of the record's parts: names as the API spells them, every field may be missing."""


class _Identification(_Part, frozen=True):
    nct_id: str | None = None
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None


class _DateStruct(_Part, frozen=True):
    date: str | None = None
    type: str | None = None


class _Status(_Part, frozen=True):
    overall_status: str | None = None
    why_stopped: str | None = None
    start_date_struct: _DateStruct | None = None
    primary_completion_date_struct: _DateStruct | None = None
    completion_date_struct: _DateStruct | None = None
    study_first_post_date_struct: _DateStruct | None = None
    last_update_post_date_struct: _DateStruct | None = None
    last_update_submit_date: str | None = None


class _Sponsor(_Part, frozen=True):
    name: str | None = None


class _Sponsors(_Part, frozen=True):
    lead_sponsor: _Sponsor | None = None


class _Description(_Part, frozen=True):
    brief_summary: str | None = None
    detailed_description: str | None = None


class _Conditions(_Part, frozen=True):
    conditions: list[str] | None = None
    keywords: list[str] | None = None


class _Enrollment(_Part, frozen=True):
    count: int | None = None
    type: str | None = None


class _Design(_Part, frozen=True):
    study_type: str | None = None
    phases: list[str] | None = None
    enrollment_info: _Enrollment | None = None


class _Arm(_Part, frozen=True):
    label: str | None = None
    type: str | None = None
    description: str | None = None


class _Intervention(_Part, frozen=True):
    type: str | None = None
    name: str | None = None
    description: str | None = None


class _Arms(_Part, frozen=True):
    arm_groups: list[_Arm] | None = None
    interventions: list[_Intervention] | None = None


class _Eligibility(_Part, frozen=True):
    eligibility_criteria: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    sex: str | None = None
    healthy_volunteers: bool | str | None = None  # older copies say it in words


class _Outcome(_Part, frozen=True):
    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class _Outcomes(_Part, frozen=True):
    primary_outcomes: list[_Outcome] | None = None
    secondary_outcomes: list[_Outcome] | None = None


class _Protocol(_Part, frozen=True):
    identification_module: _Identification | None = None
    status_module: _Status | None = None
    sponsor_collaborators_module: _Sponsors | None = None
    description_module: _Description | None = None
    conditions_module: _Conditions | None = None
    design_module: _Design | None = None
    arms_interventions_module: _Arms | None = None
    eligibility_module: _Eligibility | None = None
    outcomes_module: _Outcomes | None = None


class _Study(_Part, frozen=True):
    protocol_section: _Protocol | None = None


_P = TypeVar("_P", bound=_Part)


def read_bytes(
    data: bytes, *, where: str = "studies.json", on_skip: OnSkip, retrieved: dt.date | None = None
) -> Iterator[Document]:
    """The trials of a JSON or JSON Lines file: one study, a list, or an answer page with `studies`.

    A record that is malformed goes to `on_skip` with its place; the others go on.
    """
    try:
        for place, row in objects(io.BytesIO(data), where=where, on_skip=on_skip):
            try:
                yield read_study(row, where=place, retrieved=retrieved)
            except NavaidError as error:
                on_skip(skipped(place, error))
    except NavaidError as error:
        on_skip(skipped(where, error))


def is_study(row: Object) -> bool:
    """Whether the fields are those of an API v2 record, bare or under `study` as some exports keep it."""
    inner = row.get("study")
    return "protocolSection" in row or (isinstance(inner, dict) and "protocolSection" in inner)


def read_study(row: Object, *, where: str, retrieved: dt.date | None = None) -> Document:
    """The document of one registry record; raises `UnreadableSource` naming the field at fault.

    >>> identification = {"nctId": "NCT00000000", "briefTitle": "Walking after surgery"}
    >>> study = {"protocolSection": {"identificationModule": identification}}
    >>> read_study(study, where="walk.json").id
    'NCT:NCT00000000'
    """
    protocol = _protocol(row if "protocolSection" in row else row.get("study"), where)
    identity = _or_empty(protocol.identification_module, _Identification)
    nct_id, title = clean(identity.nct_id or ""), clean(identity.brief_title or identity.official_title or "")
    if not _NCT_ID.match(nct_id):
        raise UnreadableSource("a trial record without an NCT id", where=where, fix="get the record again")
    if not title:
        raise UnreadableSource(f"{nct_id} has no title", where=where, fix="get the record again")
    status = _or_empty(protocol.status_module, _Status)
    builder = TextBuilder()
    builder.heading(1, identity.official_title or title)
    _add_status(builder, protocol, status)
    _add_description(builder, _or_empty(protocol.description_module, _Description))
    _add_conditions(builder, _or_empty(protocol.conditions_module, _Conditions))
    _add_arms(builder, _or_empty(protocol.arms_interventions_module, _Arms))
    _add_eligibility(builder, _or_empty(protocol.eligibility_module, _Eligibility))
    _add_outcomes(builder, _or_empty(protocol.outcomes_module, _Outcomes))
    return Document(
        id=f"NCT:{nct_id}",
        title=title,
        publisher=PUBLISHER,
        kind=Kind.REGISTRY_RECORD,
        text=builder.text,
        blocks=builder.blocks,
        licence=LICENCE,
        url=f"https://clinicaltrials.gov/study/{nct_id}",
        published=parse_date(_day(status.study_first_post_date_struct)),
        updated=parse_date(_day(status.last_update_post_date_struct) or status.last_update_submit_date),
        retrieved=retrieved,
    )


def _protocol(study: object, where: str) -> _Protocol:
    try:
        protocol = msgspec.convert(study, _Study).protocol_section
    except (msgspec.ValidationError, RecursionError) as error:
        # msgspec names the types and the path of the field, never what stood in it.
        raise UnreadableSource(
            f"a trial record that breaks the registry's contract: {error}",
            where=where,
            fix="get the record again",
        ) from error
    if protocol is None:
        raise UnreadableSource("a trial record without a protocol section", where=where)
    return protocol


def _or_empty(part: _P | None, kind: type[_P]) -> _P:
    return part if part is not None else kind()


def _add_status(builder: TextBuilder, protocol: _Protocol, status: _Status) -> None:
    design = _or_empty(protocol.design_module, _Design)
    sponsor = _or_empty(protocol.sponsor_collaborators_module, _Sponsors).lead_sponsor
    enrollment = _or_empty(design.enrollment_info, _Enrollment)
    rows = (
        ("Status", _words(status.overall_status)),
        ("Why stopped", status.why_stopped or ""),
        ("Study type", _words(design.study_type)),
        ("Phase", ", ".join(_words(phase) for phase in design.phases or ())),
        ("Enrollment", _with_type(str(enrollment.count or ""), enrollment.type)),
        ("Start date", _dated(status.start_date_struct)),
        ("Primary completion date", _dated(status.primary_completion_date_struct)),
        ("Completion date", _dated(status.completion_date_struct)),
        ("First posted", _dated(status.study_first_post_date_struct)),
        ("Last update posted", _dated(status.last_update_post_date_struct)),
        ("Sponsor", (sponsor.name or "") if sponsor else ""),
    )
    stated = [row for row in rows if row[1].strip()]
    if stated:
        builder.heading(2, "Status and dates")
        for row in stated:
            builder.row(row)


def _add_description(builder: TextBuilder, part: _Description) -> None:
    for title, text in (
        ("Brief summary", part.brief_summary),
        ("Detailed description", part.detailed_description),
    ):
        if text and text.strip():
            builder.heading(2, title)
            add_markdown(builder, text)


def _add_conditions(builder: TextBuilder, part: _Conditions) -> None:
    _add_list(builder, "Conditions", part.conditions or [])
    _add_list(builder, "Keywords", part.keywords or [])


def _add_arms(builder: TextBuilder, part: _Arms) -> None:
    _add_list(
        builder,
        "Interventions",
        [
            _with_description(": ".join(filter(None, (_words(it.type), it.name))), it.description)
            for it in part.interventions or ()
        ],
    )
    _add_list(
        builder,
        "Arms",
        [
            _with_description(": ".join(filter(None, (_words(arm.type), arm.label))), arm.description)
            for arm in part.arm_groups or ()
        ],
    )


def _add_eligibility(builder: TextBuilder, part: _Eligibility) -> None:
    told = part.healthy_volunteers
    volunteers = told if isinstance(told, str) else {True: "Yes", False: "No", None: ""}[told]
    rows = (
        ("Minimum age", part.minimum_age or ""),
        ("Maximum age", part.maximum_age or ""),
        ("Sex", _words(part.sex)),
        ("Accepts healthy volunteers", volunteers),
    )
    stated = [row for row in rows if row[1].strip()]
    criteria = (part.eligibility_criteria or "").replace("\r\n", "\n")
    if not stated and not criteria.strip():
        return
    builder.heading(2, "Eligibility")
    for row in stated:
        builder.row(row)
    add_markdown(builder, _CRITERIA_HEADING.sub(r"\n### \1\n", criteria))


def _add_outcomes(builder: TextBuilder, part: _Outcomes) -> None:
    for title, outcomes in (
        ("Primary outcomes", part.primary_outcomes),
        ("Secondary outcomes", part.secondary_outcomes),
    ):
        texts = []
        for outcome in outcomes or ():
            time_frame = f"Time frame: {outcome.time_frame}" if outcome.time_frame else ""
            texts.append(" — ".join(filter(None, (outcome.measure, outcome.description, time_frame))))
        _add_list(builder, title, texts)


def _add_list(builder: TextBuilder, title: str, texts: list[str]) -> None:
    if any(text.strip() for text in texts):
        builder.heading(2, title)
        for text in texts:
            builder.item(_unescape(text))


def _words(value: str | None) -> str:
    """An enumeration's value as words: `NOT_YET_RECRUITING` is `Not yet recruiting`, `PHASE2` `Phase 2`."""
    words = re.sub(r"^(EARLY_)?PHASE(\d)$", r"\1PHASE_\2", value or "").replace("_", " ")
    return words if words == "NA" else words.capitalize()


def _dated(date: _DateStruct | None) -> str:
    return _with_type(_day(date), date.type if date else None)


def _day(date: _DateStruct | None) -> str:
    return (date.date or "") if date else ""


def _with_type(value: str, kind: str | None) -> str:
    return f"{value} ({_words(kind).lower()})" if value and kind else value


def _with_description(name: str, description: str | None) -> str:
    return " — ".join(filter(None, (name, description)))


def _unescape(text: str) -> str:
    """The registry escapes its markup's signs: `\\>` is `>`."""
    return re.sub(r"\\([\\<>*_~^#\[\]()+.-])", r"\1", text)
