"""The API as a program uses it: who is let in and how far, each journey once, and what is said when it cannot be."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import BASE, HOSTS, LETTER, PASSPHRASE, PATHOLOGY
from tests.trials.made_up import record

from navaid import journeys
from navaid.library import Library
from navaid.records import vault
from navaid.records.vault import ways
from navaid.serve.web.accounts.book import Accounts, Role
from navaid.serve.web.api import described, openapi
from navaid.serve.web.api.tokens import Tokens
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.terms import Answer, Changes, Profile, Study, VisitPlan, decode
from navaid.trials.store import Store

DOCS = Path(__file__).parents[3] / "docs"
TODAY = dt.date(2026, 4, 1)
CRITERIA = "Inclusion Criteria:\n\n* Age 18 years or older\n* HER2-positive\n\nExclusion Criteria:\n\n* ECOG 3 or 4"
OTHER = """SURGICAL PATHOLOGY REPORT
Collected: 2026-02-03

Diagnosis: Lung, right upper lobe, biopsy: adenocarcinoma of the lung.
"""
Api = Callable[..., httpx2.Response]


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, HOSTS), base_url=BASE, follow_redirects=False) as made:
        yield made


@pytest.fixture
def tokens(desk: Desk) -> Tokens:
    return Tokens(desk.settings.home_path)


@pytest.fixture
def api(client: TestClient, tokens: Tokens) -> Api:
    """`api(method, path, **what)` with a token of the scope `read`."""
    return caller(client, tokens.new("reader", "", 30, dt.date.today())[1])


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> None:
    """The records of `me`, with two papers, and one study."""
    given = tmp_path / "given"
    given.mkdir()
    for name, text in (("pathology.txt", PATHOLOGY), ("letter.txt", LETTER)):
        (given / name).write_text(text)
    opened = vault.create(desk.records_folder, ways.passphrase(PASSPHRASE))
    with opened.papers("me", create=True) as papers:
        assert all(o.original for o in journeys.add_records(papers, [given], decide=lambda _: True, today=TODAY))
    with opened.papers("mum", create=True):
        pass
    file = tmp_path / "study.json"
    file.write_text(json.dumps([record(1, "Trastuzumab Again", given=("Trastuzumab",), criteria=CRITERIA)]))
    with Store(desk.trials_folder) as store:
        journeys.add_trials(store, [file])


@pytest.fixture
def mine(client: TestClient, tokens: Tokens, kept: None) -> Api:
    """The same with a token for the records of `me`, which are open."""
    secret = tokens.new("mine", "me", 30, dt.date.today())[1]
    made = caller(client, secret)("POST", "/records/open", json={"passphrase": PASSPHRASE})
    assert made.status_code == 200, made.text
    return caller(client, secret, made.json()["session"])


def caller(client: TestClient, secret: str, session: str = "") -> Api:
    headers = {"authorization": f"Bearer {secret}"} | ({"navaid-session": session} if session else {})

    def call(method: str, path: str, **what: Any) -> httpx2.Response:
        more = what.pop("headers", {})
        return client.request(method, f"/api/v1{path}", headers=headers | more, **what)

    return call


def fault(response: httpx2.Response, status: int) -> dict[str, str]:
    """The fault, whole and with the status that was expected."""
    assert response.status_code == status, response.text
    told: dict[str, str] = response.json()
    assert set(told) == {"kind", "what", "where", "fix"}
    assert told["what"]
    assert told["fix"]
    assert "Traceback" not in response.text
    return told


# --------------------------------------------------------------------------- who is let in


@pytest.mark.parametrize(
    "authorization", [None, "Bearer navaid_wrong", "Basic abc", "Bearer ", "navaid_wrong", "Bearer é"]
)
def test_nothing_is_told_without_a_good_token(client: TestClient, authorization: str | None) -> None:
    headers = {"authorization": authorization.encode()} if authorization else {}
    for path in ("/api/v1/library", "/api/v1/records/me/profile", "/api/v1/nowhere"):
        response = client.get(path, headers=headers)
        assert fault(response, 401)["kind"] == "TokenNeeded"
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.headers["cache-control"] == "no-store"


def test_a_cookie_opens_nothing(unlocked: TestClient) -> None:
    assert unlocked.get("/records").status_code == 200
    assert unlocked.get("/api/v1/records/me/profile").status_code == 401


def test_the_name_of_another_host_is_not_answered(client: TestClient, tokens: Tokens) -> None:
    secret = tokens.new("reader", "", 30, dt.date.today())[1]
    headers = {"authorization": f"Bearer {secret}", "host": "evil.example"}
    assert client.get("/api/v1/library", headers=headers).status_code == 421


def test_wrong_tokens_are_slowed_down_and_do_not_lock_out_right_ones(client: TestClient, api: Api) -> None:
    wrong = caller(client, "navaid_wrong")
    codes = [wrong("GET", "/library").status_code for _ in range(12)]
    assert codes == [401] * 10 + [429] * 2
    assert int(wrong("GET", "/library").headers["retry-after"]) > 0
    assert api("GET", "/library").status_code == 200


def test_a_token_ends_by_itself_and_when_it_is_revoked(client: TestClient, tokens: Tokens) -> None:
    today = dt.date.today()
    old = caller(client, tokens.new("old", "", 1, today - dt.timedelta(days=2))[1])
    assert fault(old("GET", "/library"), 401)["kind"] == "TokenNeeded"
    new = caller(client, tokens.new("new", "", 1, today)[1])
    assert new("GET", "/library").status_code == 200
    tokens.revoke("new")
    assert new("GET", "/library").status_code == 401


def test_of_a_token_only_the_digest_is_kept(tokens: Tokens, desk: Desk) -> None:
    secret = tokens.new("reader", "", None, TODAY)[1]
    file = desk.settings.home_path / "api" / "tokens.json"
    assert secret not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(secret) > 43


def test_a_damaged_list_of_tokens_lets_nobody_in(api: Api, desk: Desk) -> None:
    (desk.settings.home_path / "api" / "tokens.json").write_text("[{")
    told = fault(api("GET", "/library"), 500)
    assert told["kind"] == "UnreadableSource"
    assert str(desk.settings.home_path) not in json.dumps(told)


# --------------------------------------------------------------------------- how far


def test_a_token_that_reads_reaches_nobodys_records(api: Api, kept: None) -> None:
    assert fault(api("GET", "/records/me/profile"), 403)["kind"] == "ScopeNeeded"
    assert fault(api("POST", "/records/open", json={"passphrase": PASSPHRASE}), 403)["kind"] == "ScopeNeeded"
    asked = api("POST", "/ask", json={"question": "What is DCIS?", "profile": "me"})
    assert fault(asked, 403)["kind"] == "ScopeNeeded"


def test_a_token_for_records_opens_nothing_by_itself(client: TestClient, tokens: Tokens, kept: None) -> None:
    mine = caller(client, tokens.new("mine", "me", 30, dt.date.today())[1])
    assert fault(mine("GET", "/records/me/profile"), 401)["kind"] == "RecordsClosed"
    assert fault(mine("POST", "/records/open", json={"passphrase": "wrong"}), 403)["kind"] == "WrongKey"
    assert fault(mine("POST", "/records/open", json={}), 400)["kind"] == "BadInput"


def test_passphrases_cannot_be_tried_for_long(client: TestClient, tokens: Tokens, kept: None) -> None:
    mine = caller(client, tokens.new("mine", "me", 30, dt.date.today())[1])
    codes = [mine("POST", "/records/open", json={"passphrase": f"wrong {n}"}).status_code for n in range(11)]
    assert codes == [403] * 10 + [429]


def test_a_session_belongs_to_its_token_and_to_one_person(
    client: TestClient, tokens: Tokens, mine: Api, desk: Desk
) -> None:
    assert mine("GET", "/records/me/profile").status_code == 200
    assert fault(mine("GET", "/records/mum/profile"), 403)["kind"] == "ScopeNeeded"
    first = caller(client, tokens.new("first", "me", 30, dt.date.today())[1])
    session = first("POST", "/records/open", json={"passphrase": PASSPHRASE}).json()["session"]
    other = caller(client, tokens.new("other", "me", 30, dt.date.today())[1], session)
    assert fault(other("GET", "/records/me/profile"), 401)["kind"] == "RecordsClosed"
    client.cookies.set(desk.cookie, session)
    assert "pathology" not in client.get("/records").text


def test_closing_ends_the_session(mine: Api, desk: Desk) -> None:
    assert mine("POST", "/records/close").json() == {"done": True}
    assert fault(mine("GET", "/records/me/papers"), 401)["kind"] == "RecordsClosed"
    assert not len(desk.sessions)


def test_with_accounts_the_name_is_needed_and_a_removed_account_is_out(desk: Desk, embedded: Library) -> None:
    home = desk.settings.home_path
    accounts = Accounts(home)
    accounts.add("Anna", Role.PERSON, PASSPHRASE)
    shared = Desk(desk.settings, embedded.folder, accounts=accounts)
    secret = Tokens(home).new("anna", "me", 30, dt.date.today())[1]
    with TestClient(create_app(shared, HOSTS), base_url=BASE) as client:
        api = caller(client, secret)
        assert fault(api("POST", "/records/open", json={"passphrase": PASSPHRASE}), 403)["kind"] == "WrongKey"
        opened = api("POST", "/records/open", json={"account": "anna", "passphrase": PASSPHRASE})
        assert opened.status_code == 200, opened.text
        anna = caller(client, secret, opened.json()["session"])
        assert decode(anna("GET", "/records/me/profile").content, Profile).name == "me"
        accounts.remove("Anna")
        assert fault(anna("GET", "/records/me/profile"), 401)["kind"] == "RecordsClosed"


# --------------------------------------------------------------------------- without anybody's records


def test_a_question_becomes_the_answer_record(api: Api) -> None:
    answer = decode(api("POST", "/ask", json={"question": "What is DCIS?"}).content, Answer)
    assert answer.claims
    assert answer.personal is None
    urgent = api("POST", "/ask", json={"question": "I have a fever of 38.5 during chemo"}).json()
    assert urgent["triage"]["class"] == "urgent_same_day"
    assert "24-hour number" in urgent["triage"]["message"]


def test_evidence_comes_with_its_documents(api: Api) -> None:
    found = api("POST", "/search", json={"query": "lymphedema after surgery", "limit": 5}).json()
    assert 0 < len(found["passages"]) <= 5
    assert {p["passage"]["document_id"] for p in found["passages"]} == {d["id"] for d in found["documents"]}
    assert api("GET", "/search", params={"query": "lymphedema after surgery", "limit": 5}).json() == found


def test_words_topics_lists_and_what_the_library_holds(api: Api) -> None:
    word = api("GET", "/explain", params={"term": "biopsy"}).json()
    assert word["text"]
    assert word["sources"][0]["url"].startswith("https://")
    assert fault(api("GET", "/explain", params={"term": "gearbox"}), 404)["kind"] == "NotHere"
    topics = api("GET", "/topics").json()
    assert {topic["id"] for topic in topics} >= {"car-t"}
    assert len(api("GET", "/topics/car-t").json()["claims"]) == next(t["claims"] for t in topics if t["id"] == "car-t")
    lists = api("GET", "/questions").json()
    assert api("POST", "/questions", json={"situation": lists[0]["id"]}).json()["visit"]["id"] == lists[0]["id"]
    info = api("GET", "/library").json()
    assert info["statistics"]["documents"] > 0


def test_triage_verification_and_a_drug_to_watch(api: Api) -> None:
    assert api("POST", "/triage", json={"text": "I want to end my life", "country": "US"}).json()["class"] == "crisis"
    body = {"source": "The drug lowered the risk of relapse.", "rewrite": "The drug raised the risk of relapse."}
    judged = api("POST", "/verify", json=body).json()
    assert (judged["accepted"], judged["rules"][0]["rule"]) == (False, "direction")
    watched = api("GET", "/watch", params={"drug": "letrozole"}).json()
    assert watched["watched"][0]["drug"] == "letrozole"


def test_studies_are_found_shown_and_checked(api: Api, kept: None) -> None:
    found = api("POST", "/trials", json={"words": "trastuzumab"}).json()
    assert [study["nct_id"] for study in found["studies"]] == ["NCT00000001"]
    assert "verdict" not in found["studies"][0] or found["studies"][0]["verdict"] is None
    assert decode(api("GET", "/trials/NCT00000001").content, Study).brief_title == "Trastuzumab Again"
    about = "A 52-year-old woman, HER2-negative, ECOG 1."
    checked = api("POST", "/trials/NCT00000001/check", json={"about": about}).json()
    assert checked["verdict"] == "does_not_fit"
    assert {c["text"]: c["label"] for c in checked["criteria"]}["HER2-positive"] == "not_met"
    held = api("POST", "/trials", json={"words": "trastuzumab", "about": about}).json()
    assert held["studies"][0]["verdict"] == "does_not_fit"


def test_what_is_not_kept_or_not_said_is_told(api: Api, kept: None) -> None:
    missing = fault(api("GET", "/trials/NCT09999999"), 404)
    assert "could not be looked at" in missing["what"]
    assert fault(api("POST", "/trials/NCT00000001/check", json={}), 400)["kind"] == "BadInput"
    assert fault(api("POST", "/trials", json={"near": "Atlantis under the sea"}), 400)["kind"] == "BadInput"
    assert fault(api("POST", "/trials", json={"within_km": 5}), 400)["kind"] == "BadInput"


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/ask", b"{", 422),
        ("/ask", b"\xff\xfe", 422),
        ("/ask", b'{"question": "\\ud800"}', 422),
        ("/ask", b'{"question": "  "}', 422),
        ("/ask", b'{"question": "?!"}', 400),
        ("/ask", b'{"question": "What is DCIS?", "profil": "me"}', 422),
        ("/ask", b"[]", 422),
        ("/search", b'{"query": "x", "limit": 0}', 422),
        ("/verify", b'{"source": "a"}', 422),
        ("/triage", b'{"text": "hello", "country": "Utopia"}', 422),
    ],
)
def test_what_cannot_be_read_is_one_fault_without_what_was_sent(
    api: Api, path: str, content: bytes, status: int
) -> None:
    told = fault(api("POST", path, content=content, headers={"content-type": "application/json"}), status)
    assert "DCIS" not in json.dumps(told)


def test_too_large_a_body_and_a_wrong_method_are_told(api: Api) -> None:
    assert fault(api("POST", "/ask", content=b"x" * (1 << 21)), 413)["kind"] == "TooLarge"
    wrong = api("DELETE", "/ask")
    assert fault(wrong, 405)["kind"] == "NoSuchMethod"
    assert wrong.headers["allow"] == "POST"
    assert fault(api("GET", "/nowhere"), 404)["kind"] == "NotHere"
    chunks = (b"x" * 65536 for _ in range(40))
    assert fault(api("POST", "/ask", content=chunks), 413)["kind"] == "TooLarge"


def test_what_nobody_foresaw_is_a_fault_too(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the words of somebody")

    monkeypatch.setattr(journeys, "ask", broken)
    response = api("POST", "/ask", json={"question": "What is DCIS?"})
    assert fault(response, 500)["kind"] == "Unexpected"
    assert "words of somebody" not in response.text + caplog.text


# --------------------------------------------------------------------------- with records


def test_an_answer_for_a_person_is_kept_only_with_them(mine: Api, desk: Desk) -> None:
    body = {"question": "Do I need chemo?", "profile": "me", "keep": True}
    answer = decode(mine("POST", "/ask", json=body).content, Answer)
    assert answer.personal is not None
    assert [entry["id"] for entry in mine("GET", "/records/me/answers").json()] == [answer.id]
    assert decode(mine("GET", f"/records/me/answers/{answer.id}").content, Answer) == answer
    assert fault(mine("GET", "/records/me/answers/other"), 404)["kind"] == "NotHere"
    with desk.library() as library:
        assert answer.id not in {id_ for id_, _, _ in library.store.saved_answers()}


def test_the_profile_and_what_the_person_says_of_it(mine: Api) -> None:
    def value(response: httpx2.Response) -> Any:
        assert response.status_code == 200, response.text
        field = decode(response.content, Profile).field("grade")
        return field and field.value, field and field.state

    before = value(mine("GET", "/records/me/profile"))
    assert value(mine("POST", "/records/me/values/grade/confirm", json={})) == (before[0], "confirmed")
    assert value(mine("POST", "/records/me/values/grade/correct", json={"value": "3"})) == (3, "confirmed")
    assert value(mine("POST", "/records/me/values/grade/unsay")) == before
    assert value(mine("POST", "/records/me/values/grade/reject", json={}))[1] == "not_stated"
    assert fault(mine("POST", "/records/me/values/nothing/confirm", json={}), 400)["kind"] == "BadInput"
    assert fault(mine("POST", "/records/me/values/grade/correct", json={"value": "blue"}), 400)["kind"] == "BadInput"
    found = mine("GET", "/records/me/findings", params={"concept": "er"}).json()
    assert found
    assert all(finding["concept"].startswith("er.") for finding in found)


def test_gaps_what_to_watch_changes_and_explanations(mine: Api) -> None:
    assert mine("GET", "/records/me/gaps").json()[0]["ask"]
    assert mine("GET", "/records/me/watch").json()["watched"][0]["drug"] == "letrozole"
    papers = mine("GET", "/records/me/papers").json()
    assert [paper["name"] for paper in papers] == ["letter.txt", "pathology.txt"]
    pathology = papers[1]["id"]
    changes = mine("GET", "/records/me/changes", params={"paper": pathology})
    assert decode(changes.content, Changes).profile
    explained = mine("GET", f"/records/me/papers/{pathology}/explanation").json()
    assert any(shown["concept"] == "grade" for part in explained["parts"] for shown in part["values"])
    assert mine("GET", f"/records/me/papers/{pathology}/original").text == PATHOLOGY
    assert fault(mine("GET", "/records/me/papers/0123456789/explanation"), 404)["kind"] == "NotHere"


def test_a_check_against_papers_can_be_kept(mine: Api) -> None:
    checked = mine("POST", "/trials/NCT00000001/check", json={"profile": "me", "keep": True}).json()
    assert checked["verdict"] == "does_not_fit"
    assert mine("POST", "/trials", json={"profile": "me"}).json()["studies"][0]["verdict"] == "does_not_fit"


def test_papers_are_added_as_a_job_and_asked_about(mine: Api) -> None:
    files = [
        ("files", ("report.txt", PATHOLOGY.replace("grade 2", "grade 3"))),
        ("files", ("lung.txt", OTHER)),
    ]
    begun = mine("POST", "/records/me/papers", files=files)
    assert begun.status_code == 202, begun.text
    job = begun.json()["id"]
    told = mine("GET", f"/records/me/jobs/{job}/events").text
    last = json.loads(told.strip().splitlines()[-1].removeprefix("data: "))
    assert last["over"]
    assert last == mine("GET", f"/records/me/jobs/{job}").json()
    assert {file["name"]: file["standing"] for file in last["files"]} == {"report.txt": "kept", "lung.txt": "asked"}
    (waits,) = mine("GET", "/records/me/waiting").json()
    assert waits["standing"] == "doubted"
    assert mine("POST", f"/records/me/waiting/{waits['id']}", json={"keep": False}).json()["over"]
    assert mine("GET", "/records/me/waiting").json() == []
    papers = mine("GET", "/records/me/papers").json()
    assert papers[-1]["name"] == "report.txt"
    assert mine("DELETE", f"/records/me/papers/{papers[-1]['id']}").json() == {"done": True}
    assert len(mine("GET", "/records/me/papers").json()) == 2


def test_a_doubtful_file_is_kept_if_the_person_says_so(mine: Api) -> None:
    begun = mine("POST", "/records/me/papers", files=[("files", ("lung.txt", OTHER))]).json()
    assert ended(mine, begun["id"])["files"][0]["standing"] == "asked"
    (waits,) = mine("GET", "/records/me/waiting").json()
    kept = mine("POST", f"/records/me/waiting/{waits['id']}", json={"keep": True}).json()
    assert ended(mine, kept["id"])["files"][0]["standing"] == "kept"
    assert fault(mine("POST", f"/records/me/waiting/{waits['id']}", json={"keep": True}), 404)["kind"] == "NotHere"


def test_an_upload_that_is_none_is_told(mine: Api) -> None:
    assert fault(mine("POST", "/records/me/papers", content=b"hello"), 400)["kind"] == "BadInput"
    assert fault(mine("POST", "/records/me/papers", data={"name": "x"}), 400)["kind"] == "BadInput"
    cut = b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf a pap'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    response = mine("POST", "/records/me/papers", content=cut, headers=headers)
    assert "did not arrive whole" in fault(response, 400)["what"]
    assert mine("GET", "/records/me/waiting").json() == []


def test_the_visit_is_prepared_changed_and_written_out(mine: Api) -> None:
    assert fault(mine("GET", "/records/me/visit"), 404)["kind"] == "NotHere"
    day = {"day": "2026-12-03"}
    assert decode(mine("POST", "/records/me/visit/prepare", json=day).content, VisitPlan).day == dt.date(2026, 12, 3)
    added = mine("POST", "/records/me/visit/items", json={"text": "May I fly?"}).json()
    assert added["items"][0]["text"] == "May I fly?"
    edited = mine(
        "PATCH", "/records/me/visit/items/1", json={"text": "May I fly in May?", "done": True, "to": 2}
    ).json()
    assert (edited["items"][1]["text"], edited["items"][1]["done"]) == ("May I fly in May?", True)
    assert mine("PATCH", "/records/me/visit/items/2", json={}).json() == edited
    assert mine("PUT", "/records/me/visit/note", json={"text": "Bring Anna."}).json()["note"] == "Bring Anna."
    assert fault(mine("DELETE", "/records/me/visit/items/999"), 404)["kind"] == "NotHere"
    dropped = mine("DELETE", "/records/me/visit/items/2").json()
    assert len(dropped["items"]) == len(edited["items"]) - 1
    page = mine("GET", "/records/me/visit/export", params={"form": "html", "reader": "clinician"})
    assert page.headers["content-type"].startswith("text/html")
    assert mine("GET", "/records/me/visit/export", params={"form": "pdf"}).content.startswith(b"%PDF")
    assert mine("GET", "/records/me/visit/export", params={"form": "fhir"}).json()["resourceType"] == "Bundle"


def ended(api: Api, job: str) -> dict[str, Any]:
    """The job once it is over."""
    for _ in range(200):
        state: dict[str, Any] = api("GET", f"/records/me/jobs/{job}").json()
        if state["over"]:
            return state
        time.sleep(0.05)
    raise AssertionError("the job did not end")


# --------------------------------------------------------------------------- its description


def test_the_description_is_there_for_all_and_loads_nothing(client: TestClient) -> None:
    made = client.get("/api/openapi.json")
    assert made.json() == json.loads(openapi.written(described()))
    assert client.get("/api/docs").status_code == 401


def test_the_description_in_docs_is_that_of_the_api() -> None:
    written = (DOCS / "openapi.json").read_text("utf-8")
    assert written == openapi.written(described()), "run `python -m navaid.serve.web.api > docs/openapi.json`"
