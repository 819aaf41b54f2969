"""What `navaid doctor` checks for records: packages, OCR, the library for PDFs, the keyring, who may see the folder."""

from __future__ import annotations

import importlib
import importlib.util
import os
import stat
from collections.abc import Iterator

from navaid.config import Settings
from navaid.errors import NavaidError

Check = tuple[str, bool, str]
"""A name, whether it is fine, and how to mend it (`optional: …` where one can do without)."""

_NEEDED = ("sqlcipher3", "cryptography", "argon2", "striprtf", "defusedxml", "fhir.resources")


def checks(settings: Settings) -> Iterator[Check]:
    """Each check in turn; none of them needs the passphrase or opens the records."""
    for module in _NEEDED:
        yield f"package {module}", _there(module), "run `pip install navaid`"
    from navaid.records.read import ocr

    missing = ocr.available()
    yield "scans and photographs (OCR)", not missing, f"optional: {missing}"
    yield _pdf()
    yield _keyring()
    yield from _folder(settings)


def _there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _pdf() -> Check:
    from navaid.records.export.one_page import NoPdf, weasyprint

    try:
        weasyprint()
    except NoPdf as error:
        return "summary as PDF", False, f"optional: {error.fix}"
    return "summary as PDF", True, ""


def _keyring() -> Check:
    name = "keyring of the operating system"
    if not _there("keyring"):
        return name, False, "optional: run `pip install 'navaid[keyring]'`"
    keyring = importlib.import_module("keyring")
    usable = keyring.get_keyring().priority > 0
    return name, usable, "optional: none can be used here; a passphrase or a key file does as well"


def _folder(settings: Settings) -> Iterator[Check]:
    from navaid.records import vault

    folder = settings.home_path / "records"
    if not vault.exists(folder):
        yield f"records (none kept in {folder})", True, ""
        return
    try:
        ways = ", ".join(way.value.replace("_", " ") for way in vault.ways_in(folder))
        yield f"records in {folder}, opened by: {ways}", True, ""
    except NavaidError as error:
        yield f"records: {error.what}", False, error.fix
    if os.name != "nt":
        closed = stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
        yield "records are for their owner only", closed, f"run `chmod 700 {folder}`"
