"""Opening the records and closing them: a passphrase, a key file, or the keyring with a code from the terminal."""

from __future__ import annotations

import hmac
from urllib.parse import quote

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from navaid.errors import BadInput, NavaidError
from navaid.records import vault
from navaid.records.vault import keys, ways
from navaid.records.vault.errors import WrongKey
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.limits import STRETCHING
from navaid.serve.web.passphrases import chosen
from navaid.serve.web.trouble import local

router = APIRouter()


@router.get("/records/open")
def opening(here: HereNow, to: str = "/records") -> Response:
    if here.session.open:
        return here.go(local(to))
    return _page(here, local(to))


@router.post("/records/open")
def open_(here: HereNow) -> Response:
    to = local(here.field("to", "/records"))
    if here.desk.accounts is not None:
        return here.go(here.desk.door)
    here.desk.tries.begin(here.address)
    try:
        with STRETCHING:
            opened = _opened(here)
    except (WrongKey, BadInput) as error:
        return _page(here, to, error)
    here.desk.tries.good(here.address)
    session = here.desk.sessions.renew(here.session)
    session.vault = opened
    held = opened.profiles
    session.profile = held[0] if len(held) == 1 else ""
    return here.go(to if session.profile else f"/people?to={quote(to)}", "Your records are open.")


@router.post("/records/close")
def close(here: HereNow) -> Response:
    here.desk.sessions.end(here.session)
    here.session = here.desk.sessions.passing()
    return here.go("/", "Your records are closed. Whoever comes next needs the passphrase.")


def _page(here: Here, to: str, error: NavaidError | None = None) -> Response:
    if here.desk.accounts is not None:
        return here.go(here.desk.door)
    known = vault.ways_in(here.folder) if vault.exists(here.folder) else ()
    return here.page("opening.html.j2", 401 if error else 200, to=to, error=error, ways=known, new=not known)


def _opened(here: Here) -> vault.Vault:
    """The vault, by what the form gave. Raises WrongKey or BadInput."""
    folder = here.folder
    if not vault.exists(folder):
        return _first(here)
    given, way = here.form.get("key_file"), here.field("way", "passphrase")
    if way == "key_file" and isinstance(given, UploadFile):
        return vault.open_(folder, ways.key_file(given.file.read(1000), given.filename or "the file"))
    if way == "keyring":
        code = here.field("code")
        if not here.desk.code or not hmac.compare_digest(code.encode(), here.desk.code.encode()):
            raise WrongKey(
                "this is not the code", where="this page", fix="copy it from the window where Navaid was started"
            )
        return vault.open_(folder, ways.from_keyring(keys.load(folder).vault))
    return vault.open_(folder, ways.passphrase(here.secret("passphrase")))


def _first(here: Here) -> vault.Vault:
    """A new vault, and in it the first person. Raises BadInput."""
    if here.desk.closed:
        raise BadInput(
            "no records are kept here yet, and they are not begun from another machine",
            where="this page",
            fix="run `navaid records add FILE` on the machine itself first",
        )
    made = vault.create(here.folder, ways.passphrase(chosen(here)))
    with made.papers(here.field("name") or vault.DEFAULT_PROFILE, create=True):
        return made
