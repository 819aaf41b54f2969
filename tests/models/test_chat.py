"""Replies of the chat client: good ones whole, broken ones thrown away with one clear error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.models import scripted
from tests.models.asking import ASKED, EITHER, PROMPT, SECRET, SHAPE, chat, complete, fails, follow, stream
from tests.models.scripted import Behaviour, Server

from navaid.errors import ModelUnreachable, ReplyUnusable
from navaid.models.chat import ChatModel, Finish
from navaid.models.openai_compatible import OpenAIChat, Prices

# --------------------------------------------------------------------------- good replies


def test_a_reply_says_what_it_took(server: Server) -> None:
    model = OpenAIChat(server.endpoint(), prices=Prices(sent=3.0, received=15.0, currency="EUR"))
    reply = model.complete(ASKED, max_tokens=50)
    assert (reply.text, reply.model, reply.finish) == ("a scripted reply", "scripted", Finish.STOP)
    assert (reply.tokens_in, reply.tokens_out, reply.currency) == (11, 7, "EUR")
    assert reply.cost == pytest.approx((11 * 3 + 7 * 15) / 1e6)
    assert 0 < reply.seconds < 10


def test_without_prices_there_is_no_cost(server: Server) -> None:
    reply = chat(server).complete(ASKED, max_tokens=50)
    assert (reply.cost, reply.currency) == (None, "")


def test_what_is_sent_is_what_was_asked(server: Server) -> None:
    server.then(scripted.says('{"text":"t","cite":"a"}'))
    chat(server).complete(ASKED, schema=SHAPE, max_tokens=50)
    call = server.calls[-1]
    assert (call.method, call.path) == ("POST", "/v1/chat/completions")
    assert call.headers["Authorization"] == f"Bearer {SECRET}"
    assert "Cookie" not in call.headers
    assert call.json["messages"] == [
        {"role": "system", "content": "Reword."},
        {"role": "user", "content": PROMPT},
    ]
    assert call.json["response_format"]["json_schema"]["schema"] == SHAPE
    assert (call.json["max_tokens"], call.json["temperature"], call.json["stream"]) == (50, 0, False)


def test_no_key_no_header(server: Server) -> None:
    complete(OpenAIChat(server.endpoint()))
    assert "Authorization" not in server.calls[-1].headers


def test_a_reply_may_be_a_function_of_the_prompt(server: Server) -> None:
    server.reply = lambda messages: messages[-1]["content"].upper()
    assert complete(chat(server)) == stream(chat(server)) == PROMPT.upper()


def test_a_stream_comes_in_pieces_and_tells_at_the_end_what_it_took(server: Server) -> None:
    pieces = chat(server).stream(ASKED, max_tokens=50)
    first = next(pieces)
    assert first == "a s"
    assert pieces.reply is None
    assert first + "".join(pieces) == "a scripted reply"
    assert pieces.reply is not None
    assert (pieces.reply.text, pieces.reply.tokens_in, pieces.reply.tokens_out) == ("a scripted reply", 11, 7)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_a_stream_is_the_same_however_its_bytes_are_cut(server: Server, size: int) -> None:
    text = "größer 🙂 \u2028 line\n\n data: [DONE] ¾"
    sent = (
        b": hello\r\n\r\n" + b"".join(map(scripted.event, text)) + scripted.event(finish="stop") + b"data: [DONE]\n\n"
    )
    server.then(scripted.events([sent[at : at + size] for at in range(0, len(sent), size)]))
    assert stream(chat(server)) == text


@EITHER
def test_text_stays_text(server: Server, ask: Callable[[ChatModel], str]) -> None:
    server.reply = "![x](http://127.0.0.1:1/x.png) <script>fetch('/')</script> \x1b[31m {{7*7}} $(id)"
    assert ask(chat(server)) == server.reply
    assert len(server.calls) == 1


def test_a_reply_that_follows_its_schema_has_its_value(server: Server) -> None:
    server.then(scripted.says('{"text": "In other words.", "cite": "b"}'))
    reply = chat(server).complete(ASKED, schema=SHAPE, max_tokens=50)
    assert reply.value == {"text": "In other words.", "cite": "b"}


def test_a_reply_cut_at_the_limit_of_tokens_says_so(server: Server) -> None:
    server.then(scripted.says("half a sent", "length"))
    assert chat(server).complete(ASKED, max_tokens=3).finish is Finish.LENGTH


# --------------------------------------------------------------------------- broken replies


@pytest.mark.parametrize(
    "behaviour",
    [
        scripted.body(200, b'{"choices": [{"message": {"content": "a"}'),
        scripted.body(200, b"\xff\xfe"),
        scripted.body(200, b""),
        scripted.body(200, b"[" * 100_000),
        scripted.body(200, []),
        scripted.body(200, {"choices": []}),
        scripted.body(200, {"choices": [{}]}),
        scripted.body(200, {"choices": "none"}),
        scripted.body(200, {"choices": [{"message": {"content": ["a"]}}]}),
        scripted.body(200, {"error": {"message": PROMPT}}),
        scripted.body(200, {**scripted.completion("half"), "error": {"message": PROMPT}}),
        scripted.body(200, {**scripted.completion("a"), "usage": {"prompt_tokens": -1}}),
        scripted.body(200, scripted.completion("a"), kind="text/html"),
        scripted.body(200, scripted.completion("a"), headers={"Content-Encoding": "gzip"}),
        scripted.body(200, b'{"choices": [{"message": {"content": "\\ud800"}}]}'),
        scripted.says(None),
        scripted.says(""),
        scripted.says(None, refusal="I cannot help with " + PROMPT),
    ],
    ids=lambda _: "",
)
def test_a_broken_reply_is_no_reply_and_is_not_asked_for_again(server: Server, behaviour: Behaviour) -> None:
    server.then(behaviour)
    fails(complete, chat(server), ReplyUnusable)
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "text",
    [
        "no JSON at all",
        '{"text": "a", "cite": "c"}',
        '{"text": "a", "cite": "a", "more": 1}',
        '{"text": 1, "cite": "a"}',
        '{"text": "a"}',
        '["a"]',
        '{"text": "a", "cite": "a"} and a word of mine',
        '```json\n{"text": "a", "cite": "a"}\n```',
        '{"text": "a", "cite": "a"',
        '{"text": NaN, "cite": "a"}',
    ],
)
def test_a_reply_that_breaks_its_schema_is_no_reply(server: Server, text: str) -> None:
    server.then(scripted.says(text))
    fails(follow, chat(server), ReplyUnusable)


def test_json_cut_at_the_limit_of_tokens_is_no_reply(server: Server) -> None:
    server.then(scripted.says('{"text": "a", "cite": "a"}', "length"))
    assert "cut" in fails(follow, chat(server), ReplyUnusable).what


@pytest.mark.parametrize(
    "pieces",
    [
        [scripted.event("half")],
        [scripted.event("half"), b"data: {broken\n\n", b"data: [DONE]\n\n"],
        [scripted.event("half"), scripted.event("gr🙂")[:-16]],
        [scripted.event("half"), b'data: {"choices": [{"delta": {"content": "gr\xc3'],
        [scripted.event("half"), b'data: {"error": {"message": "no"}}\n\n', b"data: [DONE]\n\n"],
        [scripted.event("half"), b"\xff\xff\n\n"],
        [b"data: [DONE]\n\n"],
        [],
    ],
    ids=["no end", "malformed", "cut event", "cut letter", "error inside", "no text", "only an end", "nothing"],
)
def test_a_broken_stream_raises_after_what_came(server: Server, pieces: list[bytes]) -> None:
    server.then(scripted.events(pieces))
    came: list[str] = []
    with pytest.raises(ReplyUnusable):
        came.extend(chat(server).stream(ASKED, max_tokens=50))
    assert len(server.calls) == 1


def test_a_connection_that_breaks_in_a_stream_is_not_taken_up_again(server: Server) -> None:
    server.then(scripted.events([scripted.event("half")], whole=False))
    fails(stream, chat(server), ModelUnreachable)
    assert len(server.calls) == 1


def test_a_stream_of_another_kind_is_refused(server: Server) -> None:
    server.then(scripted.says("not a stream"))
    fails(stream, chat(server), ReplyUnusable)


@EITHER
@pytest.mark.parametrize("piece", [b"x" * 65_536, b"data: {}\n\n" * 1000, b": \n" * 1000])
def test_an_endless_reply_is_broken_off(server: Server, ask: Callable[[ChatModel], str], piece: bytes) -> None:
    server.then(scripted.endless(piece))
    error = fails(ask, chat(server, reply_bytes=1_000_000), ReplyUnusable)
    assert "larger" in error.what
    assert server.hung_up.wait(5)
