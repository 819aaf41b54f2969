"""Files of a form that are no papers of a person (guidelines, records of a registry), for as long as they are read.

A page that takes them reads its form itself: they are larger than what a form may have else.
"""

from __future__ import annotations

import hmac
import shutil
import tempfile
import time
from pathlib import Path, PurePosixPath, PureWindowsPath

import anyio.to_thread
from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from navaid.errors import BadInput
from navaid.records.vault.places import private_folder
from navaid.serve.web import acting
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import Here

_MOST_FILES = 200
_LEFT_S = 86_400


async def take(request: Request) -> tuple[Here, Path | None]:
    """Who sends, and a folder with the files; None where none was chosen.

    Raises HTTPException 403 without a session or its token, Locked where the records are closed, BadInput.
    """
    here = _sender(request)
    here.owner()
    form = await request.form(max_files=_MOST_FILES, max_fields=10)
    try:
        given = form.get("csrf")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), here.session.csrf.encode()):
            raise HTTPException(403, "ended")
        files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
        return here, await anyio.to_thread.run_sync(_kept_for_now, here.desk, files) if files else None
    finally:
        await form.close()


def _sender(request: Request) -> Here:
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(desk.cookie))
    if session is None or (desk.closed and not session.open):
        raise HTTPException(403, "ended")
    session.busy = True
    acting.begin(request)
    return Here(request, desk, session, FormData())


def _kept_for_now(desk: Desk, files: list[UploadFile]) -> Path:
    """A folder with these files, for as long as they are read."""
    within = private_folder(desk.settings.home_path / "adding")
    for left in [one for one in within.iterdir() if time.time() - one.stat().st_mtime > _LEFT_S]:
        shutil.rmtree(left, ignore_errors=True)  # of a server that was ended while it read
    folder = Path(tempfile.mkdtemp(dir=within))
    try:
        for number, file in enumerate(files):
            place = folder / f"{number:03}" / _name(file.filename or "")
            place.parent.mkdir()
            with place.open("wb") as to:
                shutil.copyfileobj(file.file, to)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BadInput(
            f"the files could not be taken ({error.strerror})", where="this page", fix="free some space, then try again"
        ) from None
    return folder


def _name(given: str) -> str:
    """The name of a file without any folder in it."""
    plain = PureWindowsPath(PurePosixPath(given).name).name.lstrip(".").replace("\0", "")
    return plain[:200] or "document"
