"""Cancer drugs taken for an illness that is no cancer: methotrexate for rheumatoid arthritis is no chemotherapy."""

from __future__ import annotations

import re

from navaid.records.extract.treatments.lexicon import Term, ingredients, terms
from navaid.records.extract.view import View

DRUGS = frozenset({"methotrexate", "cyclophosphamide", "rituximab"})
"""Those of the cancer drugs that rheumatologists and dermatologists prescribe as well."""

REACH = 70
_ILLNESS = re.compile(
    r"\b(?:rheumatoid|arthritis|psoria\w+|spondyl\w+|crohn\w*|colitis|lupus|vasculitis|sarcoid\w*|\w*myositis|uveitis"
    r"|scleroderma|eczema|pemphig\w+|giant cell arteritis|polymyalgia|granulomatosis|multiple sclerosis|ectopic)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s?(?:[,/+&]|and|with)\s?(?:and\s)?")
_OF_CANCER = re.compile(r"\b(?:chemo\w*|adjuvant|neoadjuvant|CMF|cycles?|regimen)\b", re.IGNORECASE)


def for_another_illness(view: View, term: Term) -> bool:
    """Whether a drug is named beside such an illness in its sentence, and beside no chemotherapy."""
    if term.kind != "drug" or not DRUGS.issuperset(ingredients(term.value)):
        return False
    sentence = view.sentence_at(term.start)
    first, last = max(sentence.start, term.start - REACH), min(sentence.end, term.end + REACH)
    if not _ILLNESS.search(view.text, first, last) or _OF_CANCER.search(view.text, first, last):
        return False
    others = (one for one in terms(view.text) if one.kind in ("drug", "regimen") and one.start != term.start)
    between = (view.text[min(one.end, term.end) : max(one.start, term.start)] for one in others)
    return not any(_LISTED.fullmatch(words) for words in between)
