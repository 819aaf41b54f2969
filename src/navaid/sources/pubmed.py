"""PubMed XML (`PubmedArticleSet`) -> Documents: one abstract each, with its retraction state.

Abstracts may be copyrighted by their journals: they are held to be searched and quoted, not shown whole.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from navaid.errors import NavaidError, UnreadableSource
from navaid.sources.dates import parse_date
from navaid.sources.own import language_code
from navaid.sources.skipped import OnSkip, Skipped, skipped
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document, Kind, Licence, Retraction

LICENCE = Licence(
    name="PubMed citation; the abstract may be copyrighted by its journal",
    show_quote=True,
    show_full=False,
    redistribute=False,
)

# Publication types as MeSH spells them, the strongest first: an article may carry several.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.GUIDELINE, re.compile(r"(?:Practice )?Guideline$")),
    (Kind.REVIEW, re.compile(r"(?:Systematic Review|Meta-Analysis)$")),
    (
        Kind.TRIAL_REPORT,
        re.compile(r"(?:.* )?(?:Clinical|Randomized Controlled) Trial(?:,.*)?$"),
    ),
)
# Links from this article to the notice about it (`RetractionIn`), not from the notice to the
# article (`RetractionOf`): a notice is not itself retracted.
_NOTICES = (
    (Retraction.RETRACTED, frozenset(("RetractionIn",))),
    (Retraction.CONCERN, frozenset(("ExpressionOfConcernIn",))),
    (Retraction.CORRECTED, frozenset(("ErratumIn", "CorrectedandRepublishedIn"))),
)
# MEDLINE writes three letters; documents carry two.
_LANGUAGES = dict(
    pair.split(":")
    for pair in "eng:en fre:fr ger:de spa:es ita:it por:pt chi:zh jpn:ja rus:ru dut:nl pol:pl kor:ko tur:tr "
    "hun:hu cze:cs dan:da swe:sv nor:no".split()
)


def read_bytes(
    data: bytes, *, where: str = "pubmed.xml", on_skip: OnSkip, retrieved: dt.date | None = None
) -> Iterator[Document]:
    """The articles of a PubMed XML file; see `read_stream`."""
    return read_stream(io.BytesIO(data), where=where, on_skip=on_skip, retrieved=retrieved)


def read_stream(
    stream: BinaryIO, *, where: str, on_skip: OnSkip, retrieved: dt.date | None = None
) -> Iterator[Document]:
    """The articles of a PubMed XML stream, one at a time, in the file's order.

    An article without id or text goes to `on_skip`; so does the place where broken XML stops the
    reading, after the articles before it were given.
    """
    read = 0
    try:
        for article in _articles(stream, where):
            read += 1
            place = f"{where}, article {read}"
            try:
                yield _document(article, place, retrieved)
            except NavaidError as error:
                on_skip(skipped(place, error))
            finally:
                _forget(article)
    except UnreadableSource as error:
        on_skip(skipped(where, error))
    except (etree.LxmlError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        place = f"{where}, line {line}" if line else where
        reason = f"the XML is broken or cut here; {read} articles before it were read"
        on_skip(Skipped(where=place, reason=reason, fix="get the file again"))


def _articles(stream: BinaryIO, where: str) -> Iterator[etree._Element]:
    context = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    for event, element in context:
        if first:
            _check_root(element, where)
            first = False
        if event == "end" and element.tag in ("PubmedArticle", "PubmedBookArticle"):
            yield element


def _check_root(root: etree._Element, where: str) -> None:
    declared: Any = root.getroottree().docinfo.internalDTD  # untyped in the stubs
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise UnreadableSource(
            "declares XML entities, which PubMed never does",
            where=where,
            fix="get the file from PubMed again",
        )
    if root.tag not in ("PubmedArticleSet", "PubmedArticle"):
        raise UnreadableSource(
            "is XML, but not a PubMed article set",
            where=where,
            fix="in PubMed, save with the format 'PubMed' as XML",
        )


def _forget(article: etree._Element) -> None:
    """Free the article and those before it: memory stays that of one article."""
    article.clear()
    parent = article.getparent()
    while parent is not None and article.getprevious() is not None:
        del parent[0]


def _document(article: etree._Element, where: str, retrieved: dt.date | None) -> Document:
    if article.tag != "PubmedArticle":
        raise UnreadableSource("a book chapter, not an article", where=where, fix="add the chapter as a page")
    citation = article.find("MedlineCitation")
    pmid = _text(citation.find("PMID")) if citation is not None else ""
    if citation is None or not re.fullmatch(r"\d{1,9}", pmid):
        raise UnreadableSource("an article without a PMID", where=where, fix="get the file again")
    title = _text(citation.find("Article/ArticleTitle")) or _text(citation.find("Article/VernacularTitle"))
    title = re.sub(r"^\[(.*?)\]\.?$", r"\1", title)  # a translated title stands in brackets
    builder = TextBuilder()
    builder.heading(1, title)
    _add_abstract(builder, citation)
    if not title:
        raise UnreadableSource(f"PMID {pmid} has no title", where=where, fix="get the file again")
    types = [_text(kind) for kind in citation.findall("Article/PublicationTypeList/PublicationType")]
    return Document(
        id=f"PMID:{pmid}",
        title=title,
        publisher=_text(citation.find("Article/Journal/Title")) or _text(citation.find(".//MedlineTA")) or "PubMed",
        kind=_kind(types),
        text=builder.text,
        blocks=builder.blocks,
        licence=LICENCE,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        published=_published(citation),
        updated=None,  # DateRevised is the day the index entry changed, not the article
        retrieved=retrieved,
        language=_language(_text(citation.find("Article/Language"))),
        retraction=_retraction(citation, types),
    )


def _add_abstract(builder: TextBuilder, citation: etree._Element) -> None:
    """The abstract's sections as headings; where the article has only another kind of abstract, that."""
    parts = citation.findall("Article/Abstract/AbstractText") or citation.findall("OtherAbstract/AbstractText")
    for part in parts:
        text = _text(part)
        label = (part.get("Label") or "").strip()
        if text and label and label != "UNLABELLED":
            builder.heading(2, label.capitalize() if label.isupper() else label)
        builder.paragraph(text)


def _kind(types: list[str]) -> Kind:
    for kind, pattern in _KINDS:
        if any(pattern.match(name) for name in types):
            return kind
    return Kind.PAGE


def _retraction(citation: etree._Element, types: list[str]) -> Retraction:
    if "Retracted Publication" in types:
        return Retraction.RETRACTED
    links = {link.get("RefType") for link in citation.findall("CommentsCorrectionsList/CommentsCorrections")}
    return next((state for state, names in _NOTICES if links & names), Retraction.NONE)


def _published(citation: etree._Element) -> dt.date | None:
    for path in ("Article/ArticleDate", "Article/Journal/JournalIssue/PubDate"):
        element = citation.find(path)
        if element is None:
            continue
        parts = [_text(element.find(name)) for name in ("Year", "Month", "Day")]
        joined = ("-" if parts[1].isdigit() else " ").join(filter(None, parts))
        if found := parse_date(joined or _text(element.find("MedlineDate"))):
            return found
    return None


def _language(code: str) -> str:
    return _LANGUAGES.get(code, language_code(code))


def _text(element: etree._Element | None) -> str:
    """The words of an element, with those inside `<i>`, `<sup>` and the like."""
    return clean("".join(str(piece) for piece in element.itertext())) if element is not None else ""
