"""The page for a visit: everything with its paper and page, disagreements and gaps said, on one page."""

from __future__ import annotations

import builtins
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from written import TODAY, fact, paper, profile

from navaid.records.export import summary
from navaid.records.export.summary import layout, render
from navaid.records.reconcile import reconcile, told

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def many(count: int) -> Any:
    facts = [fact("comorbidity", f"illness with a long name number {number}") for number in range(count)]
    facts += [fact("er.status", "positive", side="left")]
    readings = [paper("one.pdf", TODAY, facts), paper("two.pdf", TODAY, [fact("er.status", "negative", side="left")])]
    return reconcile("me", readings, TODAY), readings


def rows(page: layout.Page) -> dict[str, layout.Row]:
    return {f"{row.label} {row.value}": row for section in page.sections for row in section.rows}


def test_rows_have_values_dates_papers_and_pages() -> None:
    page = layout.lay_out(*profile(told.word("menopause", "post", told.CONFIRM, TODAY)))
    found = rows(page)
    assert [section.title for section in page.sections] == [
        "Diagnosis: left breast, 2025",
        "Genes",
        "Treatments",
    ]
    stage = found["Stage stage IIB (pathological, AJCC 8); pT2; pN1a"]
    assert (stage.when, stage.marks) == ("2025-02-20", ("2 p. 1, 2, 3",))
    assert found["Cancer drug paclitaxel (line 1, 4 cycles)"].when == "2025-03 to 2025-06-01"
    assert found["Cancer drug tamoxifen (stopped: hot flushes)"].when == "from 2025-07-01"
    assert found["Cancer drug anastrozole (adjuvant)"].when == "as of 2025-09-01"
    assert "Cancer drug abemaciclib: planned" in found
    assert "spread to bone; spread to liver: no" in page.glance[2].value
    assert found["Radiotherapy whole breast (left, 40.05 Gy, 15 fractions)"].marks == ("3 p. 3",)
    first = {row.ask: row for row in page.glance}
    assert first["pregnancy"].value == "Menopause: after menopause"
    assert (first["pregnancy"].state, first["pregnancy"].marks) == ("confirmed", ("you",))
    assert "BRCA2 (inherited) harmful variant found (c.5946del, p.(Ser1982fs))" in found
    assert page.waiting == ("PD-L1",)
    assert "Lymphovascular invasion" in page.unknown
    assert page.left_out == ()
    assert [source.number for source in page.sources] == [1, 2, 3, 4]


def test_a_disagreement_names_both_values_and_both_papers() -> None:
    found = rows(layout.lay_out(*profile()))
    (row,) = [row for row in found.values() if row.label.startswith("Progesterone")]
    assert row.state == "conflict"
    assert row.value == "positive (papers disagree: also negative)"
    assert {mark.split(" ")[0] for mark in row.marks} == {"1", "2"}


def test_a_value_that_a_scan_shows_unclearly_is_marked() -> None:
    reading = paper("scan.pdf", TODAY, [fact("er.status", "positive", side="left", words="ER POSITIYE")])
    (found,) = reading.findings
    unclear = msgspec.structs.replace(found, source=msgspec.structs.replace(found.source, second="ER NEGATIVE"))
    reading = msgspec.structs.replace(reading, findings=(unclear,))
    page = layout.lay_out(reconcile("me", [reading], TODAY), [reading])
    assert page.sections[0].rows[0].value == "positive (unclear scan: check the paper)"


def test_what_does_not_fit_is_named_and_conflicts_stay() -> None:
    page = layout.lay_out(*many(90))
    assert sum(row.lines for section in page.sections for row in section.rows) <= layout.LINES
    assert any(row.state == "conflict" for section in page.sections for row in section.rows)
    shown = sum(row.label == "Other illness" for section in page.sections for row in section.rows)
    (first,) = [row for row in page.glance if row.ask == "illnesses"]
    above = first.value.count("illness with a long name")
    assert first.value.endswith(f"and {90 - above} more, see below")
    assert 0 < shown < 90
    assert len(page.left_out) == 90 - above - shown
    assert f"Did not fit on this page ({len(page.left_out)})" in render.to_html(page)


def test_the_page_loads_nothing_and_text_stays_text() -> None:
    made = summary.html(*profile()).decode()
    assert "operation &amp; more &lt;1&gt;.pdf" in made
    assert "default-src 'none'" in made
    assert not re.search(r"https?:|<script|<img|<link|@import|url\(", made)
    hostile = paper("x.txt", None, [fact("allergy", "<script>alert(1)</script>")], person="<b>Eve</b>")
    made = summary.html(reconcile("me", [hostile], TODAY), [hostile]).decode()
    assert "<script" not in made
    assert "<b>Eve" not in made


def test_of_nothing_it_says_so() -> None:
    made = summary.html(reconcile("me", [], TODAY), []).decode()
    assert "Nothing was found in the papers" in made
    assert "Not stated in these papers" in made


def test_what_the_person_rejected_is_not_said_to_be_unstated() -> None:
    made, readings = profile(told.word("pr.status", told.ANY, told.REJECT, TODAY))
    page = layout.lay_out(made, readings)
    assert page.rejected == ("Progesterone receptor (PR)",)
    assert "Progesterone receptor (PR)" not in page.unknown
    assert "Wrong in the papers, as the person said:" in render.to_html(page)


def test_two_papers_of_one_name_are_told_apart() -> None:
    one = paper("scan.pdf", TODAY, [fact("allergy", "latex")])
    other = paper("scan.pdf", TODAY, [fact("allergy", "penicillin")])
    (finding,) = other.findings
    source = msgspec.structs.replace(finding.source, file="FILE:other")
    other = msgspec.structs.replace(
        other, file="FILE:other", findings=(msgspec.structs.replace(finding, source=source),)
    )
    page = layout.lay_out(reconcile("me", [one, other], TODAY), [one, other])
    assert page.glance[0].value == "latex; penicillin"
    assert page.glance[0].marks == ("1 p. 1", "2 p. 1")


def test_many_papers_do_not_crowd_out_the_facts() -> None:
    long = "a paper with a rather long name that says little"
    readings = [
        paper(f"{long} {number}.pdf", TODAY, [fact("comorbidity", f"illness {number}")]) for number in range(200)
    ]
    readings += [paper("last.pdf", TODAY, [fact("er.status", "positive", side="left")])]
    page = layout.lay_out(reconcile("me", readings, TODAY), readings)
    shown = [row for section in page.sections for row in section.rows]
    (first,) = [row for row in page.glance if row.ask == "illnesses"]
    assert len(shown) + first.value.count("illness ") > 15
    assert len(shown) + first.value.count("illness ") + len(page.left_out) == 201
    shown.append(first)
    assert {mark.split(" ")[0] for row in shown for mark in row.marks} == {str(s.number) for s in page.sources}


@pytest.mark.parametrize("count", [0, 90])
def test_the_pdf_has_one_page(count: int) -> None:
    pytest.importorskip("weasyprint", exc_type=Exception)
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(summary.pdf(*(many(count) if count else profile())))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert "Paper and page" in text
    assert ("Did not fit" in text) == bool(count)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("count", [0, 90])
def test_a_browser_prints_it_on_one_page(tmp_path: Path, count: int) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    (tmp_path / "page.html").write_bytes(summary.html(*(many(count) if count else profile())))
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [
        f"--user-data-dir={tmp_path}",
        f"--print-to-pdf={tmp_path / 'page.pdf'}",
        f"file://{tmp_path}/page.html",
    ]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert len(pdfium.PdfDocument(tmp_path / "page.pdf")) == 1


def test_a_machine_without_pango_is_told_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def broken(error: Exception) -> Any:
        def import_(name: str, *given: Any) -> Any:
            if name == "weasyprint":
                raise error
            return real(name, *given)

        return import_

    monkeypatch.setattr(builtins, "__import__", broken(OSError("cannot load library 'libpango-1.0-0'")))
    with pytest.raises(summary.NoPdf) as no_pango:
        summary.pdf(*profile())
    assert "libpango" in no_pango.value.fix
    monkeypatch.setattr(builtins, "__import__", broken(ImportError("no weasyprint")))
    with pytest.raises(summary.NoPdf) as no_package:
        summary.pdf(*profile())
    assert "navaid[pdf]" in no_package.value.fix
