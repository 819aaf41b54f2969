"""A predicate of a population asked of a profile: as trials.match answers it, and more carefully where a claim must be.

A trial asks what holds on the day of joining, and its staff look again; a sentence is read alone. So a pregnancy of an
old paper is no pregnancy of today, perimenopause is neither before nor after, and a planned drug is told as such.
"""

from __future__ import annotations

import msgspec

from navaid.answers.personal import taken
from navaid.answers.personal.asking import table
from navaid.terms import Assertion, Field, Label, Predicate, Value
from navaid.trials.match import told
from navaid.trials.match.ask import ask
from navaid.trials.match.drugs import above, key
from navaid.trials.match.facts import Facts
from navaid.trials.match.logic import Held

_TREATMENTS = ("drug", "drug_class", "surgery", "radiation")
_OPERATIONS = ("lumpectomy", "mastectomy", "bilateral_mastectomy")
_BRCA = ("BRCA", "BRCA1", "BRCA2")
_EARLY = ("adjuvant", "neoadjuvant", "early", "prevention")
_AIMS = frozenset({"regimen", "intent", "setting", "line"})
_VUS = "A variant of unknown meaning is not counted as a harmful one."


def held(facts: Facts, predicate: Predicate) -> Held:
    """Whether it holds of the person, with the reason in words."""
    if predicate.qualifiers.get("when") == "now":
        return taken.now(facts, predicate, held)
    if predicate.qualifiers.get("setting") == "advanced" and predicate.concept in ("drug", "drug_class"):
        return _for_advanced(facts, predicate)
    found = ask(facts, predicate)
    concept = predicate.concept
    if predicate.qualifiers.get("setting") == "neoadjuvant":
        return _before_operation(facts, found)
    if concept in _TREATMENTS and found.label is Label.UNKNOWN:
        return _treatment(facts, predicate, found)
    if concept == "hr.status" and not facts.fields(concept):
        return _both(predicate, found)
    if concept == "gene.BRCA.germline" and found.label is Label.UNKNOWN:
        return _brca(facts, found)
    if concept in _TREATMENTS and found.label is Label.MET:
        return _what_for(facts, predicate, found)
    if found.label is Label.UNKNOWN:
        if concept in table()["measured"] and not facts.fields(concept):
            return _measured(facts, predicate, found)
        return found
    field = _deciding(facts, concept)
    if field is None:
        return found
    if concept.startswith("gene.") and field.value == "vus" and "pathogenic" in predicate.values:
        # A trial may ask for any change of a gene in the tumour; a sentence about people with one means a harmful one.
        return Held(Label.NOT_MET, (facts.quote(field), _VUS), field.findings[:1])
    if _near(predicate, field, found) or _stale(facts, field):
        return _left_open(facts, predicate, field)
    return found


def _deciding(facts: Facts, concept: str) -> Field | None:
    fields = facts.fields(concept)
    return fields[0] if fields else None


def _both(predicate: Predicate, found: Held) -> Held:
    """What follows from ER and PR is told by these; and a weak one of them leaves open whether both are negative."""
    denied = found.label is Label.NOT_MET and "negative" in predicate.values
    return found._replace(label=Label.UNKNOWN if denied else found.label, reasons=(), questions=())


def _brca(facts: Facts, found: Held) -> Held:
    """Of two genes one may be known: what is said of it is told too."""
    said = [field for gene in _BRCA for field in facts.fields(f"gene.{gene}.germline")]
    known = [f"{facts.quote(field)} {_VUS}" if field.value == "vus" else facts.quote(field) for field in said]
    return found._replace(reasons=tuple(dict.fromkeys((*known, *found.reasons))))


def _near(predicate: Predicate, field: Field, found: Held) -> bool:
    leaves = table()["near"].get(field.concept, {}).get(str(field.value), ())
    return found.label is Label.NOT_MET and any(value in leaves for value in predicate.values)


def _stale(facts: Facts, field: Field) -> bool:
    days = table()["stale_days"].get(field.concept, {}).get(str(field.value))
    return days is not None and field.date is not None and (facts.today - field.date).days > days


def _left_open(facts: Facts, predicate: Predicate, field: Field) -> Held:
    question = told.question(predicate)
    reason = f"{facts.quote(field)} {told.unsettled(predicate)}"
    return Held(Label.UNKNOWN, (reason,), field.findings[:1], (question,) if question else ())


def _measured(facts: Facts, predicate: Predicate, found: Held) -> Held:
    """A test of which the papers give the number only."""
    row = table()["measured"][predicate.concept]
    if row["value"] not in predicate.values:
        return found
    high = ask(facts, Predicate(concept=row["by"], op="at_least", values=(row["from"],)))
    if high.label is Label.MET:
        return high
    low = ask(facts, Predicate(concept=row["by"], op="below", values=(row["below"],)))
    if low.label is Label.MET:
        return low._replace(label=Label.NOT_MET)
    known = next(iter(facts.fields(row["by"])), None)
    return _left_open(facts, predicate, known) if known else found


def _before_operation(facts: Facts, found: Held) -> Held:
    """Who had the operation has no treatment before it any more; who had one is open, as its outcome may be meant."""
    operated = ask(facts, Predicate(concept="surgery", op="had", values=_OPERATIONS))
    if operated.label is not Label.MET or found.label is Label.NOT_MET:
        return found
    if found.label is Label.UNKNOWN:
        return operated._replace(label=Label.NOT_MET)
    return Held(Label.UNKNOWN, (*found.reasons, *operated.reasons), (*found.findings, *operated.findings))


def _treatment(facts: Facts, predicate: Predicate, found: Held) -> Held:
    """A treatment that is planned is told as planned."""
    kind = "drug" if predicate.concept == "drug_class" else predicate.concept
    for field in facts.fields(kind):
        if field.assertion is Assertion.PLANNED and any(_same(value, field.value) for value in predicate.values):
            return Held(Label.UNKNOWN, (facts.quote(field),), field.findings[:1])
    return found


def _for_advanced(facts: Facts, predicate: Predicate) -> Held:
    """Where a sentence is about cancer that has spread, what was given against an early one before leaves it open."""
    plain = held(facts, msgspec.structs.replace(predicate, qualifiers={}))
    if plain.label is Label.MET:
        mine = taken.given(facts, predicate)
        early = [
            field for field in mine if str(field.details.get("intent", "")) in _EARLY and "line" not in field.details
        ]
        if not mine or len(early) < len(mine):
            return plain
        plain = _left_open(facts, predicate, early[0])
    denied = ask(facts, predicate)
    return denied if denied.label is Label.NOT_MET else plain


def _what_for(facts: Facts, predicate: Predicate, found: Held) -> Held:
    """Methotrexate may be for the joints: alone, and without its aim, it shows no chemotherapy."""
    if predicate.concept != "drug_class":
        return found
    mine = taken.given(facts, predicate)
    unclear = [each for each in mine if each.value in table()["also_elsewhere"] and not _AIMS & each.details.keys()]
    if mine and len(unclear) == len(mine) and not facts.fields("drug_class"):
        return _left_open(facts, predicate, unclear[0])
    return found


def _same(asked: Value, planned: Value) -> bool:
    return asked in (planned, "any") or key(str(asked)) in above(str(planned))
