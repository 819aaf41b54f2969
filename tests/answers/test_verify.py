"""No sentence passes that is not what its source says."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from navaid.answers.verify import verify
from navaid.library import Library
from navaid.terms import (
    Block,
    BlockKind,
    Certainty,
    Citation,
    Claim,
    Date,
    Document,
    Facet,
    Kind,
    Licence,
    Retraction,
)

TEXT = "Surgery takes out the lump (2). Most people go home the same day."
DOCUMENT = Document(
    id="URL:https://example.org/surgery",
    title="Surgery",
    publisher="Example",
    kind=Kind.PAGE,
    text=TEXT,
    blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=len(TEXT)),),
    licence=Licence(name="test"),
)
QUOTE = Citation(document=DOCUMENT.id, locator="Surgery", quote=TEXT[:31], start=0, end=31)
CLAIM = Claim(
    id="q",
    text="Surgery takes out the lump.",
    facet=Facet.WHAT_HAPPENS,
    certainty=Certainty.ESTABLISHED,
    citations=(QUOTE,),
    origin="quote",
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path, create=True)
    library.add([DOCUMENT])
    return library


def test_the_words_of_the_source_pass(library: Library) -> None:
    verdict = verify(library, CLAIM)
    assert verdict.passed, verdict.reason
    assert "words equal the stored text" in verdict.checks


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (replace(CLAIM, citations=()), "no source"),
        (replace(CLAIM, text="Surgery never takes out the lump."), "differs from the words"),
        (replace(CLAIM, citations=(replace(QUOTE, start=1, end=32),)), "not those of"),
        (replace(CLAIM, citations=(replace(QUOTE, quote=TEXT[:30] + "!"),)), "not those of"),
        (replace(CLAIM, citations=(replace(QUOTE, document="URL:https://example.org/none"),)), "is not held"),
    ],
)
def test_anything_else_fails_and_says_why(library: Library, claim: Claim, reason: str) -> None:
    verdict = verify(library, claim)
    assert not verdict.passed
    assert reason in verdict.reason


def test_retracted_sources_and_closed_licences_fail(library: Library) -> None:
    library.add([replace(DOCUMENT, retraction=Retraction.RETRACTED)])
    assert "retracted" in verify(library, CLAIM).reason
    library.add([replace(DOCUMENT, licence=Licence(name="closed", show_quote=False))])
    assert "licence" in verify(library, CLAIM).reason


def test_a_starter_claim_whose_source_is_not_held_needs_a_place(library: Library) -> None:
    cited = Citation(document="PMID:1", locator="Abstract", checked=Date(2026, 11, 22))
    own = replace(CLAIM, origin="starter", citations=(cited,))
    assert verify(library, own).passed
    assert not verify(library, replace(own, citations=(replace(cited, locator=""),))).passed
