"""A server's refusal in words a person can act on, and whether to try again.

Nothing a server writes is repeated: some echo the prompt, some the key. What it says is only looked
through for known words.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import re

import msgspec

from navaid.errors import (
    ContextTooLong,
    KeyRefused,
    ModelBusy,
    ModelMissing,
    ModelUnavailable,
    ModelUnreachable,
    RequestRefused,
)
from navaid.models.endpoint import Endpoint

LONGEST_WAIT_S = 30.0  # a person is waiting; a server that asks for more is told about, not waited for

# The words of llama.cpp, vLLM, Ollama and OpenAI for a prompt that does not fit.
_TOO_LONG = re.compile(
    r"exceed_context_size|context_length_exceeded|maximum context length|context (?:size|length|window)"
    r"|too many tokens|prompt is too long|input is too (?:long|large)",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(r"insufficient_quota|billing", re.IGNORECASE)
_OPTIONAL = ("max_tokens", "temperature", "stream_options", "response_format", "encoding_format")


def of_status(status: int, said: str, retry_after: str | None, endpoint: Endpoint, has_key: bool) -> ModelUnavailable:
    """The error for an answer that is not a success. `said` is the start of its body."""
    where = f"{endpoint.origin}, model {endpoint.model or 'not named'}, status {status}"
    said = _told(said)
    if 300 <= status < 400:
        return ModelUnreachable(
            "the server sends the call on to another address, which is not followed",
            where=where,
            fix="put the final address into the setting",
        )
    if status in (401, 403):
        what = "does not take this key" if has_key else "asks for a key"
        fix = "put the key into NAVAID_CHAT_KEY (or NAVAID_EMBEDDING_KEY)"
        return KeyRefused(f"the server {what}", where=where, fix=fix)
    if status == 404:
        return ModelMissing(
            "the server does not know this model or this address",
            where=where,
            fix="check the model's name (with Ollama: `ollama list`, `ollama pull`); the address usually ends in /v1",
        )
    if status == 402 or (status == 429 and _NO_CREDIT.search(said)):
        return ModelBusy("the account has no credit left", where=where, fix="look at the account with the provider")
    if status == 429:
        wait = seconds(retry_after)
        fix = f"try again in {wait:.0f} s" if wait else "try again later, or use a model on this machine"
        return ModelBusy("the server gets too many calls", where=where, fix=fix)
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(said)):
        return ContextTooLong(
            "the text is longer than the model can read",
            where=where,
            fix="ask about less at a time, or give the model a longer context",
        )
    if status >= 500:
        return ModelBusy("the server failed", where=where, fix="look at the server's own log, or try later")
    parameter = _objected(said) if status in (400, 422) else ""
    return RequestRefused(
        f"the server does not accept the call{f' ({parameter})' if parameter else ''}",
        where=where,
        fix="use a server that speaks the OpenAI interface, with json_schema output",
        parameter=parameter,
    )


def _told(said: str) -> str:
    """The server's own words in its refusal, without what it may echo of the call."""
    try:
        found = msgspec.json.decode(said)
    except (msgspec.DecodeError, RecursionError):
        return said
    found = found.get("error", found) if isinstance(found, dict) else found
    if not isinstance(found, dict):
        return str(found) if isinstance(found, str) else ""
    words = [found.get(name) for name in ("type", "code", "message")] + [repr(found.get("param"))]
    details = found.get("detail")  # FastAPI's form: where in the call, and what is wrong with it
    for one in details if isinstance(details, list) else [details]:
        words += [one.get("loc"), one.get("msg")] if isinstance(one, dict) else [one]
    return " ".join(str(word) for word in words if word is not None)


def _objected(said: str) -> str:
    """The optional part that a refusal names. Only between quotation marks: an echoed prompt may well speak
    of a temperature."""
    return next((name for name in _OPTIONAL if re.search(rf"['\"`]{name}['\"`]", said)), "")


def wait_s(error: ModelUnavailable, status: int, retry_after: str | None) -> float | None:
    """How long to wait before the next try: 0 for the usual wait, None where none would help."""
    if not isinstance(error, ModelBusy) or "credit" in error.what:
        return None
    wait = seconds(retry_after) if status in (429, 503) else 0.0
    return wait if wait <= LONGEST_WAIT_S else None


def seconds(retry_after: str | None) -> float:
    """What Retry-After asks for: a number or a date; 0 for neither.

    >>> seconds("2"), seconds(None), seconds("soon"), seconds("-5"), seconds("Wed, 21 Oct 2015 07:28:00 GMT")
    (2.0, 0.0, 0.0, 0.0, 0.0)
    """
    if not retry_after:
        return 0.0
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", retry_after.strip()):
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
