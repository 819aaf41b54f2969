"""Places to which the cancer has spread, beyond the lymph nodes of its own region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.tumour.mention import Mention, Rank
from navaid.records.extract.tumour.scope import Scope
from navaid.terms import Assertion

_SITES = (
    ("bone_marrow", r"bone[\s-]marrow"),
    (
        "bone",
        r"bones?|bony|osseous|skelet\w+|vertebra\w*|spin(?:e|al)|ribs?|sacr\w+|femur|femoral"
        r"|pelvic\s+bones?|ili(?:um|ac\s+bone)|sternum|skull|humerus|scapula",
    ),
    ("liver", r"liver|hepatic"),
    ("pleura", r"pleura\w*"),
    ("lung", r"lungs?|pulmonary"),
    ("leptomeninges", r"leptomening\w+|mening\w+|csf"),
    ("brain", r"brain|cerebr\w+|cerebell\w+|intracranial|cns"),
    ("skin", r"skin|cutaneous|dermal|chest\s+wall\s+skin"),
    ("ovary", r"ovar\w+"),
    ("peritoneum", r"peritone\w+|omentum|omental"),
    ("adrenal", r"adrenals?"),
    ("eye", r"choroid\w*|orbit\w*|eye"),
    (
        "distant_nodes",
        r"(?:mediastin\w+|hilar|retroperitone\w+|contralateral\s+(?:axill\w+|supraclav\w+)|cervical"
        r"|para-?aortic|distant)\s+(?:lymph\s+)?(?:nodes?|adenopathy|lymphadenopathy)",
    ),
)
_SITE = "|".join(f"(?P<{code}>(?:{words}))" for code, words in _SITES)
_ONE = re.compile(rf"(?<![a-z])(?:{_SITE})(?![a-z])")
_MET = r"(?:metasta(?:sis|ses|tic(?:\s+(?:disease|lesions?|deposits?|nodules?|foci|tumou?rs?|involvement))?)|mets?\b)"
_BEFORE = re.compile(rf"(?<=[a-z] ){_MET}")
_AFTER = re.compile(
    rf"(?<![a-z]){_MET}\s+(?:(?:breast\s+)?(?:cancer|carcin\w+|disease|adenocarcin\w+)\s+)?(?:(?:to|in"
    rf"|involving|of|within|at)\s+|:\s{{0,2}}|\()(?P<sites>[^.;:\n]{{2,110}})"
)
# "metastatic from the beginning (March 2023): liver, lung"
_SINCE = re.compile(
    r"(?<![a-z])metastatic\s+(?:(?:breast\s+)?(?:cancer|disease)\s+)?(?:from|at|since|on)\s+(?:the\s+|her\s+"
    r"|first\s+|initial\s+){0,2}"
    r"(?:beginning|outset|start|diagnosis|presentation|first)\b[^.;:()\n]{0,25}(?:\([^()\n]{0,30}\))?"
    r"(?:\s?[:–—-]\s{0,2}\n?[ \t]{0,12}|,?\s+(?:to|in|involving|with)\s+)(?P<sites>[^.;:\n]{2,110})"
)
# "no liver or lung metastases", "MRI brain 3/4/2024: no metastases": looked for, and not there.
_NO = (
    r"(?:\bno\b|without|free\s+of|absence\s+of|negative\s+for)\s+(?:(?:evidence|signs?|sign)\s+of\s+)?(?:any\s+"
    r"|definite\s+|visible\s+)?"
)
_NONE_OF = re.compile(_NO + r"(?P<sites>[a-z, /]{3,60}?)\s?" + _MET)
_SCAN = r"(?:mri|ct|pet(?:/ct)?|scan|ultrasound|imaging|x-?ray)"
_SCANNED = re.compile(
    rf"(?<![a-z])(?:{_SCAN}\s+(?:scan\s+)?(?:of\s+)?(?:the\s+)?(?P<a>[a-z /,&]{{3,45}}?)|(?P<b>[a-z]{{3,15}})\s{_SCAN})"
    r"(?:\s+scan)?(?:,?\s\(?[\d/.-]{4,10}\)?|\s\(?[a-z]{3,9}\s\d{4}\)?)?\s?(?::|-|–|,|\bis\b|\bwas\b|showed|shows?"
    r"|with)?\s?" + _NO + _MET + r"(?![^.;]{0,12}(?:outside|elsewhere|except|other))"
)
_ONLY_SITES = re.compile(r"[\s,/&-]|\bor\b|\band\b|\bthe\b|\bof\b")
# The specimen of a biopsy of spread: "Lung, right lower lobe, core biopsy", before "metastatic carcinoma".
_TAKEN = re.compile(
    r"(?:^|\n)[ \t]*(?:[a-z1-9][.):]\s)?(?:specimens?[^:\n]{0,20}:\s*|diagnosis\s?:\s*)?(?P<site>[a-z]+(?:\s(?:bone"
    r"|marrow))?)\b[^\n]{0,70}?"
    r"\b(?:biops(?:y|ies)|excision|resection|wedge|aspirat\w*|fluid|core|fna|curett\w+)\b"
)
_FROM_BREAST = re.compile(
    r"metasta\w+[^.;\n]{0,80}\b(?:breast|mammary)\b|\b(?:breast|mammary)\b[^.;\n]{0,60}metasta\w+"
)
_STOP = re.compile(
    r"\b(?:but|without|no|not|negative|from|treated|s/p|status|who|which|that|on|since|diagnosed"
    r"|consistent|originating|by|with\s+no|lymph\s+nodes?\s+\d|axill\w+|sentinel)\b"
)
_CUT = re.compile(_STOP.pattern + r"|[.;:\n]|\b(?:with|has|had|to|in|of|her|his|the|new|known|showed|revealed)\b")
_DOUBT = re.compile(r"suspicious|concern|possib|probab|likely|indetermin|question|worri|suggest|cannot|versus")
_LYMPH = re.compile(r"\bnodes?\b|lymph")
_NOT_OF_NOW = frozenset({Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.PLANNED, Assertion.HISTORICAL})
_GIVEN = frozenset({Assertion.PRESENT, Assertion.HISTORICAL, Assertion.POSSIBLE})


def find(scope: Scope) -> Iterator[Mention]:
    """Every place, with how the paper speaks of it."""
    if "metast" not in scope.low and "mets" not in scope.low:
        return
    seen: set[tuple[str, int]] = set()
    for match in _BEFORE.finditer(scope.low):
        start = max(
            0,
            match.start() - 60,
            *(m.end() for m in _CUT.finditer(scope.low, max(0, match.start() - 60), match.start())),
        )
        yield from _sites(scope, start, match.start(), match, seen)
    for pattern in (_AFTER, _SINCE):
        for match in pattern.finditer(scope.low):
            start, end = match.span("sites")
            stop = _STOP.search(scope.low, start, end)
            yield from _sites(scope, start, stop.start() if stop else end, match, seen)
    yield from _taken(scope, seen)
    yield from _none(scope)


def _taken(scope: Scope, seen: set[tuple[str, int]]) -> Iterator[Mention]:
    """The organ of a specimen that a laboratory found to hold spread of the breast cancer."""
    if not scope.pathology:
        return
    for match in _FROM_BREAST.finditer(scope.low):
        if scope.rank(match.start()) >= Rank.GROSS or _denied(scope.low, match.start()):
            continue
        taken = [*_TAKEN.finditer(scope.low, max(0, match.start() - 400), match.end())]
        site = _ONE.fullmatch(taken[-1]["site"]) if taken else None
        if site is None or _LYMPH.search(taken[-1].group()):
            continue
        key = (str(site.lastgroup), taken[-1].start("site"))
        if key not in seen:
            seen.add(key)
            yield scope.mention(
                "metastasis.site", key[0], *taken[-1].span("site"), "stage.metastasis.specimen", side="", specimen=""
            )


def _none(scope: Scope) -> Iterator[Mention]:
    """The places that the paper says are free of spread."""
    told: set[str] = set()
    for pattern in (_NONE_OF, _SCANNED):
        for match in pattern.finditer(scope.low):
            group = "sites" if pattern is _NONE_OF else "a" if match["a"] else "b"
            named = [*_ONE.finditer(scope.low, *match.span(group))]
            if not named or _ONLY_SITES.sub("", _ONE.sub("", match[group])) or scope.rank(match.start()) >= Rank.GROSS:
                continue
            if scope.view.standing(named[0].start(), named[0].end()) in _NOT_OF_NOW:
                continue
            for site in named:
                code = str(site.lastgroup)
                if code not in told:
                    told.add(code)
                    yield scope.mention(
                        "metastasis.site",
                        code,
                        *site.span(),
                        "stage.metastasis.none",
                        assertion=Assertion.ABSENT,
                        side="",
                        specimen="",
                    )


def _sites(scope: Scope, start: int, end: int, match: re.Match[str], seen: set[tuple[str, int]]) -> Iterator[Mention]:
    """The places named in this span, beside the word for spread."""
    for site in _ONE.finditer(scope.low, start, end):
        rank = scope.rank(site.start())
        key = (str(site.lastgroup), site.start())
        if rank in {Rank.NEVER, Rank.GROSS} or key in seen or _denied(scope.low, min(site.start(), match.start())):
            continue
        seen.add(key)
        assertion = scope.view.standing(site.start(), site.end())
        between = scope.low[min(site.end(), match.start()) : max(site.start(), match.start())]
        if assertion is Assertion.PRESENT and _DOUBT.search(between):
            assertion = Assertion.POSSIBLE
        if assertion in _GIVEN:
            yield scope.mention(
                "metastasis.site", key[0], *site.span(), "stage.metastasis", assertion=assertion, side="", specimen=""
            )


def _denied(low: str, at: int) -> bool:
    return bool(
        re.search(
            r"(?:\bno\b|negative\s+for|without|rule\s+out|\br/o\b|denies|evaluate\s+for|absence\s+of"
            r"|risk\s+of|free\s+of|signs?\s+(?:and\s+symptoms\s+)?of|symptoms?\s+of|watch\s+for|look\s+out\s+for"
            r"|to\s+report|report\s+any)[^.;]{0,110}$",
            low[max(0, at - 130) : at],
        )
    )
