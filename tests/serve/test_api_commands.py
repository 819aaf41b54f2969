"""`navaid api token` as a person runs it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from typer.testing import CliRunner

from navaid.serve import cli
from navaid.serve.web.api.tokens import Scope, Tokens


def token(home: Path, *arguments: str) -> tuple[str, str]:
    """Standard output, and standard error with the words of an error."""
    done = CliRunner().invoke(cli.app, ["api", "token", *arguments], env={"NAVAID_HOME": str(home)})
    return done.stdout, done.stderr + (str(done.exception) if done.exception else "")


def test_a_token_is_shown_once_listed_and_revoked(tmp_path: Path) -> None:
    secret, told = token(tmp_path, "new", "phone")
    assert "reaches no records" in told
    today = dt.date.today()
    found = Tokens(tmp_path).find(secret.strip(), today)
    assert found is not None
    assert (found.scope, found.ends) == (Scope.READ, today + dt.timedelta(days=90))
    listed, _ = token(tmp_path, "list")
    assert "phone" in listed
    assert secret.strip() not in listed
    assert token(tmp_path, "revoke", "phone")[0] == "phone: revoked\n"
    assert Tokens(tmp_path).find(secret.strip(), today) is None
    assert token(tmp_path, "list")[0] == ""


def test_a_token_for_records_names_whose_and_may_hold_until_revoked(tmp_path: Path) -> None:
    secret, told = token(tmp_path, "new", "mine", "--records", "me", "--days", "0")
    assert "the records of me" in told
    assert "until it is revoked" in told
    found = Tokens(tmp_path).find(secret.strip(), dt.date(2099, 1, 1))
    assert found is not None
    assert (found.scope, found.profile) == (Scope.RECORDS, "me")


def test_what_cannot_be_done_is_told(tmp_path: Path) -> None:
    token(tmp_path, "new", "phone")
    assert "there is a token 'phone' already" in token(tmp_path, "new", "phone")[1]
    assert "there is no token 'other'" in token(tmp_path, "revoke", "other")[1]
    assert "cannot be a token's name" in token(tmp_path, "new", " ")[1]
    assert len(Tokens(tmp_path).list()) == 1
