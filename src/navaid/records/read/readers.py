"""The reader of each kind. Each is imported when first needed: no kind waits for the parsers of another."""

from __future__ import annotations

import io
from pathlib import Path

from navaid.records.paper import Paper
from navaid.records.read.kinds import Kind
from navaid.records.read.source import OnPage, Source


def read_one(kind: Kind, source: Source, file: str, on_page: OnPage) -> Paper:
    """The paper of one file. `file` is where it lies on the disk, for kinds that are read as a stream; else empty."""
    if kind is Kind.APPLE_HEALTH:
        from navaid.records.read.structured import read_apple_health

        return read_apple_health(Path(file) if file else io.BytesIO(source.data), source.path)
    if kind in (Kind.CCDA, Kind.FHIR):
        return _structured(kind, source)
    if kind is Kind.TEXT:
        from navaid.records.read import plain

        return plain.read(source)
    if kind is Kind.PDF:
        from navaid.records.read import pdf

        return pdf.read(source, on_page)
    if kind is Kind.IMAGE:
        from navaid.records.read import pictures

        return pictures.read(source, on_page)
    return _document(kind, source, on_page)


def _structured(kind: Kind, source: Source) -> Paper:
    from navaid.records.read.structured import read_ccda, read_fhir

    return (read_ccda if kind is Kind.CCDA else read_fhir)(source.data, source.path)


def _document(kind: Kind, source: Source, on_page: OnPage) -> Paper:
    if kind is Kind.HTML:
        from navaid.records.read import html

        return html.read(source)
    if kind is Kind.RTF:
        from navaid.records.read import rtf

        return rtf.read(source)
    from navaid.records.read import docx

    return docx.read(source, on_page)
