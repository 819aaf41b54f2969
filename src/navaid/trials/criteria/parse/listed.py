"""A list of segments -> one expression: what "and", "or" and commas join, and what is asked of all its items.

Where two readings of a list are possible, the expression is definite only where both agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from navaid.terms import CriterionType, Expression, Logic, Value
from navaid.trials.criteria.parse.atom import concepts, every, negated, same, some, unparsed
from navaid.trials.criteria.parse.segments import AND, COMMA, OR, Segment

_TRAILS = re.compile(
    r"\b(?:that|which|who|whose|within|before|after|during|since|prior|treated|requiring|despite|from|for|over"
    r"|lasting|in|whichever)\b",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?:negative|positive|unknown|low|high|present|absent)\b", re.IGNORECASE)
# Adjectives that are meant of a whole list: "unstable tumours or brain metastases".
_SCOPES = re.compile(
    r"(?:clinically|un\w+|active\w*|symptomatic|significant|serious|severe|recent|prior|previous\w*|current\w*|acute"
    r"|chronic|ongoing|progress\w+|refractory|new\w*|recurrent|persistent|major|poorly|other|another|concurrent"
    r"|concomitant)\b",
    re.IGNORECASE,
)


def listed(segments: Sequence[Segment], kind: CriterionType, words: str) -> Expression:
    """A list that asks: alternatives of one family first, then "and", then "or"; strange words at its ends for all."""
    segments[0].joined = COMMA
    unsure = _settle_commas(segments, AND if kind is CriterionType.INCLUSION else OR)
    expression = _grouped(segments, kind)
    if unsure and kind is CriterionType.INCLUSION:  # "ER-positive, HER2-negative or …": the comma may mean "and"
        for segment in unsure:
            segment.joined = AND
        expression = _agreed(expression, _grouped(segments, kind))
    shared = _shared(segments, words)
    return every([expression, unparsed(*shared)]) if shared else expression


def _agreed(one: Expression, other: Expression) -> Expression:
    """What two readings have in common: definite where both are."""
    if same(one, other):
        return one
    any_of = some([one, other])
    return some([every([one, other]), every([any_of, unparsed(any_of.start, any_of.end)])])


def _grouped(segments: Sequence[Segment], kind: CriterionType) -> Expression:
    runs: list[list[list[Segment]]] = [[[segments[0]]]]
    for segment in segments[1:]:
        before = runs[-1][-1][-1]
        if segment.joined == OR and _akin(before, segment):
            runs[-1][-1].append(segment)
        elif segment.joined == AND:
            runs[-1].append([segment])
        else:
            runs.append([[segment]])
    return _either(runs, kind)


def _either(runs: Sequence[list[list[Segment]]], kind: CriterionType) -> Expression:
    """What "or" joins. "A B or C" is (A B) or C, or else A with (B or C): definite only where both readings agree."""
    wide = some(_both([_alternatives(group) for group in run], kind) for run in runs)
    if len(runs) == 1:
        return wide
    first, last = runs[0], runs[-1]
    if (
        len(first) == 1
        and len(last) == 1
        and all(len(each.atoms) + bool(each.strange) <= 1 for each in (first[0][-1], last[0][0]))
    ):
        return wide
    if any(len(run) > 1 for run in runs[1:-1]) or (
        kind is CriterionType.EXCLUSION and (len(first) > 1 or len(last) > 1)
    ):
        return every([wide, unparsed(wide.start, wide.end)])
    items = [*first[-1], *(segment for run in runs[1:-1] for segment in run[0]), *last[0]]
    narrow = (
        [_alternatives(group) for group in first[:-1]]
        + [_factored(items, aside=True)]
        + [_alternatives(g) for g in last[1:]]
    )
    return some([every(narrow), every([wide, unparsed(wide.start, wide.end)])])


def _shared(segments: Sequence[Segment], words: str) -> tuple[int, int] | None:
    """The strange words at the beginning or the end of a list of several, which may be meant of all of it."""
    if len(segments) == 1:
        return None
    first, last = segments[0], segments[-1]
    span = first.before[0] if first.before and first.atoms else None
    if first.before and not first.atoms and _SCOPES.match(words, first.before[0][0]):
        span = first.before[0]
    if last.before and last.atoms and _STATE.match(words, last.before[0][0]):
        span = span or last.before[0]  # "ER-positive or negative DCIS"
    if last.after and last.atoms:
        span = span or last.after[0]
    elif (
        not last.atoms
        and last.before
        and (len(last.before) > 4 or _TRAILS.search(words, last.before[0][0], last.before[-1][1]))
    ):
        span = span or last.before[0]
    return span


def denied(segments: Sequence[Segment], words: str) -> Expression | None:
    """A list behind a "no": any one is denied. What an "and" joins to it may be denied or asked for: left open."""
    if not segments:
        return None
    commas = any(segment.joined == COMMA for segment in segments[1:])
    held = [segments[0]]
    for segment in segments[1:]:
        if segment.joined == AND and not commas and not _akin(held[-1], segment):
            break
        held.append(segment)
    whole = some(map(_asked, held))
    shared = _shared(held, words)
    if shared:
        whole = every([whole, unparsed(*shared)])
    left = segments[len(held) :]
    if not left:
        return negated(whole)
    spans = [atom[:2] for each in left for atom in each.atoms] + [span for each in left for span in each.strange]
    return every([negated(whole), unparsed(min(s for s, _ in spans), max(e for _, e in spans))])


def _settle_commas(segments: Sequence[Segment], follows: str) -> list[Segment]:
    """A comma is what the list's own conjunction is; without one, "and" where something is asked, else "or".

    Comes back with those taken for "or" between things of different families.
    """
    unsure = []
    for number in range(len(segments) - 1, -1, -1):
        segment = segments[number]
        if segment.joined == COMMA:
            segment.joined = follows
            before = segments[number - 1] if number else None
            if follows == OR and before and not _akin(before, segment):
                unsure.append(segment)
        else:
            follows = segment.joined
    return unsure


def _both(parts: list[Expression], kind: CriterionType) -> Expression:
    """What "and" joins. In an exclusion it often lists ("hepatitis B and C"): all is met, none is not, some is open."""
    if len(parts) == 1:
        return parts[0]
    any_of = some(parts)
    if kind is CriterionType.INCLUSION:
        return all_of(parts)
    return some([every(parts), every([any_of, unparsed(any_of.start, any_of.end)])])


def all_of(parts: Sequence[Expression]) -> Expression:
    """All of these, unless two ask for different things: nobody is asked to have two kinds of cancer at once."""
    if not _at_odds(parts):
        return every(parts)
    any_of = some(parts)
    return every([any_of, unparsed(any_of.start, any_of.end)])


def possible(expression: Expression) -> Expression:
    """The same without demands that one thing be two: those were alternatives, in words that were not understood."""
    parts = [possible(part) for part in expression.parts]
    if expression.logic is Logic.ALL:
        return all_of(parts)
    if expression.logic is Logic.ANY:
        return some(parts)
    return negated(parts[0]) if expression.logic is Logic.NOT else expression


def _at_odds(parts: Sequence[Expression]) -> bool:
    """Whether two of these ask that one thing be two different things."""
    said: dict[str, set[Value]] = {}
    for part in parts:
        for inner in part.parts if part.logic is Logic.ALL else (part,):
            asked = inner.predicate
            if asked and asked.op == "is" and not asked.qualifiers:
                # Carcinoma in situ and a type of invasive carcinoma stand side by side, or are two kinds that may join.
                if asked.concept in ("diagnosis", "histology"):
                    others = said.get("histology" if asked.concept == "diagnosis" else "diagnosis")
                    if others and {"dcis", "lcis"} & (others | set(asked.values)):
                        return True
                if not said.setdefault(asked.concept, set(asked.values)) & set(asked.values):
                    return True
    return False


def _akin(one: Segment, other: Segment) -> bool:
    return bool(one.atoms and other.atoms and one.atoms[-1].family == other.atoms[0].family)


def _alternatives(group: Sequence[Segment]) -> Expression:
    """Segments of one family, of which one is enough."""
    if len(group) == 1:
        return _asked(group[0])
    narrow = _factored(group)
    if len(group[0].atoms) > 1 and len(group[-1].atoms) > 1:
        wide = some(map(_asked, group))
        return some([narrow, every([wide, unparsed(wide.start, wide.end)])])
    return narrow


def _factored(items: Sequence[Segment], *, aside: bool = False) -> Expression:
    """Alternatives where what stands before the first or behind the last of them goes with each.

    "Stage II or III breast cancer" is breast cancer of stage II or III. `aside`: strange words behind the first are
    the alternative ("HER2-positive with … or postmenopausal").
    """
    first, last = items[0], items[-1]
    ahead, behind = first.atoms[:-1], last.atoms[1:]
    alone = aside and bool(first.after)
    if alone:
        ahead = first.atoms
    own = [
        Segment("", [] if alone else first.atoms[-1:], [] if first.atoms else first.before, first.after),
        *items[1:-1],
        Segment("", last.atoms[:1], last.before, [] if last.atoms else last.after),
    ]
    parts = [atom.expression for atom in ahead]
    parts += [some(_asked(each) for each in own if not each.empty), *(atom.expression for atom in behind)]
    narrowing = (first.before if first.atoms else []) + (last.after if last.atoms else [])
    return every([*parts, *(unparsed(*span) for span in narrowing[:1])])


def _asked(segment: Segment) -> Expression:
    # "5 times the limit with liver metastases": where it has spread to is a condition of what stands beside it.
    aside = bool(segment.strange) or any("lab" in concepts(atom.expression) for atom in segment.atoms)
    parts = [unparsed(*a[:2]) if aside and a.family == "spread" else a.expression for a in segment.atoms]
    parts += [unparsed(start, end) for start, end in segment.strange[:1]]
    return every(parts)
