"""Settings: where things lie, and the few numbers that shape an answer, each with its reason.

A setting comes from the environment (`NAVAID_HOME`, `NAVAID_EMBEDDING`, …) or from `settings.toml` in
the home folder, the environment first; nothing else is read. Keys of hosted models are no settings, so
that nothing which shows, stores or hashes settings can hold one: see `key`.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from navaid.errors import BadInput
from navaid.terms import Record, encode


class Settings(Record, frozen=True):
    """All settings. `fingerprint` names the ones that change an answer."""

    home: str = ""
    embedding: str = "auto"
    """`auto`, `off`, `minilm`, the directory of an ONNX sentence model, or a server's model
    (`http://127.0.0.1:11434/v1#nomic-embed-text`)."""

    chat: str = "off"
    """`off`, `auto` (the first fitting model of Ollama on this machine), or `http://host/v1#model`."""

    chat_timeout_s: float = 300.0
    """A whole call may take this long: a laptop without a graphics card writes a few words a second."""

    chat_price_in: float | None = None
    """Price of a million tokens sent, for the cost shown; a model of one's own has none."""

    chat_price_out: float | None = None
    """Price of a million tokens received."""

    chat_currency: str = "USD"

    chat_batch: int = 4
    """How many sentences a model gets at a time: more cost less, and small models then mix them up."""

    outbox_text: bool = False
    """Whether the log of what left the machine keeps the text too, not only its digest."""

    dense_share: float = 0.7
    """How much meaning (cosine) counts beside words (BM25 over the best BM25), 0 to 1. Chosen on questions
    and answers of MedQuAD, which no benchmark here scores: .529 words alone, .643 at 0.7, .639 meaning
    alone (nDCG@10); more would lose rare names."""

    heading_weight: float = 0.3
    """A word in a title or heading counts this much beside the same word in the text."""

    synonym_weight: float = 0.4
    """Another name of what was asked counts less than the name that was used."""

    passages: int = 60
    """How many passages a search hands to the answer."""

    @property
    def home_path(self) -> Path:
        """The folder that holds the default library."""
        if self.home:
            return Path(self.home).expanduser()
        import platformdirs

        return Path(platformdirs.user_data_dir("navaid", appauthor=False))

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits over the settings that change an answer; places, prices and logs do not."""
        same = Settings(**{n: getattr(self, n) for n in self.__struct_fields__ if n not in _NO_EFFECT})
        return hashlib.sha256(encode(same)).hexdigest()[:12]


_NO_EFFECT = {"home", "chat_timeout_s", "chat_price_in", "chat_price_out", "chat_currency", "outbox_text"}


class Key:
    """A secret that does not show itself when it is printed, logged or compared by eye.

    >>> Key("sk-123")
    Key(…)
    >>> f"{Key('sk-123')}", bool(Key(""))
    ('Key(…)', False)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value.strip()

    def __repr__(self) -> str:
        return "Key(…)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def reveal(self) -> str:
        """The secret itself, for the one place that sends it."""
        return self._value


def key(name: str) -> Key:
    """The key of `chat` or `embedding`: `NAVAID_CHAT_KEY` in the environment, else `chat` under `[keys]`
    in settings.toml. Empty where there is none; a model on this machine needs none."""
    if (given := os.environ.get(f"NAVAID_{name.upper()}_KEY")) is not None:
        return Key(given)
    kept = _from_file().get("keys")
    value = kept.get(name) if isinstance(kept, dict) else None
    return Key(value if isinstance(value, str) else "")


def load() -> Settings:
    """The settings in force. Raises BadInput naming the setting at fault."""
    given = {name: value for name, value in _from_file().items() if name != "keys"}
    for name in Settings.__struct_fields__:
        if (value := os.environ.get(f"NAVAID_{name.upper()}")) is not None:
            given[name] = value
    try:
        return msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"a setting cannot be used: {error}",
            where=f"{_path()} or NAVAID_… in the environment",
            fix="correct it",
        ) from error


def _path() -> Path:
    return Settings(home=os.environ.get("NAVAID_HOME", "")).home_path / "settings.toml"


def _from_file() -> dict[str, Any]:
    """What settings.toml holds, or nothing where there is none."""
    path = _path()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            "the settings cannot be read", where=f"{path}: {error}", fix="mend or delete the file"
        ) from error
