"""`read`: any mix of files and folders; each file is read as what it is, or reported with its reason."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid.errors import BadInput
from navaid.sources import Skipped, folder, limits, objects, read
from navaid.terms import Document, Kind

Check = Callable[[Document], Document]
_ROW = {"url": "https://www.cancer.gov/walks", "title": "Walks - NCI", "text": "Walk a little."}
_NCI_PAGES = Path(__file__).parents[3] / "shared" / "data" / "evidence" / "nci_pages.jsonl.gz"


def test_each_file_is_read_as_what_it_is(
    tmp_path: Path, skips: list[Skipped], make_pdf: Callable[..., bytes], well_formed: Check
) -> None:
    study = {"protocolSection": {"identificationModule": {"nctId": "NCT00000000", "briefTitle": "Walks"}}}
    files = {
        "a_really_json.txt": json.dumps(_ROW).encode(),
        "b_really_html.txt": b"<!DOCTYPE html><html><body><p>Words of a page.</p></body></html>",
        "c_really_pdf.html": make_pdf([[(50, 700, 11, "Words of a leaflet.")]]),
        "d_markdown.txt": b"# Walks\n\n## Short\n\nWords.\n",
        "e_plain.md.gz": gzip.compress(b"# Packed\n\nWords."),
        "f_mixed.jsonl": json.dumps(_ROW).encode() + b"\n" + json.dumps(study).encode() + b"\n{}\n",
        "sub/g.txt": "Schöne Wörter.".encode("cp1252"),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = [well_formed(document) for document in read(tmp_path, on_skip=skips.append)]
    assert [document.title for document in found] == [
        "Walks",
        "b_really_html.txt",
        "c_really_pdf.html",
        "Walks",
        "Packed",
        "Walks",
        "Walks",
        "g.txt",
    ]
    assert found[-1].text == "Schöne Wörter."
    assert found[6].kind is Kind.REGISTRY_RECORD
    assert [skip.where.rpartition("/")[2] for skip in skips] == ["f_mixed.jsonl, line 3"]
    assert found == list(read([str(tmp_path)], on_skip=lambda skip: None))


def test_what_is_not_read_is_reported_with_its_reason(tmp_path: Path, skips: list[Skipped]) -> None:
    files = {
        "archive.zip": b"PK\x03\x04rest",
        "empty.txt": b"",
        "noise.bin": bytes(range(256)) * 20,
        "photo.txt": b"\x89PNG\r\n\x1a\n",
        "record.xml": b"<?xml version='1.0'?><ClinicalDocument/>",
        "cut.txt.gz": gzip.compress(os.urandom(50_000))[:20_000],
        "twice.gz": gzip.compress(gzip.compress(b"words")),
        ".hidden": b"words",
        "truncated.json": b'[{"url": "https://www.cancer.gov/walks", "text": "Wal',
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".git").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "empty.txt")
    os.mkfifo(tmp_path / "pipe")
    assert list(read(tmp_path, on_skip=skips.append)) == []
    reasons = {Path(skip.where).name: skip.reason for skip in skips}
    assert set(reasons) == {*files, ".git", "link.txt", "pipe"}
    assert len(skips) == len(reasons)
    assert "ZIP" in reasons["archive.zip"]
    assert "empty" in reasons["empty.txt"]
    assert "not text" in reasons["noise.bin"]
    assert "picture" in reasons["photo.txt"]
    assert "XML" in reasons["record.xml"]
    assert "cut" in reasons["truncated.json"]
    assert "packed twice" in reasons["twice.gz"]
    assert "regular file" in reasons["pipe"]


def test_a_path_that_does_not_exist_is_bad_input_at_once(tmp_path: Path, skips: list[Skipped]) -> None:
    for path in (tmp_path / "none", "a\0b", "x" * 5000):
        with pytest.raises(BadInput, match="no such file"):
            read([tmp_path, path], on_skip=skips.append)


def test_the_day_of_retrieval_is_the_callers(tmp_path: Path, skips: list[Skipped]) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    day = dt.date(2026, 2, 3)
    (with_day,) = read(tmp_path, on_skip=skips.append, retrieved=day)
    (without,) = read(tmp_path, on_skip=skips.append)
    assert (with_day.retrieved, without.retrieved) == (day, None)
    assert with_day.version == without.version
    assert (without.publisher, without.licence.name) == ("Your own files", "added by the person")
    assert without.id.startswith("FILE:sha256-")


def test_the_same_bytes_have_the_same_id_packed_or_not(tmp_path: Path, skips: list[Skipped]) -> None:
    (tmp_path / "a.txt").write_bytes(b"Words.")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"Wor") + gzip.compress(b"ds."))
    first, second = read(tmp_path, on_skip=skips.append)
    assert first.id == second.id


def test_a_gzip_bomb_is_refused(tmp_path: Path, skips: list[Skipped]) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"walk " * 12_000_000))
    assert list(read(tmp_path, on_skip=skips.append)) == []
    assert "times its size" in skips[0].reason


def test_a_document_over_the_limit_is_refused(
    tmp_path: Path, skips: list[Skipped], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.read_all, "__kwdefaults__", {"limit": 1000})
    monkeypatch.setattr(objects, "MAX_DOCUMENT_BYTES", 1000)
    monkeypatch.setattr(objects, "MAX_LINE_BYTES", 1000)
    long = json.dumps({**_ROW, "text": "walk " * 1000}).encode()
    (tmp_path / "a.txt").write_text("walk " * 1000)
    (tmp_path / "b.json").write_text(json.dumps([_ROW] * 50, indent=1))
    (tmp_path / "c.jsonl").write_bytes(long + b"\n" + json.dumps(_ROW).encode() + b"\n" + long)
    assert [document.title for document in read(tmp_path, on_skip=skips.append)] == ["Walks"]
    assert [skip.where.rpartition("/")[2] for skip in skips] == [
        "a.txt",
        "b.json",
        "c.jsonl, line 1",
        "c.jsonl, line 3",
    ]


def test_an_xml_set_is_read_one_article_at_a_time(tmp_path: Path, skips: list[Skipped]) -> None:
    article = "<PubmedArticle><MedlineCitation><PMID>%d</PMID><Article><ArticleTitle>Walks</ArticleTitle><Abstract>"
    article += f"<AbstractText>{'walk ' * 200}</AbstractText></Abstract></Article></MedlineCitation>"
    article += "</PubmedArticle>\n"
    with gzip.open(tmp_path / "p.xml.gz", "wt", compresslevel=1) as packed:
        packed.write("<PubmedArticleSet>")
        packed.writelines(article % number for number in range(1, 8001))
        packed.write("</PubmedArticleSet>")
    tracemalloc.start()
    ids = [document.id for document in read(tmp_path, on_skip=skips.append)]
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(ids), ids[-1], skips) == (8000, "PMID:8000", [])
    assert peak_bytes < 5_000_000  # the file holds 9 MB


@pytest.mark.parametrize("name", ["large.txt", "large.md", "large.html"])
def test_fifty_megabytes_of_text_are_read(tmp_path: Path, skips: list[Skipped], name: str) -> None:
    paragraph = "A walk after lunch helps some people to sleep; others rest. " * 40
    opening = {"large.txt": "", "large.md": "# Walks\n\n## Part\n\n", "large.html": "<html><body><p>"}[name]
    between = "<p>" if name == "large.html" else "\n\n"
    (tmp_path / name).write_text(opening + between.join([paragraph] * 21_000))
    begun = time.monotonic()
    (document,) = read(tmp_path / name, on_skip=skips.append)
    assert len(document.text) > 50_000_000
    assert sum(block.kind == "paragraph" for block in document.blocks) == 21_000
    assert time.monotonic() - begun < 60


def test_a_fault_of_a_reader_does_not_cost_the_other_files(
    tmp_path: Path, skips: list[Skipped], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> Document:
        raise ZeroDivisionError

    monkeypatch.setitem(folder._ONE_DOCUMENT, folder.Format.MARKDOWN, faulty)
    (tmp_path / "a.md").write_text("# Walks")
    (tmp_path / "b.txt").write_text("Words.")
    assert [document.title for document in read(tmp_path, on_skip=skips.append)] == ["b.txt"]
    assert "ZeroDivisionError" in skips[0].reason


@given(
    data=st.binary(max_size=300)
    | st.sampled_from([b"%PDF-1.5", b"\x1f\x8b\x08", b"<html>", b"{", b"[", b"<?xml?>"]).flatmap(
        lambda head: st.binary(max_size=100).map(lambda rest: head + rest)
    )
    | st.binary(max_size=200).map(gzip.compress)
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_gives_documents_or_a_reason(tmp_path: Path, well_formed: Check, data: bytes) -> None:
    file = tmp_path / "any.txt"
    file.write_bytes(data)
    skipped: list[Skipped] = []
    found = [well_formed(document) for document in read(file, on_skip=skipped.append)]
    assert found or skipped
    assert not any("fault in the reader" in skip.reason for skip in skipped)


@pytest.mark.skipif(not _NCI_PAGES.exists(), reason="the evaluation data are not beside the repository")
def test_every_page_of_the_evaluation_copy_is_read(skips: list[Skipped], well_formed: Check) -> None:
    count = with_markup = summaries = 0
    ids = set()
    for document in read(_NCI_PAGES, on_skip=skips.append):
        well_formed(document)
        count += 1
        ids.add(document.id)
        summaries += document.kind is Kind.SUMMARY
        with_markup += "](" in document.text or "[[" in document.text
        assert not document.title.endswith("- NCI")
        assert document.title[0] not in "\"'"
    assert (count, len(ids), skips) == (1433, 1433, [])
    assert with_markup <= 0.005 * count
    assert 400 < summaries < 460
