"""From a picture of a page to its words: scans and photographs, read on this machine by engines that need no network.

In: bytes of a picture (`open_image`), or an image that the caller rendered. Out: `Recognised`: text, and words with
their boxes in the image's own coordinates. Start at `recognise`. An optional extra: `available` says what is missing.
"""

from __future__ import annotations

from navaid.records.read.ocr.extra import available
from navaid.records.read.ocr.images import open_image
from navaid.records.read.ocr.recognise import Recognised, recognise

__all__ = ["Recognised", "available", "open_image", "recognise"]
