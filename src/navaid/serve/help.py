"""The help of every command, as docs/commands.md shows it: `python -m navaid.serve.help > docs/commands.md`."""

from __future__ import annotations

import os
import subprocess
import sys

COMMANDS = (
    *((), ("ask",), ("answers",), ("answers", "list"), ("answers", "show"), ("library",), ("library", "add")),
    *(("library", "embed"), ("library", "list"), ("library", "show"), ("library", "remove"), ("library", "stats")),
    *(("library", "check"), ("library", "repair"), ("triage",), ("verify",), ("explain",), ("questions",)),
    *(("starter",), ("starter", "check"), ("starter", "build"), ("doctor",)),
    *(("models",), ("models", "show"), ("models", "preview"), ("models", "agree"), ("models", "withdraw")),
    ("models", "outbox"),
    *(("records",), ("records", "read"), ("records", "add"), ("records", "list"), ("records", "show")),
    *(("records", "confirm"), ("records", "correct"), ("records", "reject"), ("records", "unsay")),
    *(("records", "remove"), ("records", "export"), ("records", "forget"), ("records", "passphrase")),
    *(("records", "profiles"), ("records", "check")),
    *(("trials",), ("trials", "sync"), ("trials", "add"), ("trials", "find"), ("trials", "show")),
    *(("trials", "check"), ("trials", "summary"), ("trials", "repair")),
)
_HEAD = """# Commands

Made from the commands themselves: `python -m navaid.serve.help > docs/commands.md`. The lines that `--jsonl`
reads and writes are described in [answer-json.md](answer-json.md).
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"\n## navaid {' '.join(c)}".rstrip() + f"\n\n```\n{shown(*c)}\n```\n" for c in COMMANDS)


def shown(*command: str) -> str:
    """What `navaid COMMAND --help` prints at 100 columns."""
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "navaid", *command, "--help"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


if __name__ == "__main__":
    sys.stdout.write(page())
