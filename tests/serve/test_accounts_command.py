"""`navaid accounts` as whoever keeps the machine runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from navaid.errors import BadInput
from navaid.records.vault import keys
from navaid.serve import cli
from navaid.serve.web.accounts.book import Accounts

PASSPHRASE = "anna walks over hills"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def accounts(home: Path, *arguments: str, passphrase: str | None = PASSPHRASE, typed: str = "") -> Result:
    environment = {"NAVAID_HOME": str(home), "NO_COLOR": "1", "NAVAID_PASSPHRASE": passphrase}
    return CliRunner().invoke(cli.app, ["accounts", *arguments], env=environment, input=typed)


def test_accounts_are_added_listed_and_taken_away(home: Path) -> None:
    assert accounts(home, "add", "Anna").exit_code == 0
    assert accounts(home, "add", "Ben", "--role", "carer").exit_code == 0
    listed = accounts(home, "list").stdout
    assert "Anna" in listed
    assert "carer" in listed
    assert PASSPHRASE not in listed
    assert accounts(home, "remove", "Ben", typed="n\n").exit_code == 1
    assert "Ben" in accounts(home, "list").stdout
    assert accounts(home, "remove", "Ben", "--yes").exit_code == 0
    assert "Ben" not in accounts(home, "list").stdout


def test_a_reset_says_what_stays_closed(home: Path) -> None:
    accounts(home, "add", "Anna")
    done = accounts(home, "reset", "anna", "--yes", passphrase="anna begins once more")
    assert done.exit_code == 0
    assert "records-closed-" in done.stderr
    assert Accounts(home).sign_in("Anna", "anna begins once more").name == "Anna"


@pytest.mark.parametrize("arguments", [("add", "Anna"), ("remove", "Nobody", "--yes"), ("reset", "Nobody", "--yes")])
def test_what_will_not_do_is_told(home: Path, arguments: tuple[str, ...]) -> None:
    accounts(home, "add", "Anna")
    assert isinstance(accounts(home, *arguments).exception, BadInput)


@pytest.mark.parametrize("passphrase", ["", "short"])
def test_a_short_passphrase_makes_no_account(home: Path, passphrase: str) -> None:
    assert isinstance(accounts(home, "add", "Anna", passphrase=passphrase).exception, BadInput)
    assert Accounts(home).list() == ()


def test_nobody_to_ask_is_told(home: Path) -> None:
    assert isinstance(accounts(home, "add", "Anna", passphrase=None).exception, BadInput)
