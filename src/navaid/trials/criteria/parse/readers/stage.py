"""Stage, T and N, and the setting: early, locally advanced, metastatic, unresectable, recurrent, residual disease."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed

GROUPS = ("0", "I", "IA", "IB", "II", "IIA", "IIB", "III", "IIIA", "IIIB", "IIIC", "IV")
_NUMERAL = r"(?:IV|I{1,3}|[0-4])(?:\s?[ABCabc](?![a-z]))?(?![\w%])"
_RANGE_JOIN = r"\s*(?:-|–|to|through|,\s*(?:and|or)?|or|and|/|and/or|&)\s*"
_STAGE = re.compile(
    rf"\b(?:(?:clinical|pathologic(?:al)?|anatomic(?:al)?|prognostic|AJCC|initial"
    rf"|TNM)\s+(?:or\s+)?)*stages?\s+(?:group\s+)?(?P<said>{_NUMERAL}(?:{_RANGE_JOIN}(?:stage\s+)?{_NUMERAL})*)"
    r"(?P<then>\s+(?:\w+\s+){0,3}(?:at|on)\s+(?:initial\s+)?(?:diagnosis|presentation))?",
    re.IGNORECASE,
)
_T = r"[cpy]{0,2}T(?:is|[0-4](?:mi|[a-d])?|x)"
_N = r"[cpy]{0,2}N(?:[0-3](?:mi|[a-c])?(?:\(i?[+-]\))?|[+x])"
_TN = re.compile(
    rf"(?<![\w-])(?P<t>{_T}(?:\s*(?:-|–|to|,|or|/)\s*(?:{_T}|[0-4][a-d]?))*)?[\s,]*(?P<n>{_N}(?:\s*(?:-|–|to|,|or"
    rf"|/)\s*(?:{_N}|[0-3][a-c]?))*)?(?![\w])"
)
_M1 = re.compile(r"(?<![\w-])[cp]?M1(?:\s+disease)?(?![\w-])")
_ANY_TN = re.compile(r"[TN][0-4x+]|Tis")
_NODES = re.compile(
    r"\b(?:axillary\s+)?(?:lymph\s+)?node[- ](?P<state>positive|negative)(?:\s+(?:disease|breast cancer))?"
    r"|\b(?P<state2>positive|negative|involved)\s+(?:axillary\s+)?(?:lymph\s+)?nodes?\b",
    re.IGNORECASE,
)

# Settings, with what each asks; longer names first.
_WORDS = {
    "unresectable": r"(?:surgically\s+)?(?:un-?resectable|inoperable|non-?resectable|not (?:resectable|operable))",
    "locally_advanced": r"(?:loco-?regional(?:ly)?|local(?:ly)?)[- ]advanced|locally[- ]advanced",
    "metastatic": r"metastatic|distant metasta(?:tic|ses|sis)|distantly metastatic|disseminated",
    "recurrent": r"(?:(?:local(?:ly)?|loco-?regional(?:ly)?|regional(?:ly)?|distant(?:ly)?)[- ](?:and/or |or )?)?"
    r"(?:recurrent|relapsed|recurrence|relapse)",
    "early": r"early[- ]stages?|early",
    "non_metastatic": r"non-?\s?metastatic|M0",
    "operable": r"operable|resectable",
    "advanced": r"advanced(?:[- ]stage)?",
}
_ONE = "|".join(rf"(?P<{name}{{0}}>{form})" for name, form in _WORDS.items())
_PLAIN = "|".join(_WORDS.values())
_SETTING = re.compile(
    rf"(?<![\w-])(?:{_PLAIN})(?:(?:\s*(?:,\s*(?:and|or)?|/|\(|and\s*/\s*or|or)\s*(?:{_PLAIN})\)?"
    rf"|\s+and\s+(?:{_WORDS['unresectable']})"
    rf"|[ \t]+(?={_PLAIN})(?:{_PLAIN}))(?![\w-]))*(?![\w-])"
    r"(?:\s+(?:disease|setting))?",
    re.IGNORECASE,
)
_ANY_SETTING = re.compile(r"resect|operab|advanced|metasta|disseminat|recur|relaps|early|m0")
_EACH = re.compile(_ONE.format(""), re.IGNORECASE)
_NOUN = re.compile(
    r"\s*(?:$|[.;()\[\]\n]|(?:\w+[- ])?(?:breast|cancers?|carcinomas?|adenocarcinomas?|diseases?|tumou?rs?|malignanc"
    r"|neoplas|triple|TNBC|hormone|HR|ER|HER-?2|solid|invasive|BC\b|MBC|NSCLC|"
    r"metastas|or\b|and\b|that\b|which\b|not\b|with\b|histolog|estrogen|oestrogen|luminal|inflammatory)|/|,\s*(?:or"
    r"|and|HER|ER|HR|triple|hormone|TNBC|estrogen|measurable|histolog))",
    re.IGNORECASE,
)
# "Relapse within 6 months of …": the word alone says too little.
_NO_MORE = re.compile(r"\s*(?:$|[.;)\]\n]|of (?:the )?(?:disease|breast cancer)\s*(?:$|[.;]))", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for|in|of|against)\s+(?:(?:the|their|a|an|treatment|of|management|with|current|your|either|any|first)\s+)*$",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"combination|progression|therap|treat|chemo|regimen|\blines?\b|receiv|surgery|radiat|inhibitor|agent|drug",
    re.IGNORECASE,
)
_INCURABLE = re.compile(
    r"(?:that (?:is|are)\s+|which is\s+)?(?:not (?:be )?amenable (?:to|for)|not eligible for|cannot be treated with"
    r"|not suitable for|not a candidate for|not (?:be )?treatable with) (?:treatment with |therapy with |any )?"
    r"(?:(?:curative(?:[- ]intent)?|definitive|surgical|local|radiation|resection|surgery|radiotherapy|treatment"
    r"|therapy|local-?regional|with curative intent|by|or|and|in|with|intent|other"
    r"|to cure)[\s,/]*)+(?:with curative intent)?|\bincurable\b",
    re.IGNORECASE,
)
_CURABLE = re.compile(
    r"(?<!not )(?<!not be )\bamenable (?:to|for) (?:(?:definitive |local |any )?(?:treatment|therapy|surgery|resection"
    r"|radiation) )?(?:with |of )?(?:a )?curative(?:[- ]intent)?(?: treatment| therapy| resection| surgery)?\b",
    re.IGNORECASE,
)
# A recurrence that is looked for or feared is none.
_FEARED = re.compile(
    r"\b(?:monitor\w*|surveillance|risks?|prevent\w*|fear|detect\w*|until|likelihood|probability|time to|free)\s+"
    r"(?:(?:for|of|from|a|the|cancer|breast|disease|local|distant)\s+)*$",
    re.IGNORECASE,
)
_RESIDUAL = re.compile(
    r"\bresidual\s+(?:invasive\s+)?(?:breast\s+)?(?:cancer|disease|carcinoma|tumou?r)(?:\s+(?:in"
    r"|at) (?:the )?(?:breast|surgery|axilla|lymph nodes|and/or|and|or|axillary|the|\s)+)?\s+(?:after|following"
    r"|post)\s+(?:\w+\s+){0,3}?(?:neoadjuvant|preoperative)\s+(?:systemic\s+|chemo)?(?:therapy|chemotherapy"
    r"|treatment)",
    re.IGNORECASE,
)
_PCR = re.compile(r"\b(?:[Pp]athologic(?:al)?\s+[Cc]omplete\s+[Rr]esponse(?:\s*\(pCR\))?|pCR)\b")
_DE_NOVO = re.compile(r"\bde[- ]novo\s+(?:metastatic(?:\s+disease)?|stage IV|disease)\b", re.IGNORECASE)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    lowered = words.lower()
    if "stage" in lowered:
        for match in _STAGE.finditer(words):
            yield from _stage(words, match)
    for match in _TN.finditer(words) if _ANY_TN.search(words) else ():
        if match["t"] or match["n"]:
            yield from _categories(match)
    for match in _M1.finditer(words) if "M1" in words else ():
        yield asks(*match.span(), "setting", "is", "metastatic")
    if "node" in lowered:
        for match in _NODES.finditer(words):
            negative = "negative" in (match["state"] or match["state2"] or "").lower()
            yield asks(*match.span(), "n_category", "is" if negative else "is_not", "N0")
    for match in _SETTING.finditer(words) if _ANY_SETTING.search(lowered) else ():
        yield from _setting(words, match)
    if "curative" in lowered:
        for match in _CURABLE.finditer(words):
            yield _curable(*match.span())
    if "cura" in lowered or "amenable" in lowered:
        for match in _INCURABLE.finditer(words):
            said = re.sub(r"(?:[\s,/]+(?:or|and|in|by|with|other|to)\b)*[\s,/]*$", "", match[0], flags=re.IGNORECASE)
            yield _incurable(match.start(), match.start() + len(said))
    for pattern, concept in ((_RESIDUAL, "residual_disease"), (_DE_NOVO, "de_novo")):
        for match in pattern.finditer(words):
            yield asks(*match.span(), concept, "is", "yes")
    for match in _PCR.finditer(words):
        yield asks(*match.span(), "response", "is", "pcr")


def _stage(words: str, match: re.Match[str]) -> Iterator[Atom]:
    values = _groups(match["said"])
    if not values or _of_the_study(words, match):
        return
    start, end = match.span()
    asked = []
    local = [value for value in values if value != "IV"]
    if local:
        staged = asks(start, end, "stage.group", "is", *local).expression
        # A stage is given at diagnosis: someone whose disease has spread since is not of stage II now.
        now = asks(start, end, "setting", "is_not", "metastatic").expression
        asked.append(staged if match["then"] else every([staged, now]))
    if "IV" in values:
        four = "de_novo" if match["then"] else "setting"
        asked.append(asks(start, end, four, "is", "yes" if match["then"] else "metastatic").expression)
    yield Atom(start, end, some(asked), "stage")


def _of_the_study(words: str, match: re.Match[str]) -> bool:
    """Whether "stage 1" is one of the study, which is numbered as the parts of a study are."""
    if not re.fullmatch(r"[1-4](?:\s*(?:and|or|,|-|–|to|&)\s*[1-4])*", match["said"].strip()) or not match[
        0
    ].lower().startswith("stage"):
        return False
    return not re.match(
        r"\s*(?:\w+\s+)?(?:breast|cancer|carcinoma|disease|tumou?r|TNBC|invasive)", words[match.end() :], re.IGNORECASE
    )


def _groups(said: str) -> tuple[str, ...]:
    """The stage groups that "II-IIIA", "I, II or III" name, with the groups within them."""
    arabic = {"1": "I", "2": "II", "3": "III", "4": "IV"}
    named = []
    for match in re.finditer(rf"({_NUMERAL})|(-|–|\bto\b|\bthrough\b)", said, re.IGNORECASE):
        word = re.sub(r"\s", "", match[0]).upper()
        if match[2]:
            named.append("-")
            continue
        head = word.rstrip("ABC")
        word = arabic.get(head, head) + word[len(head) :]
        if word not in GROUPS:
            return ()
        named.append(word)
    found: set[str] = set()
    for number, word in enumerate(named):
        if word == "-":
            if number in (0, len(named) - 1):
                return ()
            low, high = _within(named[number - 1])[0], _within(named[number + 1])[-1]
            found |= set(GROUPS[GROUPS.index(low) : GROUPS.index(high) + 1])
            if named[number - 1] not in ("0", "I", "II", "III", "IV"):  # from IIA on: a bare "II" may be IIA or IIB
                found |= {
                    group
                    for group in ("I", "II", "III")
                    if named[number - 1].startswith(group) and len(named[number - 1]) == len(group) + 1
                }
        else:
            found |= set(_within(word))
    return tuple(group for group in GROUPS if group in found)


def _within(group: str) -> list[str]:
    """A group with those inside it: II with IIA and IIB, not III."""
    return [each for each in GROUPS if each == group or (each.rstrip("ABC") == group and group in ("I", "II", "III"))]


def _categories(match: re.Match[str]) -> Iterator[Atom]:
    for name, most in (("t", 4), ("n", 3)):
        said = match[name]
        if not said or "x" in said.lower():
            continue
        by = "pathological" if "p" in said.lower()[:2] else "clinical" if said.lower().startswith("c") else ""
        extra = {"by": by} if by else {}
        if "+" in said:
            yield asks(*match.span(name), "n_category", "is_not", "N0", qualified=extra)
            continue
        numbers = [int(each) for each in re.findall(r"[0-4]", said)]
        letters = re.findall(r"[0-4]([a-d]|mi)", said)
        if re.search(r"-|–|to", said) and len(numbers) == 2:
            numbers = list(range(numbers[0], min(numbers[1], most) + 1))
        values = [f"{name.upper()}{number}" for number in dict.fromkeys(numbers)]
        if "is" in said:
            values.insert(0, "Tis")
        atom = asks(*match.span(name), f"{name}_category", "is", *values, qualified=extra)
        if letters:  # T1c of T1: the letter narrows
            atom = atom._replace(expression=every([atom.expression, unparsed(*match.span(name))]))
        yield atom


def _setting(words: str, match: re.Match[str]) -> Iterator[Atom]:
    start, end = match.span()
    behind = words[end : end + 30].lower()
    if re.match(
        r"\s*(?:site|lesion|age\b|directive|care plan|practice|biops|tissue|specimen|sample|work-?up|to the"
        r"|prostate-specific|recurrence score)",
        behind,
    ):
        return
    names = [found.lastgroup or "" for found in _EACH.finditer(words, start, end)]
    if _when_given(words, start, end):
        return
    if names == ["recurrent"] and (
        re.match(r"\s*(?:score|risk|free|rate)", behind) or _FEARED.search(words, max(0, start - 60), start)
    ):
        return
    if names == ["early"] and not re.search(r"stage|breast", match[0] + behind[:8], re.IGNORECASE):
        return
    expression = _expression(words, start, end)
    noun = re.search(r"(?:recurrence|relapse)$", match[0], re.IGNORECASE)
    if not (_NO_MORE if noun else _NOUN).match(
        words, end
    ):  # "advanced, symptomatic spread": an adjective of what comes later
        expression = every([expression, unparsed(start, end)])
    yield Atom(start, end, expression, "setting")


def _when_given(words: str, start: int, end: int) -> bool:
    """Whether this says for which state a treatment was given ("in the metastatic setting"), not how the person is."""
    if re.search(r"settings?\s*$", words[start:end], re.IGNORECASE) or re.match(
        r"(?:\s*(?:,|/|or|and|and/or|\(|\))?\s*[\w-]+){0,3}\s+settings?\b", words[end : end + 60], re.IGNORECASE
    ):
        return True
    ahead = words[max(0, start - 80) : start]
    return bool(_FOR.search(ahead) and _GIVEN.search(ahead))


def _expression(words: str, start: int, end: int) -> Expression:
    """Alternatives of settings; those written one behind the other ("advanced unresectable") go together."""
    groups: list[list[str]] = []
    last = start
    for found in _EACH.finditer(words, start, end):
        name = found.lastgroup or ""
        between = words[last : found.start()].strip(" \t-")
        # "Locally advanced and unresectable, or metastatic": what cannot be removed goes with what stands before it.
        joins = between.lower() == "and" or (between == "," and groups and groups[-1] == ["locally_advanced"])
        if groups and (
            not between or (between == "," and groups[-1] == ["unresectable"]) or (joins and name == "unresectable")
        ):
            groups[-1].append(name)
        else:
            groups.append([name])
        last = found.end()
    return some(every(_one(start, end, name) for name in dict.fromkeys(group)) for group in groups)


_ASKS = {
    "metastatic": ("setting", "is", ("metastatic",)),
    "locally_advanced": ("setting", "is", ("locally_advanced",)),
    "advanced": ("setting", "is", ("locally_advanced", "metastatic")),
    "early": ("setting", "is", ("early",)),
    "non_metastatic": ("setting", "is_not", ("metastatic",)),
    "unresectable": ("resectable", "is", ("no",)),
    "operable": ("resectable", "is", ("yes",)),
    "recurrent": ("recurrence", "is", ("local", "distant")),
}


def _one(start: int, end: int, name: str) -> Expression:
    concept, op, values = _ASKS[name]
    return asks(start, end, concept, op, *values).expression


def _incurable(start: int, end: int) -> Atom:
    spread = asks(start, end, "setting", "is", "metastatic").expression
    return Atom(start, end, some([spread, asks(start, end, "resectable", "is", "no").expression]), "incurable")


def _curable(start: int, end: int) -> Atom:
    """What could be cured: not what has spread, surely what is early; between the two it stays open."""
    spread = asks(start, end, "setting", "is_not", "metastatic").expression
    early = asks(start, end, "setting", "is", "early").expression
    return Atom(start, end, every([spread, some([early, unparsed(start, end)])]), "incurable")
