"""What was given before: a drug, a class, radiotherapy or an operation had, progressed on, or had within some time.

A treatment is asked for only where the words say that it lies in the past ("prior", "received", "progressed on",
"within 4 weeks"); "planned" or "candidate for" chemotherapy is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.terms import Expression, Value
from navaid.trials.criteria.parse.atom import Atom, asks, every, negated, some, unparsed
from navaid.trials.criteria.parse.quick import lowered
from navaid.trials.criteria.parse.readers.named import Named, named
from navaid.trials.criteria.parse.times import SPAN, WITHIN, days
from navaid.vocabulary.matching import lower


def _small(pattern: str) -> re.Pattern[str]:
    """A pattern for text in lower case."""
    return re.compile(lowered(pattern))


_STATE = (
    r"(?:metastatic|(?:locally[- ])?advanced|unresectable|inoperable|(?:locally )?recurrent|relapsed"
    r"|incurable|non-?curative|early(?:[- ]stage)?|\(neo-?\)\s?adjuvant|neo-?adjuvant|adjuvant|curative"
    r"|first[- ]line)"
)
_SETTINGS = (
    rf"(?:\s+(?:in|for)\s+(?:the\s+|an?\s+"
    rf"|their\s+)?(?:treatment\s+of\s+(?:the\s+)?)?(?P<where>{_STATE}(?:[\s,/]+(?:(?:or|and|and/or)\s+)?{_STATE}"
    rf"|/{_STATE})*)"
    r"(?:[\s-]+(?:breast\s+cancer|disease|settings?|cancer|breast\s+disease|MBC|TNBC"
    r"|solid tumou?rs?))(?!\s*(?:within|diagnosed|that)))?"
    r"(?:\s+for\s+(?:the\s+treatment\s+of\s+)?(?P<abbreviated>[ma]BC)\b)?"
    r"(?:\s+(?:in any setting|at any time|for any (?:reason|indication)|of any kind|(?:for"
    r"|in)\s+(?:the\s+)?(?:treatment\s+of\s+)?(?:any|this|their|the current)\s+(?:cancer|malignancy|disease|tumou?r"
    r"|breast cancer)))?"
)
_PAST = (
    r"(?:(?:any\s+)?(?:prior|previous(?:ly)?|earlier|past)(?:\s+(?:receipt of|received|exposure to|treat(?:ment"
    r"|ed) with|administration of|history of|use of|therapy with|treated|systemic|treatment|therapy))*"
    r"|(?:has|have|had|having)\s+(?:previously\s+|already\s+|ever\s+)?(?:received|completed|undergone|had"
    r"|been treated with|taken|been exposed to|used)"
    r"|\breceived|\bcompleted|\bcompletion of|(?<!un)(?:\bpre-?)?treated with|(?:prior|previous)\s+(?:exposure"
    r"|treatment|therapy)\s+(?:to|with)|(?:(?:history|receipt) of)(?:\s+(?:prior|previous))?|exposure to"
    r"|treatment with|undergone|underwent|status post|s/p)"
)
_BEFORE = _small(
    rf"(?:(?:at least (?:one|1)(?: \(1\))?|one or more)\s+)?(?:{_PAST})\s+(?P<mid>(?:(?:a|an|any|the|at least one"
    rf"|≥\s*1|other|prior|previous|treatment with|therapy with|one or more|either|with|of|both|all|standard"
    rf"|previous)\s+)*)$"
)
_PROGRESSED = _small(
    r"(?:(?:has|have|had|documented|radiographic|radiologic|disease|confirmed|evidence of)\s+)*(?:(?:relapsed?"
    r"|recurrence|recurred)(?:\s+or\s+|/|\s+and/or\s+)(?:disease\s+)?)?(?:progress(?:ed|ion|ive disease|ing)"
    r"|relapsed|recurred|recurrence|refractory|resistant|failed|failure)"
    r"(?:\s*,?\s*(?:or|and/or|/)\s*(?P<also>(?:(?:has|have|been|was|were|is|are)\s+)?(?:intoleran(?:t|ce)|recurr\w+"
    r"|relaps\w+|refractory|resistant))\s*(?:to|of|on|after)?,?)?"
    r"\s*(?:(?:on|after|following|during|while (?:on|receiving|taking)|while|despite|to|of|with|or|and"
    r"|within \d+ (?:months|days|weeks) (?:of|after)|the|treatment|therapy|prior|previous|at least|one|(?:≥\s*)?1"
    r"|line|lines|of|completion|completing|a|an|any|most recent|last|receiving)\s*/?\s*)+$"
)
_ADJUVANT = _small(
    r"(?P<where>\(?neo\)?-?adjuvant(?:\s*(?:or|and/or|/|and)\s*adjuvant)?|adjuvant(?:\s*(?:or|and/or|/"
    r"|and)\s*neo-?adjuvant)?|pre-?operative|palliative)\s+$"
)
_UNTREATED = _small(
    r"\b(?:previously\s+)?(?:untreated with|na[iï]ve to(?: treatment with)?)\s+(?:(?:any|a|an|prior|previous"
    r"|systemic)\s+)*$"
)
_NAIVE = _small(r"[\s-]*na[iï]ve\b")
_LINK = _small(
    r"\s*(?:,\s*(?:and/or|and|or)?|and/or|or|and|/|\+|plus|with|in combination with)\s*(?:(?:a|an|any|other|prior"
    r"|previous|either|the|with)\s+)*"
)
_TIME = _small(rf"\s*[,(]?\s*(?P<within>{WITHIN})\)?")
IN_PLACE = re.compile(_SETTINGS, re.IGNORECASE)
# "For 6 months after the last dose": a time that lies ahead.
_TO_COME = _small(
    r"\b(?:for|until|through(?:out)?|during|agree\w*|contracept\w+|abstain|continue|up to|and"
    r"|to use)\s*(?:a period of\s*|at least\s*|the\s*)*$"
)
# How many is asked: no matter of having had it or not.
_COUNTED = _small(
    r"(?:(?:more|less|fewer|greater) than|at most|up to|maximum(?: of)?|exceeding|[≤<>≥=]|no limit|any number|only"
    r"|\b(?:\d+|zero|two|three|four|one)\s*(?:-|–|to|or|of)|\b(?:\d+|zero|two|three|four|one))"
    r"\s*(?:\\?=?\s*)?(?:\(?\d+\)?|zero|one|two|three|four|of)?\s*"
    r"(?:(?:different|separate|or fewer|or more|(?:lines?|types?|cycles?|doses?|courses?|months?|weeks?|days?"
    r"|years?) of|prior|previous|regimens? of)\s*)*$"
)
_AT_LEAST_ONE = _small(
    r"(?:at least (?:one|1)(?: \(1\))?|(?:≥|>=|\\?>\s*=)\s*1|one or more)\s+(?:prior\s+|previous\s+)?$"
)
_TO_BE = _small(r"\b(?:to be|will be|being|must be|should be|is|are|while|when|required?)\s+$")
# "Systemic treatment within 2 years" is as often one of an autoimmune disease.
_NEEDS_CUE = {"systemic_therapy"}
_NOT_TREATMENT = _small(
    r"[\s-]*(?:pneumonitis|necrosis|induced|related|oncolog\w+|fields?|dose|toxicit|dermatitis|recall|enteritis"
    r"|resistan|sensitiv|refractory|receptor|is being|plan|center|clinic|naive mice|eligib|associated|reservoir"
    r"|substrates?|hypersens|allerg)"
)
# "At least 4 weeks since chemotherapy": none within 4 weeks.
_SINCE = _small(
    rf"(?:(?P<sooner>less than|fewer than|within|\\?<(?!\s*=)|\\?<\s*=|=\s*\\?<|≤)|at least|≥|>=|\\?>\s*=?|=\s*>"
    rf"|more than|minimum of|greater than)?\s*(?P<time>{SPAN})\s*(?:\([^)]{{1,20}}\)\s*)?(?:must have (?:elapsed"
    rf"|passed)\s+|have elapsed\s+|washout\s+)?(?:since|from|after|beyond)\s+"
    r"(?:(?:the|their|any|last|most recent|prior|previous|completion|completing|dose|end|administration|of|receiving"
    r"|discontinuation|treatment|with)\s+)*$"
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    found = named(words)
    words = lower(words)
    done = -1
    for place in range(len(found)):
        if place <= done:
            continue
        chain = _chain(words, found, place)
        atoms = list(_past(words, chain))
        if atoms:
            done = place + len(chain) - 1
            yield from atoms


def _chain(words: str, found: Sequence[Named], place: int) -> list[Named]:
    """Treatments listed together: "taxanes, platinum or radiotherapy"."""
    chain = [found[place]]
    for one in found[place + 1 :]:
        if not _LINK.fullmatch(words, chain[-1].end, one.start):
            break
        chain.append(one)
    return chain


def _past(words: str, chain: Sequence[Named]) -> Iterator[Atom]:
    """The atoms of a list of treatments, where its words say that it is of the past."""
    start, end = chain[0].start, chain[-1].end
    given = _ADJUVANT.search(words, max(0, start - 60), start)
    head = given.start() if given else start
    where = where_given(given["where"]) if given else ""
    if _NOT_TREATMENT.match(words, end):
        return
    naive = _NAIVE.match(words, end)
    if naive:
        yield from _each(chain, head, naive.end(), "not_had", where, None)
        return
    untreated = _UNTREATED.search(words, max(0, head - 60), head)
    if untreated:
        yield from _none_of(words, chain, untreated.start(), end)
        return
    since = _SINCE.search(words, max(0, head - 120), head)
    if since and not _TO_COME.search(words, max(0, since.start() - 60), since.start()):
        within = days(since["time"])
        if since["sooner"]:
            yield from _each(chain, since.start(), end, "had", where, within)
        else:
            none = negated(some(_had(one, since.start(), end, "had", where, within) for one in chain))
            yield Atom(since.start(), end, none, "washout")
        return
    place = IN_PLACE.match(words, end)
    if place:
        end, where = place.end(), where or state_treated(place)
    time = _TIME.match(words, end)
    progressed = _PROGRESSED.search(words, max(0, head - 160), head)
    if progressed:
        yield from _progression(chain, progressed, end, where)
        return
    before = _BEFORE.search(words, max(0, head - 90), head)
    alone = given and not re.search(r"\w", words[:head] + words[end:])  # "Neoadjuvant chemotherapy."
    if not before and not alone and (not time or _NEEDS_CUE & {one.value for one in chain}):
        return
    if before and _TO_BE.search(words, 0, before.start()):
        return
    ahead = words[max(0, head - 50) : head]
    first = words[max(0, head - 90) : before.start() if before else head]
    if (
        (_COUNTED.search(ahead) or _COUNTED.search(first))
        and not _AT_LEAST_ONE.search(ahead)
        and not _AT_LEAST_ONE.search(first)
    ):
        return
    yield from _each(
        chain,
        before.start() if before else head,
        time.end() if time else end,
        "had",
        where,
        days(time["within"]) if time else None,
    )


def _none_of(words: str, chain: Sequence[Named], start: int, end: int) -> Iterator[Atom]:
    """ "Untreated with A or B in the metastatic setting": none of these."""
    place = IN_PLACE.match(words, end)
    where = state_treated(place) if place else ""
    end = place.end() if place else end
    none = negated(some(_had(one, start, end, "had", where, None) for one in chain))
    yield Atom(start, end, none, "untreated")


def _each(chain: Sequence[Named], start: int, end: int, op: str, where: str, within: int | None) -> Iterator[Atom]:
    """One atom a treatment; the first takes in the words before the list, the last those behind it."""
    for number, one in enumerate(chain):
        first = start if number == 0 else one.start
        last = end if number == len(chain) - 1 else one.end
        yield Atom(first, last, _had(one, first, last, op, where, within), "treatment")


def _had(one: Named, start: int, end: int, op: str, where: str, within: int | None) -> Expression:
    more: dict[str, Value] = {"setting": where} if where and where != "?" else {}
    asked = asks(start, end, one.concept, op, one.value, within_days=within, qualified=more).expression
    return every([asked, unparsed(start, end)]) if where == "?" else asked


def _progression(chain: Sequence[Named], cue: re.Match[str], end: int, where: str) -> Iterator[Atom]:
    for number, one in enumerate(chain):
        if one.concept not in ("drug", "drug_class"):
            continue
        first = cue.start() if number == 0 else one.start
        last = end if number == len(chain) - 1 else one.end
        more: dict[str, Value] = {"setting": where} if where and where != "?" else {}
        asked = asks(first, last, "progression", "had", one.value, qualified=more).expression
        if "within" in cue[0].lower():  # so long after it: no more is known than that it grew
            asked = every([asked, unparsed(first, last)])
        elif cue["also"]:
            had = asks(first, last, one.concept, "had", one.value, qualified=more).expression
            asked = some([asked, every([had, unparsed(first, last)])])
        elif "despite" in cue[0].lower() or "resist" in cue[0].lower() or "refract" in cue[0].lower() or where == "?":
            asked = every(
                [asks(first, last, one.concept, "had", one.value).expression, some([asked, unparsed(first, last)])]
            )
        yield Atom(first, last, asked, "treatment")


def state_treated(place: re.Match[str]) -> str:
    """The setting that a match of IN_PLACE names; empty where it names none."""
    if place["abbreviated"]:
        return "metastatic" if place["abbreviated"].lower() == "mbc" else "advanced"
    return where_given(place["where"]) if place["where"] else ""


def where_given(said: str) -> str:
    """The setting in which a treatment was given; `?` where the words mean several or none of ours.

    >>> where_given("locally advanced or metastatic"), where_given("neoadjuvant"), where_given("curative")
    ('advanced', 'neoadjuvant', '?')
    """
    plain = said.lower().replace("-", "")
    if re.search(r"\(neo\)|neoadjuvant.*\badjuvant|\badjuvant.*neoadjuvant", plain):
        return "early"
    if "adjuvant" in plain and "neoadjuvant" not in plain and re.search("metastatic|advanced", plain):
        return ""  # of any time
    if "neoadjuvant" in plain or "preoperative" in plain:
        return "neoadjuvant"
    if "adjuvant" in plain:
        return "adjuvant"
    if "early" in plain:
        return "early"
    if "metastatic" in plain or "advanced" in plain or "incurable" in plain or "unresectable" in plain:
        return "advanced" if re.search("advanced|unresectable|incurable|recurrent", plain) else "metastatic"
    return "?"
