"""Pages that are files of their own: shown to be printed, or given as a download."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A file carries its style in its head, and nothing else: no script, nothing loaded."""


def as_page(html: str | bytes) -> Response:
    """The file in the browser, under the policy that it also names in its own head."""
    return Response(html, media_type="text/html; charset=utf-8", headers={"content-security-policy": _POLICY})


def as_file(data: bytes, name: str, media_type: str) -> Response:
    """The file as a download."""
    safe = quote(name, safe="")
    return Response(
        data,
        media_type=media_type,
        headers={"content-disposition": f"attachment; filename=\"{safe}\"; filename*=UTF-8''{safe}"},
    )
