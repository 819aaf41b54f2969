"""Several people on one server: each opens their own, a carer what was granted, a navigator what was sent."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import BASE, HOSTS, LETTER, PATHOLOGY, Post, token

from navaid import journeys
from navaid.config import Settings
from navaid.errors import BadInput
from navaid.library import Library
from navaid.records import vault
from navaid.records.vault import keys
from navaid.records.vault.errors import WrongKey
from navaid.serve.web.accounts import audit, locker
from navaid.serve.web.accounts.book import Accounts
from navaid.serve.web.accounts.roles import Role
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import HereNow

SECRETS = {"Anna": "anna walks over hills", "Ben": "ben reads old maps", "Cora": "cora plants nine trees"}
SECRETS |= {"Dora": "dora paints the harbour"}
ROLES = {"Anna": Role.PERSON, "Ben": Role.CARER, "Cora": Role.NAVIGATOR, "Dora": Role.PERSON}
CANARY = "Canaryquestion"
As = Callable[[str], TestClient]


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "home")
    for name, role in ROLES.items():
        made.add(name, role, SECRETS[name])
    return made


@pytest.fixture
def desk(tmp_path: Path, embedded: Library, accounts: Accounts) -> Iterator[Desk]:
    settings = Settings(home=str(tmp_path / "home"), embedding="off")
    made = Desk(settings, embedded.folder, accounts=accounts)
    yield made
    made.close()


@pytest.fixture
def as_(desk: Desk, post: Post) -> As:
    """A browser in which this person has signed in."""
    app = create_app(desk, HOSTS)

    @app.get("/names")
    def names(here: HereNow) -> dict[str, object]:
        with here.session.papers() as papers:
            return {"name": papers.name, "files": [one.name for one in papers.originals()]}

    def browser(name: str) -> TestClient:
        made = TestClient(app, base_url=BASE, follow_redirects=False)
        if name:
            answer = post(made, "/sign-in", page="/sign-in", name=name, passphrase=SECRETS[name])
            assert answer.status_code == 303, answer.text
        return made

    return browser


@pytest.fixture
def anna(as_: As, desk: Desk, tmp_path: Path) -> TestClient:
    """Anna, with one paper."""
    made = as_("Anna")
    session = desk.sessions.find(made.cookies[desk.cookie])
    assert session is not None
    (tmp_path / "pathology.txt").write_text(PATHOLOGY)
    with session.papers() as papers:
        assert [
            one.original for one in journeys.add_records(papers, [tmp_path / "pathology.txt"], decide=lambda _: True)
        ]
    return made


def granted(post: Post, anna: TestClient, to: str = "Ben") -> int:
    return post(anna, "/sharing/give", page="/sharing", profile="me", carer=to, sure="yes").status_code


def looking(post: Post, browser: TestClient, name: str) -> int:
    return post(browser, "/people/choose", page="/people", name=name).status_code


def test_nobody_without_an_account_sees_a_page(as_: As) -> None:
    stranger = as_("")
    for path in ("/", "/people", "/settings", "/sharing", "/reviews", "/names", "/records/open"):
        answer = stranger.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in"), path
    assert stranger.get("/sign-in").status_code == 200


def test_each_sees_their_own(anna: TestClient, as_: As) -> None:
    assert anna.get("/names").json() == {"name": "me", "files": ["pathology.txt"]}
    assert as_("Dora").get("/names").json() == {"name": "me", "files": []}


def test_a_name_that_is_not_known_and_a_wrong_passphrase_look_the_same(as_: As, post: Post) -> None:
    pages = []
    for name in ("Anna", "Nobody"):
        answer = post(as_(""), "/sign-in", page="/sign-in", name=name, passphrase="not the right words")
        assert answer.status_code == 401
        shown = answer.text.replace(token_of(answer.text), "")
        pages.append(shown)
    assert pages[0] == pages[1]


def token_of(text: str) -> str:
    return text.split('name="csrf" value="')[1].split('"')[0]


def test_and_they_take_the_same_time(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=32768, passes=2))
    accounts.add("Slow", Role.NAVIGATOR, "a passphrase of the usual strength")

    def took(name: str) -> float:
        times = []
        for _ in range(3):
            began = time.perf_counter()
            with pytest.raises(WrongKey):
                accounts.sign_in(name, "not the right words")
            times.append(time.perf_counter() - began)
        return min(times)

    known, unknown = took("Slow"), took("Nobody")
    assert known / unknown < 3
    assert unknown / known < 3


def test_the_eleventh_try_waits_whoever_asks(as_: As, post: Post) -> None:
    for _ in range(10):
        answer = post(as_(""), "/sign-in", page="/sign-in", name="Anna", passphrase="wrong wrong wrong")
        assert answer.status_code == 401
    for name in ("Anna", "Nobody"):
        answer = post(as_(""), "/sign-in", page="/sign-in", name=name, passphrase="wrong wrong wrong")
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0


def test_signing_out_closes_every_page(anna: TestClient, post: Post) -> None:
    assert post(anna, "/records/close", page="/people").status_code == 303
    assert anna.get("/names").status_code == 303


def test_a_carer_without_a_grant_finds_nothing(anna: TestClient, as_: As, post: Post) -> None:
    ben = as_("Ben")
    assert looking(post, ben, "Anna") == 404
    assert ben.get("/names").status_code == 404


def test_a_carer_sees_one_profile_that_was_granted_and_no_other(anna: TestClient, as_: As, post: Post) -> None:
    post(anna, "/people/add", page="/people", name="Mum")
    assert granted(post, anna) == 303
    ben = as_("Ben")
    assert "looking at: <strong>Anna</strong>" in ben.get("/people").text
    assert ben.get("/names").json() == {"name": "Anna", "files": ["pathology.txt"]}
    assert looking(post, ben, "Mum") == 404
    assert looking(post, ben, "Mum (Anna)") == 404


def test_what_is_taken_back_opens_nothing_at_once(anna: TestClient, as_: As, desk: Desk, post: Post) -> None:
    granted(post, anna)
    ben = as_("Ben")
    assert ben.get("/names").status_code == 200
    assert "What was seen before was seen" not in anna.get("/settings").text
    (id_,) = [row[0] for row in Accounts(desk.settings.home_path).database.rows("SELECT id FROM grants")]
    assert "what was seen before was seen" in anna.get("/sharing").text.lower()
    assert post(anna, "/sharing/take-back", page="/sharing", id=id_).status_code == 303
    assert ben.get("/names").status_code == 404  # in the session that was looking at it
    assert looking(post, ben, "Anna") == 404
    assert post(anna, "/sharing/take-back", page="/sharing", id=id_).status_code == 404


def test_nobody_takes_back_or_gives_what_is_anothers(anna: TestClient, as_: As, desk: Desk, post: Post) -> None:
    granted(post, anna)
    (id_,) = [row[0] for row in Accounts(desk.settings.home_path).database.rows("SELECT id FROM grants")]
    for name in ("Dora", "Ben", "Cora"):
        other = as_(name)
        assert post(other, "/sharing/take-back", page="/people", id=id_).status_code == 404
        gave = post(other, "/sharing/give", page="/people", profile="Anna", carer="Ben", sure="yes")
        assert gave.status_code == 404
    assert as_("Ben").get("/names").status_code == 200


@pytest.mark.parametrize("to", ["Dora", "Cora", "Anna", "Nobody", ""])
def test_only_a_carer_can_be_let_in(anna: TestClient, post: Post, to: str) -> None:
    assert granted(post, anna, to) == 400


def test_sharing_needs_a_clear_yes(anna: TestClient, as_: As, post: Post) -> None:
    assert post(anna, "/sharing/give", page="/sharing", profile="me", carer="Ben").status_code == 400
    assert as_("Ben").get("/names").status_code == 404


def test_a_grant_moved_to_another_row_opens_nothing(anna: TestClient, as_: As, desk: Desk, post: Post) -> None:
    granted(post, anna)
    database = Accounts(desk.settings.home_path).database
    ((dora,),) = database.rows("SELECT id FROM accounts WHERE name = 'Dora'")
    database.write("UPDATE grants SET owner = ?", dora)
    assert as_("Ben").get("/names").status_code == 404


def test_the_profile_that_is_forgotten_is_shared_no_more(anna: TestClient, as_: As, post: Post) -> None:
    granted(post, anna)
    ben = as_("Ben")
    forgot = post(anna, "/settings/forget", page="/settings", what="person", name="me", sure="forget")
    assert forgot.status_code == 303
    assert ben.get("/names").status_code == 404


def test_a_navigator_reads_no_records(anna: TestClient, as_: As, post: Post) -> None:
    cora = as_("Cora")
    assert cora.get("/names").status_code == 404
    assert looking(post, cora, "Anna") == 404
    assert looking(post, cora, "me") == 404
    assert post(cora, "/settings/export", page="/people", form="json").status_code == 404


def test_a_navigator_reviews_the_general_answer_that_was_sent(
    anna: TestClient, as_: As, desk: Desk, post: Post
) -> None:
    question = f"What is HER2 in breast cancer? {CANARY}"
    id_ = post(anna, "/ask", page="/people", question=question).headers["location"].split("/")[2]
    shown = anna.get(f"/answers/{id_}/review").text
    assert question in shown
    assert "Cora" in shown
    assert "Nothing of your records goes with it" in shown
    assert post(anna, f"/answers/{id_}/review", page="/people", navigator="Ben").status_code == 400
    assert post(anna, f"/answers/{id_}/review", page="/people", navigator="Cora").status_code == 303
    dora, cora = as_("Dora"), as_("Cora")
    ((review,),) = Accounts(desk.settings.home_path).database.rows("SELECT id FROM reviews")
    for other in (dora, as_("Ben"), anna):
        assert other.get(f"/reviews/{review}").status_code == 404
        assert post(other, f"/reviews/{review}", page="/people", note="mine").status_code == 404
    assert f"/reviews/{review}" in cora.get("/reviews").text
    page = cora.get(f"/reviews/{review}").text
    assert question in page
    assert "pathology.txt" not in page
    assert post(cora, f"/reviews/{review}", page=f"/reviews/{review}", note="<b>Ask about\nISH.").status_code == 303
    back = anna.get("/reviews").text
    assert "Reviewed by Cora, date: " in back
    assert "&lt;b&gt;Ask about" in back
    assert "Reviewed by" not in dora.get("/reviews").text


def test_the_log_tells_who_looked_and_holds_no_word_of_a_record(
    anna: TestClient, as_: As, desk: Desk, post: Post
) -> None:
    post(anna, "/people/add", page="/people", name="Grandmother")
    post(anna, "/people/choose", page="/people", name="me")
    granted(post, anna)
    ben = as_("Ben")
    for _ in range(2):
        ben.get("/names")
    post(ben, "/settings/export", page="/people", form="json")
    id_ = post(anna, "/ask", page="/people", question=f"What is HER2? {CANARY}").headers["location"].split("/")[2]
    post(anna, f"/answers/{id_}/review", page="/people", navigator="Cora")
    rows = list(csv.reader(io.StringIO(anna.get("/sharing/log.csv").text)))
    assert rows[0] == ["time", "who", "act", "whose"]
    acts = [(who, act, whose) for _, who, act, whose in rows[1:]]
    assert acts == [
        ("Anna", "signed in", ""),
        ("Anna", "let a carer see", "me"),
        ("Ben", "looked at: a page", "me"),
        ("Ben", "looked at: a page", "me"),
        ("Ben", "took a copy of: papers", "me"),
        ("Anna", "sent an answer to a navigator", ""),
    ]
    assert "took a copy of: papers" in anna.get("/sharing").text
    assert "took a copy" not in ben.get("/sharing").text
    assert "took a copy" not in as_("Dora").get("/sharing/log.csv").text
    held = desk.accounts.database.path.read_bytes() if desk.accounts else b""
    for word in ("pathology.txt", "carcinoma", "Grandmother", CANARY, *SECRETS.values()):
        assert word.encode() not in held, word


def test_the_log_is_only_added_to(accounts: Accounts) -> None:
    audit.add(accounts.database, "Ben", "looked at: papers", "x")
    for query in ("DELETE FROM audit", "UPDATE audit SET who = 'Dora'"):
        with pytest.raises(sqlite3.IntegrityError):
            accounts.database.write(query)
    assert [line.who for line in audit.of(accounts.database, "x")] == ["Ben"]


def test_a_name_in_the_log_is_no_formula() -> None:
    line = audit.Line(time="t", who="=cmd()", act="signed in", folder="")
    assert "'=cmd()" in audit.table((line,), {})


def test_a_changed_passphrase_opens_the_same_records(anna: TestClient, as_: As, post: Post) -> None:
    fields = {"passphrase": SECRETS["Anna"], "new": "anna sails to islands", "new_again": "anna sails to islands"}
    wrong = {**fields, "passphrase": "something else"}
    other = as_("Anna")
    assert post(anna, "/settings/passphrase", page="/settings", **wrong).status_code == 401
    assert post(anna, "/settings/passphrase", page="/settings", **fields).status_code == 303
    assert other.get("/names").status_code == 303
    again = as_("")
    assert post(again, "/sign-in", page="/sign-in", name="Anna", passphrase=SECRETS["Anna"]).status_code == 401
    assert post(again, "/sign-in", page="/sign-in", name="anna ", passphrase=fields["new"]).status_code == 303
    assert again.get("/names").json()["files"] == ["pathology.txt"]


def test_a_removed_account_is_out_at_once_and_its_records_are_gone(
    anna: TestClient, as_: As, accounts: Accounts, post: Post
) -> None:
    granted(post, anna)
    ben = as_("Ben")
    folder = accounts.database.folder / accounts.find("Anna").id
    accounts.remove("Anna")
    assert not folder.exists()
    assert anna.get("/names").status_code == 303
    assert ben.get("/names").status_code == 404
    with pytest.raises(BadInput):
        accounts.find("Anna")


def test_a_reset_gives_a_new_start_and_keeps_the_old_closed(
    anna: TestClient, as_: As, accounts: Accounts, post: Post
) -> None:
    granted(post, anna)
    aside = accounts.reset("Anna", "anna begins once more")
    assert aside is not None
    assert anna.get("/names").status_code == 303
    assert as_("Ben").get("/names").status_code == 404
    member = accounts.sign_in("Anna", "anna begins once more")
    assert member.vault is not None
    with member.vault.papers() as papers:
        assert papers.originals() == ()
    with pytest.raises(WrongKey):
        vault.open_(aside, locker.vault_secret(bytes(32)))


@pytest.mark.parametrize("name", ["", "  ", "anna", "ANNA ", "x" * 61, "a\nb"])
def test_a_name_that_will_not_do_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadInput):
        accounts.add(name, Role.PERSON, "some words for this")


def test_what_is_sealed_for_one_key_and_purpose_opens_with_no_other() -> None:
    one, private = locker.make("some words for this")
    _, other = locker.make("some words for this")
    sealed = locker.seal_for(one.public, b"secret", "a")
    assert locker.unseal(private, sealed, "a") == b"secret"
    assert locker.unseal(private, sealed, "b") is None
    assert locker.unseal(other, sealed, "a") is None
    assert locker.unseal(private, sealed[:-1] + bytes([sealed[-1] ^ 1]), "a") is None
    assert locker.unseal(private, b"short", "a") is None
    assert b"secret" not in sealed


def test_files_of_accounts_are_for_their_owner_only(accounts: Accounts) -> None:
    assert accounts.database.folder.stat().st_mode & 0o077 == 0
    assert accounts.database.path.stat().st_mode & 0o077 == 0


def test_the_pages_of_accounts_are_not_there_without_them(unlocked_plain: TestClient) -> None:
    for path in ("/sharing", "/sharing/log.csv", "/reviews"):
        assert unlocked_plain.get(path).status_code == 404, path
    assert unlocked_plain.post("/sign-in", data={"csrf": token(unlocked_plain)}).status_code == 404


@pytest.fixture
def unlocked_plain(tmp_path: Path, embedded: Library) -> Iterator[TestClient]:
    desk = Desk(Settings(home=str(tmp_path / "plain"), embedding="off"), embedded.folder)
    with TestClient(create_app(desk, HOSTS), base_url=BASE, follow_redirects=False) as made:
        yield made


def test_a_carer_with_records_of_their_own_never_mixes_them_up(
    anna: TestClient, as_: As, desk: Desk, post: Post
) -> None:
    ben = as_("Ben")
    post(ben, "/people/add", page="/people", name="me")
    post(ben, "/people/add", page="/people", name="Anna")  # another Anna, of his own family
    granted(post, anna)
    shown = ben.get("/people").text
    assert "Anna (shared)" in shown
    assert looking(post, ben, "Anna (shared)") == 303
    assert ben.get("/names").json() == {"name": "Anna (shared)", "files": ["pathology.txt"]}
    assert looking(post, ben, "Anna") == 303
    assert ben.get("/names").json() == {"name": "Anna", "files": []}


def test_a_carer_adds_and_does_not_take_away(anna: TestClient, as_: As, desk: Desk, post: Post, tmp_path: Path) -> None:
    granted(post, anna)
    ben = as_("Ben")
    session = desk.sessions.find(ben.cookies[desk.cookie])
    assert session is not None
    assert not session.own
    (tmp_path / "letter.txt").write_text(LETTER)
    with session.papers() as papers:
        assert [one.original for one in journeys.add_records(papers, [tmp_path / "letter.txt"], decide=lambda _: True)]
        with pytest.raises(BadInput):
            papers.forget(papers.originals()[0].id)
    assert anna.get("/names").json()["files"] == ["pathology.txt", "letter.txt"]


def test_the_pages_of_the_records_are_in_the_log(anna: TestClient, as_: As, post: Post) -> None:
    granted(post, anna)
    ben = as_("Ben")
    assert "pathology.txt" in ben.get("/records").text
    rows = list(csv.reader(io.StringIO(anna.get("/sharing/log.csv").text)))
    assert [who + ": " + act for _, who, act, _ in rows[-1:]] == ["Ben: looked at: papers"]


def test_what_all_use_is_changed_by_whoever_keeps_the_machine(anna: TestClient, post: Post) -> None:
    assert anna.get("/settings/model").status_code == 404
    assert post(anna, "/settings/model", page="/people", chat="auto").status_code == 404
    answer = anna.get("/settings/check")
    assert answer.status_code == 400
    assert "whoever keeps the machine" in answer.text


def test_the_library_of_many_offers_only_what_they_may_do(anna: TestClient, post: Post) -> None:
    page = anna.get("/library").text
    assert "shown to everybody who signs in here" in page
    assert 'action="/library/' not in page
    assert post(anna, "/library/check").status_code == 400


def test_a_carer_of_two_people_says_whose_records_are_shown(anna: TestClient, as_: As, post: Post) -> None:
    granted(post, anna)
    granted(post, as_("Dora"))
    ben = as_("Ben")
    answer = ben.get("/names")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/people?to=/names"
    assert looking(post, ben, "Dora") == 303
    assert ben.get("/names").json() == {"name": "Dora", "files": []}
