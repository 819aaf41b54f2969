"""What a reader finds otherwise when an answer is checked again; and quoted words in their passage."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from test_render_samples import ORDINARY, cite, claim

from navaid import journeys
from navaid.answers.around import around
from navaid.answers.difference import difference
from navaid.config import Settings
from navaid.library import Library
from navaid.terms import Answer, Certainty, LeftOut, Section


def answer(*claims: object, **more: object) -> Answer:
    return replace(ORDINARY, sections=(Section(title="Part", claims=claims),), corrections=(), **more)


def test_the_same_answer_differs_in_nothing() -> None:
    assert not difference(ORDINARY, ORDINARY)


def test_what_came_went_and_changed_is_told_with_the_reason() -> None:
    stays, goes, turns = (claim(name, f"{name}.", cite(1)) for name in ("Stays", "Goes", "Turns"))
    comes = claim("comes", "It comes.", cite(1))
    turned = replace(turns, text="Turns round.", certainty=Certainty.EARLY)
    left = LeftOut(what=goes.text, document="X", reason="the source was retracted")
    found = difference(answer(stays, goes, turns), answer(stays, turned, comes, left_out=(left,)))
    assert [one.id for one in found.came] == [comes.id]
    assert [(one.claim.id, one.reason) for one in found.went] == [(goes.id, "the source was retracted")]
    assert [(one.now.text, one.what) for one in found.changed] == [("Turns round.", ("its words", "how sure it is"))]


def test_new_words_of_a_source_are_a_change_and_another_place_of_the_same_words_is_none() -> None:
    before = claim("one", "One.", cite(1))
    quoted = claim("one", "One.", replace(cite(1), quote="One, it says."))
    moved = claim("one", "One.", replace(cite(1), quote="One, it says.", start=4, end=17))
    assert [one.what for one in difference(answer(before), answer(quoted)).changed] == [("the words of its source",)]
    assert not difference(answer(quoted), answer(moved))


def test_quoted_words_are_found_in_their_passage(tmp_path: Path) -> None:
    paper = tmp_path / "lantern.html"
    paper.write_text(
        "<html><head><title>Lantern therapy</title></head><body><h1>Lantern therapy</h1><h2>Side effects</h2>"
        "<p>Most people feel tired. Lantern therapy can cause a rash on both arms. It fades within a week.</p>"
        "</body></html>"
    )
    with Library(tmp_path / "library", Settings(embedding="off"), create=True) as library:
        journeys.add(library, [paper], on_kept=lambda *_: None, on_skip=lambda _: None)
        (id_,) = [one for one in library.store.ids() if one.startswith("FILE:")]
        held = library.store.document(id_)
        assert held is not None
        words = "Lantern therapy can cause a rash on both arms."
        start = held.text.index(words)
        citation = replace(cite(1), document=id_, quote=words, start=start, end=start + len(words))
        found = around(library, citation)
        assert found is not None
        assert (found.words, found.before, found.after) == (words, "Most people feel tired.", "It fades within a week.")
        assert "Side effects" in found.heading
        assert around(library, replace(citation, quote="Other words.")) is None
        assert around(library, replace(citation, document="PMID:1")) is None
