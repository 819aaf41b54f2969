"""Of which tumour, side and specimen a result is, by the nearest words before it that say so."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cache

from navaid.records.extract.receptors.tables import table
from navaid.records.extract.sections import Section

REACH = 700
_WORDS = {"one": "1", "two": "2", "three": "3", "first": "1", "second": "2", "third": "3", "i": "1", "ii": "2"}
_TUMOUR = re.compile(
    r"\b(?:tumou?r|mass|lesion|focus|nodule|carcinoma)\s?(?:#|no\.?\s?|number\s)?\s?\(?(?P<n>[1-4]\b|one\b|two\b|three\b|i{1,2}(?=\s?[:)]))(?!\s?(?:\.\d|cm|mm|of|/|x\b|%|\+))"
    r"|\b(?P<nth>first|second|third)\s(?:tumou?r|mass|lesion|focus|nodule)\b"
)
_SIDE = re.compile(
    r"\b(?P<label>left|right)(?:\s(?:breast|side|core|biopsy)){0,3}\s?:"
    r"|\b(?P<side>left|right|lt\b|rt\b)\.?(?:\W{1,3}\w+){0,2}?\W{1,3}(?:breast|axill\w*|mastectomy|chest)"
    r"|\bbreast,?\s{0,2}(?P<after>left|right)\b"
)
_SITE = re.compile(
    r"\b(?P<site>liver|bone|lung|brain|pleura\w*|skin|ovar\w*|vertebra\w*|chest\swall)\b"
    r"(?:[ ,]{1,3}\w+){0,3}?[ ,]{1,3}(?:biops\w*|metasta\w*)"
    r"|metasta\w*\s(?:\w+\s){0,3}(?:to|in|of)\s(?:the\s)?(?P<to>liver|bone|lung|brain|skin)"
    r"|(?P<node>(?:lymph|axillary)\snodes?)\s(?:\w+\s){0,2}biops\w*"
)
_TISSUE = re.compile(r"(?<!negative for )(?<!no )(?:carcinoma|tumou?r\b|dcis|malignan)")
_DCIS_NAME = r"(?:dcis|ductal\scarcinoma\sin[\s-]situ|(?<!invasive\sand\s)in[\s-]situ\s(?:carcinoma|component))"
_DCIS_BEFORE = re.compile(
    rf"(?<!and\s)(?<!with\s)\b{_DCIS_NAME}(?:\scomponent|\scells)?\s?[:,(-]?\s{{0,3}}(?:is\s|shows\s|-\s)?$"
)
_DCIS_ASIDE = re.compile(rf"\(\s?{_DCIS_NAME}(?:\scomponent)?\s?\)\s?[:=-]")
_DCIS_AFTER = re.compile(rf"[^.;\n]{{0,14}}?\b(?:in|of)\s(?:the\s)?{_DCIS_NAME}")


@dataclass(frozen=True)
class Place:
    """Empty where the text does not say. `dcis`: the result is of carcinoma in situ."""

    tumour: str = ""
    side: str = ""
    specimen: str = ""
    dcis: bool = False


class Places:
    """The labels of one plain text, found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tumours = [(m.start(), _label(m)) for m in _TUMOUR.finditer(text)]
        sides = list(_SIDE.finditer(text))
        self.sides = [(m.start(), _side(m)) for m in sides]
        self.labels = [(m.start(), _side(m)) for m in sides if m["label"]]

    def at(self, start: int, end: int, section: Section) -> Place:
        """The place of the result that stands at this span, in a section that may be of one specimen part."""
        since = max(0, start - REACH, section.start if section.part else 0)
        before = self.text[max(since, start - 200) : start]
        sentence = (
            before[max(before.rfind("\n"), before.rfind(". ")) + 1 :] + self.text[start : end + 40].split("\n")[0]
        )
        head = section.head.lower()
        heads = {_side(match) for match in _SIDE.finditer(head)}
        return Place(
            tumour=_last(self.tumours, since, start) or self._part(section, start),
            side=heads.pop() if len(heads) == 1 else self._side(since, start, end),
            specimen=_specimen(sentence) or _specimen(head),
            dcis=self._dcis(start, end),
        )

    def _part(self, section: Section, start: int) -> str:
        """The specimen part's label, where that part holds tumour: a summary may follow the last, benign part."""
        if not section.part or not _TISSUE.search(self.text, section.start, start):
            return ""
        return section.part

    def _side(self, since: int, start: int, end: int) -> str:
        """The side named before the result; empty where both are, as none can tell which is meant."""
        label = _last(self.labels, since, start)
        if label:
            return label
        sides = self._sides(since, start) or self._sides(start, end + 60)
        return sides.pop() if len(sides) == 1 else ""

    def _sides(self, start: int, end: int) -> set[str]:
        low, high = (bisect.bisect_left(self.sides, (at, "")) for at in (start, end))
        return {side for _, side in self.sides[low:high]}

    def _dcis(self, start: int, end: int) -> bool:
        """Whether the result is said of carcinoma in situ: "DCIS: ER positive", "ER positive in the DCIS"."""
        if _DCIS_BEFORE.search(self.text, max(0, start - 70), start):
            return True
        if _DCIS_ASIDE.search(self.text, start, end):
            return True
        return bool(_DCIS_AFTER.match(self.text, end, min(len(self.text), end + 50)))


def _label(match: re.Match[str]) -> str:
    word = match["n"] or match["nth"]
    return _WORDS.get(word, word)


def _side(match: re.Match[str]) -> str:
    return "left" if (match["label"] or match["side"] or match["after"]).startswith("l") else "right"


def _last(labels: list[tuple[int, str]], since: int, start: int) -> str:
    index = bisect.bisect_left(labels, (start, "")) - 1
    return labels[index][1] if index >= 0 and labels[index][0] >= since else ""


def _specimen(near: str) -> str:
    sites = list(_SITE.finditer(near))
    if not sites:
        return ""
    found = sites[-1]
    if found["node"]:
        return "node"
    site = found["site"] or found["to"]
    site = {"vertebra": "bone", "chest wall": "skin"}.get(
        re.sub(r"e$|ae$|s$", "", site) if site.startswith("vert") else site, site
    )
    return f"metastasis:{site[:5] + 'a' if site.startswith('pleur') else 'ovary' if site.startswith('ovar') else site}"


@cache
def elsewhere() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of organs other than the breast, and words of the breast."""
    words = table("words")
    return re.compile(words["elsewhere"]), re.compile(words["breast"])
