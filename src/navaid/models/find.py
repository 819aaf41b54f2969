"""Which chat model is in force, and what `navaid doctor` says of it. Only this machine is ever asked.

off        none (the default)
auto       the first fitting model of Ollama on 127.0.0.1:11434
http://…   that server and model
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from navaid import config
from navaid.config import Settings
from navaid.errors import ModelMissing, ModelUnavailable, NavaidError
from navaid.models import consent
from navaid.models import endpoint as endpoints
from navaid.models.consent import Gate, Sending
from navaid.models.endpoint import Endpoint
from navaid.models.openai_compatible import OpenAIChat, Prices
from navaid.models.wire import Limits, Wire
from navaid.terms import Record

OLLAMA = "http://127.0.0.1:11434"
_ASKING = Limits(connect_s=1.0, read_s=5.0, whole_s=5.0, tries=1)
# Models that make vectors, read pictures only, or judge texts; they do not write.
_NO_CHAT = re.compile(r"embed|minilm|\bbge\b|\be5\b|\bgte\b|rerank|guard|ocr", re.IGNORECASE)
_NO_CHAT_FAMILY = re.compile(r"bert", re.IGNORECASE)


class Found(Record, frozen=True):
    """What was found. `words` is a line to print, `fix` how to mend it or go on; `models` is what Ollama has."""

    setting: str
    fine: bool
    words: str
    fix: str = ""
    endpoint: Endpoint | None = None
    models: tuple[str, ...] = ()


class _Model(msgspec.Struct):
    name: str
    remote_host: str | None = None
    details: dict[str, Any] | None = None


class _Models(msgspec.Struct):
    models: list[_Model]


class _Listed(msgspec.Struct):
    id: str


class _List(msgspec.Struct):
    data: list[_Listed] = []


def chat_model(settings: Settings, sending: Sending) -> OpenAIChat | None:
    """The model in force for one purpose, or None where it is off. Raises BadInput or ModelUnavailable.

    No prompt is sent here. A remote model is returned too; its calls raise ConsentMissing until a person
    has agreed (see `OpenAIChat.preview` and `consent.give`).
    """
    if settings.chat == "off":
        return None
    if settings.chat == "auto":
        endpoint, key = _first_of(ollama_models()), config.Key("")
    else:
        endpoint, key = endpoints.parse(settings.chat), config.key("chat")
    return OpenAIChat(
        endpoint,
        gate=Gate.of(settings, sending),
        key=key,
        prices=Prices.of(settings),
        limits=Limits(whole_s=settings.chat_timeout_s, read_s=min(Limits().read_s, settings.chat_timeout_s)),
    )


def ollama_models() -> tuple[str, ...]:
    """The names of Ollama's models that can chat and run on this machine, as it lists them."""
    wire = Wire(Endpoint(base=OLLAMA, model=""), limits=_ASKING)
    data = wire.fetch("/api/tags", None)
    try:
        found = msgspec.json.decode(data, type=_Models).models
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ModelUnavailable(
            "what answers there is not Ollama", where=OLLAMA, fix='name the server: chat = "http://host/v1#model"'
        ) from None
    return tuple(one.name for one in found if _fits(one))


def _fits(model: _Model) -> bool:
    here = not model.remote_host and not Endpoint(base=OLLAMA, model=model.name).leaves
    writes = not _NO_CHAT.search(model.name) and not _NO_CHAT_FAMILY.search(
        str((model.details or {}).get("family", ""))
    )
    return here and writes


def _first_of(models: tuple[str, ...]) -> Endpoint:
    if not models:
        raise ModelMissing(
            "Ollama runs, and has no model that writes and stays on this machine",
            where=OLLAMA,
            fix='run `ollama pull` with the name of a model, or set `chat = "off"`',
        )
    return endpoints.parse(f"{OLLAMA}/v1#{models[0]}")


def look(settings: Settings) -> Found:
    """What is set and what is there, for `navaid doctor`. Raises nothing and calls no other machine."""
    try:
        if settings.chat in ("off", "auto"):
            return _look_at_ollama(settings.chat)
        endpoint = endpoints.parse(settings.chat)
        return _look_far(settings, endpoint) if endpoint.leaves else _look_near(settings, endpoint)
    except NavaidError as error:
        return Found(setting=settings.chat, fine=False, words=f"language model: {error.what}", fix=error.fix)


def _look_at_ollama(setting: str) -> Found:
    try:
        models = ollama_models()
    except ModelUnavailable as error:
        if setting == "auto":
            raise
        return Found(setting=setting, fine=True, words=f"language model off (Ollama: {error.what})")
    if setting == "off":
        fix = "optional: set NAVAID_CHAT=auto to let one reword answers" if models else ""
        words = f"language model off (Ollama has {_plain(', '.join(models)) or 'none that fits'})"
        return Found(setting=setting, fine=True, words=words, fix=fix, models=models)
    endpoint = _first_of(models)
    words = f"language model {endpoint.model} of Ollama on this machine"
    return Found(setting=setting, fine=True, words=words, endpoint=endpoint, models=models)


def _look_near(settings: Settings, endpoint: Endpoint) -> Found:
    """Asks a server on this machine for its models. One it does not list may do all the same: llama.cpp
    serves its one model under any name."""
    data = Wire(endpoint, key=config.key("chat"), limits=_ASKING).fetch("/models", None)
    try:
        names = [one.id for one in msgspec.json.decode(data, type=_List).data]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        names = []
    listed = {endpoint.model, f"{endpoint.model}:latest"} & set(names)
    doubt = "" if listed else f" (the server lists {_plain(', '.join(names)) or 'no model'})"
    words = f"language model {endpoint.model} at {endpoint.origin}, on this machine{doubt}"
    return Found(setting=settings.chat, fine=True, words=words, endpoint=endpoint)


def _plain(names: str) -> str:
    """A server's own words, fit for a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in names[:200])


def _look_far(settings: Settings, endpoint: Endpoint) -> Found:
    """A server elsewhere is not called: what is known here is only what a person set and agreed to."""
    agreed = consent.given(settings.home_path, endpoint.destination)
    known = ["agreed to" if agreed else "nothing is sent before you agree"]
    known += [] if config.key("chat") else ["no key set"]
    known += [] if endpoint.encrypted or consent.is_loopback(endpoint.base) else ["not encrypted"]
    words = f"language model {endpoint.model} at {endpoint.destination}, NOT on this machine ({', '.join(known)})"
    return Found(setting=settings.chat, fine=True, words=words, endpoint=endpoint)
