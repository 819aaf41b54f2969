"""Enters: `Document`. Leaves: a `Run` of scored passages, and documents by id and version.

The store is the record of truth; the indexes are made from it. Start with `library.py`.
"""

from navaid.library.library import Added, Library, repair
from navaid.library.search import Part

__all__ = ["Added", "Library", "Part", "repair"]
