"""The lists of questions: whole, plain, in our own words, resting on claims, and found by what people say."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from navaid import reading, starter, vocabulary
from navaid.errors import StarterInvalid
from navaid.starter import Starter, visits
from navaid.starter.visits import Question, Visit
from navaid.terms import Facet

_RUN = 9  # words in a row that show copying
_WORD = re.compile(r"[a-z0-9]+")
_TELLS = re.compile(r"\b(?:you should|you must|you need to|we recommend|don't worry|guarantee\w*|miracle)\b", re.I)
_GENERAL = {"cancer", "treatment", "side_effect"}  # a sentence that names only these states no medical fact


@pytest.fixture(scope="module")
def data() -> Starter:
    return starter.load()


@pytest.fixture(scope="module")
def lists(data: Starter) -> tuple[Visit, ...]:
    return visits.load(data)


def asked(visit: Visit) -> list[Question]:
    return [question for group in visit.groups for question in group.questions]


def own_sentences(visit: Visit) -> list[str]:
    """What stands in visits.yaml itself: the texts of claims are tested with their topics."""
    texts = [question.text for question in asked(visit) if question.claim is None]
    return [visit.title, visit.when, *texts, *(question.why for question in asked(visit)), *visit.bring]


# --------------------------------------------------------------------------- what the lists hold


def test_the_whole_way_is_covered(lists: tuple[Visit, ...]) -> None:
    assert len(lists) >= 22


def test_each_list_has_the_size_of_one_visit(lists: tuple[Visit, ...]) -> None:
    for visit in lists:
        assert 8 <= len(asked(visit)) <= 14, visit.id
        assert 2 <= len(visit.groups) <= 4, visit.id
        assert all(len(group.questions) >= 2 for group in visit.groups), visit.id
        assert visit.bring, visit.id
        assert len(visit.learn_more) >= 2, visit.id
        texts = Counter(question.text for question in asked(visit))
        assert [text for text, count in texts.items() if count > 1] == [], visit.id


def test_each_line_is_whole(lists: tuple[Visit, ...]) -> None:
    for visit in lists:
        for question in asked(visit):
            assert question.text.endswith("?"), question.text
            assert question.why.endswith("."), question.why
            assert question.why.count(". ") == 0, f"one sentence: {question.why}"
        for line in own_sentences(visit):
            assert line == " ".join(line.split()), line
            assert line[0].isupper(), line


def test_a_why_that_states_a_fact_has_its_sources(data: Starter, lists: tuple[Visit, ...]) -> None:
    for visit in lists:
        for question in asked(visit):
            if question.cites:
                assert all(cite.source in data.sources for cite in question.cites), question.why
                continue
            named = {mention.concept for mention in vocabulary.find(question.why, typos=False)}
            assert named <= _GENERAL, f"{visit.id}: {question.why} names {named} and rests on no claim"
            assert not re.search(r"\d", question.why), question.why


def test_a_question_that_a_claim_asks_is_not_written_again(data: Starter, lists: tuple[Visit, ...]) -> None:
    by_text = {row.text: row.id for topic in data.topics for row in topic.claims if row.facet is Facet.QUESTION_TO_ASK}
    again = [(v.id, by_text[q.text]) for v in lists for q in asked(v) if q.claim is None and q.text in by_text]
    assert again == []
    assert any(question.claim for visit in lists for question in asked(visit))


def test_nothing_tells_a_person_what_to_do(lists: tuple[Visit, ...]) -> None:
    assert [line for visit in lists for line in own_sentences(visit) if _TELLS.search(line)] == []


def test_the_lists_are_plain(lists: tuple[Visit, ...]) -> None:
    for visit in lists:
        grade = reading.grade([visit.when, *(q.text for q in asked(visit)), *(q.why for q in asked(visit))])
        assert grade is not None
        assert grade <= 8, visit.id
        assert [q.why for q in asked(visit) if len(q.why.split()) > 24] == [], visit.id


def test_no_run_of_nine_words_is_shared_with_a_page(lists: tuple[Visit, ...], shared_data: Path) -> None:
    path = shared_data / "evidence" / "nci_pages.jsonl.gz"
    if not path.is_file():
        pytest.skip("the pages of cancer.gov are not here")
    ours = {run: visit.id for visit in lists for line in own_sentences(visit) for run in runs(line)}
    first_words = {run[0] for run in ours}
    shared = set()
    with gzip.open(path, "rt", encoding="utf-8") as pages:
        for line in pages:
            words = _WORD.findall(line.lower())
            for n, word in enumerate(words):
                run = tuple(words[n : n + _RUN])
                if word in first_words and run in ours:
                    shared.add((ours[run], " ".join(run)))
    assert sorted(shared) == []


def runs(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return [tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)]


# --------------------------------------------------------------------------- what breaks the schema

ROW = """\
- id: {id}
  title: Visit {id}
  aka: [{aka}]
  when: When it is time.
  groups:
  - title: About it
    questions:
    - {question}
      why: It helps.
      rests_on: [{rests_on}]
  bring: [A list.]
  learn_more: ['{source}']
  topics: [{topic}]
"""
SOURCE = "URL:https://www.cancer.gov/types/breast/diagnosis"


def row(
    id: str = "one",
    aka: str = "first",
    question: str = "text: What is it?",
    rests_on: str = "biopsy.sure",
    source: str = SOURCE,
    topic: str = "biopsy",
) -> str:
    return ROW.format(id=id, aka=aka, question=question, rests_on=rests_on, source=source, topic=topic)


def test_a_list_is_tied_to_its_claims_and_sources(data: Starter, tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text(row() + row("two", "second", "claim: biopsy.q-when", topic="dcis"))
    first, second = visits.load(data, tmp_path / "v.yaml")
    (claim,) = [c for topic in data.topics for c in topic.claims if c.id == "biopsy.sure"]
    assert first.groups[0].questions[0].cites == claim.cites
    assert first.learn_more == (data.sources[SOURCE],)
    (asks,) = [c for topic in data.topics for c in topic.claims if c.id == "biopsy.q-when"]
    assert (second.groups[0].questions[0].text, second.groups[0].questions[0].claim) == (asks.text, asks.id)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row() + row("two", "First", topic="dcis"), "'first' stands in one and in two"),
        (row() + row("two", "one", topic="dcis"), "'one' stands in one and in two"),
        (row() + row("two", "second"), "'biopsy' stands in one and in two"),
        (row(rests_on="biopsy.gone"), "biopsy.gone"),
        (row(question="claim: biopsy.gone"), "biopsy.gone"),
        (row(question="claim: biopsy.sure"), "not a question to ask"),
        (row(question="rests_on: []").replace("      rests_on: [biopsy.sure]\n", ""), "needs either"),
        (row(source="URL:https://example.org/none"), "https://example.org/none"),
        (row(topic="nothing"), "nothing"),
        (row() + "  colour: red\n", "colour"),
        ("- id: [unclosed", "line 1"),
    ],
)
def test_what_breaks_the_schema_is_named(data: Starter, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "v.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StarterInvalid) as caught:
        visits.load(data, path)
    assert said in caught.value.what
    assert caught.value.where == str(path)
    assert caught.value.fix


# --------------------------------------------------------------------------- how a list is found


def test_each_list_is_found_by_each_of_its_names(data: Starter, lists: tuple[Visit, ...]) -> None:
    for visit in lists:
        for name in (visit.id, visit.title, *visit.aka):
            assert [found.id for found in visits.find(data, lists, name)][:1] == [visit.id], name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("metastaic", "metastatic"),
        ("it has spread to my bones", "bone-metastases"),
        ("chemo before surgery", "treatment-before-surgery"),
        ("Stage 4 breast cancer", "metastatic"),
        ("before my lumpectomy next week", "before-breast-surgery"),
        ("palitive care", "palliative-care"),
        ("how do I tell my daughter", "talking-with-children"),
        ("Verzenio", "hormone-therapy"),  # a drug that only a topic names
        ("olaparib", "next-treatment"),
    ],
)
def test_a_list_is_found_by_what_people_say(data: Starter, lists: tuple[Visit, ...], words: str, expected: str) -> None:
    assert visits.find(data, lists, words)[0].id == expected


@pytest.mark.parametrize("words", ["zorbulation", "my car is red", "", "the"])
def test_what_names_no_situation_is_not_guessed(data: Starter, lists: tuple[Visit, ...], words: str) -> None:
    assert visits.find(data, lists, words) == ()


def test_what_is_nearly_a_name_is_offered(lists: tuple[Visit, ...]) -> None:
    assert "before-chemotherapy" in {visit.id for visit in visits.near(lists, "chemist")}
    assert visits.near(lists, "zorbulation") == ()


def test_an_answer_points_to_the_list_of_its_first_topic_that_has_one(lists: tuple[Visit, ...]) -> None:
    found = visits.for_question(lists, ["causes-and-myths", "bone-metastases", "dcis"])
    assert found is not None
    assert found.id == "bone-metastases"
    assert visits.for_question(lists, ["causes-and-myths"]) is None
    assert visits.for_question(lists, []) is None


# --------------------------------------------------------------------------- the command


def navaid(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "navaid", *arguments], capture_output=True, text=True, env=environment, timeout=120
    )


def test_the_command_lists_the_situations(lists: tuple[Visit, ...]) -> None:
    done = navaid("questions")
    assert done.returncode == 0, done.stderr
    assert [visit.id for visit in lists if f"{visit.id} " not in done.stdout] == []
    rows = json.loads(navaid("questions", "--format", "json").stdout)
    assert [entry["id"] for entry in rows] == [visit.id for visit in lists]


def test_the_command_prints_a_list_for_a_terminal() -> None:
    done = navaid("questions", "bone", "mets")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Breast cancer in the bones"
    assert max(len(line) for line in lines if "://" not in line) <= 80
    for part in ("About the choices", "To bring or to write down", "Where to learn more", "National Cancer Institute"):
        assert part in done.stdout


def test_the_command_prints_a_list_as_markdown() -> None:
    done = navaid("questions", "second opinion", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# A second opinion\n")
    assert done.stdout.count("- [ ] ") >= 8
    assert re.search(r"^- \[.+\]\(<https://www\.cancer\.gov/[^>]+>\), National Cancer Institute$", done.stdout, re.M)


def test_the_command_prints_a_list_as_json(data: Starter, lists: tuple[Visit, ...]) -> None:
    done = navaid("questions", "dcis", "--format", "json")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["first"] == ""
    (dcis,) = [visit for visit in lists if visit.id == "dcis"]
    texts = [question["text"] for group in shown["visit"]["groups"] for question in group["questions"]]
    assert texts == [question.text for question in asked(dcis)]
    cited = {c["source"] for group in shown["visit"]["groups"] for q in group["questions"] for c in q["cites"]}
    assert cited
    assert {source["id"] for source in shown["visit"]["sources"]} == cited


def test_an_unknown_situation_gets_near_matches_and_no_traceback() -> None:
    done = navaid("questions", "chemist")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("BadInput: no list of questions is called 'chemist'")
    assert "where: navaid questions" in done.stderr
    assert "fix:   did you mean `navaid questions" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_emergency_in_the_words_comes_first() -> None:
    found = navaid("questions", "I am on chemo and have a fever of 39")
    assert found.returncode == 0, found.stderr
    assert "call" in found.stdout.splitlines()[0]
    assert "Before chemotherapy starts" in found.stdout
    unknown = navaid("questions", "I want to kill myself")
    assert unknown.returncode == 2
    assert not unknown.stderr.startswith("BadInput")
    assert "BadInput" in unknown.stderr
