"""Pictures as people have them (JPEG, PNG, HEIC, TIFF with several pages, WebP) as upright RGB images."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from navaid.errors import BadInput
from navaid.records.read.ocr.extra import require

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "HEIF", "BMP", "GIF")
MOST_PIXELS = 100_000_000  # an A4 page at 600 dpi has 35 million, most telephones 12 to 50; a large JPEG comes smaller
MOST_SIDE = 65_000
LONG_SIDE = 4000  # an A4 page at 340 dpi; more helps no engine
MOST_FRAMES = 500


def open_image(data: bytes) -> Iterator[Image.Image]:
    """The pages of a picture file, one after the other: turned as the camera noted, RGB, of a size to work on.

    Several only for TIFF: a moving picture gives its first frame. Raises BadInput where the bytes are no picture, where
    they are broken off, and where the picture is larger than any page or photograph.
    """
    require()
    image = _open(data)
    frames = min(getattr(image, "n_frames", 1), MOST_FRAMES) if image.format == "TIFF" else 1
    for number in range(frames):
        yield _frame(image, number)


def _open(data: bytes) -> Image.Image:
    import pi_heif
    from PIL import Image

    pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a large picture, which is measured below
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # decoders raise whatever they stumble over
        raise BadInput(
            "this is not a picture that can be opened",
            fix="give JPEG, PNG, HEIC, TIFF or WebP; open the picture and save it anew if it opens elsewhere",
        ) from error


def _frame(image: Image.Image, number: int) -> Image.Image:
    from PIL import ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint lets half a picture pass, for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if number:
                image.seek(number)
            if image.format in ("JPEG", "MPO"):
                image.draft(None, (LONG_SIDE, LONG_SIDE))  # a larger one is decoded at a half or a quarter of its size
            width, height = image.size
            if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                raise _too_large()
            image.load()
            return _smaller(rgb(ImageOps.exif_transpose(image)))
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(
            f"the picture is damaged or broken off{f' at its page {number + 1}' if number else ''}",
            fix="copy it from the telephone or scanner again, or take it anew",
        ) from error


def rgb(image: Image.Image) -> Image.Image:
    """The image as RGB: what is transparent becomes white, 16 bits become 8, CMYK and palettes become colours."""
    from PIL import Image

    if image.mode == "RGB":
        return image
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Deep grey as 8 bits by its own white: scanners that deliver 12 bits leave the rest of 16 empty."""
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    low, high = min(0.0, float(values.min())), float(values.max())
    grey = (values - low) * (255.0 / max(high - low, 1e-6))
    return Image.fromarray(grey.astype(np.uint8)).convert("RGB")


def _smaller(image: Image.Image) -> Image.Image:
    if max(image.size) <= LONG_SIDE:
        return image
    factor = LONG_SIDE / max(image.size)
    return image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))), reducing_gap=2.0)


def _too_large() -> BadInput:
    return BadInput(
        "the picture has more pixels than can be read",
        fix="save it with at most 100 million pixels (an A4 page at 600 dpi has 35 million)",
    )
