"""Reports that FHIR resources carry inside: conclusions, remarks and attached texts, put into the paper as prose."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from lxml import etree, html

from navaid.records.read.structured.access import Json, named, one, remarks, some, stamp, words
from navaid.records.read.structured.build import Builder
from navaid.records.read.structured.narrative import all_text

MOST_BYTES = 5_000_000  # of one attachment
MOST_TEXTS = 500
LONG = 20  # characters; a longer result may say more than one value
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def narratives(resources: Iterable[Json], builder: Builder) -> Iterator[str]:
    """The texts inside, each under its title: attachments (plain, HTML), conclusions, long results and remarks.

    A PDF or a picture gives a note.
    """
    given = 0
    for resource in resources:
        head = " ".join(
            filter(None, [named(resource.get("code")) or named(resource.get("type")), stamp(resource)[:10]])
        )
        for text in _texts(resource, builder):
            if text and given < MOST_TEXTS:
                given += 1
                yield f"{head}\n{text}" if "\n" in text or not head else f"{head}: {text}"


def _texts(resource: Json, builder: Builder) -> Iterator[str]:
    kind = words(resource.get("resourceType"))
    if kind in ("DiagnosticReport", "DocumentReference"):
        yield _prose(resource.get("conclusion"))
        for attachment in _attachments(resource):
            yield _text(attachment, builder)
    elif kind == "Observation":
        result = _prose(resource.get("valueString"))
        yield result if len(result) > LONG else ""
        yield from (_prose(note.get("text")) for note in remarks(resource))


def _prose(value: object) -> str:
    """A text of several lines as it stands, without signs that no reader sees."""
    text = value[:MOST_BYTES] if isinstance(value, str) else ""
    return _HIDDEN.sub(" ", text).strip()


def _attachments(resource: Json) -> Iterator[Json]:
    yield from some(resource.get("presentedForm"))
    for content in some(resource.get("content")):
        yield one(content.get("attachment"))


def _text(attachment: Json, builder: Builder) -> str:
    kind = words(attachment.get("contentType")).partition(";")[0].lower()
    data = attachment.get("data")
    if not isinstance(data, str) or len(data) > MOST_BYTES * 4 // 3:
        if attachment.get("url"):
            builder.note("A report is only linked to, not inside this file; ask for it and add it by itself.")
        return ""
    try:
        content = base64.b64decode(data, validate=False)
    except (binascii.Error, ValueError):
        builder.note("A report inside this file is damaged; ask for it and add it by itself.")
        return ""
    if kind in ("text/html", "application/xhtml+xml"):
        return html_text(content)
    if kind in ("text/plain", ""):
        return content.decode("utf-8", errors="replace").strip()
    builder.note(f"A report of type {kind[:60]} is inside this file; save it as a file of its own and add that.")
    return ""


def html_text(content: bytes) -> str:
    """The text of HTML, blocks on lines of their own."""
    try:
        tree = html.fromstring(content or b"<p/>", parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for block in tree.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in all_text(tree).splitlines())
    return "\n".join(line for line in lines if line)
