"""`navaid ask --for`: a page from a person's papers, kept with them and nowhere else, and the page for everybody."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from navaid.errors import NavaidError
from navaid.records.vault import keys
from navaid.serve import cli, wish

QUESTION = "How does CAR-T work for breast cancer?"
SURNAME = "Quillfeather"
HEAD = f"SURGICAL PATHOLOGY REPORT\n\nPatient Name: {{name}} {SURNAME}\nReported: 3 March 2026\n\n"
PAPERS = {
    "Anna": HEAD.format(name="Anna")
    + "Specimen: Liver, core biopsy\nDiagnosis: Metastatic carcinoma consistent with breast primary.\n"
    "Estrogen receptor: positive (90%)\nHER2 by IHC: 1+\nStage: IV\n",
    "Berta": HEAD.format(name="Berta")
    + "Specimen: Right breast, lumpectomy\nDiagnosis: Invasive ductal carcinoma, grade 3, 14 mm.\n"
    "Estrogen receptor: negative (0%)\nProgesterone receptor: negative (0%)\nHER2 by IHC: 0\nStage: IA\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the papers of two people; little stretching of the passphrase, which is measured elsewhere."""
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))
    for name, text in PAPERS.items():
        paper = tmp_path / f"{name}.txt"
        paper.write_text(text, encoding="utf-8")
        fine(navaid(tmp_path / "home", "records", "add", "--profile", name, paper))
    return tmp_path / "home"


def navaid(
    home: Path, *arguments: object, given: str = "", passphrase: str | None = "four words and a canary"
) -> subprocess.CompletedProcess[str]:
    """The command in this process, and what `navaid` would end with."""
    environment = {"NAVAID_HOME": str(home), "NO_COLOR": "1", "NAVAID_PASSPHRASE": passphrase}
    environment["NAVAID_EMBEDDING"] = "off"
    done = CliRunner().invoke(cli.app, [*map(str, arguments)], env=environment, input=given)
    code, said = done.exit_code, done.stderr
    if isinstance(done.exception, NavaidError):
        code, said = 2, f"{said}{done.exception}"
    elif done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess([], code, done.stdout, said)


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_people_get_different_pages_and_see_why(home: Path) -> None:
    pages = {name: " ".join(fine(navaid(home, "ask", "--for", name, QUESTION)).split()) for name in PAPERS}
    assert "Where it stands: HER2-low" in pages["Anna"]
    assert "Where it stands: triple-negative breast cancer" in pages["Berta"]
    assert "Where it stands: HER2-low" not in pages["Berta"]
    for name, words in (("Anna", "“HER2 by IHC: 1+”"), ("Berta", "“Stage: IA”")):
        assert f"This page was made for {name}" in pages[name]
        assert "Your pathology report of 3 March 2026" in pages[name]
        assert words in pages[name]
    assert "Left out because it is about others" in pages["Anna"]


def test_it_is_kept_with_the_papers_and_never_in_the_library(home: Path) -> None:
    page = fine(navaid(home, "ask", "--for", "Anna", "--save", QUESTION))
    listed = fine(navaid(home, "answers", "list", "--for", "Anna"))
    assert listed.endswith(f"{QUESTION}\n")
    answer_id = listed.split()[0]
    assert fine(navaid(home, "answers", "show", "--for", "Anna", answer_id)) == page
    assert fine(navaid(home, "answers", "list")) == ""
    assert fine(navaid(home, "answers", "list", "--for", "Berta")) == ""
    for wrong in (("answers", "show", answer_id), ("answers", "show", "--for", "Berta", answer_id)):
        refused = navaid(home, *wrong)
        assert refused.returncode == 2
        assert "no answer" in refused.stderr
    on_disk = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"HER2 by IHC: 1+" not in on_disk
    assert SURNAME.encode() not in on_disk
    assert b"made for Anna" not in on_disk


def test_the_page_to_share_is_that_of_everybody(home: Path) -> None:
    everybody = fine(navaid(home, "ask", QUESTION))
    assert fine(navaid(home, "ask", "--for", "Anna", "--share", QUESTION)) == everybody
    named = fine(navaid(home, "ask", "--for", "Anna", "--share", f"I am Anna {SURNAME}. {QUESTION}"))
    assert SURNAME not in named
    assert "I am [name]. How does CAR-T work" in named
    assert "CAR-T is a treatment" in named
    fine(navaid(home, "ask", "--for", "Anna", "--share", "--save", QUESTION))
    assert QUESTION in fine(navaid(home, "answers", "list"))
    assert fine(navaid(home, "answers", "list", "--for", "Anna")) == ""


def test_lines_of_json_for_a_person(home: Path) -> None:
    lines = f'{{"id": 1, "question": "{QUESTION}"}}\n{{"id": 2}}\n'
    first, second = (
        json.loads(row) for row in fine(navaid(home, "ask", "--for", "Anna", "--jsonl", given=lines)).split("\n")[:2]
    )
    assert first["answer"]["personal"]["profile"] == "Anna"
    assert first["answer"]["personal"]["folded"]
    assert second["error"]["kind"] == "BadInput"
    shared = json.loads(fine(navaid(home, "ask", "--for", "Anna", "--share", "--jsonl", given=lines)).split("\n")[0])
    assert shared["answer"]["personal"] is None


def test_html_to_a_file(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    fine(navaid(home, "ask", "--for", "Berta", "--format", "html", "--out", out, QUESTION))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    page = out.read_text(encoding="utf-8")
    assert "This page was made for Berta" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "--share", QUESTION), "--share is for a page made with --for"),
        (("ask", "--for", "Nobody", QUESTION), "Nobody"),
    ],
)
def test_what_cannot_be_is_refused_in_words(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = navaid(home, *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_without_its_passphrase_nothing_is_shown(home: Path) -> None:
    done = navaid(home, "ask", "--for", "Anna", QUESTION, passphrase="another one")
    assert done.returncode == 2
    assert done.stdout == ""


def test_a_model_gets_none_of_what_is_personal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from navaid.terms import Answer

    page = json.loads(fine(navaid(home, "ask", "--for", "Anna", "--format", "json", QUESTION)))["personal"]
    sent: list[str] = []

    def overhear(self: wish.Wish, answer: Answer, **_: object) -> Answer:
        from navaid.answers import shown

        sent.extend(claim.text for claim in shown.changeable(answer, nearest=True)[0].values())
        return answer

    monkeypatch.setattr(wish.Wish, "fulfil", overhear)
    fine(navaid(home, "ask", "--for", "Anna", "--plain", QUESTION))
    told = "\n".join(sent)
    assert sent
    for words in (*page["because"], *(claim["text"] for claim in page["folded"]), "Anna", "3 March 2026"):
        assert words not in told
