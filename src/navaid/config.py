"""Settings: where things lie, and the few numbers that shape an answer, each with its reason.

A setting comes from the environment (`NAVAID_HOME`, `NAVAID_EMBEDDING`, …) or from `settings.toml` in
the home folder, the environment first; nothing else is read.
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
    """`auto`, `off`, `minilm`, or the directory of an ONNX sentence model."""

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
        """Twelve hex digits over the settings that change an answer; the place of the library does not."""
        return hashlib.sha256(encode(msgspec.structs.replace(self, home=""))).hexdigest()[:12]


def load() -> Settings:
    """The settings in force. Raises BadInput naming the setting at fault."""
    given: dict[str, Any] = {}
    home = os.environ.get("NAVAID_HOME", "")
    path = Settings(home=home).home_path / "settings.toml"
    try:
        if path.is_file():
            given |= tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            "the settings cannot be read", where=f"{path}: {error}", fix="mend or delete the file"
        ) from error
    for name in Settings.__struct_fields__:
        if (value := os.environ.get(f"NAVAID_{name.upper()}")) is not None:
            given[name] = value
    try:
        return msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"a setting cannot be used: {error}",
            where=f"{path} or NAVAID_… in the environment",
            fix="correct it",
        ) from error
