"""Chat with any OpenAI-compatible server: Ollama, llama.cpp, vLLM or a hosted one.

What comes back is read strictly: a reply that is cut, empty, broken or not of the form asked for is an
error, never half an answer. It stays text; nothing in it is run, rendered or fetched.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Annotated, Any

import msgspec

from navaid.config import Key, Settings
from navaid.errors import ReplyUnusable, RequestRefused
from navaid.models import schema as schemas
from navaid.models import sse
from navaid.models.chat import Finish, Message, Reply, Schema
from navaid.models.consent import Gate, Preview
from navaid.models.endpoint import Endpoint
from navaid.models.watch import Cancel
from navaid.models.wire import Limits, Wire
from navaid.terms import Record, encode

_PATH = "/chat/completions"
_Count = Annotated[int, msgspec.Meta(ge=0)]


class Prices(Record, frozen=True):
    """Of a million tokens."""

    sent: float
    received: float
    currency: str

    @classmethod
    def of(cls, settings: Settings) -> Prices | None:
        if settings.chat_price_in is None or settings.chat_price_out is None:
            return None
        return cls(sent=settings.chat_price_in, received=settings.chat_price_out, currency=settings.chat_currency)


# What a server sends; fields not named here are passed over.
class _Said(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Said | None = None
    delta: _Said | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: _Count | None = None
    completion_tokens: _Count | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: Any = None


class OpenAIChat:
    """A `ChatModel` behind an OpenAI-compatible server. May be used by several threads at once."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        gate: Gate | None = None,
        key: Key | None = None,
        prices: Prices | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.endpoint, self.name = endpoint, endpoint.model
        self._wire = Wire(endpoint, gate=gate, key=key, limits=limits)
        self._prices = prices
        self._renamed: dict[str, str | None] = {}  # optional parts that this server does not take as we write them

    def preview(self, messages: Sequence[Message], *, schema: Schema | None = None, max_tokens: int) -> Preview | None:
        """What `complete` would send, where it leaves this machine; else None."""
        if not self.endpoint.leaves or self._wire.gate is None:
            return None
        return self._wire.gate.preview(self.endpoint, self._body(messages, schema, max_tokens))

    def complete(
        self, messages: Sequence[Message], *, schema: Schema | None = None, max_tokens: int, cancel: Cancel = None
    ) -> Reply:
        """The whole reply. Raises ModelUnavailable, of the kind that says what happened."""
        began = time.monotonic()
        while True:
            known = set(self._renamed)
            try:
                data = self._wire.fetch(_PATH, self._body(messages, schema, max_tokens), cancel=cancel)
                break
            except RequestRefused as refused:
                if not self._adapt(refused.parameter, known):
                    raise
        found = self._decoded(data)
        choice = found.choices[0] if found.choices else _Choice()
        if choice.message is None or not choice.message.content:
            declined = choice.message is not None and choice.message.refusal is not None
            raise self._unusable("the model declined to answer" if declined else "the reply holds no text")
        reply = self._reply(choice.message.content, choice.finish_reason, found.usage, began)
        return reply if schema is None else self._following(reply, schema)

    def stream(self, messages: Sequence[Message], *, max_tokens: int, cancel: Cancel = None) -> Streamed:
        """The reply in pieces; after the last one, `.reply` tells what it took. Nothing is sent before the first."""
        return Streamed(self._streamed(messages, max_tokens, cancel))

    def _streamed(
        self, messages: Sequence[Message], max_tokens: int, cancel: Cancel
    ) -> Generator[str | Reply, None, None]:
        while True:
            known = set(self._renamed)
            try:
                yield from self._streamed_once(messages, max_tokens, cancel)
                return
            except RequestRefused as refused:  # it comes with the status, before any piece
                if not self._adapt(refused.parameter, known):
                    raise

    def _streamed_once(
        self, messages: Sequence[Message], max_tokens: int, cancel: Cancel
    ) -> Generator[str | Reply, None, None]:
        began, parts, reason = time.monotonic(), list[str](), None
        usage: _Usage | None = None
        done = False
        # Closed here and not when it is forgotten: a stream left open keeps its connection and its clock.
        with closing(self._wire.stream(_PATH, self._body(messages, None, max_tokens, True), cancel=cancel)) as chunks:
            try:
                for event in sse.data_of(chunks):
                    if event == "[DONE]":
                        done = True
                        break
                    found = self._decoded(event)
                    usage = found.usage or usage
                    for choice in found.choices[:1]:
                        reason = choice.finish_reason or reason
                        if choice.delta and choice.delta.content:
                            parts.append(choice.delta.content)
                            yield choice.delta.content
            except UnicodeDecodeError:
                raise self._unusable("the reply breaks off inside a letter, or is no text") from None
        if not done and reason is None:
            raise self._unusable("the reply breaks off")
        if not parts:
            raise self._unusable("the reply holds no text")
        yield self._reply("".join(parts), reason, usage, began)

    def _body(self, messages: Sequence[Message], schema: Schema | None, max_tokens: int, stream: bool = False) -> bytes:
        optional: dict[str, Any] = {"max_tokens": max_tokens, "temperature": 0}
        if stream:
            optional["stream_options"] = {"include_usage": True}
        sent = {self._renamed.get(name, name): value for name, value in optional.items()}
        sent.pop(None, None)
        if schema is not None:
            named = {"name": "reply", "strict": True, "schema": schema}
            sent["response_format"] = {"type": "json_schema", "json_schema": named}
        return encode({"model": self.name, "messages": messages, "stream": stream, **sent})

    def _adapt(self, parameter: str, known: set[str]) -> bool:
        """Whether the call can be made in another form: some hosted models take no temperature, or want the
        limit under its newer name. Remembered, so that it costs one call; `known` was when the call was made."""
        if parameter not in ("max_tokens", "temperature", "stream_options") or parameter in known:
            return False
        self._renamed[parameter] = "max_completion_tokens" if parameter == "max_tokens" else None
        return True

    def _decoded(self, data: bytes | str) -> _Completion:
        try:
            found = msgspec.json.decode(data, type=_Completion)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._unusable("the reply is not what an OpenAI-compatible server sends") from None
        if found.error is not None:
            raise self._unusable("the server reports a fault inside its reply")
        return found

    def _reply(self, text: str, reason: str | None, usage: _Usage | None, began: float) -> Reply:
        usage, prices = usage or _Usage(), self._prices
        cost = None
        if prices and usage.prompt_tokens is not None and usage.completion_tokens is not None:
            cost = (usage.prompt_tokens * prices.sent + usage.completion_tokens * prices.received) / 1_000_000
        return Reply(
            text=text,
            model=self.name,
            seconds=time.monotonic() - began,
            finish=Finish(reason) if reason in ("stop", "length") else Finish.OTHER,
            tokens_in=usage.prompt_tokens,
            tokens_out=usage.completion_tokens,
            cost=cost,
            currency=prices.currency if prices and cost is not None else "",
        )

    def _following(self, reply: Reply, schema: Schema) -> Reply:
        """The reply with the JSON of its text, which follows the schema."""
        if reply.finish is Finish.LENGTH:
            raise self._unusable("the reply was cut at the limit of tokens", "ask about less at a time")
        try:
            value = msgspec.json.decode(reply.text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise self._unusable("the reply is not JSON") from None
        if fault := schemas.fault(value, schema):
            raise self._unusable(f"the reply does not follow its schema: {fault}")
        return msgspec.structs.replace(reply, value=value)

    def _unusable(self, what: str, fix: str = "try another model") -> ReplyUnusable:
        return ReplyUnusable(what, where=f"{self.endpoint.origin}, model {self.name}", fix=fix)


class Streamed:
    """The pieces of a reply; `reply` is the whole once they are through. `close` ends the call early."""

    def __init__(self, pieces: Generator[str | Reply, None, None]) -> None:
        self._pieces = pieces
        self.reply: Reply | None = None

    def __iter__(self) -> Streamed:
        return self

    def __next__(self) -> str:
        piece = next(self._pieces)
        if isinstance(piece, Reply):
            self.reply = piece
            raise StopIteration
        return piece

    def close(self) -> None:
        self._pieces.close()
