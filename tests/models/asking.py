"""What the tests of the chat client share: a prompt, a client, and what every error must not tell."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import pytest
from tests.models.scripted import Server

from navaid.config import Key
from navaid.errors import ModelUnavailable
from navaid.models.chat import ChatModel, Message, Role
from navaid.models.openai_compatible import OpenAIChat
from navaid.models.wire import Limits

PROMPT = "Ms Quill has a lump of 23 mm"
SECRET = "sk-verysecret"
ASKED = [Message(role=Role.SYSTEM, content="Reword."), Message(role=Role.USER, content=PROMPT)]
SHAPE = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "cite": {"enum": ["a", "b"]}},
    "required": ["text", "cite"],
    "additionalProperties": False,
}


def chat(server: Server, **limits: float) -> OpenAIChat:
    given = {"connect_s": 1.0, "read_s": 5.0, "whole_s": 10.0, "first_wait_s": 0.01} | limits
    return OpenAIChat(server.endpoint(), key=Key(SECRET), limits=Limits(**given))  # type: ignore[arg-type]


def complete(model: ChatModel) -> str:
    return model.complete(ASKED, max_tokens=50).text


def follow(model: ChatModel) -> str:
    return model.complete(ASKED, schema=SHAPE, max_tokens=50).text


def stream(model: ChatModel) -> str:
    return "".join(model.stream(ASKED, max_tokens=50))


EITHER = pytest.mark.parametrize("ask", [complete, stream])


def fails(ask: Callable[[ChatModel], str], model: ChatModel, kind: type[ModelUnavailable]) -> ModelUnavailable:
    """The error of the call; it tells neither prompt nor key, anywhere in what a log would show of it."""
    with pytest.raises(ModelUnavailable) as caught:
        ask(model)
    error = caught.value
    assert type(error) is kind, f"{type(error).__name__}: {error.what}"
    assert error.where
    assert error.fix
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
    for hidden in (PROMPT, "Quill", SECRET):
        assert hidden not in shown
    return error
