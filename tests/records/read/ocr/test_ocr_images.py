"""Pictures as people have them become upright RGB images; what is no picture is one clear message."""

from __future__ import annotations

import base64
import io
import random
import struct
import zlib

import pytest

pytest.importorskip("PIL", reason="needs the extra `ocr`")
pytest.importorskip("pi_heif", reason="needs the extra `ocr`")
pytest.importorskip("rapidocr", reason="needs the extra `ocr`")

import numpy as np
from PIL import Image

from navaid.errors import BadInput
from navaid.records.read.ocr import images, open_image

RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)

# 64 by 48 pixels, the left half blue, the right half red, with the note of the camera to turn it a quarter clockwise.
HEIC = zlib.decompress(
    base64.b85decode(
        "c-mc2F-yZx5WZ_PMzB?^N)@dwIEa&igJaM-7XO0rH6aIyeWsz*O+f@VCs#YUx~h|IBJTbHaS)L%LI&k|FO4D|dAYmqzPsdo2LQ8Pyf1y11h9q"
        "Vt>`!;#{<Co(2X7FTh(s_Q5J(F5yL-QrJ$J(so9VN)Dgb*y>4fWEtmgA7Wk|Y?RsgZtCO6#DUCUPTdcqz5H)49Ln*x=DGniH;t<J5a{NM4G}*"
        "VgcLNO#ou;I64?e$=1Yp$I=8lq$BdC-n7@A?|r+kyM9WE}dBmS#&D~E$;ug@3PSC+qAVaU)gsO~V`tl?ej_JluD6wM&o6+ws5JeUUzO;Ag^*>"
        "&ygEQ-L9S*)d4&U`9@QmU7UF(#=)8Z<1+VmC}tGv@z+X_Dd3QV`HQ%o&46$DGVi<a$}5AQ~-^u0hYPhYd&XYi<!Q2TIAq-jhl?#bj!$*v3aS|"
        "Dn#ig?GgSvoCPH4ojR_fH<x-(D&@m{RTBvWCH"
    )
)


def halves(mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (64, 48), RED)
    image.paste(BLUE, (0, 0, 32, 48))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def only(data: bytes) -> Image.Image:
    (image,) = open_image(data)
    assert image.mode == "RGB"
    return image


def near(one: object, other: tuple[int, int, int], by: int = 12) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_common_formats(kind: str) -> None:
    image = only(saved(halves(), kind))
    assert image.size == (64, 48)
    assert near(image.getpixel((5, 5)), BLUE)
    assert near(image.getpixel((60, 5)), RED)


def test_heic_of_a_telephone_is_turned_once() -> None:
    image = only(HEIC)
    assert image.size == (48, 64)
    assert near(image.getpixel((24, 5)), BLUE)
    assert near(image.getpixel((24, 60)), RED)


@pytest.mark.parametrize(("orientation", "top"), [(1, None), (3, None), (6, BLUE), (8, RED)])
def test_the_camera_noted_how_it_was_held(orientation: int, top: tuple[int, int, int] | None) -> None:
    note = Image.Exif()
    note[0x112] = orientation
    image = only(saved(halves(), "JPEG", exif=note))
    if top:
        assert image.size == (48, 64)
        assert near(image.getpixel((24, 3)), top)
    else:
        assert image.size == (64, 48)
        assert near(image.getpixel((3, 24)), BLUE if orientation == 1 else RED)


def test_what_is_transparent_is_white() -> None:
    glass = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), (0, 0, 10, 20))
    image = only(saved(glass, "PNG"))
    assert image.getpixel((15, 10)) == WHITE
    assert image.getpixel((5, 10)) == (0, 0, 0)


def test_palette_with_a_transparent_colour() -> None:
    image = Image.new("P", (20, 20), 0)
    image.putpalette([0, 0, 0, 200, 30, 30])
    image.paste(1, (0, 0, 10, 20))
    read = only(saved(image, "PNG", transparency=0))
    assert read.getpixel((15, 10)) == WHITE
    assert read.getpixel((5, 10)) == RED


@pytest.mark.parametrize("mode", ["CMYK", "1", "L", "YCbCr"])
def test_other_modes(mode: str) -> None:
    image = only(saved(halves(mode), "TIFF"))
    assert image.getpixel((5, 5)) != image.getpixel((60, 5)) or mode == "1"


def test_sixteen_bits_keep_their_grey_and_twelve_are_not_black() -> None:
    grey = np.full((20, 20), 4000, dtype=np.uint16)
    grey[:, :10] = 1000
    image = only(saved(Image.fromarray(grey), "PNG"))
    assert image.getpixel((15, 10)) == WHITE
    assert near(image.getpixel((5, 10)), (63, 63, 63), by=2)


def test_tiff_of_several_pages() -> None:
    pages = [Image.new("L", (30 + number, 20), number) for number in (10, 20, 30)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [image.width for image in open_image(data)] == [40, 50, 60]


def test_moving_picture_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in (RED, BLUE)]
    assert near(only(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])).getpixel((5, 5)), RED)


def test_a_large_picture_becomes_workable() -> None:
    image = only(saved(Image.new("L", (9000, 30), 255), "PNG"))
    assert image.size == (images.LONG_SIDE, 13)


def test_a_large_photograph_is_decoded_at_a_part_of_its_size() -> None:
    image = only(saved(Image.new("L", (9000, 4500), 255), "JPEG"))
    assert images.LONG_SIDE >= image.width >= images.LONG_SIDE / 2


def png(width: int, height: int) -> bytes:
    """The head of a PNG that claims this size, with nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 11_000), (70_000, 20)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    idle = b"IDAT" + zlib.compress(b"")
    data = png(*size) + struct.pack(">I", len(idle) - 4) + idle + struct.pack(">I", zlib.crc32(idle))
    with pytest.raises(BadInput, match="pixels"):
        list(open_image(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_broken_off(kind: str) -> None:
    whole = saved(Image.effect_noise((300, 300), 60).convert("RGB"), kind)
    with pytest.raises(BadInput) as caught:
        list(open_image(whole[: len(whole) // 2]))
    assert caught.value.fix


def test_heic_broken_off() -> None:
    with pytest.raises(BadInput):
        list(open_image(HEIC[:300]))


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"%PDF-1.7\n", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"\x89PNG\r\n\x1a\n"]
)
def test_no_picture(data: bytes) -> None:
    with pytest.raises(BadInput):
        list(open_image(data))


def sizes_or_fix(data: bytes) -> list[tuple[int, int]] | str:
    """The sizes of the pages, or how the message says that it can be mended."""
    try:
        return [image.size for image in open_image(data)]
    except BadInput as error:
        return error.fix


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP", "HEIC"])
def test_damaged_bytes_give_a_picture_or_one_clear_message(kind: str) -> None:
    whole = HEIC if kind == "HEIC" else saved(halves(), kind)
    lot = random.Random(kind)
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(lot.randint(1, 8)):
            data[lot.randrange(len(data))] = lot.randrange(256)
        found = sizes_or_fix(bytes(data))
        assert found, "neither a picture nor a word on how to mend it"
        assert isinstance(found, str) or all(max(size) <= images.LONG_SIDE for size in found)
