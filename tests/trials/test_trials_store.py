"""Keeping records: from files, older than what is kept, malformed; statements parsed once."""

import datetime as dt
import gzip
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.trials.made_up import record

from navaid.errors import BadInput
from navaid.trials import parsed as parsing
from navaid.trials.adding import add
from navaid.trials.store import Store

TODAY = dt.date(2026, 11, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "trials") as opened:
        yield opened


def test_json_lines_lists_answers_and_gzip_are_read(store: Store, tmp_path: Path) -> None:
    one, lines, page, zipped = (tmp_path / name for name in ("1.json", "2.jsonl", "3.json", "4.jsonl.gz"))
    one.write_text(json.dumps(record(1)))
    lines.write_text("\n".join(json.dumps(record(number)) for number in (2, 3)))
    page.write_text(json.dumps({"studies": [record(4), record(5)]}))
    zipped.write_bytes(gzip.compress(json.dumps({"study": record(6)}).encode()))
    kept = add(store, [one, lines, page, zipped], TODAY)
    assert (kept.new, kept.faults) == (6, ())
    assert store.raw("NCT00000001") == record(1)


def test_faults_are_named_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    mixed, cut, gone = tmp_path / "mixed.jsonl", tmp_path / "cut.gz", tmp_path / "gone.json"
    mixed.write_text(
        f'{json.dumps(record(1))}\n{{"protocolSection": {{\n{json.dumps(record(2))}\n{{"nct_id": "NCT1"}}\n'
    )
    cut.write_bytes(gzip.compress(json.dumps(record(3)).encode())[:-12])
    kept = add(store, [mixed, cut, gone], TODAY)
    assert kept.new == 2
    assert len(kept.faults) == 4
    assert all(any(part in fault for fault in kept.faults) for part in ("line 2", "line 4", "cut.gz", "gone.json"))


def test_an_older_record_never_replaces_a_newer_one(store: Store) -> None:
    store.keep([record(1, "New", updated="2026-10-01")], TODAY)
    kept = store.keep([record(1, "Old", updated="2020-01-01")], TODAY)
    study = store.get("nct00000001")
    assert study is not None
    assert (kept.older, study.brief_title) == (1, "New")


def test_the_day_of_the_data_is_what_the_record_says_of_itself(store: Store) -> None:
    said = record(1) | {"derivedSection": {"miscInfoModule": {"versionHolder": "2024-05-01"}}}
    store.keep([said, record(2)], TODAY, own_day=True)
    seen = [study.seen for study in store]
    assert seen == [dt.date(2024, 5, 1), TODAY]


def test_seeing_the_same_record_again_moves_its_day_forward_only(store: Store) -> None:
    store.keep([record(1)], TODAY)
    store.keep([record(1)], TODAY - dt.timedelta(30))
    assert [study.seen for study in store] == [TODAY]
    store.keep([record(1)], TODAY + dt.timedelta(1))
    assert [study.seen for study in store] == [TODAY + dt.timedelta(1)]


def test_unknown_codes_and_missing_modules_are_kept_as_they_stand(store: Store) -> None:
    odd = {"protocolSection": {"identificationModule": {"nctId": "NCT00000009"}, "statusModule": "none"}}
    kept = store.keep([odd, record(1, status="PAUSED_BY_WEATHER", minimumAge="999 Years")], TODAY)
    assert kept.new == 2
    first, second = store
    assert (first.overall_status, first.minimum_age_years) == ("PAUSED_BY_WEATHER", None)
    assert "statusModule" in " ".join(second.unread)


def test_statements_are_parsed_once_and_again_when_the_record_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep([record(1, criteria="Inclusion Criteria:\n\n* Age 18 or older")], TODAY)
    counts: list[int] = []
    first = parsing.parsed(store, store, counts.append)
    assert parsing.parsed(store, store, counts.append) == first
    assert counts == [1]
    store.keep([record(1, criteria="Inclusion Criteria:\n\n* Age 21 or older", updated="2026-10-02")], TODAY)
    again = parsing.parsed(store, store, counts.append)
    assert counts == [1, 1]
    assert "21" in again["NCT00000001"][0].text
    monkeypatch.setattr(parsing, "_parser", lambda: "another")
    parsing.parsed(store, store, counts.append)
    assert counts == [1, 1, 1]


def test_a_damaged_file_or_one_of_a_later_version_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "trials.db").write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(BadInput, match="damaged") as raised:
        Store(tmp_path)
    assert "sync" in raised.value.fix
    (tmp_path / "later").mkdir()
    with sqlite3.connect(tmp_path / "later" / "trials.db") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(BadInput, match="later version"):
        Store(tmp_path / "later")
