"""The sections of a paper, by its headings: `tables/sections.yaml` says what each heading opens.

Text that OCR put in one line has its headings in the middle ("… CM. GROSS DESCRIPTION: A. Received …"), with a colon or
with the full stop that stands for the end of the line. A section is cut again where a specimen part begins
("A. BREAST, RIGHT, LUMPECTOMY:", "PART 2:"): extract/parts.py.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from navaid.records.extract.parts import Part, parts
from navaid.tables import load as load_table


@dataclass(frozen=True)
class Section:
    """A part of a paper: `text[start:end]`, heading included.

    `kind` is a key of tables/sections.yaml, empty before the first heading; `body` is where what stands under the
    heading begins. `part` is the label of the specimen part that it speaks of ("A", "2"), `head` the part's own
    heading ("BREAST, RIGHT, LUMPECTOMY"); both empty where the paper has no parts here.
    """

    kind: str
    start: int
    body: int
    end: int
    part: str = ""
    head: str = ""


class _Heading(NamedTuple):
    kind: str
    start: int
    body: int


# Characters that a heading may be made of; what ends such a run is looked at afterwards.
_RUN = re.compile(r"[A-Za-z](?:[A-Za-z&/'’,\- \t]|\(s\))*")
_DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{2,4}|\d{4}(?:-\d\d-\d\d)?)[ \t]*(?=:)"
_AFTER = re.compile(rf"(?:\([^)\n]{{0,24}}\)[ \t]*|{_DATE})?(?P<mark>:|\n|\r|\f|\.(?=\s|$)|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ ]?\(s\))?")
_LAST = re.compile(r"([A-Za-z]+)(?:[ ]?\(s\))?[^A-Za-z]*$")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_LONGEST = 7
# Inside a synoptic list these are fields ("Specimen: Total breast", "Stage: IIA"), not headings.
_FIELDS = frozenset({"specimen", "staging", "ihc", "findings", "history", "technique", "procedure", "plan", "labs"})
# Headings that open nothing inside a section of this kind.
_INSIDE = {"synoptic": _FIELDS, "superseded": _FIELDS | {"synoptic", "comment"}}
# What follows them is of the same rank, so that a new specimen part goes back to the section they stand in.
_MINOR = frozenset({"staging", "ihc", "comment"})
_OF_RANK = frozenset({"final_diagnosis", "superseded"})
_LISTING = frozenset({"", "specimen", "gross"})


def sections(text: str) -> tuple[Section, ...]:
    """The sections in the order of the text; they cover it without a gap.

    >>> [(s.kind, s.start) for s in sections("Name: A\\nFINAL DIAGNOSIS: carcinoma")]
    [('', 0), ('final_diagnosis', 8)]
    >>> [(s.kind, s.part) for s in sections("DIAGNOSIS. A. Breast, biopsy: Carcinoma. B. Skin, excision: Benign.")]
    [('final_diagnosis', ''), ('final_diagnosis', 'A'), ('final_diagnosis', 'B')]
    """
    plain = _BROKEN.sub(_mended, text)
    headings = list(_bounded(text, [_Heading("", 0, 0), *_opened(plain)]))
    cuts = _with_parts(headings, parts(text, [(h.start, h.body) for h in headings]))
    ends = [start for _, start, _, _, _ in cuts[1:]] + [len(text)]
    return tuple(
        Section(kind, start, body, end, part, head)
        for (kind, start, body, part, head), end in zip(cuts, ends, strict=True)
        if end > start or not text
    )


# A heading in capitals that OCR broke: figures for letters ("DIAGN0SIS"), or one or two other letters ("MICKOSCOPIC").
_BROKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:(?=[A-Z01]*[01])[A-Z01]{5,14}|D[A-Z]{7}S|MI[A-Z]{8}C|DE[A-Z]{8}N)(?![A-Za-z0-9])"
)
_MEANT = {"DIAGNOSIS": frozenset({"DIAGNOSES"}), "MICROSCOPIC": frozenset({"MACROSCOPIC"}), "DESCRIPTION": frozenset()}


def _mended(match: re.Match[str]) -> str:
    word = match[0]
    for meant, others in _MEANT.items():
        if len(word) == len(meant) and word not in others and sum(map(str.__ne__, word, meant)) <= 2:
            return meant
    return word.replace("0", "O").replace("1", "I") if sum(map(str.isalpha, word)) > 3 else word


def _opened(text: str) -> Iterator[_Heading]:
    """The headings that change the kind of what follows."""
    now = ""
    for heading in _headings(text):
        if heading.kind == now or heading.kind in _INSIDE.get(now, ()):
            continue
        now = heading.kind
        yield heading


# What ends an explanation where no heading of the table does: a plain heading ("Tumor site:"), or a sentence that
# reports again. Words before a colon that belong to explanations ("Positive: more than 10 %") end nothing.
_AGAIN = re.compile(
    r"(?:[.;\n\f][ \t]*|\n)(?:"
    r"(?!(?i:positive|negative|equivocal|borderline|indeterminate|intermediate|low|high|score|normal|abnormal|favou?rable"
    r"|unfavou?rable|amplified|not amplified|note|ref\w*|range|method\w*|interpret\w*|criteria|assay|clone|antibod\w*"
    r"|disclaimer|limitations?|guidelines?|legend|http\w*|doi|grade|strong|weak|moderate|group|category|percent\w*"
    r"|new\s|in\b)[ \w-]{0,30}:)[A-Z][A-Za-z/()-]*(?:[ ][A-Za-z/()-]+){0,5}:(?=\s)"
    r"|(?i:(?:the|this)\s(?:patient|tumou?r|specimen|case|carcinoma|biopsy|neoplasm)(?:'s\s\w+)?"
    r"\s(?:is|was|are|were|shows?|showed|has|demonstrates?|measures?)\b)"
    r"|(?i:(?:start|end)\sof\s(?:synoptic|report)|start\ssynoptic|electronically\ssigned)"
    r")"
)


# What stands on the line of such a heading ends with its paragraph: "Specimen: Left breast", an empty line, the report.
_OF_A_PARAGRAPH = frozenset({"specimen", "clinical_history"})
_PARAGRAPH = re.compile(r"[ \t]{0,4}[^\s][^\n]{0,400}(?:\n[^\n]{1,400}){0,4}\n[ \t]*\n")


def _bounded(text: str, headings: list[_Heading]) -> Iterator[_Heading]:
    """The headings; after an explanation that no heading ends, one of the kind that stood before it."""
    before = ""
    for at, heading in enumerate(headings):
        yield heading
        end = headings[at + 1].start if at + 1 < len(headings) else len(text)
        if heading.kind in _OF_A_PARAGRAPH and not before and (stop := _PARAGRAPH.match(text, heading.body, end)):
            yield _Heading("", stop.end(), stop.end())
            continue
        if heading.kind != "reference":
            before = heading.kind
            continue
        if again := _AGAIN.search(text, heading.body, end):
            start = again.end() - len(again.group().lstrip(".; \t\n\f"))
            yield _Heading(before, start, start)


def _with_parts(headings: list[_Heading], found: tuple[Part, ...]) -> list[tuple[str, int, int, str, str]]:
    cuts = [(h.kind, h.start, h.body, "", "") for h in headings]
    starts = [h.start for h in headings]
    received: set[str] = set()
    for part in found:
        above = bisect.bisect_right(starts, part.start) - 1
        higher = above
        while headings[higher].kind in _MINOR:
            higher -= 1
        if headings[higher].kind in _OF_RANK:
            above = higher
        kind = headings[above].kind
        if kind in _LISTING:
            kind = _without_heading(part, kind, received)
        cuts.append((kind, part.start, part.body, part.label, part.head))
    return sorted(cuts, key=lambda cut: (cut[1], cut[2]))


def _without_heading(part: Part, kind: str, received: set[str]) -> str:
    """The kind of a part where headings are missing: "PART A RECEIVED …" is gross, the next "PART A" is not."""
    if part.head.lower().startswith(("received", "is received")):
        received.add(part.label)
        return "gross"
    return "final_diagnosis" if part.label in received else kind


def _headings(text: str) -> Iterator[_Heading]:
    kinds, last_words = _kinds()
    for run in _RUN.finditer(text):
        last = _LAST.search(text, max(run.start(), run.end() - 24), run.end())
        if last is None or last[1].lower() not in last_words:
            continue
        after = _AFTER.match(text, run.end())
        if after is None:
            continue
        words = _words(text, run.start(), run.end())
        plain = [_plain(text[start:end]) for start, end in words]
        whole = len(words) <= _LONGEST
        for skip in range(max(0, len(words) - _LONGEST), len(words)):
            kind = kinds.get(" ".join(plain[skip:]))
            start = words[skip][0]
            if kind and _reads_as_heading(
                text[start : words[-1][1]], after["mark"], first=whole and skip == 0, at=start, text=text
            ):
                yield _Heading(kind, start, after.end() if after["mark"] != "\n" else after.start("mark"))
                break


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The last words of a run, with the punctuation around them off; more than a heading may have at most by one."""
    tail = max(start, end - 90)
    found = [(m.start(), m.end()) for m in _WORD.finditer(text, tail, end)]
    return found[-(_LONGEST + 1) :]


def _reads_as_heading(words: str, mark: str, *, first: bool, at: int, text: str) -> bool:
    """Whether words that could be a heading stand as one: by their place, their capitals and what follows."""
    capital = all(word[0].isupper() for word in words.split() if len(word) > 3)
    if mark == ":":
        return (first and words[0].isupper()) or (capital and " " in words)
    if mark == ".":
        return capital and first and (words.isupper() or " " in words or _after_stop(text, at))
    alone = text.rfind("\n", 0, at) == len(text[:at].rstrip(" \t#*=-")) - 1 or not text[:at].strip()
    return alone and first and words[0].isupper()


def _after_stop(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in ".:)\n"


@cache
def _kinds() -> tuple[dict[str, str], frozenset[str]]:
    """What each heading opens, and the words that a heading may end with."""
    table = files("navaid.records.extract") / "tables" / "sections.yaml"
    rows: dict[str, list[str]] = load_table(table.read_text(encoding="utf-8"))
    kinds = {_plain(heading): kind for kind, headings in rows.items() for heading in headings}
    return kinds, frozenset(re.split(r"[ ]", plain)[-1] for plain in kinds) | frozenset(
        plain.split()[-1].removesuffix("s") for plain in kinds
    )


def _plain(heading: str) -> str:
    return _NOT_LETTERS.sub(" ", heading.lower().replace("(s)", "s").replace(" (s)", "s")).strip()
