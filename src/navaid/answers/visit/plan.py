"""The plan of a visit as the person changes it, and how it is made again without losing any of that."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from navaid.answers.visit import gather
from navaid.answers.visit.gather import Gathered
from navaid.errors import BadInput
from navaid.terms import Date, VisitItem, VisitPlan

LONGEST = 300
"""Letters of a question, so that a page has room for others."""
_LONGEST_NOTE = 600


def first(profile: str, made: Date, found: Gathered, day: Date | None = None) -> VisitPlan:
    """The plan as it is before the person changes anything."""
    return VisitPlan(profile=profile, made=made, day=day, items=found.items, lists=found.lists, bring=found.bring)


def again(old: VisitPlan, made: Date, found: Gathered, day: Date | None = None) -> VisitPlan:
    """The plan from what is found now, with all that the person changed in `old`.

    Their questions, words, marks and order stay, and what they dropped stays away. What nothing asks for any more is
    gone, unless the person wrote it, put it in other words or marked it as asked.
    """
    held = {item.id: item for item in old.items}
    fresh = [_as_before(item, held) for item in found.items if item.id not in old.dropped]
    now = {item.id for item in fresh}
    kept = [item for item in old.items if item.id not in now and (item.edited or item.done)]
    items = _in_order_of(old.items, fresh, kept) if old.moved else _at_their_places(old.items, fresh, kept)
    return replace(old, made=made, items=items, day=day or old.day, lists=found.lists, bring=found.bring)


def _as_before(item: VisitItem, held: dict[str, VisitItem]) -> VisitItem:
    before = held.get(item.id)
    if before is None:
        return item
    return replace(item, text=before.text if before.edited else item.text, edited=before.edited, done=before.done)


def _at_their_places(
    before: Sequence[VisitItem], fresh: Sequence[VisitItem], kept: Sequence[VisitItem]
) -> tuple[VisitItem, ...]:
    """The new order; what only the person asks stands where it stood, at the top as a rule."""
    items, places = list(fresh), {item.id: place for place, item in enumerate(before)}
    for item in kept:
        items.insert(places[item.id], item)
    return tuple(items)


def _in_order_of(
    before: Sequence[VisitItem], fresh: Sequence[VisitItem], kept: Sequence[VisitItem]
) -> tuple[VisitItem, ...]:
    """The person's order; each new question comes right after the one that it follows by itself."""
    now = {item.id: item for item in (*fresh, *kept)}
    items = [now[item.id] for item in before if item.id in now]
    known = {item.id for item in items}
    place = 0
    for item in fresh:
        if item.id in known:
            place = next(n for n, each in enumerate(items) if each.id == item.id) + 1
        else:
            items.insert(place, item)
            place += 1
    return tuple(items)


# --------------------------------------------------------------------------- what the person changes


def add(plan: VisitPlan, text: str) -> VisitPlan:
    """A question of the person's own, before all others except their own."""
    item = gather.own(_question(text))
    if any(each.id == item.id for each in plan.items):
        raise BadInput("this question is on the list already", where="navaid visit add", fix="nothing needs to be done")
    place = next((n for n, each in enumerate(plan.items) if each.origin is not item.origin), len(plan.items))
    dropped = tuple(id_ for id_ in plan.dropped if id_ != item.id)
    return replace(plan, items=(*plan.items[:place], item, *plan.items[place:]), dropped=dropped)


def edit(plan: VisitPlan, number: int, text: str) -> VisitPlan:
    """The question of this number in other words; it stays the same question."""
    place = _place(plan, number, "navaid visit edit")
    changed = replace(plan.items[place], text=_question(text), edited=True)
    return replace(plan, items=(*plan.items[:place], changed, *plan.items[place + 1 :]))


def move(plan: VisitPlan, number: int, to: int) -> VisitPlan:
    """The question of this number as the one of another number; from now on the order is the person's."""
    place, target = _place(plan, number, "navaid visit move"), _place(plan, to, "navaid visit move")
    items = list(plan.items)
    items.insert(target, items.pop(place))
    return replace(plan, items=tuple(items), moved=True)


def drop(plan: VisitPlan, number: int) -> VisitPlan:
    """The plan without this question, which stays away when the plan is made again."""
    place = _place(plan, number, "navaid visit drop")
    items = (*plan.items[:place], *plan.items[place + 1 :])
    return replace(plan, items=items, dropped=(*plan.dropped, plan.items[place].id))


def done(plan: VisitPlan, number: int) -> VisitPlan:
    """The plan with this question marked as asked, or no longer marked so."""
    place = _place(plan, number, "navaid visit done")
    changed = replace(plan.items[place], done=not plan.items[place].done)
    return replace(plan, items=(*plan.items[:place], changed, *plan.items[place + 1 :]))


def note(plan: VisitPlan, text: str) -> VisitPlan:
    """The plan with these words of the person on its page, in place of earlier ones; empty words take them away."""
    words = " ".join(text.split())
    if len(words) > _LONGEST_NOTE:
        raise BadInput(
            f"the note has {len(words)} letters, and the page has room for {_LONGEST_NOTE}",
            where="navaid visit note",
            fix="make it shorter",
        )
    return replace(plan, note=words)


def _question(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise BadInput("the question is empty", where="navaid visit", fix='write it in quotation marks: "…"')
    if len(words) > LONGEST:
        raise BadInput(
            f"the question has {len(words)} letters, and one may have {LONGEST}",
            where="navaid visit",
            fix="make two questions of it, or shorter words",
        )
    return words


def _place(plan: VisitPlan, number: int, where: str) -> int:
    if not 1 <= number <= len(plan.items):
        held = f"has the numbers 1 to {len(plan.items)}" if plan.items else "is empty"
        raise BadInput(f"no question has the number {number}", where=where, fix=f"the list {held}: `navaid visit show`")
    return number - 1
