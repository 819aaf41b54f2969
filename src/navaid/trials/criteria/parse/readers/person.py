"""Age, sex, menopause, pregnancy, childbearing, performance status, life expectancy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, negated, some, unparsed
from navaid.trials.criteria.parse.quick import Cues, lowered
from navaid.trials.criteria.parse.readers import age, performance
from navaid.trials.criteria.parse.readers.denials import denied
from navaid.trials.criteria.parse.readers.quantity import SIGN, op_of
from navaid.trials.criteria.parse.times import SPAN, days
from navaid.vocabulary.matching import lower

_WIDE = str.maketrans("（）［］，；：＜＞＝～", "()[],;:<>=~")
_FEMALE = r"(?:females?|wom[ae]n|girls?)"
_MALE = r"(?:males?|m[ae]n|boys?)"
_KIND = r"(?:patients?|participants?|subjects?|persons?|individuals?|adults?|sex|gender)"
# A statement that is about one sex says so at its beginning, or as a field, or by "must be".
_SEX = re.compile(  # for text in lower case
    lowered(
        r"^\W*(?:(?:all|adult|adults?|the|only|any|healthy|a|be|is|are|biological(?:ly)?|genetic(?:ally)?"
        r"|non-?pregnant|non-?lactating|"
        rf"eligible|patients? (?:who )?(?:is|are|must be)|{_KIND}|,|and|\s)+\s)?"
        rf"(?P<word>(?P<female>{_FEMALE})|(?P<male>{_MALE}))\b"
        rf"(?!\s*(?:,|/|or|and|&)\s*(?:non-?\w+\s+)?(?:{_FEMALE}|{_MALE})\b)(?!\s+(?:{_KIND}\s+)?(?:or|and"
        r"|/)\s+(?:fe)?(?:males?|men|women|man|woman)\b)"
        rf"(?P<kind>\s+(?:{_KIND}|gender)\b(?!\s+of\b))?(?:\s+(?:gender|sex)\b)?(?=\s*(?:$|[,.;(]|aged?\b"
        r"|ages\b|at least|between|over|older|with\s+(?:an?\s+|the\s+)?(?:histolog|patholog|cytolog|biops"
        r"|confirmed|newly|early|metasta|local|advanced|stage|breast|invasive|"
        r"operable|HR|HER|ER\b|hormone|estrogen|triple|primary|diagnos|ages?\b|unilateral|clinical"
        r"|recurrent|DCIS|ductal|resect)|who (?:are|is|have|has)? ?(?:aged?|diagnos|been|had|underg|receiv"
        r"|complet)|[≥≤<>=\d]|from|diagnosed|undergoing|having|breast|only|receiving|presenting|planning))"
        rf"|\b(?:sex|gender)\s*[:=-]\s*(?:must be\s+)?(?:(?P<female2>{_FEMALE})|(?P<male2>{_MALE}))\b(?!\s*"
        r"(?:or|and|/|,|&))"
        rf"|\b{_KIND}\s+must be\s+(?:a\s+)?(?:(?P<female3>{_FEMALE})|(?P<male3>{_MALE}))\b(?!\s*(?:or|and|/|,|&))"
        rf"|(?<=\d[,;]\s)(?P<female4>{_FEMALE})(?=\s*[,;.]?\s*$)|(?<=years old[,;]\s)"
        rf"(?P<female5>{_FEMALE})\b(?=\s*[,;.]?\s*$)"
        rf"|^\W*(?P<male6>male)(?=\s+breast cancer)"
    )
)
_MENOPAUSE = re.compile(
    r"\b(?P<when>(?:(?:pre|post|peri)[-–\s]*(?:(?:,|/|or|and|and/or)\s*)+)*(?:pre|post|peri)[-–\s]*menopaus(?:al|e)\b"
    r"(?:[\s,/]*(?:(?:or|and|and/or)[\s,/]*)?(?:pre|post|peri)[-–\s]*menopaus(?:al|e)\b)*)"
    rf"(?:\s+(?:status|{_FEMALE}|patients?))?(?!\s+(?:range|levels?|symptoms?|hormone|bleeding|estradiol))",
    re.IGNORECASE,
)
DUTY = "duty"
"""The family of what is asked of some only ("women of childbearing potential must"); an exclusion asks nothing so."""
_SAID_OF_TERM = re.compile(
    r"\b(?:defin|amenorrh|menses|child-?\s?bearing|reproductive|contracepti|steril|partner|ligation|considered)",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"^\W*(?:for|if|in|men and|all men and|male\w* and|both men and)\s+(?:a\s+|the\s+|all\s+)?(?:female\s+)?$",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"(?:\s+(?:women|patients?|participants?|subjects?|females?))?[^.;]{0,50}?\b(?:must|should|shall"
    r"|need|requires?|required|have to|has to|will|"
    r"are eligible|may|if|agree)\b(?!\s+(?:be|have|has)\s+(?:histolog|patholog|a diagnos|breast"
    r"|confirmed|at least|ER|HER2|aged?))",
    re.IGNORECASE,
)
_ANY_MENOPAUSE = re.compile(
    r"(?:(?:regardless|irrespective) of(?: the)?|any)\s+menopausal\s+status"
    r"|menopausal\s+status\s*[:,]?\s*(?:is\s+)?(?:any|not specified)",
    re.IGNORECASE,
)
# Behind these a text says what it means by postmenopausal or by childbearing potential: its ages are no limits.
_DEFINES = re.compile(
    r"\bdefin(?:ed|ition)|\bamenorrh|\bmenses\b|\bmenstrua|\bFSH\b|\bfollicle|considered (?:to be )?"
    r"(?:post|of)|surgically steril|i\.e\.",
    re.IGNORECASE,
)
_MILK = (
    r"(?:(?:breast[-\s]?feed|lactat|nurs)(?:ing|ion|e)?(?:\s+(?:women|females?|mothers?|patients?|a "
    r"child|an infant))?|in lactation(?: period)?)"
)
_PREGNANT = (
    r"(?:pregnan(?:t|cy)(?!\s+test)(?:\s+(?:women|woman|females?|patients?|participants?|subjects?"
    r"|persons?|individuals?|people))?|gravid|gestation(?:al)?(?: women| period)?)"
)
_JOIN = (
    r"(?:\s*\([^()]{0,60}\))?\s*(?:,\s*(?:or|and|and/or)?|/|\bor\b|\band/or\b|\band\b|;)\s*"
    r"(?:currently\s+|is\s+|are\s+|be\s+"
    r"|(?:in|during|of)\s+(?:the\s+)?|women\s+(?:who are\s+)?)?"
)
_BEARING = re.compile(
    rf"\b(?:currently\s+)?(?P<not>non-?|not of |not )?(?:(?:{_PREGNANT})(?:{_JOIN}(?:{_MILK}))+"
    rf"(?:{_JOIN}(?:{_PREGNANT}|{_MILK}))*"
    rf"|(?:{_MILK})(?:{_JOIN}(?:{_PREGNANT}))+|(?P<one>{_PREGNANT})|(?P<milk>{_MILK}))(?![\w-])",
    re.IGNORECASE,
)
_TEST = re.compile(
    r"\b(?:an?\s+)?(?P<state>negative|positive)\s+(?:result\s+(?:of|on|in|for)\s+)?(?:an?\s+)?(?:"
    r"(?:baseline|serum|urine|blood|highly|sensitive|"
    r"β|beta|hCG|human|chorionic|gonadotropin|or|and|/|\W)++\s*)*+pregnancy\s+tests?(?:ing)?(?:\s*\([^()]{0,40}\))?"
    r"|\bpregnancy\s+test(?:ing)?(?:\s+results?)?\s+(?:must be|is|are|was|should be|has to be|being"
    r"|:)?\s*(?P<state2>negative|positive)",
    re.IGNORECASE,
)
_TEST_WHEN = re.compile(
    r"\s*[(,]?\s*(?:(?:done|obtained|performed|taken|at screening|at baseline|documented|result)\s*)?"
    r"(?:within|≤|=\s*<|<\s*=|<|less than)\s*\d{1,2}"
    r"\s*[- ]?(?:hours?|days?|weeks?)\s*(?:of|prior to|before|from|preceding)\s*(?:to\s+)?(?:the\s+"
    r"|study\s+|trial\s+|pre-?|receiving\s+)*"
    r"(?:(?:first|start|initiation|administration|starting|initiating|beginning)\s+(?:of\s+|dose\s+)*"
    r"(?:the\s+)?)?(?:(?:study|trial|protocol)\s+)?"
    r"(?:registration|enrol?lment|randomi[sz]ation|screening|entry|treatment|therapy|drugs?|dose"
    r"|intervention|C1D1|day 1|consent|inclusion|medication)\s*\)?",
    re.IGNORECASE,
)
_POTENTIAL = (
    r"(?:(?:wom[ae]n|females?|patients?|participants?|subjects?|persons?|individuals?|those|people)\s+"
    r"(?:\w+\s+){0,2}?)?(?:of\s+|with\s+|who (?:are|is) (?:of\s+)?)?"
    r"(?:a\s+)?(?:child[-\s]?\s*bearing|re-?productive|fertile)\s*(?:potentials?|age|capacity"
    r"|capability)?(?:\s*\*+)?(?:\s*[(\[](?:WO?CBP|WOCP|FCBP|POCBP|WCBP)[)\]])?"
    r"|\b(?:WOCBP|WCBP|FCBP|POCBP)\b"
)
_HERS = re.compile(
    rf"^\W*(?:for\s+|in\s+|if\s+(?:a\s+|the\s+)?|all\s+|any\s+|pre-?menopausal\s+|female\s+|adult\s+)*(?:{_POTENTIAL})",
    re.IGNORECASE,
)
_MEN = re.compile(r"(?<!fe)(?<!wo)\b(?:males?|men|sexual partners?)\b|\bmen\b|\bmale\b", re.IGNORECASE)
_OWES = re.compile(
    r"\b(?:must|should|shall|agree|agrees|need|needs|require[sd]?|has to|have to|willing|will|commit"
    r"|use|undergo|negative|have)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:unwilling|not willing|refus\w+|do not|does not|not using|not use|unable|not agree|who are"
    r"|who is|positive|not currently)\b",
    re.IGNORECASE,
)
_EXPECTANCY = re.compile(
    r"\b(?:(?:an?\s+)?(?:estimated|expected|anticipated|minimum|projected|predicted)?\s*"
    r"(?:life[- ]?expectanc(?:y|ies)|(?:expected|estimated|anticipated|predicted|projected)\s+"
    r"(?:overall\s+)?"
    r"(?:surviv\w+|life\s?(?:span|time)?|lifetime)(?:\s+(?:time|period))?|survival (?:expectancy|time)"
    r"|expectancy of life))\b"
    r"(?:\s*(?:is|of|should be|must be|time|with|has|:|for|at|to be|in excess of|,|estimated"
    rf"|\(OS\)))*\s*(?P<sign>{SIGN})?\s*(?:than\s+)?(?P<span>{SPAN})\b"
    rf"(?:\s*(?:or|and)\s+(?P<more>more|longer|greater|less))?",
    re.IGNORECASE,
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    words = words.translate(_WIDE)
    for row in _CUES.spoken_of(lower(words)):
        yield from row["read"](words)


def _sex(words: str) -> Iterator[Atom]:
    match = _SEX.search(lower(words))
    if not match or re.search(r"\b(?:contracepti|birth control|partner|sperm|semen)", words, re.IGNORECASE):
        return
    if _MEN.search(words) and re.search(rf"\b{_FEMALE}\b", words, re.IGNORECASE):
        return
    named = {
        name for name, said in match.groupdict().items() if said and name.rstrip("0123456789") in ("female", "male")
    }
    sex = "female" if any(name.startswith("female") for name in named) else "male"
    start = match.start("word") if match["word"] else match.start()
    end = match.end("kind") if match["kind"] else match.end("word") if match["word"] else match.end()
    yield asks(start, end, "sex", "is", sex)


def _menopause(words: str) -> Iterator[Atom]:
    for match in _ANY_MENOPAUSE.finditer(words):
        told = asks(match.start(), match.end(), "menopause", "is", "pre", "peri", "post").expression
        yield Atom(match.start(), match.end(), some([told, negated(told)]), "menopause")
    for start, end in _sentences(words):
        for match in _MENOPAUSE.finditer(words, start, end):
            before, after = words[start : match.start()], words[match.end() : end]
            if _SAID_OF_TERM.search(words[: match.start()]) or re.search(
                r"\b(?:range|levels?)\s+(?:for|in|of)\s+$", before
            ):
                continue
            states = tuple(dict.fromkeys(re.findall(r"pre|peri|post", match["when"].lower())))
            atom = asks(match.start(), match.end(), "menopause", "is", *states)
            if _OF_SOME.search(before) or _MUST.match(after):  # "premenopausal women must": nothing is asked of others
                left = unparsed(match.end(), end)
                yield Atom(match.start(), end, some([negated(atom.expression), left]), DUTY)
            else:
                yield atom


def _bearing(words: str) -> Iterator[Atom]:
    for match in _BEARING.finditer(words):
        states = (
            ("pregnant",) if match["one"] else ("breastfeeding",) if match["milk"] else ("pregnant", "breastfeeding")
        )
        if re.match(
            r"\s*(?:blood|serum|urine|test|infants?|is defined|within \d|prevention|partner|category|related"
            r"|plan|potential|outcome|home|staff|school|care|facility)",
            words[match.end() :],
            re.I,
        ):
            continue
        if re.search(
            r"(?:suspects?(?: that)? (?:she|they) (?:is|are)|should an? \w+ become|negative\b[^.;]{0,30}"
            r"|history of|prior|previous|during|becom\w+|avoid\w*|prevent\w*|their|partner\w* (?:is|are|who "
            r"is)?|about|plan\w*|desire|wish\w*|risk of|mother'?s?) ?(?:a |any |the )?$",
            words[: match.start()],
            re.I,
        ):
            continue
        atom = asks(match.start(), match.end(), "pregnancy", "is", *states)
        yield atom._replace(expression=denied(words, match.start(), atom.expression)) if match["not"] else atom


def _tests(words: str) -> Iterator[Atom]:
    for match in _TEST.finditer(words):
        state = (match["state"] or match["state2"]).lower()
        when = _TEST_WHEN.match(words, match.end())
        pregnant = asks(match.start(), match.end(), "pregnancy", "is", "pregnant").expression
        expression = pregnant if state == "positive" else denied(words, match.start(), pregnant)
        for end in {match.end(), when.end() if when else match.end()}:
            yield Atom(match.start(), end, expression, "pregnancy")


def _hers(words: str) -> Iterator[Atom]:
    """What is asked only of those who may become pregnant: nothing of a man, after menopause or without a womb."""
    for start, end in _sentences(words):
        match = _HERS.match(words[start:end])
        if not match or re.match(r"[^.;]{0,60}\b(?:is|are) defined", words[start + match.end() : end]):
            continue
        at = start + match.start()
        behind = words[start + match.end() : end]
        cannot = asks(at, end, "childbearing", "is", "no").expression
        if _MEN.search(words[at:end]):  # of them more is asked
            cannot = every([cannot, asks(at, end, "sex", "is", "female").expression])
        asked: list[Expression] = [_left(start + match.end(), end, behind)]
        only_test = re.fullmatch(
            r"[\s,]*(?:must|should|shall|need to|has to|have to)?\s*(?:have|has|be|provide|undergo|show)?\s*"
            r"(?:a\s+)?(?:documented\s+)?(?P<test>.*)",
            behind,
            re.IGNORECASE | re.DOTALL,
        )
        test = _TEST.match(only_test["test"]) if only_test else None
        pregnant = asks(at, end, "pregnancy", "is", "pregnant").expression
        if test and only_test:
            rest = only_test["test"][test.end() :]
            when = _TEST_WHEN.match(rest)
            left = rest[when.end() :] if when else rest
            state = negated(pregnant) if (test["state"] or test["state2"]).lower() == "negative" else pregnant
            asked = [state] if not re.search(r"\w", left) else [state, *asked]
        owes = bool(_OWES.search(behind)) and not _REFUSES.search(behind)
        if re.search(r"\w", behind) and not owes:
            expression = every([negated(cannot), *asked])
        elif re.search(r"\w", behind):
            expression = some([cannot, every(asked)])
        else:
            continue
        yield Atom(at, end, expression, DUTY if owes else "childbearing")


def _left(start: int, end: int, said: str) -> Expression:
    if re.search(r"contracept|birth control|abstin|barrier|condom", said, re.IGNORECASE):
        return asks(start, end, "contraception", "is", "yes").expression
    return unparsed(start, end)


def _sentences(words: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in re.finditer(r"(?<!\be\.g)(?<!\bi\.e)[.](?=\s+[A-Z(])|[;\n]|[.]?\s*$", words):
        if words[at : match.start()].strip():
            yield at, match.start()
        at = match.end()


def _expectancy(words: str) -> Iterator[Atom]:
    for match in _EXPECTANCY.finditer(words):
        sign = (
            match["sign"]
            or (match["more"] and ("at most" if match["more"].lower() == "less" else "at least"))
            or "at least"
        )
        months = round((days(match["span"]) or 0) / 30, 1)
        yield asks(match.start(), match.end(), "life_expectancy", op_of(sign), months, unit="months")


# What reads a subject, and words of which one is there wherever it is spoken of.
_SUBJECTS: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Atom]]], ...] = (
    (("age", "year", "old", "over", "yr", "y/o", "y.o", "adult", "month"), age.read),
    (
        ("ecog", "eocg", "ecgo", "zubrod", "who", "world health", "eastern", "performance", "ps", "karno", "lansky"),
        performance.read,
    ),
    (("male", "wom", "man", "men", "girl", "boy"), _sex),
    (("menopaus",), _menopause),
    (("pregnan", "lactat", "feed", "nurs", "gravid", "gestat"), _bearing),
    (("pregnancy",), _tests),
    (("bearing", "productive", "fertile", "wocbp", "wcbp", "fcbp", "pocbp"), _hers),
    (("expect", "surviv", "anticipat", "predict", "project", "estimat"), _expectancy),
)
_CUES = Cues({"cues": cues, "read": read} for cues, read in _SUBJECTS)
