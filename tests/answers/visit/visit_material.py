"""A person's papers, gaps, matches and answers as they might be: the material of the tests of a visit."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from navaid import starter
from navaid.answers.personal import gaps
from navaid.answers.visit import gather, plan
from navaid.records.concepts import concept
from navaid.records.reconcile import reconcile
from navaid.starter import Starter
from navaid.terms import (
    Assertion,
    Certainty,
    Citation,
    Claim,
    Criterion,
    CriterionType,
    Date,
    Expression,
    Facet,
    Finding,
    Fit,
    Gap,
    Header,
    How,
    Judgement,
    Label,
    Logic,
    Match,
    Origin,
    Predicate,
    Profile,
    Provenance,
    Reading,
    Value,
    VisitItem,
    VisitPlan,
)
from navaid.trials.match.facts import Facts
from navaid.trials.match.papers import names

TODAY = dt.date(2026, 3, 1)


def paper(name: str, *facts: tuple[str, Value, dict[str, Any]], date: Date | None = TODAY, **header: Any) -> Reading:
    file = "FILE:" + hashlib.sha256(name.encode()).hexdigest()
    findings = tuple(
        Finding(
            concept=concept_,
            value=value,
            unit=concept(concept_).unit,
            source=Provenance(
                file=file, page=1, start=0, end=9, words=more.pop("words", f"{concept_} {value}"), how=How.PLAIN
            ),
            rule="test",
            **more,
        )
        for concept_, value, more in facts
    )
    return Reading(file=file, path=f"/{name}", name=name, header=Header(date=date, **header), findings=findings)


def fact(name: str, value: Value, **more: Any) -> tuple[str, Value, dict[str, Any]]:
    return name, value, more


WHO = {"person": "Jane Q. Public", "birth_date": dt.date(1970, 5, 4), "sex": "female"}
METASTATIC = (
    paper(
        "biopsy.pdf",
        fact("diagnosis", "metastatic_breast_cancer", side="left", specimen="breast"),
        fact("er.status", "positive", side="left", specimen="breast"),
        fact("her2.status", "negative", side="left", specimen="breast"),
        fact("metastasis.site", "bone"),
        fact("metastasis.site", "brain"),
        fact("allergy", "penicillin", details={"reaction": "rash"}),
        type="pathology",
        **WHO,
    ),
    paper(
        "letter.pdf",
        fact("drug", "letrozole", details={"status": "current", "line": 1, "intent": "metastatic"}),
        fact("gene.BRCA2.germline", "pathogenic"),
        fact("surgery", "mastectomy", assertion=Assertion.PLANNED),
        type="oncology_note",
        **WHO,
    ),
    paper(
        "review.pdf",
        fact("her2.status", "positive", words="HER2 positive", side="left", specimen="breast"),
        type="pathology",
        **WHO,
    ),
)


def facts_of(readings: Sequence[Reading]) -> Facts:
    return Facts(profile_of(readings), TODAY, names(readings))


def profile_of(readings: Sequence[Reading]) -> Profile:
    return reconcile("me", list(readings), TODAY)


def gathered(readings: Sequence[Reading], **more: Any) -> gather.Gathered:
    facts, data = facts_of(readings), starter.load()
    given = more.pop("gaps", None)
    found = gaps.of_profile(facts.profile, facts, data) if given is None else given
    return gather.gather(facts, found, more.pop("matches", ()), more.pop("answers", ()), data)


def planned(readings: Sequence[Reading], *items: VisitItem) -> VisitPlan:
    made = plan.first("me", TODAY, gathered(readings), dt.date(2026, 3, 9))
    return VisitPlan(**{name: getattr(made, name) for name in made.__struct_fields__} | {"items": items or made.items})


def data() -> Starter:
    return starter.load()


def gap(id_: str, concept_: str, ask: str = "") -> Gap:
    why = Claim(
        id="x.why",
        text="It settles which drugs can help.",
        facet=Facet.WHO_IT_IS_FOR,
        certainty=Certainty.ESTABLISHED,
        citations=(Citation(document="URL:https://www.cancer.gov/types/breast/diagnosis", locator="HER2"),),
        origin="starter",
    )
    return Gap(id=id_, concept=concept_, said=f"{id_} is not in your papers.", ask=ask or f"What is {id_}?", why=(why,))


def match(nct_id: str, *open_: tuple[str, str], verdict: Fit = Fit.MAY_FIT) -> Match:
    judgements = tuple(
        Judgement(
            criterion=Criterion(
                number=number,
                type=CriterionType.INCLUSION,
                text="…",
                start=0,
                end=1,
                expression=Expression(
                    logic=Logic.IS, start=0, end=1, predicate=Predicate(concept=concept_, op="is", values=("yes",))
                ),
            ),
            label=Label.UNKNOWN,
            reason="",
            question=question,
        )
        for number, (concept_, question) in enumerate(open_, 1)
    )
    return Match(nct_id=nct_id, verdict=verdict, judgements=judgements, unknown=len(open_))


def item(number: int, text: str = "", origin: Origin = Origin.GAP, **more: Any) -> VisitItem:
    return VisitItem(id=f"{origin}.{number}", text=text or f"Question number {number}?", origin=origin, **more)
