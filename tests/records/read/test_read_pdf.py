"""PDF: the words and their boxes, rows that stay rows, columns that are read one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.records_parts import papers

from navaid.errors import BadInput
from navaid.records.paper import Paper
from navaid.records.read import limits, pdf, read_all
from navaid.records.read.source import Source


def _silent(number: int, of: int, seconds: float) -> None:
    """The `OnPage` that says nothing."""


def _read(data: bytes) -> Paper:
    return pdf.read(Source(data=data, path="a.pdf", name="a.pdf"), _silent)


def _html(body: str, style: str = "") -> Paper:
    weasyprint = pytest.importorskip("weasyprint", exc_type=Exception)
    return _read(weasyprint.HTML(string=f"<style>body {{ font: 10pt serif }} {style}</style>{body}").write_pdf())


def test_words_have_boxes_in_points_from_the_upper_left() -> None:
    paper = _read(papers.pdf([papers.text_at([(72, 700, "Grade 2")])]))
    (page,) = paper.pages
    assert (page.width, page.height, page.unit, page.turned) == (612, 792, "pt", 0)
    assert [paper.text[word.start : word.end] for word in page.words] == ["Grade", "2"]
    first = page.words[0].box
    assert first.x0 == pytest.approx(72, abs=1)
    assert first.y0 < 92 < first.y1  # the baseline is 700 from below
    assert paper.words_in(0, 5) == page.words[:1]


@pytest.mark.parametrize(("rotation", "turned"), [(0, 0), (90, 270), (180, 180), (270, 90)])
def test_a_page_shown_turned_is_read_all_the_same(rotation: int, turned: int) -> None:
    paper = _read(papers.pdf(extra_page=f"/Rotate {rotation}"))
    (page,) = paper.pages
    assert paper.text.startswith("SURGICAL PATHOLOGY REPORT\nPatient: Ann Other")
    assert page.turned == turned
    assert (page.width > page.height) == (rotation in (90, 270))
    assert all(0 <= word.box.x0 <= word.box.x1 <= page.width for word in page.words)
    assert all(0 <= word.box.y0 <= word.box.y1 <= page.height for word in page.words)


def test_a_page_written_sideways() -> None:
    drawn = papers.text_at([(300, 100, "Grade two"), (320, 100, "Left breast")], matrix="0 1 -1 0")
    paper = _read(papers.pdf([drawn]))
    assert paper.text == "Grade two\nLeft breast"
    assert paper.pages[0].turned == 90


def test_the_corner_of_a_cropped_page_is_where_it_is_shown() -> None:
    paper = _read(papers.pdf([papers.text_at([(172, 700, "Grade")])], extra_page="/CropBox [100 100 500 750]"))
    (page,) = paper.pages
    assert (page.width, page.height) == (400, 650)
    assert page.words[0].box.x0 == pytest.approx(72, abs=1)


def test_rows_stay_rows_where_a_file_draws_column_by_column() -> None:
    names = [(72, 700 - 20 * row, name) for row, name in enumerate(("ER", "PR", "HER2", "Ki-67"))]
    values = [(300, 700 - 20 * row, value) for row, value in enumerate(("positive", "negative", "1+", "20 %"))]
    paper = _read(papers.pdf([papers.text_at(names + values)]))
    assert paper.text.split("\n") == ["ER\tpositive", "PR\tnegative", "HER2\t1+", "Ki-67\t20 %"]


_ROWS = (
    ("Marker", "Result", "Details of the staining that was seen", "Meaning"),
    ("Estrogen receptor (ER)", "Positive", "95 percent of the nuclei stain strongly (Allred score 8/8)", "Responds"),
    ("Progesterone receptor (PR)", "Negative", "Less than 1 percent of the nuclei (Allred score 0/8)", "See below"),
    ("HER2", "Equivocal", "Score 2+, weak complete staining in more than ten percent of the cells", "ISH follows"),
    ("Ki-67", "20 %", "hot spot", "of doubtful use"),
)


@pytest.mark.parametrize("border", ["1px solid black", "0"])
@pytest.mark.parametrize("align", ["top", "middle"])
def test_cells_of_several_lines_are_joined_and_rows_stay_rows(border: str, align: str) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS)
    cells = f"td {{ border: {border}; padding: 5px; vertical-align: {align} }}"
    style = f"table {{ border-collapse: collapse; width: 100% }} {cells}"
    paper = _html(f"<p>Left breast</p><table>{rows}</table><p>Comment: a sentence of its own below.</p>", style)
    assert [tuple(line.split("\t")) for line in paper.text.split("\n") if "\t" in line] == list(_ROWS)
    assert paper.text.startswith("Left breast\n")
    assert paper.text.endswith("\nComment: a sentence of its own below.")


def test_fields_below_each_other_are_not_joined() -> None:
    fields = (("Name: Ann Other", "Born: 01/02/1960"), ("Number: 12", "Taken: 03/04/2024"), ("Ward: 7", "Sex: F"))
    rows = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in fields)
    assert _html(f"<table style='width: 100%'>{rows}</table>").text.split("\n") == ["\t".join(row) for row in fields]


def test_what_stands_along_the_margin_or_across_the_page_does_not_tear_the_lines() -> None:
    names = [(72, 700 - 20 * row, name) for row, name in enumerate(("ER", "PR", "HER2", "Ki-67"))]
    values = [(300, 700 - 20 * row, value) for row, value in enumerate(("positive", "negative", "1+", "20 %"))]
    margin = papers.text_at([(30, 500, "printed from the portal")], matrix="0 1 -1 0")
    across = papers.text_at([(150, 560, "COPY")], size=60, matrix="0.7 0.7 -0.7 0.7")
    paper = _read(papers.pdf([f"{across} {papers.text_at(names + values)} {margin}"]))
    lines = paper.text.split("\n")
    assert lines[:4] == ["ER\tpositive", "PR\tnegative", "HER2\t1+", "Ki-67\t20 %"]
    assert sorted(line for line in lines[4:] if line) == ["COPY", "printed from the portal"]
    assert paper.pages[0].turned == 0


def test_an_empty_cell_keeps_its_place() -> None:
    rows = (
        ("Test", "Flag", "Unit"),
        ("Platelets", "", "10^9/L"),
        ("Hemoglobin", "L", "g/dL"),
        ("Creatinine", "", "mg/dL"),
    )
    html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    paper = _html(f"<table style='width: 100%'>{html}</table>", "td { padding: 2px 6px }")
    assert paper.text.split("\n") == ["\t".join(row) for row in rows]


def test_a_synoptic_report_keeps_its_fields_and_joins_a_value_of_two_lines() -> None:
    report = (
        "SPECIMEN\n  Procedure:                Excision\n  Laterality:               Left\n\nTUMOR\n"
        "  Overall Grade:            Grade 2\n  Tumor Size:               Greatest dimension of the largest\n"
        "                            invasive focus: 18 mm\n  Lymphovascular Invasion:  Not identified\nMARGINS\n"
        "  Closest margin:           3 mm"
    )
    lines = _html(f"<pre>{report}</pre>").text.split("\n")
    assert "TUMOR" in lines
    assert "MARGINS" in lines
    assert "Overall Grade:\tGrade 2" in lines
    assert "Tumor Size:\tGreatest dimension of the largest invasive focus: 18 mm" in lines
    assert "Lymphovascular Invasion:\tNot identified" in lines


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    sentences = [
        f"Sentence {number} tells of the tumour in the left breast, of its size and of what was seen around it."
        for number in range(40)
    ]
    style = "div { column-count: 2; column-gap: 8mm; text-align: justify }"
    above = "<p>A line above the columns that goes on over the whole page, from left to right.</p>"
    paper = _html(f"{above}<div>{' '.join(sentences)}</div>", style)
    assert " ".join(sentences) in " ".join(paper.text.split())


def test_a_locked_cut_or_empty_pdf_is_refused() -> None:
    for data, said in (
        (papers.locked_pdf(), "locked with a password"),
        (papers.pdf()[:200], "damaged or cut"),
        (b"%PDF-1.7\n", "damaged or cut"),
    ):
        with pytest.raises(BadInput, match=said):
            _read(data)


def test_a_pdf_cut_near_its_end_is_read_and_said_to_be_cut() -> None:
    whole = papers.pdf()
    paper = _read(whole[: whole.index(b"startxref")])
    assert "Estrogen receptor" in paper.text
    assert any("cut short" in note for note in paper.notes)


def test_a_page_of_absurd_size_is_noted_and_the_others_read() -> None:
    assert any("inches" in note for note in _read(papers.pdf(box="0 0 99999 99999")).notes)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 2)
    with pytest.raises(BadInput, match="3 pages"):
        _read(papers.pdf([papers.text_at([(72, 700, "a")])] * 3))


def test_words_outside_the_page_are_left_out_and_noted() -> None:
    paper = _read(papers.pdf([papers.text_at([(72, 700, "Grade 2"), (72, 2000, "HER2 positive")])]))
    assert paper.text == "Grade 2"
    assert paper.notes


def test_progress_names_each_page(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(papers.pdf([papers.text_at([(72, 700, "one")]), papers.text_at([(72, 700, "two")])]))
    seen: list[tuple[str, int, int]] = []
    (paper,) = read_all([file], on_page=lambda path, number, of: seen.append((path, number, of)))
    assert isinstance(paper, Paper)
    assert paper.text == "one\ftwo"
    assert seen == [(str(file), 1, 2), (str(file), 2, 2)]
