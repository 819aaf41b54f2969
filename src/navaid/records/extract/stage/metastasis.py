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
_STOP = re.compile(
    r"\b(?:but|without|no|not|negative|from|treated|s/p|status|who|which|that|on|since|diagnosed"
    r"|consistent|originating|by|with\s+no|lymph\s+nodes?\s+\d|axill\w+|sentinel)\b"
)
_CUT = re.compile(_STOP.pattern + r"|[.;:\n]|\b(?:with|has|had|to|in|of|her|his|the|new|known|showed|revealed)\b")
_DOUBT = re.compile(r"suspicious|concern|possib|probab|likely|indetermin|question|worri|suggest|cannot|versus")
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
    for match in _AFTER.finditer(scope.low):
        start, end = match.span("sites")
        stop = _STOP.search(scope.low, start, end)
        yield from _sites(scope, start, stop.start() if stop else end, match, seen)


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
