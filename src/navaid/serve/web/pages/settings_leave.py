"""Settings, taking it with you and having it forgotten: an export as one zip, one person or everything forgotten."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from navaid import journeys
from navaid.errors import BadInput
from navaid.records import vault
from navaid.records.export import written
from navaid.records.export.form import Form
from navaid.records.export.summary import NoPdf
from navaid.records.vault.places import private_folder
from navaid.serve.web import acting
from navaid.serve.web.accounts import grants
from navaid.serve.web.accounts.member import Member
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.sessions import Locked

router = APIRouter()
LEAVING = "leaving"
"""Where an export stands in plain while it is packed and sent; emptied after each, and when the server starts."""


@router.post("/settings/export")
def export(here: HereNow) -> Response:
    """A zip of the forms that were chosen. It is not encrypted, and the page says so."""
    chosen = [form for form in Form if form.value in here.form.getlist("form")]
    if not chosen:
        raise BadInput("nothing was chosen", where="this page", fix="tick at least one of the forms")
    folder = Path(tempfile.mkdtemp(dir=private_folder(here.desk.settings.home_path / LEAVING)))
    try:
        acting.name("took a copy of: papers")
        with here.session.papers() as papers:
            name = papers.name
            if here.session.own and (member := here.session.member):
                member.note(acting.act(), member.vault.place(name).folder if member.vault else "")
            made = written.write(papers, journeys.own_profile(papers), folder / "files", chosen)
        problems = [problem for problem in made.problems if not isinstance(problem, NoPdf)]
        if problems and not made.paths:
            raise problems[0]
        packed = _packed(folder, made.paths, [f"{problem.what}. {problem.fix}" for problem in made.problems])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    called = "".join(c if c.isalnum() else "-" for c in name)[:40]
    return FileResponse(
        packed,
        media_type="application/zip",
        filename=f"navaid-{called}-{dt.date.today()}.zip",
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )


@router.get("/settings/forget")
def ask(here: HereNow) -> Response:
    _needed(here)
    return here.page("settings_forget.html.j2")


@router.post("/settings/forget")
def forget(here: HereNow) -> Response:
    """Forgets the person who is named, or everything, once the word was typed."""
    _needed(here)
    session, what = here.session, here.field("what")
    if here.field("sure").casefold() != "forget":
        raise BadInput(
            "nothing was forgotten", where="this page", fix="type the word “forget” to show that you mean it"
        )
    assert session.vault is not None
    if what == "everything":
        return _everything(here)
    name = here.field("name")
    folder = session.vault.place(name).folder
    session.vault.forget(name)
    if session.member is not None:
        grants.forget(session.member.database, session.member.id, folder)
        session.member.note("had records forgotten", folder)
    if session.profile == name:
        left = session.vault.profiles
        session.profile = left[0] if len(left) == 1 else ""
    session.asked.clear()
    return here.go("/settings", f"Forgotten: {name}. Copies that you exported are not touched.")


def _everything(here: Here) -> Response:
    folder, desk = here.folder, here.desk
    if member := here.session.member:
        return _own_vault_anew(here, member)
    vault.destroy(folder)
    desk.sessions.end_where(lambda one: one.vault is not None and one.vault.folder == folder)
    here.session = desk.sessions.passing()
    return here.go("/", "All records are forgotten, and the key with them. Copies that you exported are not touched.")


def _own_vault_anew(here: Here, member: Member) -> Response:
    """With accounts the vault stays, empty: the account goes on, and whoever keeps the machine can take it away."""
    assert member.vault is not None
    for name in member.vault.profiles:
        member.vault.forget(name)
    grants.forget(member.database, member.id)
    member.note("had all records forgotten")
    here.session.profile = ""
    here.session.asked.clear()
    return here.go("/settings", "All your records are forgotten. Copies that you exported are not touched.")


def _needed(here: Here) -> None:
    if here.session.vault is None:
        raise Locked("your records are closed", where="this page", fix="open them with your passphrase")


def _packed(folder: Path, paths: list[Path], problems: list[str]) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packing:
        for file in paths:
            packing.write(file, file.relative_to(folder / "files"))
        if problems:
            packing.writestr("not-in-here.txt", "\n".join(problems) + "\n")
    return path


def sweep(home: Path) -> None:
    """Takes away what a crash in the middle of an export left."""
    for left in _left(home):
        shutil.rmtree(left, ignore_errors=True)


def _left(home: Path) -> Iterator[Path]:
    folder = home / LEAVING
    return folder.iterdir() if folder.is_dir() else iter(())
