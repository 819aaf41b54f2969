"""Where in a paper a statement on the tumour counts: its section's rank, its specimen part, its side, its organ."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from navaid.records.extract.sections import Section
from navaid.records.extract.tumour.boxes import without_unticked
from navaid.records.extract.tumour.elsewhere import elsewhere
from navaid.records.extract.tumour.measure import Measurement, measurements
from navaid.records.extract.tumour.mended import mended
from navaid.records.extract.tumour.mention import Mention, Rank
from navaid.records.extract.view import View
from navaid.terms import Finding, Value

_RANKS = {
    "gross": Rank.GROSS,
    "specimen": Rank.GROSS,
    "frozen": Rank.FROZEN,
    "comment": Rank.COMMENT,
    "clinical_history": Rank.CLINICAL,
    "history": Rank.CLINICAL,
    "past_history": Rank.CLINICAL,
    **dict.fromkeys(
        (
            "superseded",
            "family_history",
            "social_history",
            "medications",
            "allergies",
            "patient_education",
            "reference",
        ),
        Rank.NEVER,
    ),
}
_PATHOLOGY = frozenset({"gross", "microscopic", "synoptic", "frozen"})
_VISIT = frozenset(
    {"history", "exam", "past_history", "medications", "review_of_systems", "plan", "social_history", "impression"}
)
# A paper may give no heading at all; these words are only written where a specimen was looked at.
_SPECIMEN = re.compile(
    r"(?i)surgical pathology|histopatholog|\bgross description|nottingham|\bsbr\b|bloom"
    r"|margins? of excision|resection margins?"
    r"|formalin|cassette|histological description|procurement|\b(?:excision|mastectomy|lumpectomy|biopsy)\s*:"
)
_SIDE = re.compile(r"(?i)(?<![a-z])(?:(?P<left>left|lt|lelt|lept|sinistr\w*)|(?P<right>right|rt|dextr\w*))(?![a-z])")
_BREAST = re.compile(r"(?<![a-z])(?:breasts?|mamm(?:a|ary|ae))(?![a-z])")
_OURS = re.compile(
    r"(?<![a-z])(?:(?:mastectom|lumpectom)\w*|dcis|lcis|i[dl]c\b|tnbc\b|mamma-carcin|nottingham|(?:ductal|lobular)[\s.]{1,3}carcin\w+"
    r"|carcinoma\s(?:ductale|lobulare))"
)
# A breast that was looked at, not the word for the cancer: an image of the liver says "breast cancer" too.
_IMAGED = re.compile(
    r"(?<![a-z])(?:breasts?|mammogra\w*|mammary|tomosynthesis|nipples?)(?![a-z])"
    r"(?!\s(?:cancer|carcin\w+|ca\b|primary|malignan\w+|adenocarcin\w+|oncolog\w+|neoplasm))"
)
_SCANNED = re.compile(r"(?:^|\n)[ \t]*(?:ct|mri?|pet|bone\sscan|scintigraphy|x-?ray|ultrasound|radiology)\b")
_OURS_BEHIND = re.compile(
    r"(?i)[\s-]{1,3}(?:[\w-]+\s){0,3}?(?:breast|mamm|mastect|lumpect|axill|armpit|nipple|chest\swall)"
)
_OURS_BEFORE = re.compile(r"(?i)(?:breasts?|mastectomy|lumpectomy|axilla\w*)[\w ,(]{0,20}$")
_CANCER = re.compile(
    r"cancer|carcin|malignan|tumou?r|neoplas|\bca\b|\bmass|lesion|biops|excision|lump|specimen|nodule|metasta"
)
_ORGAN = re.compile(
    r"(?<![a-z])(?:colon|colonic|rect(?:al|um)|sigmoid|cec(?:al|um)|lung|bronch\w+|prostat\w+|gastric"
    r"|stomach|esophag\w+|pancrea\w+"
    r"|renal|kidney|bladder|urothelial|thyroid|cervi(?:x|cal)|endometri\w+|uter(?:us|ine)|ovar(?:y|ian)"
    r"|hepatocellular|melanoma"
    r"|tongue|laryn\w+|tonsil\w*|testic\w+|mesothelioma|lymphoma|leukemia|myeloma|gleason|small\scell"
    r"|unknown\sprimary)(?![a-z])"
)
_OF_ORGAN = re.compile(_ORGAN.pattern.removeprefix("(?<![a-z])"))
_MALIGNANT = re.compile(
    r"cancer|carcin|malignan|tumou?r|neoplas|\bca\b|gleason|melanoma|mesothelioma|lymphoma|leukemia|myeloma"
)
_FIELDS = re.compile(
    r"(?i)histologic (?:type|grade)|tumou?r (?:size|focality|site)|laterality|margins\s*:|lymph nodes?\s*:"
)
_RELATIVE = re.compile(
    r"\b(?:mother|father|sister|brother|aunt|uncle|grand\w+|daughter|cousin|niece|family|maternal|paternal)\b"
)


_ENOUGH = 40


@dataclass(frozen=True)
class Scope:
    """A paper as the finders on tumour and stage see it."""

    view: View

    @cached_property
    def low(self) -> str:
        """The text in small letters, character for character; what stands at an empty box is blank."""
        return without_unticked(mended(self.view.low))

    @cached_property
    def pathology(self) -> bool:
        """Whether this is a report on a specimen."""
        kinds = {section.kind for section in self.view.sections}
        if "pathology" in self.view.header.type or kinds & _PATHOLOGY:
            return True
        visit = len(kinds & _VISIT) > 1 or bool(kinds & {"exam", "history"})
        return not visit and ("final_diagnosis" in kinds or bool(_SPECIMEN.search(self.view.text)))

    @cached_property
    def breast(self) -> bool:
        """Whether the paper speaks of this person's breast, and not mainly of a cancer of another organ."""
        ours = self._count(_OURS, None) + self._count(_BREAST, _CANCER)
        if not ours or not self.others:
            return ours > 0
        # Beside another cancer, what once was weighs no more: "Past history: breast carcinoma 2001".
        past = frozenset({"past_history"})
        return self._count(_OURS, None, past) + self._count(_BREAST, _CANCER, past) >= self.others

    @cached_property
    def others(self) -> int:
        """How often a cancer of another organ is named, relatives and places of spread apart."""
        return self._count(_ORGAN, _MALIGNANT)

    def _count(
        self, pattern: re.Pattern[str], beside: re.Pattern[str] | None, without: frozenset[str] = frozenset()
    ) -> int:
        found = 0
        for match in pattern.finditer(self.low):
            section = self.section(match.start())
            near = self.low[max(section.start, match.start() - 50) : min(section.end, match.end() + 60)]
            if beside is not None and not beside.search(near):
                continue
            if _RELATIVE.search(near) or section.kind in {"family_history", "patient_education"} | without:
                continue
            found += not (pattern is _ORGAN and "metast" in near)
            if found > _ENOUGH:
                break
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in self.view.sections]

    def section(self, at: int) -> Section:
        return self.view.sections[max(0, bisect.bisect_right(self._starts, at) - 1)]

    def rank(self, at: int) -> Rank:
        """The rank of the section here. In a note of a visit the history is as good as the assessment."""
        section = self.section(at)
        rank = _RANKS.get(section.kind, Rank.REPORT)
        if section.kind == "specimen" and self._is_synoptic(section):
            return Rank.REPORT
        if not section.kind and not section.part and self._has_diagnosis:
            return Rank.CLINICAL
        return Rank.REPORT if rank == Rank.CLINICAL and not self.pathology else rank

    @cached_property
    def _has_diagnosis(self) -> bool:
        """Whether a diagnosis has a heading of its own: what stands before all headings is not the diagnosis then."""
        return self.pathology and any(section.kind == "final_diagnosis" for section in self.view.sections)

    def _is_synoptic(self, section: Section) -> bool:
        """Whether what "Specimen:" opened goes on as a list of fields on the tumour."""
        return len(_FIELDS.findall(self.view.text, section.start, section.end)) > 1

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """The stretches of the report proper and its comments, neighbours joined."""
        spans: list[tuple[int, int]] = []
        for section in self.view.sections:
            if self.rank(section.start) > Rank.COMMENT:
                continue
            if spans and spans[-1][1] == section.start:
                spans[-1] = (spans[-1][0], section.end)
            else:
                spans.append((section.start, section.end))
        return spans

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches in the report proper and its comments: gross description and history are left out."""
        for start, end in self._spans:
            yield from pattern.finditer(self.low, start, end)

    def measured(self, ranks: frozenset[Rank]) -> list[Measurement]:
        """The measurements in the sections of these ranks."""
        return [
            one
            for section in self.view.sections
            if self.rank(section.start) in ranks
            for one in measurements(self.low, section.start, section.end)
        ]

    @cached_property
    def report_lengths(self) -> list[Measurement]:
        """The measurements of the report proper and its comments."""
        return self.measured(frozenset({Rank.REPORT, Rank.COMMENT}))

    @cached_property
    def sides(self) -> frozenset[str]:
        """The sides that the paper names of breast or axilla."""
        return frozenset(_sides(self.view.text, beside_breast=self._images_elsewhere))

    @cached_property
    def _images_elsewhere(self) -> bool:
        """Whether this is a report of images without the breast, which its indication may name all the same."""
        titled = self.view.header.type == "unknown" and _SCANNED.search(self.low, 0, 200)
        if self.view.header.type != "radiology" and not titled:
            return False
        told = (self.section(match.start()).kind for match in _IMAGED.finditer(self.low))
        return all(kind in {"clinical_history", "history", "technique"} for kind in told)

    def side(self, at: int) -> str:
        """The side of the specimen part here; else the paper's only side; else empty."""
        head = set(_sides(self.section(at).head))
        if len(head) == 1:
            return head.pop()
        if head:
            return ""
        if len(self.sides) == 1:
            return next(iter(self.sides))
        sentence = self.view.sentence_at(at)
        around = self.view.text[max(sentence.start, at - 150) : min(sentence.end, at + 150)]
        near = set(_sides(around, beside_breast=self._images_elsewhere))
        return near.pop() if len(near) == 1 else ""

    def mention(self, concept: str, value: Value, start: int, end: int, rule: str, **more: object) -> Mention:
        """A mention here, with rank, part and side of this place."""
        given = {"rank": self.rank(start), "tumour": self.section(start).part, "side": self.side(start), **more}
        return Mention(concept, value, start, end, rule, **given)  # type: ignore[arg-type]

    def findings(self, mentions: Iterable[Mention]) -> Iterator[Finding]:
        """The mentions as findings."""
        for m in mentions:
            if m.rank != Rank.NEVER:
                yield self.view.finding(
                    m.concept,
                    m.value,
                    m.start,
                    m.end,
                    rule=m.rule,
                    unit=m.unit,
                    side=m.side,
                    specimen=m.specimen,
                    tumour=m.tumour,
                    assertion=m.assertion,
                    details=m.details,
                )


def _sides(text: str, *, beside_breast: bool = False) -> Iterator[str]:
    """The sides named of a breast or an armpit, or of nothing in particular; that of a bone or an organ is none."""
    for match in _SIDE.finditer(text):
        if elsewhere(text, *match.span()):
            continue
        if not beside_breast or _of_breast(text, *match.span()):
            yield "left" if match["left"] else "right"


def _of_breast(text: str, start: int, end: int) -> bool:
    """Whether a side stands right beside the breast: "left-sided breast cancer", "mastectomy on the right"."""
    return bool(_OURS_BEHIND.match(text, end) or _OURS_BEFORE.search(text, max(0, start - 40), start))


def other_organ(low: str, start: int, end: int) -> bool:
    """Whether a cancer named here is said to be one of another organ: "ovarian carcinoma", "cancer of the colon"."""
    before = low[max(0, start - 26) : start]
    named = [match for match in _ORGAN.finditer(before) if not re.search(r"[.,;:]", before[match.end() :])]
    after = _OF.match(low, end)
    return bool(named) or bool(after and _OF_ORGAN.match(low, after.end()))


_OF = re.compile(r"\s+of\s+(?:the\s+|her\s+)?(?:left\s+|right\s+)?")
_LAST: list[Scope] = []


def scope_of(view: View) -> Scope:
    """The scope of a paper; the last one is kept, as the finders on tumour and stage ask for the same."""
    for scope in _LAST:
        if scope.view is view:
            return scope
    scope = Scope(view)
    _LAST[:] = [scope]
    return scope
