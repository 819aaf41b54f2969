"""A person's papers as they might be read: the material of the export's tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from navaid.records.concepts import concept
from navaid.records.reconcile import reconcile, told
from navaid.terms import Assertion, Date, Finding, Header, How, Profile, Provenance, Reading, Value

TODAY = dt.date(2026, 3, 1)


def paper(name: str, date: Date | None, facts: list[dict[str, Any]], **header: Any) -> Reading:
    """A reading in which each fact has words of its own."""
    file = "FILE:" + hashlib.sha256(name.encode()).hexdigest()
    findings = []
    for number, fact in enumerate(facts):
        words = fact.pop("words", f"{fact['concept']} {fact['value']}")
        source = Provenance(file=file, page=1 + number % 3, start=0, end=len(words), words=words, how=How.PLAIN)
        findings.append(Finding(source=source, rule="test", **fact))
    return Reading(
        file=file, path=f"/papers/{name}", name=name, header=Header(date=date, **header), findings=tuple(findings)
    )


def fact(name: str, value: Value, **more: Any) -> dict[str, Any]:
    return {"concept": name, "value": value, "unit": concept(name).unit, **more}


def papers() -> list[Reading]:
    """Two reports on one tumour that disagree on HER2, a letter, a gene test, a radiotherapy summary."""
    who = {"person": "Jane Q. Public", "birth_date": dt.date(1970, 5, 4), "sex": "female"}
    left = {"side": "left", "specimen": "breast"}
    return [
        paper(
            "biopsy.pdf",
            dt.date(2025, 1, 10),
            [
                fact("diagnosis", "invasive_breast_cancer", **left),
                fact("histology", "ductal_nst", words="Invasive carcinoma of no special type", **left),
                fact("laterality", "left", **left),
                fact("er.status", "positive", words="ER positive", **left),
                fact("er.percent", 95, **left),
                fact("pr.status", "negative", **left),
                fact("her2.status", "equivocal", **left),
                fact("her2.ihc", "2+", **left),
                fact("ki67.percent", 22.5, **left),
            ],
            type="pathology",
            **who,
        ),
        paper(
            "operation & more <1>.pdf",
            dt.date(2025, 2, 20),
            [
                fact("histology", "ductal_nst", **left),
                fact("er.status", "positive", **left),
                fact("pr.status", "positive", words="PR positive, 60 %", **left),
                fact("her2.status", "negative", words="HER2 negative by FISH", **left),
                fact("her2.ratio", 1.2, words="FISH ratio 1.2", **left),
                fact("tumour.size", 23, **left),
                fact("grade", 2, **left),
                fact("pt", "T2", details={"prefix": "p", "edition": "8"}, **left),
                fact("pn", "N1a", details={"prefix": "p"}, **left),
                fact("stage.group", "IIB", details={"kind": "pathological", "edition": "AJCC 8"}, **left),
                fact("nodes.examined", 3, **left),
                fact("nodes.positive", 1, **left),
            ],
            type="pathology",
            **who,
        ),
        paper(
            "letter.txt",
            dt.date(2025, 9, 1),
            [
                fact("surgery", "lumpectomy", date=dt.date(2025, 2, 14), side="left"),
                fact("drug", "paclitaxel", details={"start": "2025-03", "stop": "2025-06-01", "cycles": 4, "line": 1}),
                fact("drug", "anastrozole", details={"status": "current", "intent": "adjuvant"}),
                fact("drug", "abemaciclib", assertion=Assertion.PLANNED),
                fact("drug", "tamoxifen", details={"reason": "hot flushes", "start": "2025-07-01"}),
                fact("radiation", "breast", details={"dose_gy": 40.05, "fractions": 15}, side="left"),
                fact("metastasis.site", "bone"),
                fact("metastasis.site", "liver", assertion=Assertion.ABSENT),
                fact("ecog", 1),
                fact("menopause", "post"),
                fact("allergy", "penicillin"),
                fact("pdl1.status", "pending"),
            ],
            type="oncology_note",
            **who,
        ),
        paper(
            "genes.pdf",
            dt.date(2025, 4, 2),
            [
                fact("gene.BRCA2.germline", "pathogenic", details={"hgvs_c": "c.5946del", "hgvs_p": "p.(Ser1982fs)"}),
                fact("gene.TP53.germline", "negative"),
                fact("gene.PIK3CA.somatic", "vus", details={"vaf_percent": 12.5}),
                fact("gene.ESR1.somatic", "pathogenic", assertion=Assertion.PLANNED),
            ],
            type="genetics",
            **who,
        ),
    ]


def profile(*said: Finding) -> tuple[Profile, list[Reading]]:
    readings = papers()
    return reconcile("me", [*readings, told.reading(said)] if said else readings, TODAY), readings
