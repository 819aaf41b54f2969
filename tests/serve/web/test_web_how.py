"""How it works: the slot for explainers, and the stages in words until one is there."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from navaid import starter
from navaid.serve.web import explainers
from navaid.serve.web.explainers import Explainer
from navaid.serve.web.pages import how


def test_the_list_says_which_come(client: TestClient) -> None:
    shown = client.get("/how").text
    for one in explainers.explainers():
        assert f'href="/how/{one.id}"' in shown
        assert one.title in shown
    assert "being made" in shown


@pytest.mark.parametrize("one", explainers.explainers(), ids=lambda one: one.id)
def test_until_then_the_stages_stand_there_in_order_with_their_sources(client: TestClient, one: Explainer) -> None:
    topic = next(each for each in starter.load().topics if each.id == one.topic)
    stages = list(dict.fromkeys(claim.step for claim in topic.claims if claim.step))
    assert stages
    shown = client.get(f"/how/{one.id}").text
    places = [shown.index(f"</span>{stage}</h3>") for stage in stages]
    assert places == sorted(places)
    assert shown.count('class="mark"') >= len(stages)
    assert re.search(r'name="question" value="[^"]+"', shown)


def test_one_that_is_there_is_gone_to(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Explainer(id="made", title="Made", says="It is there.", topic="car-t", ask="?", page="/how/car-t")
    monkeypatch.setattr(how, "explainers", lambda: (made,))
    assert "being made" not in client.get("/how").text
    assert client.get("/how/made").headers["location"] == "/how/car-t"


def test_what_is_none_is_no_page(client: TestClient) -> None:
    assert client.get("/how/none").status_code == 404
