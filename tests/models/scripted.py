"""A scripted OpenAI-compatible server on loopback that can misbehave in every way, for tests of any room.

    with scripted.serve(lambda messages: "In other words: " + messages[-1]["content"]) as server:
        server.then(scripted.status(429, {"Retry-After": "0"}))     # what the next calls meet, in order
        model = OpenAIChat(server.endpoint())
        model.complete(...)
        server.calls[-1].json["messages"]

A reply is a text or a function from the messages of the call to a text. Calls for which no behaviour is
queued get the reply in good form: JSON, or server-sent events where the call asks for a stream.
"""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from navaid.models.endpoint import Endpoint

Reply = str | Callable[[list[dict[str, str]]], str]
Behaviour = Callable[["Call"], None]


@dataclass
class Call:
    """One call as the server saw it, and the means to answer it byte by byte."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    server: Server = field(repr=False)
    _connection: socket.socket = field(repr=False)

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))

    @property
    def streams(self) -> bool:
        return bool(self.body and self.json.get("stream"))

    def text(self) -> str:
        """What the server's reply would be."""
        reply = self.server.reply
        return reply if isinstance(reply, str) else reply(self.json["messages"])

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def head(self, status: int, kind: str, headers: dict[str, str] | None = None) -> None:
        lines = [f"HTTP/1.1 {status} Scripted", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.send("\r\n".join([*lines, "", ""]).encode())

    def chunk(self, data: bytes) -> None:
        """A piece of a body whose head said `Transfer-Encoding: chunked`; an empty one ends it."""
        self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def wait(self, seconds: float) -> None:
        """Waits, and notes it on the server where the caller hangs up meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.server.stopping.is_set():
            if select.select([self._connection], [], [], 0.02)[0] and not self._connection.recv(1, socket.MSG_PEEK):
                self.server.hung_up.set()
                return


class Server:
    """Use `serve`."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.calls: list[Call] = []
        self.hung_up, self.stopping = threading.Event(), threading.Event()
        self._queue: deque[Behaviour] = deque()
        self._always: Behaviour | None = None
        self._http = _Http(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def endpoint(self, model: str = "scripted") -> Endpoint:
        return Endpoint(base=f"{self.origin}/v1", model=model)

    def setting(self, model: str = "scripted") -> str:
        """As the setting `chat` or `embedding` names it."""
        return f"{self.origin}/v1#{model}"

    def then(self, *behaviours: Behaviour) -> None:
        """What the next calls meet, one each."""
        self._queue.extend(behaviours)

    def always(self, behaviour: Behaviour | None) -> None:
        """What every call meets for which nothing is queued; None is a good reply."""
        self._always = behaviour

    def stop(self) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def meet(self, call: Call) -> None:
        self.calls.append(call)
        behaviour = self._queue.popleft() if self._queue else self._always or well
        try:
            behaviour(call)
        except OSError:
            self.hung_up.set()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _meet(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            server.meet(Call(self.command, self.path, dict(self.headers), body, server, self.connection))
            self.close_connection = True

        do_GET = do_POST = _meet

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    return Handler


@contextmanager
def serve(reply: Reply = "a scripted reply") -> Iterator[Server]:
    server = Server(reply)
    try:
        yield server
    finally:
        server.stop()


# --------------------------------------------------------------------------- good form

USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


def completion(text: str | None, finish: str = "stop", **more: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **more}, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion", "model": "scripted", "choices": [choice], "usage": USAGE}


def event(text: str | None = None, finish: str | None = None, **more: Any) -> bytes:
    """A server-sent event with a piece of a reply."""
    choice = {"index": 0, "delta": {} if text is None else {"content": text}, "finish_reason": finish}
    return b"data: " + json.dumps({"choices": [choice], **more}, ensure_ascii=False).encode() + b"\n\n"


def well(call: Call) -> None:
    """The reply in good form, for chat, embeddings and lists of models alike."""
    if call.path.endswith("/models"):
        body(200, {"data": [{"id": "scripted"}]})(call)
    elif call.path.endswith("/api/tags"):
        body(200, {"models": [{"name": "scripted:1b", "details": {"family": "llama"}}]})(call)
    elif call.path.endswith("/embeddings"):
        body(200, embeddings([vector(text) for text in call.json["input"]]))(call)
    elif call.streams:
        text = call.text()
        pieces = [event(text[at : at + 3]) for at in range(0, len(text), 3)]
        events([*pieces, event(finish="stop"), event(usage=USAGE, choices=[]), b"data: [DONE]\n\n"])(call)
    else:
        body(200, completion(call.text()))(call)


def vector(text: str) -> list[float]:
    """A vector that depends on the text alone."""
    return [1.0 + len(text), 2.0, -3.0, float(sum(map(ord, text)) % 97)]


def embeddings(vectors: list[list[float]]) -> dict[str, Any]:
    return {"object": "list", "data": [{"index": n, "embedding": one} for n, one in enumerate(vectors)]}


# --------------------------------------------------------------------------- behaviours


def body(status: int, value: Any, kind: str = "application/json", headers: dict[str, str] | None = None) -> Behaviour:
    """A whole answer: `value` as JSON, or as it is where it is bytes."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()

    def act(call: Call) -> None:
        call.head(status, kind, {"Content-Length": str(len(data)), **(headers or {})})
        call.send(data)

    return act


def says(text: str | None, finish: str = "stop", **more: Any) -> Behaviour:
    """This text as the model's reply, in good form."""
    return body(200, completion(text, finish, **more))


def status(code: int, headers: dict[str, str] | None = None, error: dict[str, Any] | str = "no") -> Behaviour:
    """A refusal; its body repeats the call's own body and key, as some servers do."""

    def act(call: Call) -> None:
        echoed = {"error": error, "you_sent": call.body.decode(), "with": call.headers.get("Authorization")}
        body(code, echoed, headers=headers)(call)

    return act


def redirect(to: str, code: int = 307) -> Behaviour:
    return status(code, {"Location": to})


def cut(value: Any, keep: int) -> Behaviour:
    """The first bytes of an answer that promised more."""
    data = json.dumps(value).encode()

    def act(call: Call) -> None:
        call.head(200, "application/json", {"Content-Length": str(len(data))})
        call.send(data[:keep])

    return act


def events(pieces: list[bytes], *, pause: float = 0.0, whole: bool = True) -> Behaviour:
    """Server-sent events, each piece a chunk of its own; without `whole` the connection ends in the middle."""

    def act(call: Call) -> None:
        call.head(200, "text/event-stream; charset=utf-8", {"Transfer-Encoding": "chunked"})
        for piece in pieces:
            call.chunk(piece)
            if pause:
                call.wait(pause)
        if whole:
            call.chunk(b"")

    return act


def slow_first_byte(seconds: float) -> Behaviour:
    def act(call: Call) -> None:
        call.wait(seconds)
        well(call)

    return act


def drip(seconds: float, pause: float = 0.02) -> Behaviour:
    """A good answer, a byte at a time, for at most so long; a stream drips comments."""

    def act(call: Call) -> None:
        end, data = time.monotonic() + seconds, json.dumps(completion("x" * 10_000)).encode()
        call.head(200, "text/event-stream" if call.streams else "application/json")
        for byte in data:
            if time.monotonic() > end or call.server.hung_up.is_set():
                return
            call.send(b": wait\n" if call.streams else bytes([byte]))
            call.wait(pause)

    return act


def endless(piece: bytes = b"x" * 65_536) -> Behaviour:
    """An answer without an end, in lines or in one line."""

    def act(call: Call) -> None:
        call.head(200, "text/event-stream" if call.streams else "application/json")
        while not call.server.stopping.is_set():
            call.send(piece)

    return act


def hang_up(call: Call) -> None:
    """Closes the connection without a word."""
    call._connection.shutdown(socket.SHUT_RDWR)
