"""Pages that are files of their own: shown to be printed, or given as a download."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import escape
from starlette.responses import Response

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A file carries its style in its head, and nothing else: no script, nothing loaded."""


_BACK = (
    "<style>.back a {{ display: inline-block; padding: .6rem 0; }}"
    " @media print {{ .back {{ display: none; }} }}</style>"
    '<nav class="back" aria-label="Navaid"><a href="{to}">{words}</a></nav>'
)


def as_page(html: str | bytes, to: str, words: str) -> Response:
    """The file in the browser, under the policy of its own head, with a way back that is not printed."""
    text = html if isinstance(html, str) else html.decode()
    html = text.replace("<body>", f"<body>\n{_BACK.format(to=escape(to), words=escape(words))}", 1)
    return Response(html, media_type="text/html; charset=utf-8", headers={"content-security-policy": _POLICY})


def as_file(data: bytes, name: str, media_type: str) -> Response:
    """The file as a download."""
    safe = quote(name, safe="")
    return Response(
        data,
        media_type=media_type,
        headers={"content-disposition": f"attachment; filename=\"{safe}\"; filename*=UTF-8''{safe}"},
    )
