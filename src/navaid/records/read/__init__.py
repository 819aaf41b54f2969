"""From a file to a Paper: bytes enter, text with pages, words and boxes leaves.

In: a path, or bytes and a name. Out: `Paper`s (an archive or a folder gives several). Start at `read`.
"""

from __future__ import annotations

from navaid.records.read.router import read

__all__ = ["read"]
