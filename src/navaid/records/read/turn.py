"""Boxes of a page that lies sideways or upside down, as they stand once the page is turned upright."""

from __future__ import annotations

from navaid.terms import Box


def turned_back(box: Box, size: tuple[float, float], turned: int) -> Box:
    """The box on the page turned by so many degrees clockwise (0, 90, 180 or 270); `size` is that of the unturned page.

    >>> turned_back(Box(x0=0, y0=90, x1=10, y1=100), (50, 100), 90)
    Box(x0=0, y0=0, x1=10, y1=10)
    """
    width, height = size
    if turned == 90:
        return Box(x0=height - box.y1, y0=box.x0, x1=height - box.y0, y1=box.x1)
    if turned == 180:
        return Box(x0=width - box.x1, y0=height - box.y1, x1=width - box.x0, y1=height - box.y0)
    if turned == 270:
        return Box(x0=box.y0, y0=width - box.x1, x1=box.y1, y1=width - box.x0)
    return box
