"""How the pages look: the sheet of a saved answer page, then the app's own, both with a mark of their version."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

router = APIRouter()
_STATIC = Path(__file__).parent / "static"


@router.get("/static/page.css")
def page_css() -> Response:
    return Response(sheet(), media_type="text/css")


@functools.cache
def sheet() -> str:
    """What the saved file has in its head, for a page made for everybody and for one made for a person."""
    folder = importlib.resources.files("navaid.answers.render")
    return "".join(folder.joinpath(name).read_text("utf-8") for name in ("page.css", "mine.css"))


@functools.cache
def version() -> str:
    """Changes with any of the files, so that a browser which kept them asks again."""
    files = [sheet().encode(), *(path.read_bytes() for path in sorted(_STATIC.iterdir()) if path.is_file())]
    return hashlib.sha256(b"".join(files)).hexdigest()[:10]
