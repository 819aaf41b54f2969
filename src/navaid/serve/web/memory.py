"""Little memory for a server with many threads: glibc gives each thread a heap of its own and keeps what was freed.

Measured with 50 readers at once (`python -m benchmarks.web readers`). On another C library nothing is done.
"""

from __future__ import annotations

import ctypes
import functools

_M_ARENA_MAX, _HEAPS = -8, 2


def few_heaps() -> None:
    """From now on threads share two heaps; called before they begin."""
    if libc := _libc():
        libc.mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Returns to the machine what was freed: opening the library takes far more for a moment than it keeps."""
    if libc := _libc():
        libc.malloc_trim(0)


@functools.cache
def _libc() -> ctypes.CDLL | None:
    try:
        found = ctypes.CDLL("libc.so.6")
    except OSError:
        return None
    return found if hasattr(found, "mallopt") and hasattr(found, "malloc_trim") else None
