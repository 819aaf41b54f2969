"""HTML -> Paper: the text that a reader of the page sees. Scripts, styles and hidden text are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from navaid.records.paper import Paper
from navaid.records.read.flow import Flow
from navaid.records.read.plain import decode, wide_encoding
from navaid.records.read.source import Draft, Source, tidy
from navaid.terms import How

HIDDEN = "Text that the page hides from its readers was left out."

_DROPPED = frozenset(
    "script style noscript template iframe object embed svg canvas audio video map math head select datalist".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 table ul ol dl blockquote section article header footer fieldset".split())
_LINES = frozenset(
    "div li dt dd main body html figure figcaption address details summary caption hr center form".split()
)
_HIDING = re.compile(r"display:none|visibility:hidden|font-size:0(?![.\d])|opacity:0(?![.\d])", re.IGNORECASE)
# Rules of a page's own style sheet that hide a class: `.note{display:none}`, as mail programs and exports write them.
_RULE = re.compile(r"\.([\w-]{1,64})\s*\{([^{}]{0,500})\}")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z][\w-]{1,30})", re.IGNORECASE)
_MOST_CELL = 2_000  # a longer cell lays out a page, and is no cell of a table


def read(source: Source) -> Paper:
    """The paper of a web page. Raises BadInput for one that is nested too deep or holds no text."""
    root = _parse(source)
    walk = _Walk(_hidden_classes(root))
    walk.element(root)
    draft = Draft(source, "text/html")
    if walk.hid:
        draft.note(HIDDEN)
    draft.page(tidy(walk.flow.text), How.MARKUP)
    return draft.paper()


def _parse(source: Source) -> lxml_html.HtmlElement:
    data = _decoded(source.data).encode("utf-8", "ignore")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise source.error("holds no web page that can be read", "save the page again, as PDF or text") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # libxml2 stops there and keeps what came before: half a page must not pass for a whole one.
        raise source.error("is nested deeper than is safe to read", "save the page as PDF or text")
    return root


def _decoded(data: bytes) -> str:
    """UTF-8 is read as such whatever the page says of itself; else by what it says, else by our guess."""
    said = _CHARSET.search(data[:4096])
    try:
        if wide_encoding(data) is None:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            if said:
                return data.decode(said[1].decode("ascii"), errors="replace")
        except (LookupError, ValueError):
            pass  # no such encoding
    return decode(data) or ""


def _hidden_classes(root: lxml_html.HtmlElement) -> frozenset[str]:
    styles = "\n".join(style.text or "" for style in root.iter("style"))
    return frozenset(rule[1] for rule in _RULE.finditer(styles) if _hides(rule[2]))


def _hides(style: str) -> bool:
    return bool(_HIDING.search(re.sub(r"\s+", "", style)))


class _Walk:
    """One pass over the elements. The parser bounds the depth (256), so recursion is safe."""

    def __init__(self, hidden_classes: frozenset[str]) -> None:
        self._hidden_classes = hidden_classes
        self.flow = Flow()
        self.hid = False

    def element(self, element: lxml_html.HtmlElement) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return
        if self._hidden(element):
            self.hid = self.hid or bool(element.text_content().strip())
        elif tag == "br":
            self.flow.line()
        elif tag in ("pre", "textarea"):
            self.flow.keep("".join(element.itertext()))
        elif tag == "input":
            self.flow.write(f" {_typed(element)} ")
        elif tag == "tr" and (cells := self._cells(element)) is not None:
            self.flow.row(cells)
        elif tag in _PARAGRAPHS:
            self.flow.paragraph()
            self._children(element)
            self.flow.paragraph()
        elif tag in _LINES or tag in ("tr", "td", "th"):
            self.flow.line()
            self._children(element)
            self.flow.line()
        else:
            self._children(element)

    def _children(self, element: lxml_html.HtmlElement) -> None:
        self.flow.write(element.text or "")
        for child in element:
            self.element(child)
            self.flow.write(child.tail or "")

    def _cells(self, row: lxml_html.HtmlElement) -> list[str] | None:
        """The texts of a row's cells; None for a row that only lays out the page."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if any(next(cell.iter("table", "h1", "h2", "h3"), None) is not None for cell in cells):
            return None
        texts = list(self._texts(cells))
        return texts if max(map(len, texts), default=0) <= _MOST_CELL else None

    def _texts(self, cells: list[lxml_html.HtmlElement]) -> Iterator[str]:
        for cell in cells:
            inner = _Walk(self._hidden_classes)
            inner.element(cell)
            self.hid = self.hid or inner.hid
            yield inner.flow.text

    def _hidden(self, element: lxml_html.HtmlElement) -> bool:
        if not element.attrib:
            return False
        style, classes = element.get("style"), (element.get("class") or "").split()
        return (
            element.get("hidden") is not None
            or (style is not None and _hides(style))
            or not self._hidden_classes.isdisjoint(classes)
        )


def _typed(element: lxml_html.HtmlElement) -> str:
    """What a form's field shows."""
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "[x]" if element.get("checked") is not None else "[ ]"
    return (element.get("value") or "") if kind in ("text", "date", "number", "email", "tel") else ""
