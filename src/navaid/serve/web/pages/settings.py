"""Settings: the passphrase, what is kept where, and whether all that Navaid needs is here."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from navaid.errors import NavaidError
from navaid.models import find
from navaid.records import vault
from navaid.records.vault import ways
from navaid.records.vault.errors import WrongKey
from navaid.serve import small
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.limits import STRETCHING
from navaid.serve.web.passphrases import chosen
from navaid.serve.web.sessions import Locked
from navaid.terms import Record

router = APIRouter()


class Kept(Record, frozen=True):
    """A place on disk: what lies there, whether it is encrypted, and how many bytes it has."""

    what: str
    path: str
    how: str
    size: int


@router.get("/settings")
def settings(here: HereNow) -> Response:
    return _page(here)


@router.post("/settings/passphrase")
def passphrase(here: HereNow) -> Response:
    """Changes the passphrase; other browsers in which these records are open close."""
    session, desk = here.session, here.desk
    if session.vault is None:
        raise Locked("your records are closed", where="this page", fix="open them, then change the passphrase")
    desk.tries.begin(here.address)
    try:
        with STRETCHING:
            change(here)
    except NavaidError as error:
        return _page(here, error)
    desk.tries.good(here.address)
    desk.sessions.renew(session)
    desk.sessions.end_where(lambda one: one is not session and one.user == session.user and one.open)
    return here.go("/settings", "The passphrase was changed. The old one opens nothing any more.")


def change(here: Here) -> None:
    """The passphrase of whoever is here, after the old one was given once more. Raises WrongKey or BadInput."""
    session, new = here.session, chosen(here, "new")
    if session.member is not None:
        session.member.change(here.secret("passphrase"), new)
        return
    assert session.vault is not None
    if vault.Way.PASSPHRASE in session.vault.keys.ways:
        vault.open_(session.vault.folder, ways.passphrase(here.secret("passphrase")))
    session.vault.add_way(ways.passphrase(new))


@router.get("/settings/check")
def check(here: HereNow) -> Response:
    here.owner()
    return here.page("settings_check.html.j2", findings=small.findings())


def _page(here: Here, error: NavaidError | None = None) -> Response:
    known = here.session.vault.keys.ways if here.session.vault else ()
    return here.page(
        "settings.html.j2",
        401 if isinstance(error, WrongKey) else 400 if error else 200,
        error=error,
        has_passphrase=vault.Way.PASSPHRASE in known or here.session.member is not None,
        kept=kept(here) if here.session.open or not vault.exists(here.folder) else (),
        model=find.look(here.desk.settings).words if here.desk.accounts is None else "",
    )


def kept(here: Here) -> tuple[Kept, ...]:
    """What lies on this machine, and where."""
    home = here.desk.settings.home_path
    rows: tuple[tuple[str, Path, str], ...] = (
        ("Your papers, what was read in them, and pages made from them", here.folder, "encrypted"),
        ("The library: public texts, nothing about you", home / "library", "not encrypted"),
        ("Trials that were fetched: public records, nothing about you", home / "trials", "not encrypted"),
        ("What you agreed to send to a language model", home / "consent.json", "not encrypted, no text of yours"),
        ("The log of what left this machine", home / "outbox.jsonl", "not encrypted, no text unless you set it so"),
    )
    if here.desk.accounts is not None:
        rows = rows[:1]
    return tuple(Kept(what, str(path), how, _size(path)) for what, path, how in rows if path.exists())


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())
