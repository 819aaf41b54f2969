"""How the embedded data are read: what breaks the schema is named by file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from navaid import starter
from navaid.errors import StarterInvalid
from navaid.starter.starter import Starter, read
from navaid.terms import BlockKind, Kind, encode

CLAIM = """\
  - id: t.{id}
    text: "{text}"
    facet: {facet}
    certainty: established
    cites:
      - source: S:1
        at: Top
        checked: 2026-01-01
        opened: page
"""
SOURCE = """\
- id: {id}
  title: A page
  publisher: P
  kind: {kind}
  url: https://example.org/
  licence: own
"""


def claim(id: str = "one", text: str = "Fever is common.", facet: str = "risk") -> str:
    return CLAIM.format(id=id, text=text, facet=facet)


def source(id: str = "S:1", kind: str = "page") -> str:
    return SOURCE.format(id=id, kind=kind)


def written(folder: Path, topics: dict[str, str], sources: dict[str, str] | None = None) -> Path:
    for kind, files in (("topics", topics), ("sources", sources or {"p": source()})):
        (folder / kind).mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / kind / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def topic(*claims: str, id: str = "t") -> str:
    return f"id: {id}\ntitle: A topic\nclaims:\n" + "".join(claims)


def test_read(tmp_path: Path) -> None:
    data = read(written(tmp_path, {"t": topic(claim())}))
    assert [row.text for row in data.topics[0].claims] == ["Fever is common."]
    assert list(data.sources) == ["S:1"]


@pytest.mark.parametrize(
    ("topics", "sources", "place", "said"),
    [
        ({"t": topic(claim(), claim("two", "Rest.", facet="danger"))}, None, "t.yaml", "claims[1].facet"),
        ({"t": topic(claim()).replace("certainty: established", "certainty: sure")}, None, "t.yaml", "certainty"),
        ({"t": topic(claim()).replace("2026-01-01", "soon")}, None, "t.yaml", "claims[0].cites[0].checked"),
        ({"t": topic(claim()).replace("    facet: risk\n", "")}, None, "t.yaml", "facet"),
        ({"t": topic(claim()) + "colour: red\n"}, None, "t.yaml", "colour"),
        ({"t": topic(claim()).replace("at: Top", "at: [Top]")}, None, "t.yaml", "claims[0].cites[0].at"),
        ({"t": "id: [unclosed"}, None, "t.yaml", "line 1"),
        ({"t": ""}, None, "t.yaml", "object"),
        ({"t": topic(claim(), claim())}, None, "t.yaml", "t.one"),
        ({"t": topic(claim(), claim("two"))}, None, "t.yaml", "t.two"),
        ({"t": topic(claim()), "u": topic(claim("one", "Rest helps."), id="u")}, None, "u.yaml", "t.one"),
        ({"t": topic(claim()).replace("S:1", "S:2")}, None, "t.yaml", "t.one cites S:2"),
        ({"t": topic(claim())}, {"p": source(kind="blog")}, "p.yaml", "[0].kind"),
        ({"t": topic(claim())}, {"p": source() + source()}, "p.yaml", "S:1 stands twice"),
        ({"t": topic(claim())}, {"p": source(), "q": source()}, "q.yaml", "S:1 stands twice"),
    ],
)
def test_what_breaks_the_schema_is_named_by_file_and_row(
    tmp_path: Path, topics: dict[str, str], sources: dict[str, str] | None, place: str, said: str
) -> None:
    with pytest.raises(StarterInvalid) as caught:
        read(written(tmp_path, topics, sources))
    assert place in caught.value.where
    assert said in caught.value.what
    assert caught.value.fix


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    written(tmp_path, {"t": topic(claim())})
    (tmp_path / "topics/t.yaml").write_bytes(b"id: t\xff")
    with pytest.raises(StarterInvalid) as caught:
        read(tmp_path)
    assert "t.yaml" in caught.value.where


def test_a_topic_becomes_a_document_of_one_item_a_claim(tmp_path: Path) -> None:
    given = topic(claim(), claim("two", "Rest helps.", "benefit"), claim("three", "Chills are common.", "risk"))
    data = read(written(tmp_path, {"t": given}))
    made = starter.document(data.topics[0])
    assert (made.id, made.kind, made.title) == ("NAVAID:t", Kind.STARTER, "A topic")
    lines = [(block.kind, made.text[block.start : block.end]) for block in made.blocks]
    assert lines == [
        (BlockKind.HEADING, "benefit"),
        (BlockKind.ITEM, "Rest helps."),
        (BlockKind.HEADING, "risk"),
        (BlockKind.ITEM, "Fever is common."),
        (BlockKind.ITEM, "Chills are common."),
    ]
    assert set(starter.claims(data.topics[0])) == {text for kind, text in lines if kind is BlockKind.ITEM}


# --------------------------------------------------------------------------- the copy that is kept


def read_again(folder: Path) -> Starter:
    """What a new process reads."""
    starter.load.cache_clear()
    return starter.load(folder)


def kept(folder: Path) -> Path:
    (path,) = folder.glob("starter-*.json")
    return path


def test_the_kept_copy_is_the_same_data(tmp_path: Path) -> None:
    first = read_again(tmp_path)
    before = kept(tmp_path).stat().st_mtime_ns
    assert read_again(tmp_path) == first
    assert kept(tmp_path).stat().st_mtime_ns == before, "it was read, not written again"
    assert first.fingerprint in kept(tmp_path).name


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"\xff" * 100,
        lambda content: b"null",
        lambda content: encode({"fingerprint": "", "topics": [], "sources": {}, "later": 1}),
    ],
    ids=["cut off", "empty", "not text", "null", "of a later version"],
)
def test_a_spoiled_copy_is_read_from_the_files_and_kept_anew(tmp_path: Path, spoil: object) -> None:
    first = read_again(tmp_path)
    sound = kept(tmp_path).read_bytes()
    kept(tmp_path).write_bytes(spoil(sound))  # type: ignore[operator]
    assert read_again(tmp_path) == first
    assert kept(tmp_path).read_bytes() == sound
    assert [path.name for path in tmp_path.iterdir()] == [kept(tmp_path).name], "nothing is left lying about"


def test_a_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    assert read_again(tmp_path / "not there").topics
    assert list(tmp_path.iterdir()) == []


def test_the_fingerprint_changes_with_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("navaid.starter.starter.folder", lambda: tmp_path)
    written(tmp_path, {"t": topic(claim())})
    seen = {read_again(tmp_path).fingerprint}
    (tmp_path / "topics/t.yaml").write_text(topic(claim(text="Chills are common.")))
    seen.add(read_again(tmp_path).fingerprint)
    (tmp_path / "sources/q.yaml").write_text(source("S:9"))
    seen.add(read_again(tmp_path).fingerprint)
    assert len(seen) == 3
    written(tmp_path, {"t": topic(claim())})
    (tmp_path / "sources/q.yaml").unlink()
    assert read_again(tmp_path).fingerprint in seen
    starter.load.cache_clear()
