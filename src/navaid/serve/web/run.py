"""The server process: which address it listens on, by which names a browser may know it, and how it stops."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
from pathlib import Path

import uvicorn

from navaid.config import Settings
from navaid.errors import BadInput, NavaidError
from navaid.records import vault
from navaid.records.vault import ways
from navaid.serve.web.accounts.book import Accounts
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import place
from navaid.serve.web.listening import Listening, bind
from navaid.serve.web.pages.settings_leave import sweep
from navaid.serve.web.patience import Patient

_MOST_AT_ONCE = 400
"""Connections at a time; one more is told to come again."""


def run(settings: Settings, library: Path | None, listening: Listening, *, with_accounts: bool = False) -> None:
    """Serves until it is stopped. Raises BadInput for an address that would be open to others without protection."""
    os.umask(0o077)
    listening.check()
    accounts = _accounts(settings) if with_accounts else None
    if listening.reachable and accounts is None:
        _has_passphrase(settings.home_path / "records")
    bound = bind(listening.host, listening.port)
    desk = Desk(settings, library, secure=listening.secure, closed=listening.reachable, accounts=accounts)
    sweep(settings.home_path)
    hosts, address = listening.names(bound.getsockname()[1]), listening.address(bound.getsockname()[1])
    print(f"Navaid is open at {address} (stop it with Ctrl+C)", flush=True)
    if listening.reachable and not listening.secure:
        print("warning: nothing is encrypted on the way; whoever is in between can read passphrases and records")
    if (
        accounts is None
        and vault.exists(desk.records_folder)
        and vault.Way.KEYRING in vault.ways_in(desk.records_folder)
    ):
        desk.code = secrets.token_urlsafe(9)
        print(f"Code for opening your records with the keyring: {desk.code}", flush=True)
    server = uvicorn.Server(_config(create_app(desk, hosts), listening))
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again once it has closed everything
        server.run(sockets=[bound])
    print("Navaid has stopped; your records are closed.", flush=True)


def _config(app: object, listening: Listening) -> uvicorn.Config:
    """No access log: addresses would be in it. Only a proxy on this machine is believed whom it speaks for."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=Patient,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(listening.proxy_names),
        forwarded_allow_ips="127.0.0.1,::1",
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
    )
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(without_values)
    return config


def without_values(record: logging.LogRecord) -> bool:
    """Lets a line through with the kind of its error and the place in place of the error's words and values."""
    if record.exc_info and record.exc_info[1] is not None:
        record.msg, record.args = f"unexpected: {place(record.exc_info[1])}", ()
        record.exc_info = record.exc_text = None
    return True


def _accounts(settings: Settings) -> Accounts:
    accounts = Accounts(settings.home_path)
    if not accounts.list():
        raise BadInput(
            "there are no accounts yet, so nobody could sign in",
            where="navaid serve --accounts",
            fix="add the first with `navaid accounts add NAME --role person`",
        )
    return accounts


def _has_passphrase(folder: Path) -> None:
    """Returns where the records are kept, and closed to whoever has no secret. Raises BadInput."""
    if not vault.exists(folder):
        raise BadInput(
            "others could reach this address, and there is no passphrase that keeps them out",
            where="navaid serve",
            fix="choose one with `navaid records add FILE` first, or use `--accounts`",
        )
    try:
        vault.open_(folder, ways.passphrase(""))
    except NavaidError:
        return
    raise BadInput(
        "others could reach this address, and the passphrase of the records is empty",
        where="navaid serve",
        fix="choose a real one with `navaid records passphrase`",
    )
