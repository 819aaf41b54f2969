"""What is not in the papers and would change an answer: Gaps, each with the question to put to the team.

In: a `Profile` with its `Facts`, or the fittings of an answer. Out: `Gap`s, the most weighty first. What matters when
is data (tables/gaps.yaml, read by gap_rows.py). Start at `of_profile`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from navaid.answers.personal.claims import by_ids
from navaid.answers.personal.gap_rows import Row, fields, holding, matters, rows, told, words
from navaid.starter import Starter
from navaid.terms import Applies, Assertion, Field, FieldState, Fitting, Gap, Predicate, Profile
from navaid.trials.match import told as in_words
from navaid.trials.match.facts import Facts
from navaid.trials.match.tables import no_result

MOST_OF_ANSWER = 6
_PENDING, _PANEL = "pending", "gene.panel."
_BIOPSIES = ("core_biopsy", "fine_needle_aspiration", "port")  # they say nothing of which operation there was
_QUOTED, _NAMED, _REASONS = 2, 4, 3
_CONFLICT, _WAITING = 3, 4  # the weight of what no row of the table speaks of


def of_profile(profile: Profile, facts: Facts, data: Starter) -> tuple[Gap, ...]:
    """What no paper tells, on what papers disagree and which results are still to come, the most weighty first."""
    spread = any(known.value == "metastatic" and known.true for known in facts.known("setting"))
    weighed = [*_conflicts(profile, facts, spread), *_waiting(profile, facts, spread)]
    waiting = {gap.concept for _, gap, _ in weighed} | {field.concept for field in _pending(profile, facts)}
    for row, because in holding(profile, facts):
        if not any(_speaks_of(row, concept) for concept in waiting):
            weighed.append((row.weight[0 if spread else 1], _gap(row, because, profile, facts), row.why))
    weighed.sort(key=lambda each: -each[0])
    return tuple(_with_why(gap, why, data) for _, gap, why in weighed)


def of_answer(fittings: Sequence[Fitting], facts: Facts, data: Starter) -> tuple[Gap, ...]:
    """What would settle the sentences that may apply, what settles most of them first; at most six."""
    profile = facts.profile
    named = list(holding(profile, facts))
    clashes = {_row_of(gap.concept): gap for _, gap, _ in _conflicts(profile, facts, spread=False)}
    running = dict(_running(profile, facts))
    claims: dict[str, list[str]] = {}
    made: dict[str, tuple[Gap, tuple[str, ...]]] = {}
    for fitting in fittings:
        if fitting.applies is not Applies.MAY_APPLY:
            continue
        for concept in _open(fitting, facts):
            if concept in running:
                gap, why = running[concept]
            elif _row_of(concept) in clashes and _in_conflict(concept, facts):
                gap, why = clashes[_row_of(concept)], _why(concept)
            elif held := next((each for each in named if _speaks_of(each[0], concept)), None):
                gap, why = _gap(*held, profile, facts), held[0].why
            else:
                gap, why = _asked(concept, fitting, facts), _why(concept)
            made.setdefault(gap.id, (gap, why))
            hanging = claims.setdefault(gap.id, [])
            if fitting.claim not in hanging:
                hanging.append(fitting.claim)
    order = sorted(made, key=lambda id_: -len(claims[id_]))[:MOST_OF_ANSWER]
    return tuple(_with_why(replace(made[id_][0], claims=tuple(claims[id_])), made[id_][1], data) for id_ in order)


Weighed = tuple[int, Gap, tuple[str, ...]]


def _conflicts(profile: Profile, facts: Facts, spread: bool) -> Iterator[Weighed]:
    """Of each value on which papers disagree: what both say, and the question which is right.

    What differs from one breast or one focus to the other is no disagreement. Of concepts that one row speaks of (a
    stain score, the level that follows from it) the first is enough.
    """
    seen: set[str] = set()
    for field in profile.fields:
        if field.state is not FieldState.CONFLICT or not matters(field.concept) or of_two_places(field, profile):
            continue
        row = _row_of(field.concept)
        if row in seen:
            continue
        seen.add(row)
        values = list(dict.fromkeys((field.value, *field.other)))
        said = " ".join(dict.fromkeys(facts.quote(each) for each in sides(field, profile)))
        name = _name(field.concept)
        either = words()["or"].join(in_words.in_words(field.concept, value) for value in values)
        gap = Gap(
            id=f"conflict.{field.concept}",
            concept=field.concept,
            said=f"{words()['conflict'].format(name=name)} {said}",
            ask=words()["conflict_ask"].format(name=name, either=either),
        )
        yield _weight(field.concept, spread, _CONFLICT) + 1, gap, _why(field.concept)


def _row_of(concept: str) -> str:
    """The first row that speaks of the concept; a concept of none is its own."""
    return next((row.id for row in rows() if _speaks_of(row, concept)), concept)


def _in_conflict(concept: str, facts: Facts) -> bool:
    return any(field.state is FieldState.CONFLICT for field in facts.fields(concept))


def of_two_places(field: Field, profile: Profile) -> bool:
    """Whether each value was read of a breast, or of a focus of one paper, of its own."""
    if field.state is not FieldState.CONFLICT:
        return False
    found = [profile.findings[index] for index in field.findings]
    values = dict.fromkeys((field.value, *field.other))
    sides = [{f.side for f in found if f.value == value} for value in values]
    foci = [{f.tumour for f in found if f.value == value} for value in values]
    return _apart(sides) or (_apart(foci) and len({f.source.file for f in found}) == 1)


def _apart(places: Sequence[set[str]]) -> bool:
    named = all(each and "" not in each for each in places)
    return named and sum(map(len, places)) == len(set[str]().union(*places))


def sides(field: Field, profile: Profile) -> Iterator[Field]:
    """The field once for each value, with the first finding that gives it."""
    for value in dict.fromkeys((field.value, *field.other)):
        index = next((i for i in field.findings if profile.findings[i].value == value), None)
        if index is not None:
            yield replace(
                field,
                value=value,
                other=(),
                state=FieldState.UNCONFIRMED,
                date=profile.findings[index].date,
                findings=(index,),
            )


def _waiting(profile: Profile, facts: Facts, spread: bool) -> Iterator[Weighed]:
    """Of each test that still runs, by the papers: who knows the result. What one sentence tells is one gap."""
    for together in _told_together(profile, facts):
        yield max(_weight(field.concept, spread, _WAITING) for field in together), *_of_test(together, facts, spread)


def _running(profile: Profile, facts: Facts) -> Iterator[tuple[str, tuple[Gap, tuple[str, ...]]]]:
    """Of each concept whose test still runs the gap: the test was done, and is not to be asked for again."""
    for together in _told_together(profile, facts):
        of_test = _of_test(together, facts, spread=False)
        yield from ((field.concept, of_test) for field in together)


def _told_together(profile: Profile, facts: Facts) -> list[list[Field]]:
    together: dict[object, list[Field]] = {}
    for field in _pending(profile, facts):
        source = profile.findings[field.findings[0]].source if field.findings else None
        together.setdefault((source.file, source.end) if source else field.concept, []).append(field)
    return list(together.values())


def _of_test(together: Sequence[Field], facts: Facts, spread: bool) -> tuple[Gap, tuple[str, ...]]:
    field = max(together, key=lambda each: _weight(each.concept, spread, _WAITING))
    named = [f.concept for f in together if not f.concept.startswith(_PANEL) or len(together) == 1]
    gap = Gap(
        id=f"pending.{field.concept}",
        concept=field.concept,
        said=f"{facts.quote(field)} {words()['pending']}",
        ask=words()["pending_ask"].format(name=", ".join(map(_name, named))),
    )
    return gap, tuple(dict.fromkeys(id_ for each in together for id_ in _why(each.concept)))[:_REASONS]


def _pending(profile: Profile, facts: Facts) -> Iterator[Field]:
    """The fields that say that a test still runs, a concept once, where no result is told."""
    seen: set[str] = set()
    for field in (*profile.fields, *(each for tumour in profile.tumours for each in tumour.fields)):
        if field.value == _PENDING and field.concept not in seen and not told(field.concept, profile, facts):
            seen.add(field.concept)
            yield field


def _gap(row: Row, because: tuple[Field, ...], profile: Profile, facts: Facts) -> Gap:
    """The gap of a row of the table: first what is known in the papers' words, then what is not there."""
    shown = [field for concept in row.quotes for field in fields(concept, profile) if _is_told(field)][:_QUOTED]
    known = [facts.quote(field) for field in (*shown, *_beside(row, profile))]
    listed = "{names}" in row.said
    if because and not listed and not row.quotes:
        known += [facts.quote(field) for field in because[:1]]
    names = list(dict.fromkeys(in_words.in_words(field.concept, field.value) for field in because))
    several = ", ".join(names[:_NAMED]) + (
        words()["more"].format(count=len(names) - _NAMED) if len(names) > _NAMED else ""
    )
    said = row.said.format(names=several) if listed else row.said
    return Gap(id=row.id, concept=row.concept, said=" ".join((*dict.fromkeys(known), said)), ask=row.ask)


def _is_told(field: Field) -> bool:
    return field.state is not FieldState.NOT_STATED and field.value not in no_result()


def _beside(row: Row, profile: Profile) -> Iterator[Field]:
    """What a paper says of the very thing without giving a result: not tested, no result possible, planned."""
    for concept in row.absent:
        for field in fields(concept, profile, everywhere=not row.same_tumour):
            if field.state is not FieldState.NOT_STATED and (
                field.value in no_result() or field.assertion is Assertion.PLANNED
            ):
                yield field


def _open(fitting: Fitting, facts: Facts) -> tuple[str, ...]:
    """The concepts that are open: those of which nothing is known, else all that decided it."""
    unknown = tuple(concept for concept in fitting.concepts if not facts.known(concept))
    return unknown or fitting.concepts


def _asked(concept: str, fitting: Fitting, facts: Facts) -> Gap:
    """A gap that no row of the table names, with the question that trials ask."""
    predicate = _bare(concept)
    asked = _full(concept, fitting) or in_words.question(predicate)
    field = next((each for each in facts.fields(concept) if _is_told(each) and each.value not in _BIOPSIES), None)
    said = f"{facts.quote(field)} {in_words.unsettled(predicate)}" if field else in_words.missing(predicate)
    return Gap(id=concept, concept=concept, said=_exact(fitting, concept, said), ask=in_words.as_mine(asked))


def _bare(concept: str) -> Predicate:
    return Predicate(concept=concept, op="is", values=())


def _full(concept: str, fitting: Fitting) -> str:
    """The question of the sentence itself, which names what is asked for: which drug, which operation."""
    if len(fitting.concepts) == 1 and fitting.questions:
        return fitting.questions[0]
    begins = in_words.question(_bare(concept)).rstrip("?").partition(":")[0]
    return next((each for each in fitting.questions if begins and each.startswith(begins)), "")


def _exact(fitting: Fitting, concept: str, said: str) -> str:
    """The same with the names of what is not known, where a reason of the sentence has them."""
    bare = in_words.missing(_bare(concept)), in_words.unsettled(_bare(concept))
    name = _name(concept)
    named = (re.search(rf"{re.escape(name)} \([^()]+\)\.", reason) for reason in fitting.reasons)
    found = next(filter(None, named), None)
    ending = next((each for each in bare if said.endswith(each)), None)
    if found is None or ending is None:
        return said
    return f"{said.removesuffix(ending)}{ending.partition(': ')[0]}: {found[0]}"


def _with_why(gap: Gap, why: Sequence[str], data: Starter) -> Gap:
    return replace(gap, why=tuple(by_ids(data, why).values())) if why else gap


def _why(concept: str) -> tuple[str, ...]:
    """The claims of the first row about the concept that has some."""
    return next((row.why for row in rows() if row.why and _speaks_of(row, concept)), ())


def _speaks_of(row: Row, concept: str) -> bool:
    """Whether the row is about the concept, or about a family that it is of (`gene.ESR1.`)."""
    return any(concept == name or (name.endswith(".") and concept.startswith(name)) for name in row.absent)


def _weight(concept: str, spread: bool, otherwise: int) -> int:
    found = [row.weight[0 if spread else 1] for row in rows() if _speaks_of(row, concept)]
    return max(found, default=otherwise)


def _name(concept: str) -> str:
    """A concept's name inside a sentence."""
    label = in_words.label(concept)
    return label[:1].lower() + label[1:] if label[1:2].islower() and not label.startswith(_NAMES) else label


_NAMES = ("Oncotype", "Mamma", "Prosigna", "Endo", "Breast Cancer Index", "Ki-67", "Nottingham")
