"""HTML -> Document: what a reader of the page's main part sees, without its menus and scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree, html

from navaid.errors import UnreadableSource
from navaid.sources.dates import parse_date
from navaid.sources.own import decode, language_code, own_document, web_url
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED = frozenset(
    "script style noscript template nav footer aside form button input select textarea iframe object embed "
    "svg canvas img picture video audio map math head dialog".split()
)
_BLOCKS = frozenset(
    "p div section article main header body html blockquote pre figure figcaption address details summary "
    "ul ol dl dt dd li table caption hr center fieldset".split()
)
_INLINE_SPACE = frozenset(("br", "wbr"))
# Where pages state a thing about themselves, the most exact first. Names are compared in lower case.
_TITLE = ("citation_title", "dcterms.title", "dc.title", "og:title")
_PUBLISHER = ("citation_publisher", "dcterms.publisher", "dc.publisher", "og:site_name", "publisher")
_PUBLISHED = (
    "citation_publication_date",
    "citation_date",
    "article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
)
_UPDATED = (
    "article:modified_time",
    "dcterms.modified",
    "dc.date.modified",
    "og:updated_time",
    "last-modified",
    "dcterms.date.reviewed",
)


def read_bytes(data: bytes, *, name: str = "page.html", retrieved: dt.date | None = None) -> Document:
    """The document in an HTML page, with the title, publisher, dates and language that its head states.

    Raises `UnreadableSource` for a page without text, or nested deeper or longer than is safe to parse.

    >>> page = b"<html lang='en-GB'><title>Arm care</title><nav>Menu</nav><main><p>Lift gently.</p></main>"
    >>> document = read_bytes(page)
    >>> document.title, document.text, document.language
    ('Arm care', 'Lift gently.', 'en')
    """
    root = _parse(data, name)
    builder = TextBuilder()
    add_elements(builder, _main_part(root))
    meta = _meta(root)
    canonical = root.xpath("//link[translate(@rel, 'CANONICAL', 'canonical')='canonical']/@href")
    return own_document(
        data,
        builder,
        name=name,
        title=_first(meta, _TITLE) or _content(root.find(".//title")) or _content(root.find(".//h1")),
        publisher=_first(meta, _PUBLISHER),
        url=next(filter(None, map(web_url, [*map(str, canonical), meta.get("og:url", "")])), None),
        published=parse_date(_first(meta, _PUBLISHED)),
        updated=parse_date(_first(meta, _UPDATED)),
        language=language_code(root.get("lang") or meta.get("dc.language") or ""),
        retrieved=retrieved,
    )


def add_fragment(builder: TextBuilder, fragment: str) -> None:
    """Add the blocks of a piece of HTML, such as stands in Markdown; without text it adds none."""
    try:
        root = _parse(fragment.encode("utf-8", "ignore"), "an HTML piece")
    except UnreadableSource:
        return
    add_elements(builder, root)


def add_elements(builder: TextBuilder, root: html.HtmlElement) -> None:
    """Add the blocks under an element, in reading order."""
    _Walk(builder).walk(root)


def _parse(data: bytes, name: str) -> html.HtmlElement:
    # A page in UTF-8 may say another encoding in its head; bytes that are no UTF-8 are left to what it says.
    encoding: str | None = "utf-8"
    try:
        data = decode(data, name=name).encode("utf-8", "ignore") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
        data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = None
    parser = html.HTMLParser(encoding=encoding, huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise UnreadableSource("holds no HTML that can be read", where=name, fix="save the page again") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # libxml2 stops there and keeps what came before: half a page must not pass for a whole one.
        raise UnreadableSource(
            "is nested deeper, or has a longer piece of text, than is safe to parse",
            where=name,
            fix="save the page as plain text or PDF",
        )
    return root


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    for path in ("//main", "//*[@role='main']"):
        if found := [element for element in root.xpath(path) if _content(element)]:
            return found[0]
    articles = [element for element in root.xpath("//article") if _content(element)]
    if len(articles) == 1:
        return articles[0]
    body = root.find(".//body")
    if body is None:
        return root
    for header in body.xpath(".//header[not(ancestor::article)][not(.//h1)] | .//*[@role='navigation']"):
        header.drop_tree()  # the site's banner and menus, outside any article
    return body


class _Walk:
    """One pass over the elements. The depth is bounded by the parser (256), so recursion is safe."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._words: list[str] = []
        self._list_depth = 0
        self._in_item = False

    def walk(self, root: html.HtmlElement) -> None:
        self._element(root)
        self._flush()

    def _element(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if not isinstance(tag, str) or _hidden(element):
            return
        if tag in _HEADINGS:
            self._flush()
            self._builder.heading(_HEADINGS[tag], _content(element))
        elif tag == "tr":
            self._flush()
            self._row(element)
        elif tag in ("li", "dd"):
            self._item(element)
        elif tag in ("ul", "ol"):
            self._flush()
            self._list_depth += 1
            self._children(element)
            self._flush()
            self._list_depth -= 1
        elif tag in _BLOCKS:
            self._flush()
            self._children(element)
            self._flush()
        elif tag in _INLINE_SPACE:
            self._words.append(" ")
        elif not _is_note_mark(element):
            self._children(element)

    def _children(self, element: html.HtmlElement) -> None:
        self._words.append(element.text or "")
        for child in element:
            self._element(child)
            self._words.append(child.tail or "")

    def _item(self, element: html.HtmlElement) -> None:
        self._flush()
        outer, self._in_item = self._in_item, True
        self._children(element)
        self._flush()
        self._in_item = outer

    def _row(self, element: html.HtmlElement) -> None:
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        if any(next(cell.iter("table", *_HEADINGS), None) is not None for cell in cells):
            for cell in cells:  # a table that only lays out the page
                self._children(cell)
                self._flush()
        else:
            self._builder.row(_content(cell) for cell in cells)

    def _flush(self) -> None:
        text, self._words = "".join(self._words), []
        if self._in_item:
            self._builder.item(text, self._list_depth - 1)
        else:
            self._builder.paragraph(text)


def _hidden(element: html.HtmlElement) -> bool:
    """Whether no reader sees the element; hidden text must not become a source's words."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.tag in _DROPPED
        or element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _is_note_mark(element: html.HtmlElement) -> bool:
    """`<sup><a href="#note">1</a></sup>`: the mark of a footnote or reference, not a word or an exponent."""
    if element.tag != "sup" or not len(element):
        return False
    inside = [child.get("href") or "" for child in element.iter("a")]
    words = "".join(element.itertext()).strip("[](),;–- \n\t")
    return bool(inside) and all(href.startswith("#") for href in inside) and len(words) <= 12


def _content(element: html.HtmlElement | None) -> str:
    """An element's visible text, with a space where a block inside it begins or ends."""
    return clean("".join(_pieces(element))) if element is not None else ""


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _hidden(child) and not _is_note_mark(child):
            apart = " " if child.tag in _BLOCKS or child.tag in _INLINE_SPACE or child.tag in ("td", "th", "tr") else ""
            yield apart
            yield from _pieces(child)
            yield apart
        yield child.tail or ""


def _meta(root: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("http-equiv") or "").lower()
        if name and (content := element.get("content")):
            found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name, "").strip()), "")
