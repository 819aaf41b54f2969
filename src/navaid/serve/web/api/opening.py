"""Opening a person's records for a program, and closing them: the passphrase gives a session that ends by itself."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from navaid.errors import BadInput, NavaidError
from navaid.records import vault
from navaid.records.vault import ways
from navaid.serve.web.accounts.book import folded
from navaid.serve.web.api import bodies, shapes
from navaid.serve.web.api.gate import CallerNow
from navaid.serve.web.api.replies import gives, reply
from navaid.serve.web.desk import Desk
from navaid.serve.web.limits import STRETCHING
from navaid.serve.web.sessions import Session

router = APIRouter(prefix="/v1/records", tags=["records"])


@router.post("/open", **gives(shapes.Opened, "The session, which belongs to this token only."))
def open_(caller: CallerNow, body: bodies.OpenRecordsBody) -> Response:
    """Open the records with the passphrase. Send the session that comes back in the header Navaid-Session."""
    caller.needs_records()
    desk, profile = caller.desk, caller.token.profile
    counted = (caller.address, *([f"name {folded(body.account)}"] if desk.accounts else []))
    desk.tries.begin(*counted)
    with STRETCHING:
        session = _opened(desk, body)
    desk.tries.good(*counted)
    session.profile = profile
    try:
        session.papers(profile).__exit__(None, None, None)  # says now if there is no such person
    except NavaidError:
        session.drop()
        raise
    secret = caller.begin(session)
    return reply(shapes.Opened(session=secret, profile=profile, idle_s=round(desk.sessions.idle_s)))


@router.post("/close", **gives(shapes.Done, "The records are closed."))
def close(caller: CallerNow) -> Response:
    """Close the records: the session opens nothing any more."""
    caller.desk.sessions.end(caller.opened())
    return reply(shapes.Done())


def _opened(desk: Desk, body: bodies.OpenRecordsBody) -> Session:
    """A session that holds the open vault. Raises VaultMissing, WrongKey and BadInput."""
    session = desk.sessions.passing()
    if desk.accounts is not None:
        member = desk.accounts.sign_in(body.account, body.passphrase or "")
        session.member, session.vault, session.user = member, member.vault, member.id
    elif (body.passphrase is None) == (body.key_file is None):
        raise BadInput(
            "one way to open the records is needed", where="the body", fix="send `passphrase` or `key_file`, not both"
        )
    else:
        given = body.key_file
        secret = ways.passphrase(body.passphrase or "") if given is None else ways.key_file(given.encode(), "key_file")
        session.vault = vault.open_(desk.records_folder, secret)
    return session
