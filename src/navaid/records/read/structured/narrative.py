"""The narrative of a C-CDA section as lines: a row of a table with tabs, an item of a list, a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_BLOCKS = {"paragraph", "item", "tr", "caption", "list", "table", "br", "footnote", "thead", "tbody", "tfoot", "text"}


@dataclass
class Line:
    """A line of the narrative; `ids` are the marks in it that entries refer to.

    `kind`: head (of a table), row, item, text.
    """

    kind: str
    text: str
    ids: set[str] = field(default_factory=set)

    @property
    def cells(self) -> list[str]:
        return self.text.split("\t")


def lines(text: etree._Element | None) -> list[Line]:
    """The lines of a section's `text`, blank ones left out."""
    return [line for line in _lines(text, "text") if line.text.strip("\t ")] if text is not None else []


def plain(element: etree._Element) -> str:
    """All text in an element, on one line."""
    return " ".join(all_text(element).split())


def all_text(element: etree._Element) -> str:
    """All text in an element as it stands."""
    return "".join(str(part) for part in element.itertext())


def _lines(element: etree._Element, kind: str) -> Iterator[Line]:
    """Depth first; inline text between blocks becomes a line of its own."""
    run, ids = [element.text or ""], _marks(element)
    for child in element:
        name = child.tag
        if name == "tr":
            yield from _flush(run, ids, kind)
            head = len(child) > 0 and all(cell.tag == "th" for cell in child)
            yield Line("head" if head else "row", "\t".join(plain(cell) for cell in child), _all_marks(child) | ids)
        elif name in _BLOCKS:
            yield from _flush(run, ids, kind)
            yield from _block(child, "item" if name == "item" else kind, ids if name == "item" else set())
        else:
            ids |= _all_marks(child)
            if any(part.tag in _BLOCKS for part in child.iter(etree.Element)):
                yield from _flush(run, ids, kind)
                yield from _lines(child, kind)
            else:
                run.append(all_text(child))
        run.append(child.tail or "")
    yield from _flush(run, ids, kind)


def _block(child: etree._Element, kind: str, ids: set[str]) -> Iterator[Line]:
    for line in _lines(child, kind):
        line.ids |= ids
        yield line


def _flush(run: list[str], ids: set[str], kind: str) -> Iterator[Line]:
    text = " ".join("".join(run).split())
    run.clear()
    if text:
        yield Line(kind, text, set(ids))


def _marks(element: etree._Element) -> set[str]:
    return {str(value) for value in (element.get("ID"), element.get("id")) if value}


def _all_marks(element: etree._Element) -> set[str]:
    return {mark for part in element.iter(etree.Element) for mark in _marks(part)}
