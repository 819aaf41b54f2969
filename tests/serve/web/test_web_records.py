"""My records: what is kept, what it says, what the person says of it; and the pages of one paper."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import LETTER, PATHOLOGY, Post, token

from navaid import journeys
from navaid.serve.web.desk import Desk
from navaid.terms import FieldState, Profile

BIOPSY = """SURGICAL PATHOLOGY REPORT
Collected: 2026-01-{day}

Left breast, core biopsy: invasive ductal carcinoma.
{line}
"""


def profile_of(client: TestClient, desk: Desk) -> Profile:
    session = desk.sessions.find(client.cookies[desk.cookie])
    assert session is not None
    with session.papers() as papers:
        return journeys.own_profile(papers)


def add(client: TestClient, desk: Desk, **texts: str) -> None:
    """Adds papers as the page would, and waits until they are read."""
    files = [("files", (f"{name}.txt", text.encode())) for name, text in texts.items()]
    made = client.post("/records/papers", data={"csrf": token(client, "/records")}, files=files)
    assert desk.jobs._held[made.headers["location"].rsplit("/", 1)[1]].wait(30)


def seen(client: TestClient, name: str) -> str:
    """The sign of what the page of a value shows."""
    found = re.search(r'name="seen" value="(\w+)"', client.get(f"/records/values/{name}").text)
    assert found
    return found[1]


def say(client: TestClient, post: Post, name: str, rule: str, value: str = "", **more: str) -> str:
    """Says something of a value, and what the page then shows."""
    more = {"seen": seen(client, name), **more}
    answer = post(client, f"/records/values/{name}", page="/records", rule=rule, value=value, **more)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/records/values/{name}"
    return client.get(answer.headers["location"]).text


def paper_id(client: TestClient, name: str) -> str:
    found = re.search(rf'href="/records/papers/([0-9a-f]+)">{re.escape(name)}<', client.get("/records").text)
    assert found
    return found[1]


def test_the_list_names_each_paper_with_its_type_day_and_what_was_found(unlocked: TestClient) -> None:
    page = unlocked.get("/records").text
    assert "pathology.txt" in page
    assert "Pathology report, 3 February 2026" in page
    assert "things were found in it" in page
    assert 'capture="environment"' in page
    assert 'type="file" multiple' in page


@pytest.mark.parametrize(
    "path",
    ["/records/values", "/records/values/er.status", "/records/timeline", "/records/changes", "/records/waiting"],
)
def test_no_page_is_shown_or_kept_while_the_records_are_closed(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 401
    assert "/records/open?to=" in answer.text


def test_personal_pages_are_not_stored_by_the_browser(unlocked: TestClient) -> None:
    for path in ("/records", "/records/values", "/records/values/er.status", "/records/timeline"):
        assert unlocked.get(path).headers["cache-control"] == "no-store"


def test_values_stand_in_groups_with_words_day_state_and_place(unlocked: TestClient) -> None:
    page = unlocked.get("/records/values").text
    heads = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert [head for head in heads if head in ("Diagnosis", "Receptors and other markers", "About the person")] == [
        "Diagnosis",
        "Receptors and other markers",
        "About the person",
    ]
    assert "Estrogen receptor: positive" in page
    assert "pathology.txt, page 1" in page
    assert "from your papers" in page
    assert "not in your papers" in page
    assert "does not mean that it was negative" in page


def test_confirm_correct_reject_and_take_back(unlocked: TestClient, desk: Desk, post: Post) -> None:
    assert "confirmed by you" in say(unlocked, post, "er.status", "confirm", "positive")
    assert profile_of(unlocked, desk).field("er.status").state is FieldState.CONFIRMED  # type: ignore[union-attr]
    page = say(unlocked, post, "er.percent", "correct", "95 %")
    assert "95 %" in page
    assert "your papers say something else as well" in page
    assert profile_of(unlocked, desk).field("er.percent").value == 95  # type: ignore[union-attr]
    page = say(unlocked, post, "grade", "reject", "2")
    assert "you said that this is wrong in your papers" in page
    page = say(unlocked, post, "grade", "unsay")
    assert "the papers speak for themselves" in page
    assert profile_of(unlocked, desk).field("grade").value == 2  # type: ignore[union-attr]


def test_what_no_paper_states_can_be_said(unlocked: TestClient, desk: Desk, post: Post) -> None:
    assert "not in your papers" in unlocked.get("/records/values/pdl1.status").text
    assert "confirmed by you" in say(unlocked, post, "pdl1.status", "correct", "negative")
    assert "Take back what I said" in unlocked.get("/records/values/pdl1.status").text


def test_of_what_there_are_several_each_stands_by_itself(unlocked: TestClient, desk: Desk, post: Post) -> None:
    say(unlocked, post, "drug", "correct", "Tamoxifen")
    say(unlocked, post, "drug", "correct", "zoledronic acid")
    page = say(unlocked, post, "drug", "unsay", "tamoxifen")
    assert "zoledronic acid" in page
    assert {field.value for field in profile_of(unlocked, desk).fields if field.concept == "drug"} == {
        "letrozole",
        "zoledronic acid",
    }


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("er.percent", "many", "write a number in %"),
        ("er.percent", "", "choose or write one"),
        ("er.status", "purple", "choose one of the list"),
        ("drug", "x" * 300, "write less"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(
    unlocked: TestClient, post: Post, name: str, value: str, said: str
) -> None:
    sign = seen(unlocked, name)
    answer = post(unlocked, f"/records/values/{name}", page="/records", rule="correct", value=value, seen=sign)
    assert answer.status_code == 400
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_two_tabs_that_edit_one_value_lose_nothing(unlocked: TestClient, desk: Desk, post: Post) -> None:
    both = seen(unlocked, "er.status")
    say(unlocked, post, "er.status", "correct", "negative", seen=both)
    page = say(unlocked, post, "er.status", "confirm", "positive", seen=both)
    assert "This has changed meanwhile: now it says negative, confirmed by you" in page
    assert profile_of(unlocked, desk).field("er.status").value == "negative"  # type: ignore[union-attr]


def test_going_back_and_sending_again_does_nothing_twice(unlocked: TestClient, desk: Desk, post: Post) -> None:
    sign = seen(unlocked, "er.status")
    say(unlocked, post, "er.status", "confirm", "positive", seen=sign)
    assert "changed meanwhile" in say(unlocked, post, "er.status", "confirm", "positive", seen=sign)
    session = desk.sessions.find(unlocked.cookies[desk.cookie])
    assert session is not None
    with session.papers() as papers:
        assert len(papers.said()) == 1


def test_papers_that_disagree_stand_side_by_side_and_one_is_chosen(
    unlocked: TestClient, desk: Desk, post: Post
) -> None:
    add(
        unlocked,
        desk,
        one=BIOPSY.format(day="05", line="Ki-67: 10%"),
        two=BIOPSY.format(day="05", line="Ki-67: 30%"),
    )
    assert "Ki-67: which one is right?" in unlocked.get("/records/values").text
    page = unlocked.get("/records/values/ki67.percent").text
    assert "Your papers disagree. Which one is right?" in page
    assert re.findall(r"<h2>(\d+ %)</h2>", page) in (["10 %", "30 %"], ["30 %", "10 %"])
    assert "one.txt, page 1" in page
    assert "two.txt, page 1" in page
    say(unlocked, post, "ki67.percent", "confirm", "10")
    field = profile_of(unlocked, desk).field("ki67.percent")
    assert field is not None
    assert (field.value, field.state) == (10, FieldState.CONFIRMED)
    assert "which one is right?" not in unlocked.get("/records/values").text


@pytest.mark.parametrize("name", ["no.such", "er.status%00", "gene.X.germline;", "GENE", "<b>"])
def test_an_address_of_nothing_is_not_found(unlocked: TestClient, name: str) -> None:
    assert unlocked.get(f"/records/values/{name}").status_code in (303, 404)
    assert unlocked.get(f"/records/papers/{name}").status_code in (303, 404)


def test_hostile_text_in_a_paper_comes_out_as_text(unlocked: TestClient, desk: Desk) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    add(unlocked, desk, nasty=BIOPSY.format(day="09", line=f"HER2 by IHC: 3+ (positive) {nasty}\nDrug: {nasty}"))
    for path in ("/records", "/records/values", "/records/values/her2.ihc", "/records/values/her2.ihc/where"):
        page = unlocked.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# --------------------------------------------------------------------------- one paper


def test_the_original_comes_back_byte_for_byte_as_a_download(unlocked: TestClient) -> None:
    id_ = paper_id(unlocked, "letter.txt")
    made = unlocked.get(f"/records/papers/{id_}/original")
    assert made.content == LETTER.encode()
    assert made.headers["content-type"] == "application/octet-stream"
    assert made.headers["content-disposition"].startswith("attachment;")
    assert made.headers["x-content-type-options"] == "nosniff"
    assert int(made.headers["content-length"]) == len(made.content)


def test_a_name_cannot_add_a_header(unlocked: TestClient, desk: Desk) -> None:
    csrf = token(unlocked, "/records")
    name = 'ä"; x=1\u2028.txt'
    made = unlocked.post("/records/papers", data={"csrf": csrf}, files={"files": (name, PATHOLOGY.encode() + b"x")})
    assert desk.jobs._held[made.headers["location"].rsplit("/", 1)[1]].wait(30)
    page = unlocked.get("/records").text
    newest = re.findall(r'href="/records/papers/([0-9a-f]+)"', page)[0]
    told = unlocked.get(f"/records/papers/{newest}/original").headers["content-disposition"]
    assert told.isascii()
    assert told.count(";") == 2


def test_removing_asks_first_and_says_what_stays(unlocked: TestClient, desk: Desk, post: Post) -> None:
    id_ = paper_id(unlocked, "letter.txt")
    assert "It cannot be brought back" in unlocked.get(f"/records/papers/{id_}/remove").text
    assert "letter.txt" in unlocked.get("/records").text
    post(unlocked, f"/records/papers/{id_}/remove", page="/records")
    page = unlocked.get("/records").text
    assert "letter.txt was removed" in page
    assert unlocked.get(f"/records/papers/{id_}").status_code == 404
    again = post(unlocked, f"/records/papers/{id_}/remove", page="/records")
    assert again.headers["location"] == "/records"


def test_a_paper_can_be_read_anew(unlocked: TestClient, desk: Desk, post: Post) -> None:
    id_ = paper_id(unlocked, "letter.txt")
    made = post(unlocked, f"/records/papers/{id_}/read", page="/records")
    assert desk.jobs._held[made.headers["location"].rsplit("/", 1)[1]].wait(30)
    assert "1 paper is kept" in unlocked.get(made.headers["location"]).text
    assert paper_id(unlocked, "letter.txt") == id_
    assert unlocked.get("/records").text.count('<li class="card">') == 2


def test_a_report_is_explained_within_the_app(unlocked: TestClient, desk: Desk) -> None:
    page = unlocked.get(f"/records/explain/{paper_id(unlocked, 'pathology.txt')}")
    for _ in range(20):
        if "Your report, explained" in page.text:
            break
        page = unlocked.get(page.url.path)
    assert "Your report, explained: pathology.txt" in page.text
    assert "What it means" in page.text
    assert "<style" not in page.text
    assert 'class="skip"' in page.text
    assert "&lt;Macro" not in page.text


def test_what_the_last_paper_changed(unlocked: TestClient, desk: Desk) -> None:
    add(unlocked, desk, new=BIOPSY.format(day="20", line="PD-L1: positive"))
    page = unlocked.get("/records/changes")
    for _ in range(20):
        if "What the last papers changed" in page.text:
            break
        page = unlocked.get("/records/changes")
    assert "new.txt" in page.text
    assert "PD-L1: positive (new)" in page.text


def test_of_the_first_papers_everything_is_new(client: TestClient, post: Post) -> None:
    post(
        client, "/records/open", passphrase="seven lanterns under water", passphrase_again="seven lanterns under water"
    )
    assert "No paper is kept yet, so nothing can have changed" in client.get("/records/changes").text
    assert "No paper is kept yet" in client.get("/records").text
    assert "No paper is kept yet" in client.get("/records/values").text
    assert "nothing to show yet" in client.get("/records/timeline").text
