"""What a paper says of itself: its type, dates, person, side and language. Start at `header` in build.py.

The words are data: `records/paper_types.yaml`, and `header`, `dates`, `languages` and `subject` of `extract/tables`.
"""

from navaid.records.extract.header.build import header

__all__ = ["header"]
