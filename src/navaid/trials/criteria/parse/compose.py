"""Atoms of a part of a sentence -> one expression, joined as the words between them say.

The part is cut into segments at commas, "and", "or". Atoms of one segment are asked for together; words of it that
nobody understood narrow it. Before the first or behind the last item of a list such words narrow all of it ("allergic to
A or B"; "A or B within a year"). "No prior A, B or C" denies the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from navaid.terms import CriterionType, Expression, Logic, Value
from navaid.trials.criteria.parse.atom import Atom, every, negated, some, unparsed
from navaid.trials.criteria.parse.phrases import brackets, opened, pattern

_OR, _AND, _COMMA = "or", "and", ","
_NEGATION = r"no|not|without|absence(?:\s+of)?|never|none|neither|free\s+(?:of|from)|lack(?:s|ing)?(?:\s+of)?"
_LIMIT = (
    r"(?:no|not)\s+(?:\w+\s+)?(?:more|less|fewer|greater|later|longer|earlier|sooner|higher|lower)\s+than|no\s+limits?"
)
_EXPLAINS = re.compile(
    r"\W*(?:e\.?g\b|i\.?e\b|such as|for example|including|includes|defined|per\b|as per|according|assessed|determined"
    r"|see\b|by\b|using|also known|formerly|or equivalent|any\b)",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"\b(?:that|which|who|whose|within|before|after|during|since|prior|treated|requiring|despite|from|for|over|lasting|in)\b",
    re.IGNORECASE,
)


_PERSON = re.compile(r"\b(?:males?|m[ae]n|females?|wom[ae]n)\b", re.IGNORECASE)
# Adjectives that are meant of a whole list: "unstable tumours or brain metastases".
_SCOPES = re.compile(
    r"(?:clinically|un\w+|active\w*|symptomatic|significant|serious|severe|recent|prior|previous\w*|current\w*|acute|chronic|ongoing|progress\w+|refractory|new\w*|recurrent|persistent|major|poorly|other|another|concurrent|concomitant)\b",
    re.IGNORECASE,
)


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<limit>\b(?:{_LIMIT})\b)|(?P<neutral>\b(?:{pattern('neutral')})\b)"
        rf"|(?P<joint>and\s*/\s*or\b|\b(?:and|or|nor|plus|but)\b|[,;&/])"
        rf"|(?P<one_of>\b(?:{pattern('one_of')})\b)|(?P<negation>\b(?:{_NEGATION})\b(?!\s*/))"
        r"|(?P<word>[A-Za-z][A-Za-z'’-]*|\d[\d.,]*|[+≥≤<>=%])",
        re.IGNORECASE,
    )


@dataclass
class _Segment:
    """Atoms that are asked for together; `joined` is how it hangs together with the segment before it."""

    joined: str
    atoms: list[Atom] = field(default_factory=list)
    before: list[tuple[int, int]] = field(default_factory=list)
    after: list[tuple[int, int]] = field(default_factory=list)
    limited: bool = False

    @property
    def empty(self) -> bool:
        return not (self.atoms or self.before or self.after)

    @property
    def strange(self) -> list[tuple[int, int]]:
        return self.before + self.after


def compose(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    """What `words[start:end]` asks; None where it says nothing that could be asked."""
    words, chosen = _bracketed(words, start, end, apart(atoms, start, end), kind)
    words, chosen = opened(words, start, end, chosen)
    return _part(words, start, end, chosen, kind)


def _part(words: str, start: int, end: int, atoms: Sequence[Atom], kind: CriterionType) -> Expression | None:
    cut = _negation(words, start, end, atoms)
    if cut is None:
        segments = _segments(words, start, end, atoms)
        return _listed(segments, kind, words) if segments else None
    behind = [atom for atom in atoms if atom.start >= cut.end()]
    inner_end = _next_negation(words, cut.end(), end, behind)
    denied = _denied(_segments(words, cut.end(), inner_end, [a for a in behind if a.end <= inner_end]), words)
    if denied is None and inner_end < end:
        denied = unparsed(cut.start(), cut.end())
    more = _part(words, inner_end, end, [a for a in behind if a.start >= inner_end], kind) if inner_end < end else None
    left = _part(words, start, cut.start(), [atom for atom in atoms if atom.end <= cut.start()], kind)
    return _beside(words, start, cut.start(), left, _beside(words, cut.end(), inner_end, denied, more, kind), kind)


def _beside(
    words: str, start: int, end: int, left: Expression | None, right: Expression | None, kind: CriterionType
) -> Expression | None:
    """What stands before a "no" and what stands behind it: both, unless an "or" parts them."""
    if left is None or right is None:
        return left or right
    said = words[start:end].rstrip().lower()
    if said.endswith(("or", "/")):
        return some([left, right])
    if kind is CriterionType.EXCLUSION and said.endswith((",", ";", "and")):
        return unparsed(left.start, right.end)
    if left.logic is Logic.ANY:  # "A, or B without C": it may be said of B alone
        return every([left, some([right, unparsed(right.start, right.end)])])
    return every([left, right])


def _negation(words: str, start: int, end: int, atoms: Sequence[Atom]) -> re.Match[str] | None:
    for low, high in _gaps(start, end, atoms):
        for token in _token().finditer(words, low, high):
            if token.lastgroup == "negation":
                return token
    return None


def _next_negation(words: str, start: int, end: int, atoms: Sequence[Atom]) -> int:
    found = _negation(words, start, end, atoms)
    return found.start() if found else end


def _gaps(start: int, end: int, atoms: Sequence[Atom]) -> Iterator[tuple[int, int]]:
    at = start
    for atom in atoms:
        yield at, atom.start
        at = atom.end
    yield at, end


def apart(atoms: Sequence[Atom], start: int, end: int) -> list[Atom]:
    """The atoms of this part without overlaps: of two that overlap the longer one, which understood more."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=lambda atom: (atom.start - atom.end, atom.start)):
        if start <= atom.start and atom.end <= end and all(atom.end <= c.start or atom.start >= c.end for c in chosen):
            chosen.append(atom)
    return sorted(chosen, key=lambda atom: atom.start)


def _bracketed(
    words: str, start: int, end: int, atoms: list[Atom], kind: CriterionType
) -> tuple[str, list[Atom]]:
    """Brackets taken in: what explains the atom before is dropped, what says more is asked for with it."""
    for low, high in list(brackets(words, start, end)):
        if any(atom.start < low < atom.end or atom.start < high < atom.end for atom in atoms):
            continue
        inside = [atom for atom in atoms if low <= atom.start and atom.end <= high]
        before = next((atom for atom in reversed(atoms) if atom.end <= low), None)
        said = words[low:high]
        if inside and before and all(_kind_of_disease(a) for a in inside) and not _kind_of_disease(before):
            # "ECOG 0 or 1 (solid tumours)": asked of some only.
            whole = Atom(before.start, high, unparsed(before.start, high), before.family)
            atoms = [whole if atom is before else atom for atom in atoms if atom not in inside]
            words = words[:low] + " " * (high - low) + words[high:]
            continue
        atoms = [atom for atom in atoms if atom not in inside]
        words = words[:low] + " " * (high - low) + words[high:]
        explains = before is not None and not words[before.end : low].strip()
        if explains and before and (_EXPLAINS.match(said) or any(atom.family == before.family for atom in inside)):
            if not re.search(r"\b(?:except|unless|excluding|not|10\s?%|within|only|if)", said):
                continue
        elif not inside and re.fullmatch(r"\W*[A-Za-z]*[A-Z][\w+/-]*\W*", said):
            continue  # an abbreviation
        if inside and not explains and words[start:low].strip():  # "5 times the limit (liver metastases present)": a condition of something unread
            inside = [Atom(low, high, unparsed(low, high), "")]
        expression = _part(said_at(words, said, low), low + 1, high - 1, inside, kind)
        if expression is not None:
            family = before.family if before else ""
            atoms = sorted([*atoms, Atom(low, high, expression, family)], key=lambda atom: atom.start)
    return words, atoms


def _kind_of_disease(atom: Atom) -> bool:
    return atom.family in ("cancer", "setting", "stage", "receptors", "histology", "hormone receptors", "her2.status")


def said_at(words: str, said: str, at: int) -> str:
    """The words with this put back at its place."""
    return words[:at] + said + words[at + len(said) :]


def _segments(words: str, start: int, end: int, atoms: Sequence[Atom]) -> list[_Segment]:
    found, segment, at = [], _Segment(_COMMA), start
    either = neutral = False
    for atom in [*atoms, None]:
        stop = atom.start if atom else end
        for token in _token().finditer(words, at, stop):
            said = re.sub(r"\s+", "", token[0].lower())
            if said == "/" and not neutral and words[at : token.start()].strip() and words[token.end() : stop].strip():
                continue  # a stroke between words that nobody understood: "per 10 mL/min"
            if said == "/" and atom and _parted(segment, atom, words, token):
                said = "and"  # "ER+/HER2-"
            if token.lastgroup == "neutral":
                neutral = True
            elif token.lastgroup == "one_of":
                either = True
            elif token.lastgroup == "joint":
                neutral = neutral and said in ("or", "/", "nor", "and/or")
                joined = {"and": _AND, "plus": _AND, "&": _AND, "but": _AND, ",": _COMMA, ";": _COMMA}.get(said, _OR)
                if segment.empty and joined == _COMMA and found:
                    joined = segment.joined
                person = _PERSON.search(words, at if not found or segment.empty else token.start(), token.start())
                if segment.empty and joined == _OR and person and (atom or said == "or"):
                    segment.before.append(person.span())  # "men or postmenopausal women": the men are an alternative
                found.append(segment)
                segment = _Segment(_OR if either else joined)
            elif token.lastgroup == "limit" and atom:
                segment.limited = True
            elif not neutral and not (token.lastgroup == "word" and _says_nothing(said, segment)):
                (segment.after if segment.atoms else segment.before).append(token.span())
        if atom:
            if not neutral:
                # "No more than one chemotherapy": how many is asked, and was not understood.
                segment.atoms.append(atom if not segment.limited else Atom(*atom[:2], unparsed(*atom[:2]), atom.family))
            at = atom.end
    return [each for each in [*found, segment] if not each.empty]


def _parted(segment: _Segment, atom: Atom, words: str, token: re.Match[str]) -> bool:
    """Whether a stroke stands right between two atoms that are no alternatives of one question."""
    if not segment.atoms or segment.atoms[-1].family == atom.family:
        return False
    return not words[segment.atoms[-1].end : token.start()].strip() and not words[token.end() : atom.start].strip()


def _says_nothing(said: str, segment: _Segment) -> bool:
    return said in fillers() or (not said[0].isalnum() and bool(segment.atoms))


def _listed(segments: Sequence[_Segment], kind: CriterionType, words: str) -> Expression:
    """A list that asks: alternatives of one family first, then "and", then "or"; strange words at its ends for all."""
    segments[0].joined = _COMMA
    unsure = _settle_commas(segments, _AND if kind is CriterionType.INCLUSION else _OR)
    expression = _grouped(segments, kind)
    if unsure and kind is CriterionType.INCLUSION:  # "ER-positive, HER2-negative or …": the comma may mean "and"
        for segment in unsure:
            segment.joined = _AND
        expression = _agreed(expression, _grouped(segments, kind))
    shared = _shared(segments, words)
    return every([expression, unparsed(*shared)]) if shared else expression


def _agreed(one: Expression, other: Expression) -> Expression:
    """What two readings have in common: definite where both are."""
    any_of = some([one, other])
    return some([every([one, other]), every([any_of, unparsed(any_of.start, any_of.end)])])


def _grouped(segments: Sequence[_Segment], kind: CriterionType) -> Expression:
    runs: list[list[list[_Segment]]] = [[[segments[0]]]]
    for segment in segments[1:]:
        before = runs[-1][-1][-1]
        if segment.joined == _OR and _akin(before, segment):
            runs[-1][-1].append(segment)
        elif segment.joined == _AND:
            runs[-1].append([segment])
        else:
            runs.append([[segment]])
    return _either(runs, kind)


def _either(runs: Sequence[list[list[_Segment]]], kind: CriterionType) -> Expression:
    """What "or" joins. "A B or C" is (A B) or C, or else A with (B or C): definite only where both readings agree."""
    wide = some(_both([_alternatives(group) for group in run], kind) for run in runs)
    if len(runs) == 1:
        return wide
    first, last = runs[0], runs[-1]
    if len(first) == 1 and len(last) == 1 and all(
        len(each.atoms) + bool(each.strange) <= 1 for each in (first[0][-1], last[0][0])
    ):
        return wide
    if any(len(run) > 1 for run in runs[1:-1]) or kind is CriterionType.EXCLUSION and (len(first) > 1 or len(last) > 1):
        return every([wide, unparsed(wide.start, wide.end)])
    listed = [*first[-1], *(segment for run in runs[1:-1] for segment in run[0]), *last[0]]
    narrow = [_alternatives(group) for group in first[:-1]] + [_factored(listed)] + [_alternatives(g) for g in last[1:]]
    return some([every(narrow), every([wide, unparsed(wide.start, wide.end)])])


def _shared(segments: Sequence[_Segment], words: str) -> tuple[int, int] | None:
    """The strange words at the beginning or the end of a list of several, which may be meant of all of it."""
    if len(segments) == 1:
        return None
    first, last = segments[0], segments[-1]
    span = first.before[0] if first.before and first.atoms else None
    if first.before and not first.atoms and _SCOPES.match(words, first.before[0][0]):
        span = first.before[0]
    if last.after and last.atoms:
        span = span or last.after[0]
    elif not last.atoms and last.before and (
        len(last.before) > 4 or _TRAILS.search(words, last.before[0][0], last.before[-1][1])
    ):
        span = span or last.before[0]
    return span


def _denied(segments: Sequence[_Segment], words: str) -> Expression | None:
    """A list behind a "no": any one is denied. What an "and" joins to it may be denied or asked for: left open."""
    if not segments:
        return None
    commas = any(segment.joined == _COMMA for segment in segments[1:])
    held = [segments[0]]
    for segment in segments[1:]:
        if segment.joined == _AND and not commas and not _akin(held[-1], segment):
            break
        held.append(segment)
    listed = some(map(_asked, held))
    shared = _shared(held, words)
    if shared:
        listed = every([listed, unparsed(*shared)])
    left = segments[len(held) :]
    if not left:
        return negated(listed)
    spans = [atom[:2] for each in left for atom in each.atoms] + [span for each in left for span in each.strange]
    return every([negated(listed), unparsed(min(s for s, _ in spans), max(e for _, e in spans))])


def _settle_commas(segments: Sequence[_Segment], follows: str) -> list[_Segment]:
    """A comma is what the list's own conjunction is; without one, "and" where something is asked, else "or".

    Comes back with those taken for "or" between atoms of different families.
    """
    unsure = []
    for number in range(len(segments) - 1, -1, -1):
        segment = segments[number]
        if segment.joined == _COMMA:
            segment.joined = follows
            before = segments[number - 1] if number else None
            if follows == _OR and before and before.atoms and segment.atoms and not _akin(before, segment):
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
    """All of these, unless two ask for different things: nobody is asked to have cancer of the lung and of the breast."""
    if not _at_odds(parts):
        return every(parts)
    any_of = some(parts)
    return every([any_of, unparsed(any_of.start, any_of.end)])


def _at_odds(parts: Sequence[Expression]) -> bool:
    """Whether two of these ask that one thing be two different things."""
    said: dict[str, set[Value]] = {}
    for part in parts:
        for inner in part.parts if part.logic is Logic.ALL else (part,):
            asked = inner.predicate
            if asked and asked.op == "is" and not asked.qualifiers:
                if not said.setdefault(asked.concept, set(asked.values)) & set(asked.values):
                    return True
    return False


def _akin(one: _Segment, other: _Segment) -> bool:
    return bool(one.atoms and other.atoms and one.atoms[-1].family == other.atoms[0].family)


def _alternatives(group: Sequence[_Segment]) -> Expression:
    """Segments of one family, of which one is enough."""
    if len(group) == 1:
        return _asked(group[0])
    narrow = _factored(group)
    if len(group[0].atoms) > 1 and len(group[-1].atoms) > 1:
        wide = some(map(_asked, group))
        return some([narrow, every([wide, unparsed(wide.start, wide.end)])])
    return narrow


def _factored(listed: Sequence[_Segment]) -> Expression:
    """Alternatives where what stands before the first or behind the last of them goes with each.

    "Stage II or III breast cancer" is breast cancer of stage II or III.
    """
    first, last = listed[0], listed[-1]
    ahead, behind = first.atoms[:-1], last.atoms[1:]
    own = [
        _Segment("", first.atoms[-1:], [] if first.atoms else first.before, first.after),
        *listed[1:-1],
        _Segment("", last.atoms[:1], last.before, [] if last.atoms else last.after),
    ]
    parts = [atom.expression for atom in ahead]
    parts += [some(_asked(each) for each in own if not each.empty), *(atom.expression for atom in behind)]
    narrowing = (first.before if first.atoms else []) + (last.after if last.atoms else [])
    return every([*parts, *(unparsed(*span) for span in narrowing[:1])])


def _asked(segment: _Segment) -> Expression:
    # "5 times the limit with liver metastases": where they spread to is a condition of what was not understood.
    aside = bool(segment.strange)
    parts = [unparsed(*a[:2]) if aside and a.family == "spread" else a.expression for a in segment.atoms]
    parts += [unparsed(start, end) for start, end in segment.strange[:1]]
    return every(parts)


@cache
def fillers() -> frozenset[str]:
    """Words that ask nothing by themselves (fillers.yaml)."""
    table = files("navaid.trials.criteria.parse") / "fillers.yaml"
    rows: dict[str, str] = yaml.safe_load(table.read_text(encoding="utf-8"))
    return frozenset(word for words in rows.values() for word in words.split())
