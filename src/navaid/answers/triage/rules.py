"""From the words of a question to what must come first: read, weigh by context, meet the rules.

The rules stand in order of haste in the tables; the first that is met decides. An emergency is
looked for before anything else, so that no other reading of a text can hide it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from navaid.answers.triage import likeness
from navaid.answers.triage.context import Context, Standing
from navaid.answers.triage.lines import listing
from navaid.answers.triage.measures import find_measures
from navaid.answers.triage.patterns import Matcher, Mention
from navaid.answers.triage.tables import MARKUP, Line, Rule, Tables, tables
from navaid.answers.triage.text import normalise
from navaid.terms import Citation, Triage, TriageClass

_ORDER = (
    TriageClass.EMERGENCY_NOW,
    TriageClass.CRISIS,
    TriageClass.URGENT_SAME_DAY,
    TriageClass.INJECTION,
    TriageClass.ASK_TEAM_DOSE,
    TriageClass.PERSONAL_PROGNOSIS,
    TriageClass.TREATMENT_DECISION,
    TriageClass.OUT_OF_SCOPE,
)
_WORDS_SHOWN = 6
_FIRST = frozenset((TriageClass.EMERGENCY_NOW, TriageClass.CRISIS, TriageClass.URGENT_SAME_DAY, TriageClass.INJECTION))
_HASTE = frozenset((TriageClass.EMERGENCY_NOW, TriageClass.URGENT_SAME_DAY))
# How sure the second look must be where no rule was met, and where one of the quieter ones was: so that it adds few
# false alarms. `benchmarks/likeness.py` shows what each step costs.
_SURE = {
    TriageClass.EMERGENCY_NOW: 0.35,
    TriageClass.URGENT_SAME_DAY: 0.35,
    TriageClass.CRISIS: 0.6,
    TriageClass.ASK_TEAM_DOSE: 0.3,
    TriageClass.PERSONAL_PROGNOSIS: 0.4,
    TriageClass.TREATMENT_DECISION: 0.25,
}
_SURER = {TriageClass.CRISIS: 0.7, TriageClass.EMERGENCY_NOW: 0.8}
_ANYWHERE = "911 in the US, 999 in the UK, 112 in Europe"


class _Met(NamedTuple):
    rule: Rule
    words: tuple[str, ...]


class _Machine(NamedTuple):
    tables: Tables
    rules: tuple[Rule, ...]
    likes: Mapping[str, Rule]
    idioms: Matcher
    context: Matcher
    concepts: Matcher
    signs: frozenset[str]
    markup: re.Pattern[str]
    known: frozenset[str]
    stems: tuple[str, ...]
    kinds: Mapping[str, str]


def triage(text: str, country: str | None = None, *, look_twice: bool = True) -> Triage:
    """What must come first in a question: its class, a short message, the reason, the sources.

    `country` (ISO 3166 letters such as `US`) chooses the crisis lines. Uses no language model,
    takes under 2 ms for 300 characters, and never raises for any text. Without `look_twice`, the
    rules alone decide, and not also what the words are like (`likeness.py`).

    >>> found = triage("I had chemo last week and my temperature is 38.4 C. Can it wait until Monday?")
    >>> found.class_.value, found.reason
    ('urgent_same_day', 'fever_on_treatment: 38.4; chemo')
    >>> triage("What are the signs of an infection?").class_.value
    'ordinary'
    """
    machine = _machine()
    tokens, _ = read(text)
    met = _first_met(machine, text, tokens)
    if look_twice and tokens and (met is None or met.rule.level not in _FIRST):
        met = _second_look(machine, tokens, met)
    if met is None:
        return Triage(class_=TriageClass.ORDINARY)
    rule = met.rule
    message = _with_lines(machine.tables.messages[rule.message], machine.tables, country)
    return Triage(
        class_=rule.level,
        message=message,
        reason=f"{rule.id}: {'; '.join(met.words[:_WORDS_SHOWN])}",
        citations=_citations(machine.tables, rule, country),
    )


@functools.cache
def _machine() -> _Machine:
    found = tables()
    classes = found.wording.classes
    concepts = Matcher({**found.signs, **found.cries, **found.scene, **found.asks}, classes)
    normalise("warm up: reads the word list", found.wording, concepts.words(), concepts.stems())
    return _Machine(
        tables=found,
        rules=tuple(sorted(found.rules, key=lambda rule: _ORDER.index(rule.level))),
        likes={rule.level.value: rule for rule in found.likeness},
        idioms=Matcher({"idiom": found.context["idiom"]}, classes),
        context=Matcher(found.context, classes),
        concepts=concepts,
        signs=frozenset((*found.signs, *(m.id for m in found.measures if not m.context))),
        markup=re.compile("|".join(found.markup), re.I),
        known=concepts.words(),
        stems=concepts.stems(),
        kinds=likeness.kinds_of(classes),
    )


def read(text: str) -> tuple[list[str], Mapping[str, str]]:
    """The words of a text as the tables see them, figures of speech taken out; and which words are alike."""
    machine = _machine()
    tokens = normalise(text, machine.tables.wording, machine.known, machine.stems)
    for idiom in machine.idioms.find(tokens):
        tokens[idiom.start : idiom.end] = ["_"] * (idiom.end - idiom.start)
    if tokens and tokens[-1] not in ".?":
        tokens.append(".")  # the end of a text ends its sentence
    return tokens, machine.kinds


_A_MESSAGE = 5  # words; fewer are a subject ("bone mets"), and are like anything that speaks of it


def _second_look(machine: _Machine, tokens: list[str], met: _Met | None) -> _Met | None:
    """What the words are like, where they are enough and that is sure enough; else what the rules found."""
    if len(tokens) < _A_MESSAGE:
        return met
    like = likeness.most_like(tokens, machine.kinds)
    rule = machine.likes.get(like.name)
    if rule is None or (met and met.rule.level is rule.level):
        return met
    if rule.level in _HASTE and likeness.NORMAL in like.read:  # a normal temperature stands in the text
        return met
    least = _SURE[rule.level] if met is None else _SURER.get(rule.level, 1)
    return _Met(rule, like.words) if like.share >= least else met


def _first_met(machine: _Machine, text: str, tokens: list[str]) -> _Met | None:
    if not tokens:
        return None
    met = _concepts(machine, tokens)
    if machine.markup.search(text[:4000]):
        met.setdefault(MARKUP, "markup")
    for rule in machine.rules:
        for line in rule.when:
            words = _meets(line, met)
            if words is not None:
                return _Met(rule, words)
    return None


def _concepts(machine: _Machine, tokens: list[str]) -> dict[str, str]:
    """Each concept that counts, with the words that spoke of it first.

    A sign counts when it is there now; a cry for help also when it comes as a question
    or is another's; what only
    sets the scene (a treatment, a spread to bone) counts unless it is denied; an ask as it stands.
    """
    context = Context(tokens, machine.context)
    found: dict[str, str] = {}
    mentions = machine.concepts.find(tokens) + find_measures(tokens, machine.tables.measures)
    for mention in mentions:
        if mention.concept not in found and _counts(machine, context, mention):
            found[mention.concept] = " ".join(tokens[mention.start : mention.end])
    return found


def _counts(machine: _Machine, context: Context, mention: Mention) -> bool:
    if mention.concept in machine.signs:
        return context.standing(mention) is Standing.PRESENT
    if mention.concept in machine.tables.scene:
        return context.standing(mention) is not Standing.DENIED
    if mention.concept in machine.tables.cries:
        return context.standing(mention) not in (Standing.DENIED, Standing.PAST)
    return True


def _meets(line: str, met: Mapping[str, str]) -> tuple[str, ...] | None:
    """The words that meet one line of a rule, or None."""
    words = []
    for element in line.split():
        if element.startswith("!"):
            if any(part in met for part in element[1:].split("|")):
                return None
            continue
        found = next((met[part] for part in element.split("|") if part in met), None)
        if found is None:
            return None
        words.append(found)
    return tuple(dict.fromkeys(words))


def _with_lines(message: str, found: Tables, country: str | None) -> str:
    """The message with the numbers of the person's country, or of every country we could confirm."""
    number = next((line.emergency for line in found.lines if line.emergency and _is_of(line, country)), None)
    message = message.replace("{emergency}", number or _ANYWHERE)
    for kind in ("distress", "abuse"):
        rows = [line for line in found.lines if line.kind == kind]
        here = [line for line in rows if _is_of(line, country)]
        named = "; ".join(f"{line.name}: {line.contact}" for line in here) or listing(rows)
        message = message.replace("{" + kind + "}", named)
    return message


def _is_of(line: Line, country: str | None) -> bool:
    return country is not None and line.country == country.upper().replace("UK", "GB")


def _citations(found: Tables, rule: Rule, country: str | None) -> tuple[Citation, ...]:
    ids = list(rule.sources)
    for kind in ("distress", "abuse"):
        if "{" + kind + "}" in found.messages[rule.message]:
            rows = [line for line in found.lines if line.kind == kind]
            here = [line for line in rows if _is_of(line, country)]
            ids += [line.source for line in here or rows]
    rows_of = (found.sources[source] for source in dict.fromkeys(ids))
    return tuple(Citation(document=f"URL:{s.url}", locator=s.locator, checked=s.opened) for s in rows_of)
