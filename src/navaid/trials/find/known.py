"""The embedded table of trials, searched by the same words and filters as the store."""

from __future__ import annotations

from navaid import vocabulary
from navaid.starter.trials import TrialFact, facts
from navaid.trials.find.find import Wanted
from navaid.trials.find.index import WordIndex
from navaid.trials.find.tags import antigens
from navaid.trials.find.words import Asked, asked, drug_tags, target_tag


def known(wanted: Wanted, index: WordIndex) -> tuple[TrialFact, ...]:
    """The facts that answer to the words and filters."""
    given = asked(wanted.words, index)
    return tuple(fact for fact in facts() if _answers(fact, wanted, given, index))


def _answers(fact: TrialFact, wanted: Wanted, given: Asked, index: WordIndex) -> bool:
    if given.cells and not set(given.cells) & set(fact.cells):
        return False
    if wanted.target and target_tag(wanted.target) not in {f"target:{target}" for target in fact.targets}:
        return False
    if wanted.phases and not set(wanted.phases) & set(fact.phases):
        return False
    if wanted.statuses and fact.status not in wanted.statuses:
        return False
    if wanted.drug:
        named = {f"drug:{mention.concept}" for mention in vocabulary.find(f"{fact.tests} {fact.name}", typos=False)}
        if not named & set(drug_tags(wanted.drug)):
            return False
    text = index.words(_text(fact))
    return all(any(_holds(text, form) for form in thing.forms) for thing in given.things)


def _text(fact: TrialFact) -> str:
    targets = [form for id_ in fact.targets if id_ in antigens() for form in vocabulary.forms(id_)]
    # Every trial of the table takes people with breast cancer, whether or not its short description says so.
    return " . ".join((fact.nct_id, fact.name, fact.tests, fact.who, *targets, "breast cancer"))


def _holds(text: tuple[str, ...], form: tuple[str, ...]) -> bool:
    return any(text[at : at + len(form)] == form for at in range(len(text) - len(form) + 1))
