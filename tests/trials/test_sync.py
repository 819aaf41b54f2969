"""Fetching from the registry: pages, empty pages, errors in plain text, interruption, and only what changed."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from navaid.errors import BadInput, SourceUnavailable
from navaid.polite import Polite
from navaid.sources.registry import Query, pages
from navaid.trials.store import Kept, Store
from navaid.trials.sync import sync

TODAY = dt.date(2026, 11, 1)
BREAST = Query(condition="breast cancer")


def record(number: int, title: str = "A study") -> dict[str, Any]:
    identity = {"nctId": f"NCT{number:08}", "briefTitle": title}
    return {"protocolSection": {"identificationModule": identity}}


class Registry:
    """A registry on this machine: `answers` by page token; every question is noted."""

    def __init__(self, server: HTTPServer) -> None:
        self.api = server.url_for("/api/v2")
        self.answers: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        server.expect_request("/api/v2/studies").respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        self.asked.append(dict(request.args))
        found = self.answers[request.args.get("pageToken", "")]
        return found if isinstance(found, Response) else Response(json.dumps(found), content_type="application/json")


@pytest.fixture
def registry(httpserver: HTTPServer) -> Registry:
    return Registry(httpserver)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def run(store: Store, registry: Registry, query: Query = BREAST, today: dt.date = TODAY) -> Kept:
    with Polite(pace=0) as client:
        return sync(store, client, query, today, api=registry.api)


def test_every_page_is_kept_and_an_empty_one_is_not_the_end(store: Store, registry: Registry) -> None:
    registry.answers = {
        "": {"studies": [record(1)], "nextPageToken": "a"},
        "a": {"studies": [], "nextPageToken": "b"},
        "b": {"studies": [record(2)]},
    }
    assert run(store, registry).new == 2
    assert [study.nct_id for study in store] == ["NCT00000001", "NCT00000002"]


def test_an_interrupted_run_goes_on_from_its_page(store: Store, registry: Registry) -> None:
    registry.answers = {
        "": {"studies": [record(1)], "nextPageToken": "a"},
        "a": Response("too many", status=429, content_type="text/plain", headers={"Retry-After": "600"}),
    }
    with pytest.raises(SourceUnavailable, match="429"):
        run(store, registry)
    assert len(store) == 1
    registry.answers["a"] = {"studies": [record(2)]}
    registry.asked.clear()
    assert run(store, registry).new == 1
    assert [asked.get("pageToken") for asked in registry.asked] == ["a"]


def test_after_a_whole_run_only_what_changed_is_asked_for(store: Store, registry: Registry) -> None:
    registry.answers = {"": {"studies": [record(1)]}}
    run(store, registry)
    registry.answers = {"": {"studies": [record(1, "Another title")]}}
    assert run(store, registry, today=TODAY + dt.timedelta(7)).changed == 1
    assert "filter.advanced" not in registry.asked[0]
    assert registry.asked[-1]["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-11-01,MAX]"
    study = store.get("NCT00000001")
    assert study is not None
    assert (study.brief_title, study.seen) == ("Another title", TODAY + dt.timedelta(7))


def test_an_error_in_plain_words_is_said_and_the_old_data_stay(store: Store, registry: Registry) -> None:
    registry.answers = {"": {"studies": [record(1)]}}
    run(store, registry)
    registry.answers = {"": Response("unknown area", status=400, content_type="text/plain")}
    with pytest.raises(SourceUnavailable, match="unknown area"):
        run(store, registry)
    assert len(store) == 1


@pytest.mark.parametrize("cut", ['{"studies": [{"protoc', '{"totalCount": 3}', "[]", ""])
def test_an_answer_that_is_cut_is_never_an_empty_result(store: Store, registry: Registry, cut: str) -> None:
    registry.answers = {"": Response(cut, content_type="application/json")}
    with pytest.raises(SourceUnavailable, match="cut"):
        run(store, registry)


def test_one_broken_record_is_named_and_the_others_are_kept(store: Store, registry: Registry) -> None:
    registry.answers = {"": {"studies": [record(1), {"protocolSection": {}}, record(3)]}}
    kept = run(store, registry)
    assert (kept.new, len(kept.faults)) == (2, 1)
    assert "record 2" in kept.faults[0]


def test_ids_are_asked_for_with_their_own_filter_so_that_the_others_hold(registry: Registry) -> None:
    registry.answers = {"": {"studies": []}}
    with Polite(pace=0) as client:
        list(pages(client, Query(ids=("nct00000001",), statuses=("RECRUITING",)), api=registry.api))
    asked = registry.asked[0]
    assert (asked["filter.ids"], asked["filter.overallStatus"]) == ("NCT00000001", "RECRUITING")
    assert not any(name.startswith("query.") for name in asked)


def test_a_query_for_nothing_and_a_wrong_id_are_said_at_once() -> None:
    with pytest.raises(BadInput, match="nothing to ask"):
        Query(statuses=("RECRUITING",)).parameters()
    with pytest.raises(BadInput, match="no NCT id"):
        Query(ids=("NCT12",)).parameters()


def test_a_registry_that_cannot_be_reached_is_said_so(store: Store) -> None:
    with Polite(pace=0) as client, pytest.raises(SourceUnavailable):
        sync(store, client, BREAST, TODAY, api="http://127.0.0.1:9/api/v2")


def test_a_token_that_the_registry_no_longer_knows_begins_the_run_anew(store: Store, registry: Registry) -> None:
    registry.answers = {
        "": {"studies": [record(1)], "nextPageToken": "a"},
        "a": Response("bad token", status=400, content_type="text/plain"),
    }
    with pytest.raises(SourceUnavailable, match="bad token"):
        run(store, registry)
    registry.answers[""] = {"studies": [record(1), record(2)]}
    assert run(store, registry).new == 1
    assert [asked.get("pageToken") for asked in registry.asked] == [None, "a", "a", None]


def test_a_later_run_also_learns_of_studies_that_have_closed_since(store: Store, registry: Registry) -> None:
    registry.answers = {"": {"studies": [record(1)]}}
    query = Query(condition="breast cancer", statuses=("RECRUITING",))
    run(store, registry, query)
    run(store, registry, query, today=TODAY + dt.timedelta(7))
    assert registry.asked[0]["filter.overallStatus"] == "RECRUITING"
    assert "filter.overallStatus" not in registry.asked[-1]
    assert "RANGE[2026-11-01,MAX]" in registry.asked[-1]["filter.advanced"]
