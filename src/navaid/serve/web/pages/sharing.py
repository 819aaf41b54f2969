"""Who may see my records, and who looked: grants to carers, and the log that is only added to."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid.errors import BadInput
from navaid.serve.web.accounts import audit, grants
from navaid.serve.web.accounts.member import Member
from navaid.serve.web.here import Here, HereNow

router = APIRouter()
_SHOWN = 100


@router.get("/sharing")
def sharing(here: HereNow) -> Response:
    member = _member(here)
    return here.page(
        "sharing.html.j2",
        given=grants.of(member.database, member.id),
        names=member.folders(),
        lines=audit.of(member.database, member.id, _SHOWN),
        most=_SHOWN,
    )


@router.post("/sharing/give")
def give(here: HereNow) -> Response:
    member, profile = _member(here), here.field("profile")
    if member.vault is None or profile not in member.vault.profiles:
        raise HTTPException(404)
    if here.field("sure") != "yes":
        raise BadInput("nothing was shared", where="this page", fix="tick that you want the carer to see these records")
    grants.give(member.database, member.id, member.name, member.vault.place(profile), here.field("carer"))
    return here.go("/sharing", f"{here.field('carer')} may see these records now: {profile}.")


@router.post("/sharing/take-back")
def take_back(here: HereNow) -> Response:
    member = _member(here)
    if not grants.take_back(member.database, member.id, member.name, here.field("id")):
        raise HTTPException(404)
    return here.go("/sharing", "Taken back. What was seen before was seen.")


@router.get("/sharing/log.csv")
def log(here: HereNow) -> Response:
    member = _member(here)
    lines = audit.of(member.database, member.id)
    headers = {"content-disposition": 'attachment; filename="navaid-log.csv"'}
    return Response(audit.table(lines, member.folders()), media_type="text/csv; charset=utf-8", headers=headers)


def _member(here: Here) -> Member:
    if here.session.member is None:
        raise HTTPException(404)
    return here.session.member
