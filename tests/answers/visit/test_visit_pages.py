"""The two pages and the FHIR document: one sheet whatever they hold, nothing lost in silence, nothing loaded."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from visit_material import METASTATIC, data, fact, item, paper, planned, profile_of

from navaid.answers.visit import clinician, fhir, person, plan, written
from navaid.answers.visit.form import VisitForm
from navaid.errors import BadInput
from navaid.records.export import mcode
from navaid.terms import Origin, Reading, VisitItem, VisitPlan, decode

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 3
HARD = (METASTATIC[0], paper("hard.pdf", *(fact("comorbidity", f"{LONG} {n}") for n in range(30))))
TEXTS = (LONG, "WWWWW MMMM " * 20, "診断は何ですか。" * 30, "a " * 140, "Is it so? " * 25, "😀" * 120)


def many(count: int, readings: tuple[Reading, ...] = METASTATIC) -> VisitPlan:
    items = [
        item(n, TEXTS[n % len(TEXTS)][:290] + f" {n}", origin, words=TEXTS[n % 5], why=TEXTS[(n + 1) % 5])
        for n, origin in enumerate([*Origin] * (count // 6 + 1))
    ]
    return planned(readings, *items[:count])


CASES = {
    "as it is": (planned(METASTATIC), METASTATIC),
    "60 questions": (many(60), METASTATIC),
    "60 questions, hard papers": (plan.note(many(60, HARD), "WM " * 190), HARD),
    "nothing": (VisitPlan(profile="me", made=dt.date(2026, 3, 1)), ()),
}
PAGES = ("person", "clinician")


def html_of(page: str, made: VisitPlan, readings: tuple[Reading, ...]) -> str:
    if page == "person":
        return person.html(made, profile_of(readings), readings, data()).decode()
    return clinician.html(made, profile_of(readings), readings).decode()


def pdf_of(page: str, made: VisitPlan, readings: tuple[Reading, ...]) -> bytes:
    if page == "person":
        return person.pdf(made, profile_of(readings), readings, data())
    return clinician.pdf(made, profile_of(readings), readings)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("page", PAGES)
def test_the_pdf_is_one_page_of_a4_and_would_be_one_of_letter(page: str, case: str) -> None:
    maker = pytest.importorskip("weasyprint", exc_type=Exception)
    pdfium = pytest.importorskip("pypdfium2")
    file = pdf_of(page, *CASES[case])
    assert len(pdfium.PdfDocument(file)) == 1
    letter = maker.CSS(string="@page { size: letter }")
    text = html_of(page, *CASES[case])
    if case in ("as it is", "nothing"):
        assert len(maker.HTML(string=text).render(stylesheets=[letter]).pages) == 1


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("page", PAGES)
def test_a_browser_prints_it_on_one_page(page: str, case: str, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    (tmp_path / "page.html").write_text(html_of(page, *CASES[case]))
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [
        f"--user-data-dir={tmp_path}",
        f"--print-to-pdf={tmp_path / 'page.pdf'}",
        f"file://{tmp_path}/page.html",
    ]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert len(pdfium.PdfDocument(tmp_path / "page.pdf")) == 1


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=300), max_size=60)
)
def test_whatever_the_questions_are_the_pdf_has_one_page(texts: list[str]) -> None:
    pytest.importorskip("weasyprint", exc_type=Exception)
    pdfium = pytest.importorskip("pypdfium2")
    items = tuple(item(n, text, Origin.OWN) for n, text in enumerate(texts))
    made = planned(METASTATIC, *items) if items else planned(METASTATIC)
    for page in PAGES:
        assert len(pdfium.PdfDocument(pdf_of(page, made, METASTATIC))) == 1


def test_what_did_not_fit_is_counted_and_nothing_is_between() -> None:
    made = many(60)
    page = person.lay_out(made, profile_of(METASTATIC), METASTATIC, data())
    assert [one.text for one in page.asked] == [one.text for one in made.items[: len(page.asked)]]
    assert len(page.asked) + page.more == 60
    assert f"<b>{page.more} more did not fit on this page:</b>" in person.to_html(page)
    shown = clinician.html(made, profile_of(METASTATIC), METASTATIC).decode()
    told = re.search(r"<b>(\d+) more questions did not fit on this page", shown)
    assert told
    here = shown.index("Open questions for this visit")
    assert int(told[1]) + shown[here:].count("<tr>") == sum(one.origin is not Origin.LIST for one in made.items)


def test_a_reason_has_the_papers_words_and_its_source() -> None:
    page = person.lay_out(planned(METASTATIC), profile_of(METASTATIC), METASTATIC, data())
    (conflict,) = [one for one in page.asked if one.origin == "my papers disagree"]
    assert "HER2 positive" in conflict.why
    marked = {mark for one in page.asked for mark in re.findall(r"\[\d+\]", one.why)}
    assert marked == {re.match(r"\[\d+\]", source)[0] for source in page.sources}  # type: ignore[index]


def test_the_clinician_sees_conflict_sources_allergy_and_treatment() -> None:
    made = clinician.whole(planned(METASTATIC), profile_of(METASTATIC), METASTATIC)
    (asked,) = [row for row in made.asked if row.label == "Papers disagree"]
    assert {mark.split(" ")[0] for mark in asked.marks} == {"1", "3"}
    first = {row.ask: row for row in made.glance}
    assert first["allergies"].value == "penicillin (rash)"
    assert first["treatment"].value.startswith("letrozole (metastatic, line 1)")
    assert first["cancer"].value.endswith("spread to bone, brain")
    assert not any(row.label == "from a list" for row in made.asked)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_and_text_stays_text(page: str) -> None:
    bad = paper("<b>x</b>.txt", fact("allergy", "<script>alert(1)</script>"), person="<i>Eve</i>")
    made = planned((bad,), item(1, "<img src=x onerror=alert(1)>", Origin.OWN))
    text = html_of(page, made, (bad,))
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<img|<link|@import|url\(|<i>Eve|https?://", text)


def test_the_persons_list_can_be_changed_without_script_and_no_service_reads_it() -> None:
    text = html_of("person", planned(METASTATIC), METASTATIC)
    assert re.search(r'<ol contenteditable="true" spellcheck="false"', text)
    assert all('spellcheck="false"' in tag for tag in re.findall(r"<[^>]*contenteditable[^>]*>", text))


def test_what_was_asked_is_off_the_pages() -> None:
    made = plan.done(planned(METASTATIC), 1)
    page = person.lay_out(made, profile_of(METASTATIC), METASTATIC, data())
    assert made.items[0].text not in [one.text for one in page.asked]


# --------------------------------------------------------------------------- FHIR and files


@pytest.mark.parametrize("case", CASES)
def test_the_document_is_valid_and_its_composition_reaches_everything(case: str) -> None:
    made, readings = CASES[case]
    bundle = json.loads(fhir.document(made, profile_of(readings), readings))
    assert mcode.problems(bundle) == []
    assert bundle["type"] == "document"
    composition = bundle["entry"][0]["resource"]
    assert composition["resourceType"] == "Composition"
    named = {entry["reference"] for section in composition["section"] for entry in section.get("entry", ())}
    named |= {composition["subject"]["reference"], *(author["reference"] for author in composition["author"])}
    assert named == {entry["fullUrl"] for entry in bundle["entry"][1:]}
    assert [section["title"] for section in composition["section"]][-1] == "Open questions"


def test_the_narrative_holds_the_questions_and_stays_text() -> None:
    made = planned(METASTATIC, item(1, "Is 1 < 2 & <b>bold</b>?", Origin.OWN))
    bundle = fhir.bundle(made, profile_of(METASTATIC), METASTATIC)
    narrative = bundle["entry"][0]["resource"]["section"][-1]["text"]["div"]
    assert "Is 1 &lt; 2 &amp; &lt;b&gt;bold&lt;/b&gt;?" in narrative
    receptors = bundle["entry"][0]["resource"]["section"][1]
    assert receptors["title"] == "Receptors and markers"
    assert "HER2" in receptors["text"]["div"]
    assert receptors["entry"]


def test_it_is_the_same_each_time() -> None:
    made = planned(METASTATIC)
    assert fhir.document(made, profile_of(METASTATIC), METASTATIC) == fhir.document(
        made, profile_of(METASTATIC), METASTATIC
    )


def test_files_are_private_and_not_written_over(tmp_path: Path) -> None:
    made, to = planned(METASTATIC), tmp_path / "visit"

    def write(*forms: VisitForm, replace: bool = False) -> written.Written:
        return written.write(made, profile_of(METASTATIC), METASTATIC, data(), to, forms, replace=replace)

    done = write(VisitForm.FHIR, VisitForm.JSON)
    assert [path.name for path in done.paths] == ["visit-fhir.json", "visit.json"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in done.paths)
    assert decode((to / "visit.json").read_bytes(), VisitPlan) == made
    (problem,) = write(VisitForm.JSON).problems
    assert isinstance(problem, BadInput)
    assert not write(VisitForm.JSON, replace=True).problems


def test_an_item_needs_no_more_than_its_words() -> None:
    assert VisitItem(id="x", text="?", origin=Origin.OWN).why == ""
