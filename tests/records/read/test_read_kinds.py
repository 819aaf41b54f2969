"""What a file is read as: by its bytes; and what its reader makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.records_parts import papers

from navaid.errors import BadInput
from navaid.records.paper import Paper
from navaid.records.read import read, read_all
from navaid.records.read.plain import decode
from navaid.terms import How


def _read(folder: Path, name: str, data: bytes) -> Paper:
    file = folder / name
    file.write_bytes(data)
    (paper,) = read(file)
    assert paper.path == str(file)
    assert paper.name == name
    return paper


def test_every_kind_is_read_and_its_words_arrive(tmp_path: Path) -> None:
    wanted = {
        "report.txt": ("text/plain", "HER2: score 1+"),
        "wide.txt": ("text/plain", "HER2: score 1+"),
        "report.html": ("text/html", "ER\tpositive 95 %"),
        "report.rtf": ("application/rtf", "ER\tpositive 95 %"),
        "report.pdf": ("application/pdf", "Estrogen receptor: positive (95 %)"),
    }
    kinds = papers.all_kinds()
    for name, (media_type, words) in wanted.items():
        paper = _read(tmp_path, name, kinds[name])
        assert paper.media_type == media_type
        assert words in paper.text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Ki-67 ≥ 20 %".encode(), "Ki-67 ≥ 20 %"),
        ("Ki-67 ≥ 20 %".encode("utf-16"), "Ki-67 ≥ 20 %"),
        ("Ki-67 ≥ 20 %".encode("utf-16-be"), "Ki-67 ≥ 20 %"),
        ("\ufeffKi-67 ≥ 20 %".encode(), "\ufeffKi-67 ≥ 20 %".removeprefix("\ufeff")),
        ("12 µm – “free”".encode("cp1252"), "12 µm – “free”"),
        (b"caf\xe9 \x81", "caf\xe9 \x81"),
        ("12 µm, ≥ 1 mm, “free”, é".encode()[:-1], "12 µm, ≥ 1 mm, “free”, \ufffd"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_signs_that_could_not_be_read_are_noted(tmp_path: Path) -> None:
    paper = _read(tmp_path, "a.txt", "grade 2 ≥ é".encode()[:-1])
    assert any("�" in note for note in paper.notes)


def test_form_feeds_part_the_pages_of_a_text(tmp_path: Path) -> None:
    paper = _read(tmp_path, "a.txt", b"one\r\nline\ftwo\f")
    assert [paper.text[page.start : page.end] for page in paper.pages] == ["one\nline", "two"]
    assert paper.page_at(paper.text.index("two")).number == 2


def test_what_a_page_hides_is_left_out_and_noted(tmp_path: Path) -> None:
    hidden = b"<p>Grade 2<p style='display : none'>HER2 positive</p><div class=q hidden>ER negative</div>"
    paper = _read(tmp_path, "a.html", hidden + b"<script>PR positive</script><style>.z{}</style>")
    assert paper.text == "Grade 2"
    assert len(paper.notes) == 1
    assert _read(tmp_path, "b.html", b"<p>Grade 2").notes == ()


def test_nested_tables_of_a_page_that_lay_it_out(tmp_path: Path) -> None:
    inner = b"<table><tr><th>ER<td>90 %</table>"
    paper = _read(tmp_path, "a.html", b"<table><tr><td>" + inner + b"<td>Comment<br>none</table>")
    assert paper.text.split("\n") == ["ER\t90 %", "", "Comment", "none"]


def test_a_word_document_with_table_header_form_and_changes(tmp_path: Path) -> None:
    def run(text: str, properties: str = "") -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    def cell(text: str) -> str:
        return f"<w:tc><w:p>{run(text)}</w:p></w:tc>"

    row = f"<w:tr>{cell('ER')}{cell('positive')}<w:sdt><w:sdtContent>{cell('95 %')}</w:sdtContent></w:sdt></w:tr>"
    body = (
        f"<w:p>{run('Grade')}<w:r><w:tab/></w:r>{run('2')}</w:p><w:tbl>{row}</w:tbl>"
        f"<w:p><w:del>{run('HER2 3+')}</w:del><w:ins>{run('HER2 0')}</w:ins>{run('secret', '<w:vanish/>')}</w:p>"
    )
    parts, relation = papers.header("Ann Other")
    paper = _read(
        tmp_path, "a.docx", papers.docx(body, parts={**parts, "word/vbaProject.bin": b"x"}, relations=relation)
    )
    assert paper.text == "Ann Other\n\nGrade\t2\n\nER\tpositive\t95 %\n\nHER2 0"
    assert len(paper.notes) == 3  # hidden text, struck-out text, macros
    assert paper.pages[0].how is How.MARKUP


def test_rtf_keeps_headers_rows_and_signs_and_leaves_hidden_text_out(tmp_path: Path) -> None:
    paper = _read(tmp_path, "a.rtf", papers.rtf())
    assert paper.text == "Ann Other\nGrade 2, 12 µm\nER\tpositive 95 %\nHER2 ≥10 %"
    assert len(paper.notes) == 1


@pytest.mark.parametrize(
    ("name", "kind"), [("report.docx", "report.pdf"), ("photo.jpg", "report.html"), ("a.pdf", "report.txt")]
)
def test_a_mislabelled_file_is_read_as_what_it_is_and_said_so(tmp_path: Path, name: str, kind: str) -> None:
    paper = _read(tmp_path, name, papers.all_kinds()[kind])
    assert papers.LINES[0] in paper.text or "Grade 2" in paper.text
    assert any("The name ends in" in note for note in paper.notes)


def test_structured_records_go_to_their_readers(tmp_path: Path) -> None:
    kinds = papers.all_kinds()
    fhir = _read(tmp_path, "record.txt", kinds["record.json"])
    assert fhir.entries
    assert fhir.entries[0].resource["resourceType"] == "Observation"
    assert "left breast" in _read(tmp_path, "summary.txt", kinds["summary.xml"]).text
    assert "61 kg" in _read(tmp_path, "export.zip", kinds["export.zip"]).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
        (b"\x7fELF\x02\x01\x01" + bytes(300), "no text"),
        (b"<?xml version='1.0'?><Patient xmlns='http://hl7.org/fhir'/>", "FHIR written as XML"),
        (b"<?xml version='1.0'?><bookings/>", "XML of a kind"),
        (bytes(128) + b"DICM" + bytes(100), "DICOM"),
        (b"\x1f\x8b\x08\x00" + bytes(40), "gzip"),
        (b"Rar!\x1a\x07\x00" + bytes(40), "RAR"),
    ],
)
def test_what_is_not_read_is_refused_in_one_message(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "paper.dat"
    file.write_bytes(data)
    (error,) = read_all([file])
    assert isinstance(error, BadInput)
    assert said in error.what
    assert error.what.startswith("paper.dat ")
    assert error.where == str(file)
    assert error.fix
    with pytest.raises(BadInput, match=said):
        list(read(file))
