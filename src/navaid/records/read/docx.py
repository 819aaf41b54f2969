"""DOCX -> Paper: paragraphs, tables as rows of cells parted by tabs, headers and footers, in the document's own order.

The package is read part by part and its XML walked here: python-docx skips content controls, text boxes and tracked
insertions, in which forms keep their answers.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from navaid.records.paper import Paper
from navaid.records.read import limits, pictures
from navaid.records.read.flow import Flow
from navaid.records.read.source import Draft, OnPage, Source, tidy
from navaid.terms import How

HIDDEN = "Text that the document hides from its readers was left out."
_DELETED = "Text that was struck out by tracked changes was left out."
_MACROS = "This document holds macros; they were not run."
_PICTURES = "Pictures within this document were not read; save it as PDF if a result stands in one."
_SAVE = "open it in Word or LibreOffice and save it again, or save it as PDF"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SKIPPED = frozenset(("pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText", "Fallback", "moveFrom"))
_PHOTOS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".webp")
_FEW_LETTERS = 60  # a letter's heading; more is a document of its own
_PART_BYTES = 50 * limits.MB


def is_docx(names: list[str]) -> bool:
    """Whether the entries of an archive are those of a Word document."""
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read(source: Source, on_page: OnPage) -> Paper:
    """The paper of a Word document. Raises BadInput for a damaged one, a bomb, or one that is locked."""
    draft = Draft(source, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as package:
            _note_parts(draft, package.namelist())
            walk = _Walk(draft)
            for name in _parts(source, package):
                walk.part(_xml(source, package, name))
            text = tidy(walk.flow.text)
            pasted = _pasted(source, package) if sum(map(str.isalnum, text)) < _FEW_LETTERS else []
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, KeyError, OSError) as error:
        raise source.error("is a damaged Word document", _SAVE) from error
    except RuntimeError as error:  # zipfile's way to say that an entry is encrypted
        raise source.error("is a Word document locked with a password", "save a copy without a password") from error
    if text or not pasted:
        draft.page(text, How.MARKUP)
    for data in pasted:
        pictures.add_all(draft, data, on_page)
    return draft.paper()


def _pasted(source: Source, package: zipfile.ZipFile) -> list[bytes]:
    """The pictures of a document that is hardly more than these: a scan pasted into a letter."""
    names = [name for name in package.namelist() if name.startswith("word/media/")][: limits.OCR_PAGES]
    pictured = [name for name in names if name.lower().endswith(_PHOTOS)]
    return [_bytes(source, package, name) for name in pictured]


def _note_parts(draft: Draft, names: list[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        draft.note(_MACROS)
    if any(name.startswith("word/media/") for name in names):
        draft.note(_PICTURES)


def _parts(source: Source, package: zipfile.ZipFile) -> Iterator[str]:
    """Headers, the main part, notes, footers: the order in which a reader meets them."""
    main = next(iter(_related(source, package, "", "officeDocument")), "word/document.xml")
    yield from _related(source, package, main, "header")
    yield main
    for kind in ("footnotes", "endnotes", "footer"):
        yield from _related(source, package, main, kind)


def _related(source: Source, package: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in package.namelist():
        return []
    found = []
    for relation in _xml(source, package, relations).iter(f"{_REL}Relationship"):
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            found.append(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    return [name for name in dict.fromkeys(found) if name in package.namelist()]


def _bytes(source: Source, package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise source.error("is a Word document packed in a way that none is", _SAVE)
    with package.open(name) as stream:
        data = stream.read(_PART_BYTES + 1)
    if len(data) > _PART_BYTES:
        raise source.error("unpacks to more than a Word document may", "if you trust it, save it as PDF")
    return data


def _xml(source: Source, package: zipfile.ZipFile, name: str) -> etree._Element:
    data = _bytes(source, package, name)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise source.error("is a Word document with declarations that none needs (an XML bomb?)", _SAVE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise source.error("is a damaged Word document", _SAVE) from error


class _Walk:
    """One pass over the elements of each part. lxml bounds the depth (256), so recursion is safe."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.flow = Flow()
        self._seen: set[str] = set()

    def part(self, root: etree._Element) -> None:
        """Add a part, unless one of the same words was added: headers are repeated for each section."""
        inner = _Walk(self._draft)
        inner._children(root)
        if (text := inner.flow.text) and text not in self._seen:
            self._seen.add(text)
            self.flow.paragraph()
            self.flow.keep(text)
            self.flow.paragraph()

    def _children(self, element: etree._Element) -> None:
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, child.tag.rpartition("}")[2])

    def _element(self, element: etree._Element, name: str) -> None:
        if name in _SKIPPED:
            return
        if name in ("delText", "del"):
            self._draft.note(_DELETED)
        elif name == "r":
            self._run(element)
        elif name == "t":
            self.flow.write(element.text or "")
        elif name in ("tab", "ptab"):
            self.flow.tab()
        elif name in ("br", "cr"):
            self.flow.line()
        elif name == "noBreakHyphen":
            self.flow.write("-")
        elif name == "sym":
            self.flow.write(_symbol(element))
        elif name in ("checkBox", "checkbox", "checked"):
            self._children(element)
        elif name == "p":
            self.flow.line()
            self._children(element)
            self.flow.line()
        elif name == "tbl":
            self.flow.paragraph()
            self._children(element)
            self.flow.paragraph()
        elif name == "tr":
            self._row(element)
        else:
            self._children(element)

    def _run(self, run: etree._Element) -> None:
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        if hidden is None or hidden.get(f"{_W}val") in ("0", "false"):
            self._children(run)
        elif "".join(map(str, run.itertext())).strip():
            self._draft.note(HIDDEN)

    def _row(self, row: etree._Element) -> None:
        cells = [cell for cell in row.iter(f"{_W}tc") if _nearest_row(cell) is row]
        if any(next(cell.iter(f"{_W}tbl"), None) is not None for cell in cells):
            for cell in cells:  # a table that only lays out the page
                self._children(cell)
                self.flow.line()
        else:
            self.flow.row(self._texts(cells))

    def _texts(self, cells: list[etree._Element]) -> Iterator[str]:
        for cell in cells:
            inner = _Walk(self._draft)
            inner._children(cell)
            yield inner.flow.text


def _nearest_row(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _symbol(element: etree._Element) -> str:
    """The sign of a symbol font: the boxes of forms, which Wingdings draws at private code points."""
    code = (element.get(f"{_W}char") or "").upper()[-2:]
    return {"A8": "[ ]", "6F": "[ ]", "FE": "[x]", "FD": "[x]", "78": "[x]", "B7": "•"}.get(code, " ")
