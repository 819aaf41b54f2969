"""The chat client against the clock and the stop button."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from tests.models import scripted
from tests.models.asking import ASKED, EITHER, chat, complete, fails, stream
from tests.models.scripted import Behaviour, Server

from navaid.errors import CallCancelled, KeyRefused, ModelBusy, ModelSlow, ModelUnreachable
from navaid.models.chat import Cancel, ChatModel, Message, Reply, Role
from navaid.models.openai_compatible import OpenAIChat
from navaid.models.watch import Watch


def test_no_server_is_said(server: Server) -> None:
    model = chat(server)
    server.stop()
    assert "start it" in fails(complete, model, ModelUnreachable).fix


def test_a_silent_server_is_given_up(server: Server) -> None:
    server.then(scripted.slow_first_byte(20))
    assert "silent" in fails(complete, chat(server, read_s=0.3), ModelSlow).what


@EITHER
@pytest.mark.parametrize("behaviour", [scripted.slow_first_byte(20), scripted.drip(20)], ids=["silent", "dripping"])
def test_a_call_ends_when_its_time_is_over(
    server: Server, ask: Callable[[ChatModel], str], behaviour: Behaviour
) -> None:
    server.then(behaviour)
    began = time.monotonic()
    fails(ask, chat(server, whole_s=0.6), ModelSlow)
    assert 0.5 < time.monotonic() - began < 3
    assert server.hung_up.wait(5)


def test_waiting_for_another_try_counts(server: Server) -> None:
    server.always(scripted.status(429, {"Retry-After": "20"}))
    began = time.monotonic()
    fails(complete, chat(server, whole_s=1.0), ModelBusy)
    assert time.monotonic() - began < 3


class Stopped:
    """A model whose calls are stopped after 0.3 s."""

    def __init__(self, model: OpenAIChat, form: str) -> None:
        self.name, self._model, self._stop = model.name, model, threading.Event()
        self._cancel: Cancel = self._stop if form == "event" else self._stop.is_set

    def complete(self, messages: Sequence[Message], **more: Any) -> Reply:
        threading.Timer(0.3, self._stop.set).start()
        return self._model.complete(messages, **more, cancel=self._cancel)

    def stream(self, messages: Sequence[Message], **more: Any) -> Iterator[str]:
        threading.Timer(0.3, self._stop.set).start()
        return self._model.stream(messages, **more, cancel=self._cancel)


@EITHER
@pytest.mark.parametrize("behaviour", [scripted.slow_first_byte(20), scripted.drip(20)], ids=["silent", "dripping"])
@pytest.mark.parametrize("form", ["event", "function"])
def test_a_stop_is_heard_and_closes_the_connection(
    server: Server, ask: Callable[[ChatModel], str], behaviour: Behaviour, form: str
) -> None:
    server.then(behaviour)
    began = time.monotonic()
    fails(ask, Stopped(chat(server), form), CallCancelled)
    assert time.monotonic() - began < 2
    assert server.hung_up.wait(5)


@EITHER
def test_a_stop_is_heard_while_the_next_try_is_waited_for(server: Server, ask: Callable[[ChatModel], str]) -> None:
    server.then(scripted.status(429, {"Retry-After": "9"}))
    began = time.monotonic()
    fails(ask, Stopped(chat(server), "event"), CallCancelled)
    assert time.monotonic() - began < 2
    assert len(server.calls) == 1


def test_a_connection_made_after_the_stop_is_shut_at_once() -> None:
    stop = threading.Event()
    here, there = socket.socketpair()
    with here, there, Watch(stop, 10, "a test") as watch:
        stop.set()
        time.sleep(0.2)  # the clock has seen the stop by now, and had nothing to shut
        watch.attach(here)
        there.settimeout(2)
        assert there.recv(1) == b""


def test_a_call_stopped_before_it_began_sends_nothing(server: Server) -> None:
    with pytest.raises(CallCancelled):
        chat(server).complete(ASKED, max_tokens=50, cancel=lambda: True)
    assert server.calls == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_stop_function_that_fails_ends_the_call_too(server: Server) -> None:
    server.then(scripted.slow_first_byte(20))
    began = time.monotonic()

    def asked() -> bool:
        if time.monotonic() - began > 0.2:
            raise ZeroDivisionError
        return False

    with pytest.raises(ZeroDivisionError):
        chat(server).complete(ASKED, max_tokens=50, cancel=asked)
    assert time.monotonic() - began < 2


def test_a_stream_that_is_left_closes_its_connection(server: Server) -> None:
    server.then(scripted.events([scripted.event("a word ")] * 500, pause=0.02))
    pieces = chat(server).stream(ASKED, max_tokens=50)
    assert next(pieces) == "a word "
    pieces.close()
    assert server.hung_up.wait(5)


def test_no_thread_is_left_behind(server: Server) -> None:
    model = chat(server)
    for _ in range(5):
        complete(model)
        stream(model)
        server.then(scripted.status(401))
        fails(complete, model, KeyRefused)
    end = time.monotonic() + 3
    while time.monotonic() < end and any(t.name == "navaid-model-watch" for t in threading.enumerate()):
        time.sleep(0.02)
    assert not [t for t in threading.enumerate() if t.name == "navaid-model-watch"]


def test_calls_of_several_threads_do_not_mix(server: Server) -> None:
    server.reply = lambda messages: messages[-1]["content"][::-1]
    model, got = chat(server), dict[str, str]()

    def ask(text: str) -> None:
        got[text] = model.complete([Message(role=Role.USER, content=text)], max_tokens=50).text

    threads = [threading.Thread(target=ask, args=(f"text {n}",)) for n in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert got == {f"text {n}": f"text {n}"[::-1] for n in range(20)}
