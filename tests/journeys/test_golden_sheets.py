"""From sheets filled in by hand to golden answers, and how they are compared: with made-up sentences."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.personal_parts import gold, sheets
from benchmarks.personal_parts.asked import Page, Said, Told

from navaid.terms import Applies, Certainty, Claim, Facet, Fitting

NAME = "survivor"
FOUND = {"a.all": Applies.GENERAL, "b.mine": Applies.APPLIES, "c.other": Applies.DOES_NOT_APPLY}


def _told() -> dict[str, Told]:
    said = {
        id_: Said(
            Claim(id_, f"About {id_}.", Facet.WHAT_IT_IS, Certainty.ESTABLISHED, (), "starter"), Fitting(id_, applies)
        )
        for id_, applies in FOUND.items()
    }
    return {NAME: Told(said, {"chemo": Page(("a.all", "b.mine"), ("c.other",))})}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The golden answers lie in a folder of the test's own, and only one person is asked about."""
    for module in (gold, sheets):
        monkeypatch.setattr(module, "GOLDEN", tmp_path / "golden")
    monkeypatch.setattr(sheets, "people", lambda: (NAME,))
    gold.read_again()
    yield
    gold.read_again()


def _fill(path: Path, label: Callable[[str], str], words: str = "") -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, sheets.COLUMNS, delimiter="\t", lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(row | {"label": label(row["claim"]), "not_known": words} for row in rows)


def _labelled(folder: Path, mine: str, other: str) -> int:
    sheets.write(folder, _told())
    _fill(folder / "sentences.tsv", lambda id_: "general" if id_ == "a.all" else "limited")
    sheets.write(folder, _told())
    _fill(folder / f"{NAME}.tsv", lambda id_: mine if id_ == "b.mine" else other, "the stage")
    return sheets.read(folder, _told())


def test_sheets_do_not_show_what_was_found(tmp_path: Path) -> None:
    sheets.write(tmp_path, _told())
    _fill(tmp_path / "sentences.tsv", lambda id_: "limited")
    sheets.write(tmp_path, _told())
    rows = list(csv.reader((tmp_path / f"{NAME}.tsv").open(encoding="utf-8"), delimiter="\t"))
    assert [row[0] for row in rows[1:]] == sorted(FOUND)
    assert all(row[3:] == ["", ""] for row in rows[1:])


def test_labels_come_back_and_are_compared(tmp_path: Path) -> None:
    assert _labelled(tmp_path, "may_apply", "applies") == 0
    compared = gold.compare(_told().items())
    assert [one.claim for one in compared.of(Applies.APPLIES, *gold.MISLEADING)] == [f"{NAME}: b.mine"]
    assert [one.claim for one in compared.of(Applies.DOES_NOT_APPLY, *gold.KEPT_FROM)] == [f"{NAME}: c.other"]
    assert gold.pages(NAME) == {"chemo": Page(("b.mine",), ("c.other",))}
    assert gold.open_of(NAME)["b.mine"] == "the stage"


def test_right_labels_leave_nothing_wrong(tmp_path: Path) -> None:
    assert _labelled(tmp_path, "applies", "does_not_apply") == 0
    assert gold.compare(_told().items()) == gold.Compared(dict.fromkeys(Applies, 1) | {Applies.MAY_APPLY: 0}, (), ())


def test_sentence_without_a_label_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _labelled(tmp_path, "", "applies") == 1
    assert f"{NAME}.tsv: b.mine has no label" in capsys.readouterr().out
    assert not list((tmp_path / "golden").glob("*"))
    assert gold.compare(_told().items()).unlabelled == tuple(f"{NAME}: {id_}" for id_ in FOUND)


def test_nothing_is_written_where_two_readers_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _labelled(tmp_path / "one", "applies", "applies")
    (tmp_path / "one" / f"{NAME}.second.tsv").write_text(
        (tmp_path / "one" / f"{NAME}.tsv").read_text(encoding="utf-8").replace("\tapplies", "\tmay_apply", 1),
        encoding="utf-8",
    )
    assert sheets.read(tmp_path / "one", _told()) == 1
    assert "b.mine is applies to the one reader, may_apply to the other" in capsys.readouterr().out
