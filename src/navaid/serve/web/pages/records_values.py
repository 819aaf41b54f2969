"""What the papers say: the values by group, one value with its places, and what the person says of it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from navaid import journeys
from navaid.errors import BadInput
from navaid.records import worded
from navaid.records.concepts import Concept
from navaid.records.reconcile import told
from navaid.records.render import values
from navaid.records.vault import Papers
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.pages.record_pages import Spots, concept_at
from navaid.terms import Field, FieldState, Profile, Value

router = APIRouter()
_KEPT = {
    told.CONFIRM: "You confirmed it.",
    told.CORRECT: "Your own word is kept.",
    told.REJECT: "You said that it is wrong.",
}


@router.get("/records/values")
def show(here: HereNow) -> Response:
    with here.session.papers() as papers:
        profile, readings = journeys.own_profile(papers), papers.readings()
    groups = values.groups(profile, readings)
    others = [(tumour.label, values.groups(profile, readings, tumour.fields)) for tumour in profile.tumours[1:]]
    clashes = [one for group in groups for one in group.values if one.state == FieldState.CONFLICT]
    return here.page("records_values.html.j2", groups=groups, others=others, clashes=clashes, papers=len(readings))


@router.get("/records/values/{name}")
def one(here: HereNow, name: str) -> Response:
    row = concept_at(name)
    with here.session.papers() as papers:
        profile, readings = journeys.own_profile(papers), papers.readings()
        said = [word for word in papers.said() if word.concept == row.id]
    fields = _fields(profile, row)
    shown = [(values.shown(f, profile, readings), values.sides(f, profile, readings)) for f in fields]
    return here.page(
        "records_value.html.j2",
        row=row,
        shown=shown,
        stated=[one for one, _ in shown if one.state != FieldState.NOT_STATED],
        clash=any(field.state is FieldState.CONFLICT for field in fields) and not row.many,
        choices=_choices(row),
        sides=_sides(profile, row),
        spoken=bool(said),
        seen=values.fingerprint(profile, row.id),
        group=values.group_of(row.id),
    )


@router.post("/records/values/{name}")
def say(here: HereNow, name: str) -> Response:
    """Keeps what the person says of a value, if the page that they saw still tells how things stand."""
    row = concept_at(name)
    with here.session.papers() as papers:
        before = journeys.own_profile(papers)
        if here.field("seen") != values.fingerprint(before, row.id):
            now = _now(before, row, papers)
            return here.go(_address(row), f"This has changed meanwhile: now it says {now}. Look again, then choose.")
        done = _unsay(here, papers, row) if here.field("rule") == "unsay" else _say(here, papers, row)
        now = _now(journeys.own_profile(papers), row, papers)
    return here.go(_address(row), f"{done} It says now: {now}.")


@router.get("/records/values/{name}/where")
def where(here: HereNow, name: str) -> Response:
    row = concept_at(name)
    with here.session.papers() as papers:
        profile, readings = journeys.own_profile(papers), papers.readings()
        spots = Spots(papers, profile)
        found = [
            (values.shown(field, profile, readings), list(spots.of(field)))
            for field in _fields(profile, row)
            if field.state is not FieldState.NOT_STATED
        ]
    return here.page("records_where.html.j2", row=row, found=found)


def _say(here: Here, papers: Papers, row: Concept) -> str:
    rule, text, side = here.field("rule"), here.field("value"), here.field("side")
    if rule not in _KEPT or side not in ("", "left", "right"):
        raise BadInput("this form does not say what is meant", where="this page", fix="go back and choose again")
    value = _value(row, text) if text or rule == told.CORRECT else None
    worded.say(papers, row, value, rule, side=side)
    return _KEPT[rule]


def _value(row: Concept, text: str) -> Value:
    """The value that is meant. Raises BadInput in words for somebody who sees no codes."""
    if not text:
        raise BadInput("no value was given", where=row.label, fix="go back and choose or write one")
    try:
        return worded.value_named(row, text)
    except BadInput:
        unit = f" in {row.unit}" if row.unit else ""
        fix = {"number": f"write a number{unit}, such as 12", "code": "choose one of the list"}.get(
            row.kind, "write less"
        )
        raise BadInput(
            f"this cannot be the value of “{row.label}”", where=row.label, fix=f"go back and {fix}"
        ) from None


def _unsay(here: Here, papers: Papers, row: Concept) -> str:
    """Takes back what was said of this value; of what a person has several of, of this one only."""
    text = here.field("value")
    count = papers.unsay(lambda word: word.concept == row.id and (not text or str(word.value) in (text, told.ANY)))
    return "Your word is taken back: the papers speak for themselves." if count else "There was nothing to take back."


def _fields(profile: Profile, row: Concept) -> list[Field]:
    """The fields of this concept; one that says that nothing is known where the profile has none."""
    found = [field for field in profile.fields if field.concept == row.id]
    return found or [Field(concept=row.id, value="not_stated", state=FieldState.NOT_STATED, unit=row.unit)]


def _now(profile: Profile, row: Concept, papers: Papers) -> str:
    readings = papers.readings()
    shown = [values.shown(field, profile, readings) for field in _fields(profile, row)]
    return "; ".join(f"{one.value}, {one.told}" if one.value else one.told for one in shown)


def _choices(row: Concept) -> list[tuple[str, str]]:
    """The values that a code may have, in words."""
    if row.kind != "code":
        return []
    return [*row.values.items(), *((code, row.in_words(code)) for code in worded.UNCLEAR)]


def _sides(profile: Profile, row: Concept) -> bool:
    """Whether it has to be said of which side a word is: tumours of both are known."""
    return row.of == "tumour" and len({tumour.side for tumour in profile.tumours if tumour.side}) > 1


def _address(row: Concept) -> str:
    return f"/records/values/{row.id}"
