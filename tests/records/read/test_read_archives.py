"""Archives and folders: all that can be read in them is read, and what cannot is one error each."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from benchmarks.records_parts import papers

from navaid.errors import BadInput, NavaidError
from navaid.records.paper import Paper
from navaid.records.read import archive, limits, read, read_all


def _all(folder: Path, name: str, data: bytes) -> tuple[list[Paper], list[NavaidError]]:
    file = folder / name
    file.write_bytes(data)
    return _split(file)


def _split(path: Path) -> tuple[list[Paper], list[NavaidError]]:
    found = list(read_all([path]))
    return [one for one in found if isinstance(one, Paper)], [one for one in found if isinstance(one, NavaidError)]


def test_an_archive_gives_its_papers_and_one_error_for_each_bad_file(tmp_path: Path) -> None:
    inner = papers.zipped({"d/note.rtf": papers.rtf()})
    data = papers.zipped(
        {
            "a.txt": "Grade 2",
            "__MACOSX/._a.txt": "x",
            "bad.pdf": papers.locked_pdf(),
            "inner.zip": inner,
            ".DS_Store": "x",
        }
    )
    found, errors = _all(tmp_path, "papers.zip", data)
    file = tmp_path / "papers.zip"
    assert [paper.path for paper in found] == [f"{file}!a.txt", f"{file}!inner.zip!d/note.rtf"]
    assert [paper.name for paper in found] == ["a.txt", "note.rtf"]
    assert [error.where for error in errors] == [f"{file}!bad.pdf"]


def test_read_gives_the_good_papers_before_it_raises(tmp_path: Path) -> None:
    file = tmp_path / "papers.zip"
    file.write_bytes(papers.zipped({"bad.pdf": b"%PDF-1.7", "b.txt": "Grade 2"}))
    reading = read(file)
    assert next(reading).text == "Grade 2"
    with pytest.raises(BadInput, match="damaged or cut"):
        next(reading)


def test_a_zip_bomb_is_refused_and_its_neighbours_are_read(tmp_path: Path) -> None:
    data = papers.zipped({"bomb.txt": b"0" * 40_000_000, "b.txt": "Grade 2"})
    assert len(data) < 100_000
    found, errors = _all(tmp_path, "papers.zip", data)
    assert [paper.text for paper in found] == ["Grade 2"]
    assert "times its size" in errors[0].what


def test_archives_within_archives_are_read_to_a_bounded_depth(tmp_path: Path) -> None:
    data = papers.zipped({"deep.txt": "Grade 2"})
    for _ in range(limits.ARCHIVE_DEPTH - 1):
        data = papers.zipped({"inner.zip": data})
    assert len(_all(tmp_path, "a.zip", data)[0]) == 1
    found, errors = _all(tmp_path, "b.zip", papers.zipped({"inner.zip": data}))
    assert not found
    assert "archive within archives" in errors[0].what


def test_what_all_nested_archives_unpack_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 3_000)
    inner = papers.zipped({f"{number}.txt": "x" * 1_000 for number in range(2)})
    found, errors = _all(tmp_path, "a.zip", papers.zipped({"1.zip": inner, "2.zip": inner, "z.txt": "Grade 2"}))
    assert 1 <= len(found) < 4
    assert "unpacks to more than" in errors[-1].what


def test_an_archive_of_very_many_files_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 3)
    found, errors = _all(tmp_path, "a.zip", papers.zipped({f"{number}.txt": "x" for number in range(5)}))
    assert len(found) == 3
    assert "more than 3 files" in errors[-1].what


def test_a_list_of_entries_too_long_to_load_is_refused_before_it_is(tmp_path: Path) -> None:
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 9, 9, 900_000_000, 0, 0)
    _, errors = _all(tmp_path, "a.zip", papers.zipped({"a.txt": "x"}) + end)
    assert "more than" in errors[0].what


def test_links_and_ways_out_of_an_archive_lead_nowhere(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("../../out.txt", "Grade 2")
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    found, errors = _all(folder, "a.zip", out.getvalue())
    assert [paper.text for paper in found] == ["Grade 2"]
    assert "is a link" in errors[0].what
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.zip"]


@pytest.mark.parametrize(
    "data", [papers.zipped({}), papers.zipped({"a.txt": "Grade 2"})[:-30], b"PK\x03\x04" + bytes(60)]
)
def test_an_empty_or_cut_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    found, errors = _all(tmp_path, "a.zip", data)
    assert not found
    assert len(errors) == 1


def test_office_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    _, errors = _all(tmp_path, "a.xlsx", papers.zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}))
    assert "Excel" in errors[0].what


def test_a_word_document_that_is_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    _, errors = _all(tmp_path, "a.docx", papers.docx(parts={"word/document.xml": bomb}))
    assert "XML bomb" in errors[0].what
    deep = "<w:p>" * 5_000 + "</w:p>" * 5_000
    _, errors = _all(tmp_path, "b.docx", papers.docx(deep))
    assert len(errors) == 1


def test_a_folder_is_read_in_the_order_of_names_without_links_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "sub/a.txt", ".hidden.txt"):
        (tmp_path / name).write_text("Grade 2", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    found, errors = _split(tmp_path)
    assert [paper.name for paper in found] == ["b.txt", "a.txt"]
    assert sorted(error.what.split(" ", 1)[0] for error in errors) == ["link.txt", "pipe", "round"]


def test_a_folder_of_very_many_files_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 4)
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("Grade 2", encoding="utf-8")
    found, errors = _split(tmp_path)
    assert len(found) == 4
    assert len(errors) == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_or_missing_or_unreadable_file_is_one_error(tmp_path: Path) -> None:
    assert "device" in _split(Path("/dev/zero"))[1][0].what
    assert "no such file" in _split(tmp_path / "missing.pdf")[1][0].what
    assert "not a path" in _split(Path("a\0b"))[1][0].what
    assert "holds no files" in _split(tmp_path)[1][0].what


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may read all")
def test_a_file_that_may_not_be_read_is_one_error(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Grade 2", encoding="utf-8")
    file.chmod(0)
    assert "permission denied" in _split(file)[1][0].what


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 100_000)
    _, errors = _all(tmp_path, "a.pdf", papers.pdf() + b"%" * 200_000)
    assert "larger than" in errors[0].what


def test_the_budget_of_an_archive_is_its_own() -> None:
    assert archive.Budget().bytes == limits.ARCHIVE_BYTES
