"""Every operation of the API with made-up and with broken input: no fault of the server's, and nothing undescribed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.python import asgi
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.serve.web.conftest import LETTER, PASSPHRASE, PATHOLOGY
from tests.trials.made_up import record

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library
from navaid.records import vault
from navaid.records.vault import keys, ways
from navaid.serve.web.api import described, gate, openapi
from navaid.serve.web.api.tokens import Tokens
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.limits import Tries
from navaid.trials.store import Store

HOST, BASE = "testserver", "http://testserver/api"
_EXAMPLES = 5
_CLOSES = ("/v1/records/close", "/v1/records/open")
"""Tested by themselves: the one would end the session for all that follow, the other counts wrong passphrases."""


class Served:
    """The app, which a fixture makes; the tests are made from its description before that."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app
        assert scope["type"] == "http"  # it is not started and stopped: that would close the desk
        await self.app(scope, receive, send)


SERVED = Served()
WHOLE = schemathesis.openapi.from_dict(json.loads(openapi.written(described())))
WHOLE.app = SERVED
SCHEMA = WHOLE.exclude(path=list(_CLOSES))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, embedded: Library) -> Iterator[Desk]:
    """One desk for all examples: the records of `me` with two papers, and one study."""
    home = tmp_path_factory.mktemp("home")
    made = Desk(Settings(home=str(home), embedding="off"), embedded.folder)
    given = home / "given"
    given.mkdir()
    for name, text in (("pathology.txt", PATHOLOGY), ("letter.txt", LETTER)):
        (given / name).write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))
        opened = vault.create(made.records_folder, ways.passphrase(PASSPHRASE))
    with opened.papers("me", create=True) as papers:
        assert all(one.original for one in journeys.add_records(papers, [given], decide=lambda _: True))
        with made.library() as library:
            journeys.prepare_visit(papers, library)
    file = home / "study.json"
    file.write_text(json.dumps([record(1, "Trastuzumab Again", criteria="Inclusion Criteria:\n\n* HER2-positive")]))
    with Store(made.trials_folder) as store:
        journeys.add_trials(store, [file])
    yield made
    made.close()


@pytest.fixture(scope="module")
def headers(desk: Desk) -> dict[str, str]:
    """Those of a program with a token, whose records are open."""
    secret = Tokens(desk.settings.home_path).new("fuzz", "me", 2, dt.date.today())[1]
    with pytest.MonkeyPatch.context() as patch:  # wrong tokens are among the examples, and not to be slowed down here
        patch.setattr(gate, "Tries", lambda: Tries(most=1_000_000, in_all=1_000_000))
        SERVED.app = create_app(desk, frozenset({HOST}))
        token = {"Authorization": f"Bearer {secret}"}
        with asgi.get_client(SERVED) as made:
            opened = made.post(f"{BASE}/v1/records/open", json={"passphrase": PASSPHRASE}, headers=token)
    assert opened.status_code == 200, opened.text
    return token | {"Navaid-Session": opened.json()["session"]}


@SCHEMA.parametrize()
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_each_operation_keeps_to_its_description(case: schemathesis.Case, headers: dict[str, str]) -> None:
    if "profile" in case.path_parameters and case.meta and case.meta.generation.mode is GenerationMode.POSITIVE:
        case.path_parameters["profile"] = "me"
    response = case.call_and_validate(base_url=BASE, headers=headers, excluded_checks=[positive_data_acceptance])
    assert response.status_code < 500
