"""A page that is sent while it is made: what is known at once is read while the rest is searched, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from starlette.responses import Response, StreamingResponse

from navaid.serve.web.here import Here, environment

SEND = Markup("\x1e")
"""Where a template prints this, all that stands before it is sent."""


def streamed(here: Here, template: str, **values: Any) -> Response:
    """The page of this template, in pieces; as `Here.page` does otherwise."""
    token = here.session.csrf  # the cookie goes out before the first form is made
    said, here.session.said = here.session.said, ""
    pieces = (
        environment()
        .get_template(template)
        .generate(here=here, session=here.session, said=said, send=SEND, token=token, **values)
    )
    # A packer would hold the first words back until it has enough of them.
    response = StreamingResponse(_sent(pieces), media_type="text/html", headers={"content-encoding": "identity"})
    return here.with_cookie(response)


def _sent(pieces: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        if piece == SEND:
            yield "".join(held)
            held = []
        else:
            held.append(piece)
    yield "".join(held)
