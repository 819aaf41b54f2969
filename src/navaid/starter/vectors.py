"""Vectors of the claims, shipped beside them so that the first question need not wait for a model to read them all.

`vectors.npz` holds, for one embedding model, a hash of each embedded text and its int8 vector. A claim whose text
has changed since is simply not found there, and is embedded on the person's machine.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Steps = npt.NDArray[np.int8]
_FILE = Path(__file__).with_name("vectors.npz")


def digest(text: str) -> int:
    """Sixty-three bits of the text's SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


@cache
def shipped(model: str) -> dict[int, Steps]:
    """Vectors by `digest` of the embedded text; empty for another model than they were made with."""
    if not _FILE.is_file():
        return {}
    with np.load(_FILE) as held:
        if str(held["model"]) != model:
            return {}
        return dict(zip(held["digests"].tolist(), held["vectors"], strict=True))


def write(model: str, vectors: dict[int, Steps]) -> None:
    """Write the file anew; rows are ordered by digest, so that equal content gives an equal file."""
    digests = sorted(vectors)
    rows = np.stack([vectors[one] for one in digests])
    np.savez_compressed(_FILE, model=np.array(model), digests=np.array(digests, np.int64), vectors=rows)
    shipped.cache_clear()
