"""A starter claim is shown with the words that support it, or not shown."""

from __future__ import annotations

import datetime as dt

import pytest
from corpus import document
from msgspec.structs import replace

from navaid.library import Library
from navaid.library.ties import tie_all, tied, unsupported
from navaid.starter import SourceRow, Starter, Topic, claims
from navaid.starter.rows import Cite, ClaimRow
from navaid.terms import BlockKind, Certainty, Claim, Document, Facet, Kind, Retraction

TEXT = "In 2019, 30% of 40 women had fever after the infusion."
SUPPORT = "Fever was common: in 2019, 12 of 40 women (30%) had fever after the infusion."
OFF_TOPIC = "The hospital has a garden. Its roses bloom in June."
DENIAL = "In 2019, none of the 40 women (30% of them older) had no fever after any infusion."
DAY = dt.date(2026, 1, 1)


def starter(text: str = TEXT, *sources: str, find: str = "") -> Starter:
    """A starter of one claim that cites the given sources."""
    cites = tuple(Cite(source=id, at="Results", checked=DAY, opened="page", find=find) for id in sources)
    row = ClaimRow(id="t.one", text=text, facet=Facet.RISK, certainty=Certainty.ESTABLISHED, cites=cites)
    rows = {
        id: SourceRow(id=id, title=id, publisher="P", kind=Kind.PAGE, url=f"https://example.org/{id}", licence="own")
        for id in sources
    }
    return Starter(fingerprint="", topics=(Topic(id="t", title="T", claims=(row,)),), sources=rows)


def shown(library: Library, data: Starter) -> tuple[Claim | None, str]:
    tie_all(library.store, data)
    return tied(library.store, claims(data.topics[0])[data.topics[0].claims[0].text])


def quotes(claim: Claim | None) -> list[str | None]:
    return [citation.quote for citation in claim.citations] if claim else []


def test_found_the_quotation_is_the_exact_words_of_the_source(library: Library) -> None:
    library.add([document("S:1", f"{OFF_TOPIC} {SUPPORT} Ask your team.")])
    claim, reason = shown(library, starter(TEXT, "S:1"))
    assert reason == ""
    assert claim is not None
    citation = claim.citations[0]
    held = library.document("S:1")
    assert held is not None
    assert citation.quote == SUPPORT == held.text[citation.start : citation.end]
    assert (citation.document, citation.locator, citation.checked) == ("S:1", "Results", DAY)


def test_a_source_that_is_not_held_is_named_without_a_quotation(library: Library) -> None:
    claim, reason = shown(library, starter(TEXT, "S:1"))
    assert (quotes(claim), reason) == ([None], "")


def test_absent_from_its_only_source_the_claim_is_not_shown(library: Library) -> None:
    library.add([document("S:1", OFF_TOPIC)])
    assert shown(library, starter(TEXT, "S:1")) == (None, "no sentence of S:1 speaks of it")


def test_absent_from_one_of_two_sources_the_other_carries_it(library: Library) -> None:
    library.add([document("S:1", OFF_TOPIC), document("S:2", SUPPORT)])
    data = starter(TEXT, "S:1", "S:2")
    claim, reason = shown(library, data)
    assert quotes(claim) == [SUPPORT]
    assert reason == "no sentence of S:1 speaks of it"
    assert unsupported(library.store, data) == [("t.one", reason)]


def test_denied_by_one_source_the_claim_is_not_shown_whatever_others_say(library: Library) -> None:
    ours = "CAR-T is approved for breast cancer."
    library.add(
        [
            document("S:1", "CAR-T is approved for breast cancer."),
            document("S:2", "CAR-T is not approved for breast cancer."),
        ]
    )
    assert quotes(shown(library, starter(ours, "S:1"))[0]) == ["CAR-T is approved for breast cancer."]
    assert shown(library, starter(ours, "S:1", "S:2")) == (None, "S:2 seems to say the opposite")


def test_a_number_that_no_source_states_keeps_the_claim_back(library: Library) -> None:
    library.add([document("S:1", SUPPORT.replace("30%", "25%").replace("2019", "2018"))])
    claim, reason = shown(library, starter(TEXT, "S:1"))
    assert claim is None
    assert reason == "none of its sources states 2019, 30"


def test_what_one_source_lacks_another_may_state(library: Library) -> None:
    year, share = SUPPORT.replace("30%", "many"), SUPPORT.replace("2019", "that year")
    library.add([document("S:1", year), document("S:2", share)])
    claim, reason = shown(library, starter(TEXT, "S:1", "S:2"))
    assert (quotes(claim), reason) == ([year, share], "")


def test_what_the_held_sources_lack_one_that_is_not_held_may_state(library: Library) -> None:
    year = SUPPORT.replace("30%", "many")
    library.add([document("S:1", year)])
    assert quotes(shown(library, starter(TEXT, "S:1", "S:2"))[0]) == [year, None]


def test_a_name_is_met_by_another_name_and_not_by_another_drug(library: Library) -> None:
    ours = "Herceptin can weaken the heart."
    library.add(
        [document("S:1", "Trastuzumab can weaken the heart."), document("S:2", "Pertuzumab can weaken the heart.")]
    )
    assert quotes(shown(library, starter(ours, "S:1"))[0]) == ["Trastuzumab can weaken the heart."]
    claim, reason = shown(library, starter(ours, "S:2"))
    assert (claim, reason) == (None, "none of its sources states trastuzumab")


def test_a_date_or_name_may_stand_in_the_heading_above(library: Library) -> None:
    pieces = [
        (BlockKind.HEADING, 2, "Results of 2019"),
        (BlockKind.PARAGRAPH, 0, "After the infusion, 30% of 40 women had fever."),
    ]
    library.add([document("S:1", pieces)])
    assert quotes(shown(library, starter(TEXT, "S:1"))[0]) == ["After the infusion, 30% of 40 women had fever."]


def test_the_noted_words_choose_the_place(library: Library) -> None:
    twice = f"{SUPPORT} {OFF_TOPIC} As we said, {SUPPORT[0].lower()}{SUPPORT[1:]}"
    library.add([document("S:1", twice)])
    claim, _ = shown(library, starter(TEXT, "S:1", find="As we  said"))
    assert quotes(claim)[0] == f"As we said, {SUPPORT[0].lower()}{SUPPORT[1:]}"


def test_a_source_is_known_by_its_address_too(library: Library) -> None:
    library.add([document("FILE:own-copy", SUPPORT, url="https://example.org/S:1")])
    claim, _ = shown(library, starter(TEXT, "S:1"))
    assert claim is not None
    assert (claim.citations[0].document, claim.citations[0].quote) == ("FILE:own-copy", SUPPORT)


def test_a_licence_without_quotation_gives_the_place_only(library: Library) -> None:
    library.add([document("S:1", SUPPORT, show_quote=False)])
    claim, reason = shown(library, starter(TEXT, "S:1"))
    assert (quotes(claim), reason) == ([None], "")


@pytest.mark.parametrize("others", [(), ("S:2",)])
def test_a_retracted_source_is_never_quoted(library: Library, others: tuple[str, ...]) -> None:
    library.add([document("S:1", SUPPORT, retraction=Retraction.RETRACTED)])
    library.add(document(id, SUPPORT) for id in others)
    data = starter(TEXT, "S:1", *others)
    claim, reason = shown(library, data)
    assert reason == "S:1 has been retracted"
    assert [citation.document for citation in claim.citations] == list(others) if others else claim is None
    assert unsupported(library.store, data) == [("t.one", reason)]


def test_a_retraction_counts_at_once_even_before_claims_are_tied_anew(library: Library) -> None:
    library.add([document("S:1", SUPPORT)])
    data = starter(TEXT, "S:1")
    claim, _ = shown(library, data)
    assert quotes(claim) == [SUPPORT]
    library.add([document("S:1", SUPPORT, retraction=Retraction.RETRACTED)])
    assert tied(library.store, claims(data.topics[0])[TEXT]) == (None, "S:1 has been retracted")


def replaced(text: str) -> Document:
    return document("S:1", text, title="A second edition")


def test_a_replaced_source_is_not_quoted_until_it_is_read_again(library: Library) -> None:
    library.add([document("S:1", SUPPORT)])
    data = starter(TEXT, "S:1")
    assert quotes(shown(library, data)[0]) == [SUPPORT]
    library.add([replaced(f"Preface to this edition. {SUPPORT}")])
    claim = claims(data.topics[0])[TEXT]
    assert quotes(tied(library.store, claim)[0]) == [None], "the old span is not the old words any more"
    assert [tie.state for tie in tie_all(library.store, data)] == ["found"]
    assert quotes(tied(library.store, claim)[0]) == [SUPPORT]
    library.add([replaced(OFF_TOPIC)])
    assert shown(library, data) == (None, "no sentence of S:1 speaks of it")
    library.remove("S:1")
    assert quotes(shown(library, data)[0]) == [None]


def test_ties_are_made_once(library: Library) -> None:
    library.add([document("S:1", SUPPORT)])
    data = starter(TEXT, "S:1")
    assert len(tie_all(library.store, data)) == 1
    assert tie_all(library.store, data) == []


def test_a_reworded_claim_is_not_shown_with_the_words_for_the_old_one(library: Library) -> None:
    library.add([document("S:1", SUPPORT)])
    shown(library, starter(TEXT, "S:1"))
    claim, reason = shown(library, starter(TEXT.replace("30%", "60%"), "S:1"))
    assert (claim, reason) == (None, "none of its sources states 60")


def test_a_citation_moved_to_a_source_that_is_not_held_loses_the_quotation(library: Library) -> None:
    library.add([document("S:1", SUPPORT)])
    assert quotes(shown(library, starter(TEXT, "S:1"))[0]) == [SUPPORT]
    claim, _ = shown(library, starter(TEXT, "S:2"))
    assert claim is not None
    assert [(citation.document, citation.quote) for citation in claim.citations] == [("S:2", None)]


def test_a_document_without_a_sentence_supports_nothing(library: Library) -> None:
    library.add([document("S:1", [(BlockKind.HEADING, 1, "Fever after infusion")])])
    assert shown(library, starter(TEXT, "S:1"))[0] is None


def test_the_snapshot_and_the_index_do_not_see_ties(library: Library) -> None:
    library.add([document("S:1", SUPPORT)])
    before = (library.snapshot, library.store.seq)
    shown(library, starter(TEXT, "S:1"))
    assert (library.snapshot, library.store.seq) == before
    assert replace(document("S:1", SUPPORT)) == library.document("S:1")
