"""export.xml as a stream without its document type: Apple's own is not well-formed in every version, and a foreign one
could define entities.
"""

from __future__ import annotations

from typing import IO

MOST_PROLOG = 1_000_000


class Cut:
    """A readable stream whose `<!DOCTYPE … ]>` is left out."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; a size of -1 reads a part, never all."""
        wanted = size if size > 0 else 1 << 16
        if self._head is None:
            self._head = self._prolog()
        if self._head:
            part, self._head = self._head[:wanted], self._head[wanted:]
            return part
        return self._stream.read(wanted)

    def _prolog(self) -> bytes:
        """The bytes up to the root element, without the document type."""
        head = b""
        while b"<HealthData" not in head and len(head) < MOST_PROLOG:
            part = self._stream.read(1 << 16)
            if not part:
                break
            head += part
        start = head.find(b"<!DOCTYPE")
        root = head.find(b"<HealthData")
        if start < 0 or root < 0 or start > root:
            return head
        return head[:start] + head[root:]
