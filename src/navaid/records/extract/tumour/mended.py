"""Words that OCR broke, put right letter for letter: "TUM0R", "MARG1NS", "CARClNOMA". Every offset stays."""

from __future__ import annotations

import re

_WORDS = (
    "tumor tumors tumour tumours margin margins node nodes nodal carcinoma carcinomas invasive infiltrating ductal"
    " lobular nottingham identified positive negative invasion perineural multifocal histologic mitotic nipple"
    " specimen dimension sentinel anterior posterior inferior superior lateral medial lumpectomy mastectomy diagnosis"
    " pathology involved uninvolved metastasis metastatic lymphatic vascular differentiated"
).split()
# Letters and figures that a scanner takes for one another.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l"})
_MEANT = {word.translate(_ALIKE): word for word in _WORDS}
_WORD = re.compile(r"(?<![a-z0-9])(?=[a-z01|!]*[01|!l])[a-z01|!]{4,14}(?![a-z0-9|!])")


def mended(low: str) -> str:
    """A text of small letters, as long as before, with the words of the list as they were meant.

    >>> mended("tum0r, marg1ns, carclnoma, pt1c n0")
    'tumor, margins, carcinoma, pt1c n0'
    """
    return _WORD.sub(lambda match: _MEANT.get(match[0].translate(_ALIKE), match[0]), low)
