"""Settings, language model: off by default; what would be sent is shown before anything is sent."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import config
from navaid.errors import BadInput, NavaidError
from navaid.models import consent, endpoint, find, outbox
from navaid.models.consent import Preview
from navaid.serve import models as examples
from navaid.serve.web import settings_file
from navaid.serve.web.here import Here, HereNow
from navaid.serve.wish import chosen

router = APIRouter()
_SHOWN = 20


@router.get("/settings/model")
def model(here: HereNow) -> Response:
    _for_this_machine(here)
    return _page(here)


@router.post("/settings/model")
def choose(here: HereNow) -> Response:
    """Sets which model is in force. Nothing is sent by this."""
    _for_this_machine(here)
    wish = here.field("chat", "off")
    setting = here.field("address") if wish == "address" else wish
    try:
        if setting not in ("off", "auto"):
            endpoint.parse(setting)
        settings_file.change(here.desk.settings.home_path, "chat", setting)
    except BadInput as error:
        return _page(here, error)
    here.desk.settings = msgspec.structs.replace(here.desk.settings, chat=setting)
    return here.go(
        "/settings/model", "Kept. Look below at what it would be sent." if setting != "off" else "It is off."
    )


@router.post("/settings/model/agree")
def agree(here: HereNow) -> Response:
    """Keeps that a person agreed, to the very server whose preview the page showed."""
    _for_this_machine(here)
    shown = _preview(here)
    if not isinstance(shown, Preview) or here.field("destination") != shown.destination:
        raise BadInput("the model was changed meanwhile", where="this page", fix="reload it, and look at it again")
    consent.give(here.desk.settings.home_path, shown.destination)
    return here.go("/settings/model", f"You agreed to send sentences like these to {shown.destination}.")


@router.post("/settings/model/withdraw")
def withdraw(here: HereNow) -> Response:
    _for_this_machine(here)
    consent.withdraw(here.desk.settings.home_path, here.field("destination"))
    return here.go("/settings/model", "Taken back: nothing is sent there from now on.")


def _for_this_machine(here: Here) -> None:
    """The model is one for all who use this server; with accounts, whoever keeps the machine sets it."""
    if here.desk.accounts is not None:
        raise HTTPException(404)
    here.owner()


def _preview(here: Here) -> Preview | NavaidError | None:
    """What would leave, why no model can be had, or None where nothing leaves."""
    try:
        found = chosen(config.load())
    except NavaidError as error:
        return error
    if isinstance(found, str):
        return BadInput(found, where="the setting `chat`", fix="check that its server runs")
    return examples.example(found)


def _page(here: Here, error: NavaidError | None = None) -> Response:
    in_force, home = config.load(), here.desk.settings.home_path
    off = in_force.chat == "off"
    preview = None if off else _preview(here)
    leaves = isinstance(preview, Preview)
    return here.page(
        "settings_model.html.j2",
        400 if error else 200,
        error=error,
        chat=in_force.chat,
        found=find.look(in_force),
        preview=preview if isinstance(preview, Preview) else None,
        unavailable=preview if isinstance(preview, NavaidError) else None,
        agreed=leaves and consent.given(home, preview.destination),  # type: ignore[union-attr]
        elsewhere=here.desk.settings.chat != in_force.chat,
        sent=tuple(reversed(outbox.read(home)[-_SHOWN:])),
    )
