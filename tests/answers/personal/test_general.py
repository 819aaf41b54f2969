"""A general page made from a personal one is that of anybody: nothing of the papers is left in it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from two_people import PEOPLE, TODAY, asked, readings

from navaid import journeys
from navaid.answers.personal import general
from navaid.answers.render import FORMATS, render
from navaid.library import Library
from navaid.terms import Answer, Reading

QUESTIONS = (
    "How does CAR-T work for breast cancer?",
    "What are the side effects of abemaciclib?",
    "Is pembrolizumab approved for triple-negative breast cancer that has spread?",
)
IDENTIFYING = {
    "Anna": ("My name is Anna Quillfeather, MRN 7730441, born 14 May 1974. How does CAR-T work?", "quillfeather"),
    "Berta": ("scan_Berta_0317.txt of Dr. Oakhollow, 12 April 2026: what is CAR-T? Berta", "oakhollow"),
    "Carla": ("What is abemaciclib? C. Fernmoor, dob 07/09/1983, scan_Carla_0317", "fernmoor"),
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Reading]]:
    folder = tmp_path_factory.mktemp("papers")
    return {name: readings(name, folder) for name in PEOPLE}


def shared(library: Library, text: str, name: str, read: list[Reading]) -> Answer:
    personal = asked(library, text, name, read)
    return general.general(personal, read, lambda text: journeys.ask(library, text, today=TODAY))


def shapes(answer: Answer) -> str:
    """All renderings in one text, with and without quotations."""
    return "\n".join(render(answer, format, quotes=quotes) for format in FORMATS for quotes in (False, True))


@pytest.mark.parametrize("text", QUESTIONS)
def test_it_is_the_page_of_anybody_to_the_byte(embedded: Library, papers: dict[str, list[Reading]], text: str) -> None:
    anybody = shapes(journeys.ask(embedded, text, today=TODAY))
    pages = {name: shapes(asked(embedded, text, name, read)) for name, read in papers.items()}
    assert len({*pages.values(), anybody}) == len(pages) + 1  # each person's page is her own
    for name, read in papers.items():
        assert shapes(shared(embedded, text, name, read)) == anybody


def own_tokens(name: str, read: list[Reading]) -> set[str]:
    """What stands in a person's papers and could tell of them: names, dates in every form, numbers, files, words."""
    found = {name, "Your papers", "Your pathology", "Your note", "applies to you", "stays on this machine"}
    for reading in read:
        header = reading.header
        found |= {reading.name, reading.path, reading.file, reading.file.removeprefix("FILE:"), header.identifier}
        found |= set(re.findall(r"\w{3,}", header.person))
        days = {header.date, header.collected, header.birth_date, *(f.date for f in reading.findings)} - {None}
        found |= {form for day in days if isinstance(day, dt.date) for form in _written(day)}
        found |= {words for f in reading.findings if len(words := f.source.words) > 20}
    return found - {""}


def _written(day: dt.date) -> set[str]:
    return {day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}"}


@pytest.mark.parametrize("name", PEOPLE)
def test_no_token_of_the_papers_is_left_though_the_question_named_them(
    embedded: Library, papers: dict[str, list[Reading]], name: str
) -> None:
    text, surname = IDENTIFYING[name]
    tokens = own_tokens(name, papers[name])
    personal = shapes(asked(embedded, text, name, papers[name])).lower()
    assert any(token.lower() in personal for token in tokens)
    assert surname in personal
    page = shared(embedded, text, name, papers[name])
    assert page.personal is None
    left = {token for token in tokens if re.search(rf"(?<!\w){re.escape(token.lower())}(?!\w)", shapes(page).lower())}
    assert not left
    assert surname not in shapes(page).lower()
    assert page.claims  # and the question is still answered


def test_what_a_question_says_of_an_illness_stays(papers: dict[str, list[Reading]]) -> None:
    for text in (*QUESTIONS, "My HER2 is 2+ and ER 90 %. Is T-DXd for me?", "Can May be a good month to start?"):
        assert general.question(text, papers["Anna"]) == text


def test_signs_in_place_of_what_was_taken_tell_nothing(papers: dict[str, list[Reading]]) -> None:
    text, _ = IDENTIFYING["Anna"]
    made = {general.question(text, papers["Anna"], ("Anna",)) for _ in range(3)}
    assert made == {"My name is [name], MRN [id], born [date]. How does CAR-T work?"}
