"""XML that is safe to read: entities, external parts, bombs and absurd depth are turned away before a tree is built."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException
from lxml import etree

from navaid.errors import BadInput

MOST_BYTES = 60_000_000
DEEPEST = 100  # the deepest C-CDA sample of HL7 is 27

_AGAIN = "download the document again from the hospital's portal"


class _Depth(ContentHandler):
    """Counts how deep elements stand in each other."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def startElement(self, name: str, attrs: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise SAXException("nested too deep")

    def endElement(self, name: str) -> None:
        self._depth -= 1


def safe_tree(data: bytes, path: Path | str, root: str) -> etree._Element:
    """The root element, its namespaces taken off (those besides HL7's own become a prefix `x-`).

    Raises BadInput for what is no XML, cut off, has another root, holds entities or is absurdly deep or large.
    """
    if len(data) > MOST_BYTES:
        raise BadInput(f"this XML has {len(data) // 1_000_000} MB", where=str(path), fix="export fewer years")
    try:
        defusedxml.sax.parse(io.BytesIO(data), _Depth(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise BadInput("this XML defines entities, which no record needs", where=str(path), fix=_AGAIN) from error
    except (SAXException, ValueError, LookupError, RecursionError) as error:
        raise BadInput(f"this XML is broken or cut off{_where(error)}", where=str(path), fix=_AGAIN) from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadInput("this XML is broken, or holds a text of absurd length", where=str(path), fix=_AGAIN) from error
    for element in tree.iter(etree.Element):
        name = etree.QName(element)
        element.tag = name.localname if name.namespace in (None, "urn:hl7-org:v3") else "x-" + name.localname
    if tree.tag != root:
        raise BadInput(f"this XML is no {root}, but <{str(tree.tag)[:60]}>", where=str(path), fix=_AGAIN)
    return tree


def _where(error: BaseException) -> str:
    """At which line the parser stopped, without a word of the record."""
    line = getattr(error, "getLineNumber", lambda: None)()
    return f" (at line {line})" if line else " (it nests too deep)" if "too deep" in str(error) else ""
