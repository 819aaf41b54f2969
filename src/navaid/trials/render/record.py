"""Listings and matches as JSON: plain objects, whose names are those of the registry and of the records room."""

from __future__ import annotations

from typing import Any

import msgspec

from navaid.terms import Judgement, Match
from navaid.trials.find.listing import Listing
from navaid.trials.find.rank import Ranked
from navaid.trials.find.tags import cell_therapies
from navaid.trials.render.words import FACTS, NOTHING_HELD, NOTICE, registry_link


def match(held: Match) -> dict[str, Any]:
    """The verdict and every statement: number, span in the eligibility text, type, words, label, reason, question.

    A number of 0 stands for the registry's own limits of age and sex, whose span is empty.
    """
    return {"verdict": held.verdict, "criteria": [_judgement(each) for each in held.judgements]}


def listing(found: Listing) -> dict[str, Any]:
    """The studies in order, and what must be known to read them rightly."""
    return {
        "looked_through": found.held,
        "found": found.in_all,
        "not_open": found.closed,
        "words_not_found_together": list(found.missing),
        "last_whole_fetch": found.synced,
        "made": found.today,
        "notice": NOTICE if found.held else NOTHING_HELD,
        "studies": [_ranked(one) for one in found.ranked],
        "facts_notice": FACTS if found.facts else "",
        "facts": [msgspec.to_builtins(fact) | {"seen": fact.seen} for fact in found.facts],
    }


def _ranked(one: Ranked) -> dict[str, Any]:
    study = one.study
    row: dict[str, Any] = {
        "nct_id": study.nct_id,
        "title": study.brief_title,
        "overall_status": study.overall_status,
        "phases": list(study.phases),
        "cell_therapy": list(cell_therapies(study)),
        "because": list(one.because),
        "score": round(one.score, 4),
        "url": registry_link(study.nct_id),
        "updated": study.updated,
        "seen": study.seen,
    }
    if one.near:
        site = msgspec.to_builtins(one.near.site)
        row |= {"distance_km": round(one.near.km, 1), "nearest_site": site, "site_open": one.near.open}
    return row | (match(one.match) if one.match else {})


def _judgement(each: Judgement) -> dict[str, Any]:
    criterion = each.criterion
    return {
        "number": criterion.number,
        "span": [criterion.start, criterion.end],
        "type": criterion.type,
        "text": criterion.text,
        "label": each.label,
        "reason": each.reason,
        "question": each.question,
    }
