"""Whether a "left" or "right" is said of a bone, an organ, a limb or a far node: it is no side of the breast then."""

from __future__ import annotations

import re

# Words that may stand between the side and what it is the side of: "right lower lobe", "left 4th rib".
_KIND = (
    r"(?:(?:upper|lower|middle|mid|distal|proximal|superior|inferior|anterior|posterior|lateral|medial|main|common|deep"
    r"|small|large|trace|greater|lesser|external|internal|true|\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth|tenth|-?sided)[\s-]{1,2}){0,3}"
)
_BONES = (
    r"ili(?:um|ac)|ischi\w+|pubi[cs]|pub(?:ic)?\sram\w+|acetabul\w+|femur|femoral|humer\w+|tibia\w*|fibula\w*|radius"
    r"|ulna\w*|scapula\w*|clavic(?:le|ular)\w*|ribs?|sacr\w+|pelvi[cs]|hemi-?pelvis|hips?|shoulders?|knees?|wrists?"
    r"|ankles?|elbows?|mandib\w+|skull|orbit\w*|pedicles?|transverse\sprocess|lamina|facet|glenoid|trochanter\w*"
)
_ORGANS = (
    r"lungs?|lobes?|lobar|hil(?:um|ar)|pleura\w*|hemithorax|bronch\w+|apex|apical|bas(?:e|al|ilar)|lingula\w*|hemidiaphragm"
    r"|hepat\w+|liver|kidneys?|renal|ureter\w*|adrenals?|ovar(?:y|ies|ian)|adnexa\w*|fallopian|colon\w*|hemicolect\w+"
    r"|testi\w+|heart|ventric\w+|atri(?:um|al)|coronary|carotid|jugular|iliac|portal|subclavian\s(?:vein|port|line)"
    r"|brain|cerebr\w+|cerebell\w+|frontal|parietal|temporal|occipital|hemispher\w+|thalam\w+|eyes?|ears?"
    r"|thyroid|tonsil\w*|paratracheal|mediastin\w+|inguinal|retroperitone\w+|cervical|para-?aortic"
)
_LIMBS = (
    r"arms?|legs?|hands?|foot|feet|thighs?|cal(?:f|ves)|forearms?|buttocks?|groins?|flanks?|neck|face|cheeks?|upper\slimb"
    r"|lower\slimb|(?:upper|lower)\sextremit\w+|fingers?|toes?|heels?|thumbs?|handed"
)
_THERE = re.compile(
    rf"[\s,-]{{1,3}}{_KIND}(?:{_BONES}|{_ORGANS}|{_LIMBS})(?![a-z])(?!\s(?:and|/)\s(?:breast|axilla\w*)\b)",
    re.IGNORECASE,
)
# "lung, right lower lobe", "femur (left)", "pneumonectomy, left": the organ stands before its side.
_THERE_BEFORE = re.compile(
    rf"(?<![a-z])(?:{_BONES}|{_ORGANS}|{_LIMBS})(?:,\s|\s\(|\s-\s|\s)$",
    re.IGNORECASE,
)
_BREAST_BEHIND = re.compile(
    r"[\s,-]{1,3}(?:\w+[\s-]){0,3}(?:breast|axill|armpit|mastect|lumpect|mamm|chest\swall)", re.IGNORECASE
)


def elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the side at `text[start:end]` is that of something else than the breast and its armpit.

    >>> elsewhere("the left iliac wing", 4, 8), elsewhere("the left breast", 4, 8)
    (True, False)
    """
    if _THERE.match(text, end):
        return True
    before = _THERE_BEFORE.search(text, max(0, start - 24), start)
    return bool(before) and not _BREAST_BEHIND.match(text, end)
