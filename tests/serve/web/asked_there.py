"""What tests of questions and answers share: a question sent as a page sends it, and its answer read."""

from __future__ import annotations

from typing import Any

import lxml.html
from starlette.testclient import TestClient

from navaid.serve.web.desk import Desk
from navaid.serve.web.sessions import Asked, Session

QUESTION = "What does HER2-low mean?"
DESPAIR = "I can't go on, I want to end my life"
CHEST = "I have chest pain and cannot breathe after chemo"


def ask(client: TestClient, post: Any, question: str = QUESTION, **fields: str) -> str:
    """The address of the answer."""
    sent = post(client, "/ask", "/help-now", question=question, **fields)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def read(client: TestClient, path: str) -> Any:
    shown = client.get(path)
    assert shown.status_code == 200, shown.text
    return lxml.html.document_fromstring(shown.text)


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def session_of(client: TestClient, desk: Desk) -> Session:
    found = desk.sessions.find(client.cookies[desk.cookie])
    assert found is not None
    return found


def asked_of(client: TestClient, desk: Desk, path: str) -> Asked:
    return session_of(client, desk).asked[path.rpartition("/")[2]]
