"""Three answers to render, in words made up for the purpose: lantern therapy does not exist.

The other test modules of rendering import them; here they are checked to be what they claim.
"""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.terms import (
    Answer,
    Certainty,
    Citation,
    Claim,
    Facet,
    Kind,
    LeftOut,
    Question,
    Row,
    Section,
    Snapshot,
    Source,
    Triage,
    TriageClass,
    Verdict,
)

CHECKED = dt.date(2026, 11, 20)
SNAPSHOT = Snapshot(library="lib-4f1c09", starter="start-77ab", settings="5be0c1d2a3f4", navaid="0.1.0")
NOTICE = (
    "This page is for information. It is not a diagnosis, and it does not replace the advice of "
    "the people who treat you."
)
SOURCES = (
    Source(
        number=1,
        document="URL:https://example.org/lantern",
        title="Lantern Therapy: Questions and Answers",
        publisher="Example Institute",
        kind=Kind.PAGE,
        url="https://example.org/lantern",
        date=dt.date(2025, 12, 30),
        held=True,
        version="9c2e",
        licence="public domain, with credit",
    ),
    Source(
        number=2,
        document="PMID:1",
        title="A first trial of lantern therapy in twelve people",
        publisher="Journal of Examples",
        kind=Kind.TRIAL_REPORT,
        url="https://example.org/trial?id=12&part=results",
        date=dt.date(2017, 3, 1),
        held=False,
    ),
    Source(
        number=3,
        document="FILE:guide",
        title="Guide to Lanterns for Wards",
        publisher="Example Society",
        kind=Kind.GUIDELINE,
        url=None,
        date=None,
        held=True,
    ),
)


def cite(number: int, quote: str | None = None, at: str = "How it is given") -> Citation:
    span = {} if quote is None else {"quote": quote, "start": 100, "end": 100 + len(quote)}
    return Citation(document=SOURCES[number - 1].document, locator=at, checked=CHECKED, **span)


def claim(id: str, text: str, *cites: Citation, facet: Facet = Facet.WHAT_IT_IS, **more: object) -> Claim:
    given = {"certainty": Certainty.ESTABLISHED, "origin": "starter", "subject": "lantern"} | more
    return Claim(id=f"lantern.{id}", text=text, facet=facet, citations=cites, **given)


_QUOTE = "Lantern therapy trains a person's own cells to find the cancer by its light."
_STEPS = [
    ("Collection", "A nurse draws blood, and a machine takes out the cells that carry light."),
    ("Collection", "The rest of the blood flows back into you on the same day."),
    ("Change", "In a laboratory the cells are given a new lamp that fits the cancer."),
    ("Growth", "The changed cells are grown for about three weeks, until there are enough of them."),
    ("Return", "The cells come back to you through a drip, much like a blood transfusion."),
]
ORDINARY = Answer(
    id="a-ordinary",
    question=Question(text="How does lantern therapy work for me?", parts=("How does lantern therapy work",)),
    title="How lantern therapy works",
    date=dt.date(2026, 11, 22),
    triage=Triage(class_=TriageClass.ORDINARY),
    corrections=(
        claim(
            "not-approved",
            "No lantern therapy is approved for breast cancer; it is given only within trials.",
            cite(1, "No lantern product has been approved for breast cancer.", at="Approval"),
            corrects=("lantern therapy is approved",),
        ),
    ),
    sections=(
        Section(
            title="In short",
            claims=(
                claim(
                    "gist",
                    "Lantern therapy teaches your own cells to find cancer cells by a light that they carry.",
                    cite(1, _QUOTE, at="What it is"),
                    cite(2, at="Introduction"),
                    gist=True,
                ),
                claim(
                    "early",
                    "In a 2017 trial of 12 people, the treatment shrank the cancer in 2 of them.",
                    cite(2, at="Results"),
                    certainty=Certainty.EARLY,
                ),
                claim(
                    "own",
                    "The light fades within a year in most people.",
                    cite(3, "The light fades within a year in most people.", at="Page 4"),
                    origin="quote",
                    certainty=Certainty.DISPUTED,
                ),
            ),
        ),
        Section(
            title="Step by step",
            claims=tuple(
                claim(f"step{n}", text, cite(1, f"Step text {n} of the page."), step=step)
                for n, (step, text) in enumerate(_STEPS)
            ),
        ),
        Section(
            title="Risks",
            claims=(
                claim("tired", "Many people feel very tired for a week.", cite(1, "Fatigue is common.")),
                claim(
                    "later",
                    "What happens after many years is not clear.",
                    cite(3),
                    certainty=Certainty.UNKNOWN,
                ),
            ),
        ),
        Section(
            title="Questions to ask",
            claims=(
                claim("ask1", "Is a lantern trial open for my kind of cancer?", cite(1), facet=Facet.QUESTION_TO_ASK),
                claim(
                    "ask2",
                    "How far would I travel, and who pays for the journey and the nights away?",
                    cite(1),
                    facet=Facet.QUESTION_TO_ASK,
                ),
            ),
        ),
    ),
    sources=SOURCES,
    left_out=(
        LeftOut(what="Lanterns cure everyone.", document="FILE:guide", reason="the source is older than ten years."),
    ),
    verdicts=(Verdict(claim="lantern.gist", passed=True, checks=("numbers", "negation")),),
    notice=NOTICE,
    snapshot=SNAPSHOT,
    grade=6.7,
)

_CELLS = (
    claim("c1", "Lamp surgery takes out the lump and keeps the breast.", cite(1, "The lump is removed.")),
    claim("c2", "Full surgery takes out the whole breast.", cite(1, "The whole breast is removed.")),
    claim("c3", "Most people go home on the same day.", cite(3, "Discharge is on the same day.")),
    claim("c4", "After either operation, people in the trial lived equally long.", cite(2, at="Results")),
)
COMPARISON = Answer(
    id="a-comparison",
    question=Question(
        text="Lamp surgery or full surgery? I also cannot breathe right now", parts=("Lamp surgery or full surgery",)
    ),
    title="Lamp surgery and full surgery, side by side",
    date=dt.date(2026, 11, 22),
    triage=Triage(
        class_=TriageClass.EMERGENCY_NOW,
        message="Call your emergency number now.\nSay that you cannot breathe and that you are being treated.",
        reason="breathless: cannot breathe",
        citations=(cite(1, "Call for help at once.", at="When to call"),),
    ),
    sections=(
        Section(
            title="Side by side",
            claims=_CELLS,
            columns=("Lamp surgery", "Full surgery"),
            rows=(
                Row(title="What it is", cells=(("lantern.c1",), ("lantern.c2",))),
                Row(title="What happens", cells=(("lantern.c3",), ())),
            ),
        ),
    ),
    sources=SOURCES,
    left_out=(),
    verdicts=(),
    notice=NOTICE,
    snapshot=SNAPSHOT,
    grade=5.0,
)

ABSTAINING = Answer(
    id="a-abstaining",
    question=Question(text="Does moonlight help lantern therapy?", parts=("Does moonlight help lantern therapy",)),
    title="Moonlight and lantern therapy",
    date=dt.date(2026, 11, 22),
    triage=Triage(
        class_=TriageClass.TREATMENT_DECISION, message="Whether to have a treatment is a talk with your team."
    ),
    sections=(),
    sources=SOURCES[:1],
    left_out=(),
    verdicts=(),
    notice=NOTICE,
    snapshot=SNAPSHOT,
    unanswered=("Does moonlight help lantern therapy",),
    nearest=(claim("near", _QUOTE, cite(1, _QUOTE, at="What it is"), origin="quote"),),
    ask="Does it matter at what time of day I have the treatment?",
)

SAMPLES = {"ordinary": ORDINARY, "comparison": COMPARISON, "abstaining": ABSTAINING}


@pytest.mark.parametrize("answer", SAMPLES.values(), ids=SAMPLES)
def test_samples_cite_only_what_they_list(answer: Answer) -> None:
    listed = {source.document for source in answer.sources}
    shown = answer.claims + answer.corrections + answer.nearest
    assert shown
    assert all(claim.citations for claim in shown)
    assert {citation.document for claim in shown for citation in claim.citations} <= listed
