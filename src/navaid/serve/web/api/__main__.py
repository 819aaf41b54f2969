"""python -m navaid.serve.web.api > docs/openapi.json"""

from __future__ import annotations

from navaid.serve.web.api import described, openapi

if __name__ == "__main__":
    print(openapi.written(described()), end="")
