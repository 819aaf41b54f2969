"""One setting changed in `settings.toml`, with everything else in that file left as the person wrote it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from navaid.errors import BadInput
from navaid.records.vault.places import private_folder, write_whole

NAME = "settings.toml"
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def change(home: Path, name: str, value: str) -> None:
    """The setting has this value from now on. Raises BadInput where the file cannot be read or written so."""
    path = private_folder(home) / NAME
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        before = tomllib.loads(text)
        after = _changed(text, name, value)
        if tomllib.loads(after) != {**before, name: value}:
            raise ValueError
        write_whole(path, after.encode())
    except (OSError, ValueError):  # what TOML and UTF-8 object to are ValueErrors
        raise BadInput(
            "the settings could not be changed", where=str(path), fix=f"write `{name}` into that file yourself"
        ) from None


def _changed(text: str, name: str, value: str) -> str:
    """The text with the setting's line in it, before the first table."""
    table = _TABLE.search(text)
    head, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    line = f"{name} = {json.dumps(value)}\n"
    known = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*\n?", re.MULTILINE)
    if known.search(head):
        return known.sub(lambda _: line, head, count=1) + rest
    return head + ("\n" if head and not head.endswith("\n") else "") + line + rest
