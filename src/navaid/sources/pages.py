"""JSON Lines of web pages -> Documents, one page a line, as a crawl of a publisher's site saves them.

Fields: `url`, `title`, `text` (Markdown), `reviewed` or `date`; `publisher`, `path` and `id` where known.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from navaid.errors import NavaidError, UnreadableSource
from navaid.sources.dates import parse_date
from navaid.sources.markdown import add_markdown
from navaid.sources.objects import Object, objects
from navaid.sources.own import OWN_LICENCE, OWN_PUBLISHER, file_id, language_code, web_url
from navaid.sources.skipped import OnSkip, skipped
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document, Kind, Licence

NCI = "National Cancer Institute"
NCI_LICENCE = Licence(name="public domain, credit NCI", show_quote=True, show_full=True, redistribute=True)

_NCI_HOST = "cancer.gov"
_NCI_TITLE_SUFFIX = re.compile(r"\s+-\s+NCI$")
# What the site's template shows where a drug has no audio file (seen in 360 drug pages, 2025-12).
_NCI_FILLER = re.compile(r"^Placeholder slot$\n?", re.MULTILINE)
_QUOTE_PAIR = re.compile(r"""(['"])(.*)\1$""")
# A quotation mark that opens the title and is closed nowhere: a title cut at a length.
_STRAY_QUOTE = re.compile(r"""(['"])(?!.*\1(?!\w))""")
# Ids that another room may look up; a file's own numbering is not one of them.
_CURIE = re.compile(r"(?:PMID:\d{1,9}|NCT:NCT\d{8}|PDQ:CDR\d{10}|URL:https?://\S{1,2000})$")


def read_bytes(
    data: bytes, *, where: str = "pages.jsonl", on_skip: OnSkip, retrieved: dt.date | None = None
) -> Iterator[Document]:
    """The pages of a JSON or JSON Lines file; a row that is no page goes to `on_skip` with its place.

    >>> line = b'{"url": "https://www.cancer.gov/x-pdq", "title": "Rest - NCI", "text": "## Sleep"}'
    >>> [(page.id, page.title, page.publisher) for page in read_bytes(line, on_skip=print)]
    [('URL:https://www.cancer.gov/x-pdq', 'Rest', 'National Cancer Institute')]
    """
    try:
        for place, row in objects(io.BytesIO(data), where=where, on_skip=on_skip):
            try:
                yield read_page(row, where=place, retrieved=retrieved)
            except NavaidError as error:
                on_skip(skipped(place, error))
    except NavaidError as error:
        on_skip(skipped(where, error))


def is_page(row: Object) -> bool:
    """Whether the fields are those of a page: a text, and a title, url or path to know it by."""
    return "text" in row and any(key in row for key in ("url", "title", "path"))


def read_page(row: Object, *, where: str, retrieved: dt.date | None = None) -> Document:
    """The document of one page; raises `UnreadableSource` for a row without text."""
    url = web_url(row.get("url"))
    nci = _is_nci(url)
    text, builder = _string(row, "text"), TextBuilder()
    add_markdown(builder, _NCI_FILLER.sub("", text) if nci else text)
    if not builder.blocks:
        raise UnreadableSource("a page without text", where=where, fix="remove the row, or add its `text`")
    title = _title(_string(row, "title"))
    return Document(
        id=_id(row, url),
        title=title or _first_heading(builder) or clean(_string(row, "path")) or "Untitled",
        publisher=NCI if nci else clean(_string(row, "publisher")) or OWN_PUBLISHER,
        kind=_kind(url, title) if nci else Kind.PAGE,
        text=builder.text,
        blocks=builder.blocks,
        licence=NCI_LICENCE if nci else OWN_LICENCE,
        url=url,
        published=parse_date(row.get("published")),
        updated=next(filter(None, (parse_date(row.get(key)) for key in ("reviewed", "updated", "date"))), None),
        retrieved=retrieved,
        language=language_code(row.get("language")),
    )


def _id(row: Object, url: str | None) -> str:
    own = clean(_string(row, "id"))
    if _CURIE.match(own):
        return own
    return f"URL:{url}" if url else file_id(msgspec.json.encode(row, order="deterministic"))


def _kind(url: str | None, title: str) -> Kind:
    """PDQ summaries are written and kept up by a board of editors; other pages are not."""
    pdq = (url or "").split("#")[0].rstrip("/").endswith("-pdq") or "(PDQ" in title
    return Kind.SUMMARY if pdq else Kind.PAGE


def _is_nci(url: str | None) -> bool:
    host = urlsplit(url).hostname or "" if url else ""
    return host == _NCI_HOST or host.endswith(f".{_NCI_HOST}")


def _title(title: str) -> str:
    """The title without the site's name and the quotation marks around it, a pair or a stray one."""
    title = clean(title)
    if pair := _QUOTE_PAIR.match(title):
        title = pair[2]
    else:
        title = _STRAY_QUOTE.sub("", title, count=1) if _STRAY_QUOTE.match(title) else title
    return _NCI_TITLE_SUFFIX.sub("", title.strip())


def _first_heading(builder: TextBuilder) -> str:
    first = builder.blocks[0]
    return builder.text[first.start : first.end] if first.kind == "heading" else ""


def _string(row: Object, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""
