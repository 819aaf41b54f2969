"""The side-effect watch: what to know while on a drug that the papers name, and whom to call.

In: a `Profile` with its `Facts`, or the name of a drug. Out: `Watched`, a drug each: the signs that need help at once,
those to tell the team, and the common ones, each a claim of the starter library (tables/watch.yaml). Start at `of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from navaid import vocabulary
from navaid.answers.personal import watch_rows
from navaid.answers.personal.claims import by_ids
from navaid.answers.personal.watch_rows import Row, together
from navaid.errors import BadInput
from navaid.starter import Starter
from navaid.terms import Assertion, Claim, Date, Field, FieldState, Profile, Watched
from navaid.trials.match.drugs import above, key
from navaid.trials.match.facts import HAD, Facts

_RECENT = 183  # days after the last dose for which a drug is watched: about six months
_COURSE = 365  # days after which a course that was begun, and is not said to go on, is taken to be over
_KINDS = ("drug", "drug_class", "regimen", "medication")


def of(profile: Profile, facts: Facts, data: Starter) -> tuple[Watched, ...]:
    """Each drug that is planned, goes on, may go on, or ended within six months; those that may act later as well."""
    found = []
    spread = any(known.value == "metastatic" and known.true for known in facts.known("setting"))
    leave = watch_rows.of_women() if any(k.value == "male" and k.true for k in facts.known("sex")) else frozenset()
    for field in _named(facts):
        rows = watch_rows.of_drug(str(field.value))
        if len(rows) == 1 and field.concept == "medication":
            continue  # a medicine for something else, on which the table has nothing
        why = _standing(field, rows, facts.today, spread=spread)
        if why is None:
            continue
        because = f"{facts.quote(field)} {watch_rows.words()[why].format(**_days(field))}"
        found.append(_watched(_name(str(field.value)), because, rows, data, leave, late=why == "late"))
    return tuple(found)


def of_drug(name: str, data: Starter) -> Watched:
    """The watch on a drug, a class or a regimen by its name or brand. Raises BadInput for what is none."""
    drug = next((m.concept for m in vocabulary.find(name) if _is_treatment(m.concept)), None)
    if drug is None:
        raise BadInput(
            f"no drug is known as {name[:60]!r}", where="navaid watch", fix="give its name or brand, such as `Ibrance`"
        )
    shown = _name(drug)
    because = watch_rows.words()["asked"].format(drug=shown)
    return _watched(shown, because, watch_rows.of_drug(drug), data)


def whom_to_call(watched: Iterable[Watched], data: Starter) -> tuple[Claim, ...]:
    """Whom to call, and what to say there, for these drugs."""
    classes = {id_ for one in watched for id_ in watch_rows.classes(one.drug)} | {watch_rows.ANY}
    ids = [id_ for name, listed in watch_rows.whom().items() if name in classes for id_ in listed]
    return tuple(by_ids(data, ids).values())


def _watched(
    drug: str,
    because: str,
    rows: tuple[Row, ...],
    data: Starter,
    leave: frozenset[str] = frozenset(),
    *,
    late: bool = False,
) -> Watched:
    if len(rows) == 1:
        because = f"{because} {watch_rows.words()['nothing']}"

    def claims(part: str) -> tuple[Claim, ...]:
        return tuple(by_ids(data, (id_ for id_ in together(rows, part) if id_ not in leave)).values())

    if late:
        return Watched(drug=drug, because=because, call=claims("late"))
    return Watched(drug=drug, because=because, now=claims("now"), call=claims("call"), expect=claims("expect"))


def _named(facts: Facts) -> Iterator[Field]:
    """Each drug once, by what papers say of it last; a class or regimen only where none of its drugs is named."""
    best: dict[str, Field] = {}
    for kind in _KINDS:
        for field in facts.fields(kind):
            if field.state is FieldState.CONFLICT or field.assertion not in (*HAD, Assertion.PLANNED):
                continue
            id_ = key(str(field.value))
            if kind in ("drug_class", "regimen") and (id_ in best or _covered(id_, best)):
                continue
            if id_ not in best or _rank(field) > _rank(best[id_]):
                best[id_] = field
    yield from best.values()


def _covered(id_: str, named: Iterable[str]) -> bool:
    """Whether a drug of this class, or of this regimen, is named by itself."""
    return any(id_ in above(drug) or drug in watch_rows.classes(id_) for drug in named)


def _rank(field: Field) -> tuple[int, dt.date]:
    """What goes on counts before what was given, that before what is planned; then the later one."""
    given = 1 if field.assertion in HAD else 0
    return (2 if field.details.get("status") == "current" else given), field.date or dt.date.min


def _standing(field: Field, rows: tuple[Row, ...], today: Date, *, spread: bool) -> str | None:
    """The word for why the drug is watched, by how papers speak of it; None where it is not."""
    if field.assertion is Assertion.PLANNED:
        return "planned"
    stop = _last_day(field.details.get("stop"))
    if field.details.get("status") == "current" and (stop is None or stop > today):
        return "current"
    start = _last_day(field.details.get("start")) or field.date
    over = stop is not None and (today - stop).days > _RECENT
    course = any(row.course for row in rows)
    # A course given so that the cancer should not come back was over when it did.
    over = over or (spread and course and stop is None and field.details.get("intent") in ("adjuvant", "neoadjuvant"))
    if stop is None and start is not None and (today - start).days > _COURSE:
        over = over or field.details.get("status") == "past" or course
    if over:
        if any(row.stays for row in rows):
            return "stays"
        return "late" if any(row.late for row in rows) else None
    if stop is not None:
        return "stopped"
    if field.details.get("status") == "past":
        return "past"
    if field.details.get("start"):
        return "since"
    return "named" if field.date else "undated"


def _days(field: Field) -> dict[str, str]:
    """The days in words, as exactly as papers give them."""
    told = {name: str(field.details.get(name) or "") for name in ("start", "stop")}
    return {name: _in_words(day) for name, day in {**told, "on": str(field.date or "")}.items()}


def _in_words(day: str) -> str:
    """The month and year of a date, or its year: `2026-03` is March 2026."""
    year, *rest = day.split("-")
    known = dt.date(int(year), int(rest[0]), 1) if rest and _last_day(day) else None
    return f"{known:%B %Y}" if known else year


def _last_day(value: object) -> dt.date | None:
    """The last day that an ISO date can mean, which may lack its day or month."""
    parts = [int(part) for part in str(value or "").split("-") if part.isdigit()]
    if not parts or parts[0] < 1900:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    try:
        if len(parts) > 2:
            return dt.date(year, month, parts[2])
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    except ValueError:
        return None


def _name(drug: str) -> str:
    id_ = key(drug)
    known = vocabulary.vocabulary().concepts.get(id_)
    return known.name if known else drug


def _is_treatment(id_: str) -> bool:
    known = vocabulary.vocabulary().concepts.get(id_)
    return known is not None and known.kind in ("drugs", "drug_classes", "regimens", "therapies")
