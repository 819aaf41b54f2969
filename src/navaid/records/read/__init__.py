"""From a file to a Paper: bytes enter, text with pages, words and boxes leaves.

In: paths of files, archives and folders. Out: `Paper`s, and for what cannot be read the error. Start at `read_all`.
"""

from __future__ import annotations

from navaid.records.read.router import OnPage, read, read_all

__all__ = ["OnPage", "read", "read_all"]
