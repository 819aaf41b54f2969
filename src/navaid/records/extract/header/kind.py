"""What a paper is: its type, whether it is medical, and which cancer it is about. The words are data, with weights."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from navaid.records.extract.header.tables import table
from navaid.tables import load as load_table
from navaid.vocabulary.matching import Matcher

TOP = 500  # characters in which a paper says what it is
LOOKED_AT = 20_000  # characters of a paper that are weighed
SURE = 120  # characters at the very top, where every title counts in full
AT_TOP, ON_ITS_LINE, IN_PASSING = 4, 2, 2
GLUED = 14  # characters a word in a text that has lost its blanks
ENOUGH = 3  # points below which a type is not told
_LINE = re.compile(r"[ \t]*(?::[^\n]{0,3})?[ \t.]*(?:\n|$)")
_BREAST = re.compile(r"\b(?:breasts?|mastectomy|lumpectomy)\b", re.IGNORECASE)
_CARCINOMA = re.compile(r"\b(?:adeno)?carcinoma\b", re.IGNORECASE)
_OF_TISSUE = frozenset(("pathology", "cytology", "operative"))
# A short text that speaks of a person's course is somebody's note, whatever test it names in passing.
NOTE = 1200  # characters that a note without headings may have
_OF_A_TEST = frozenset(("genetics", "genomic_assay", "laboratory"))
_TELLS = re.compile(
    r"\b(?P<sure>she|her(?![\s-]?[12/])|we|yo|y/o|\d{2}-?\s?year-?\s?old|started|switched|stopped|s/p|underwent|saw"
    r"|tolerat\w+|declin\w+|delayed|chemo)\b"
    r"|\b(?:he|his|pt|today|received|completed|since|on|planned|plan|cycles?|mastectomy|lumpectomy|radiation"
    r"|radiotherapy|surgery|progress\w+|seen|c[TN][0-4]|stage|normal today|done)\b",
    re.IGNORECASE,
)
_RANGES = re.compile(
    r"\b(?:reference|ref\.? range|specimen|collected|received on|accession|genes? (?:tested|analy[sz]ed)|laboratory)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?:^|\n|\f)[ \t*#=-]*$")
# A scan is named in many a note ("DEXA: T score -2.1", "CT and bone scan clear"): it is a title at the very top or in a
# line of its own only, and the note of a visit is a report on it only where it has the parts of such a report.
_NAMED_IN_NOTES = frozenset(("radiology",))
_PARTS_OF_IMAGING = re.compile(
    r"(?:^|\n)[ \t]*(?:technique|comparison|findings|impression|conclusion|indication|clinical(?: information"
    r"| history)?"
    r"|exam(?:ination)?|views?)\s?:|\bbi-?rads\b",
    re.IGNORECASE,
)
# "EASTMERE HOSPITAL - HISTOLOGY": a word that heads a paper only in its first lines, apart from the words around it.
_HEADS = re.compile(r"(?:^|\n|\s[-–—/|,:]|[ \t]{2})[ \t]*$")
_HEAD_ENDS = re.compile(r"[ \t]*(?:[-–—/|]|\n|$|[ \t]{2}|[ ]\d)")


@dataclass(frozen=True)
class Rule:
    """What a phrase says: for a type as a title or as a word, or for a subject."""

    says: str
    title: bool
    weight: int
    head: bool = False  # a title in the first lines only


def type_and_subject(text: str) -> tuple[str, bool, str]:
    """The type of a paper, whether it is medical, and its cancer (`breast`, `other`, `none`, `unknown`).

    >>> type_and_subject("SURGICAL PATHOLOGY REPORT\\nFinal diagnosis: invasive ductal carcinoma")
    ('pathology', True, 'breast')
    """
    head = text[:LOOKED_AT]
    matcher, rules = _rules()
    points: Counter[str] = Counter()
    titles: set[str] = set()
    subject: Counter[str] = Counter()
    seen: set[str] = set()
    for mention in matcher.find(head):
        for rule in rules[mention.concept]:
            if rule.says in _SUBJECTS:
                if rule.says == "none" or not _of_family(head, mention.start):
                    subject[rule.says] += 1
                continue
            points[rule.says] += _points(rule, head, mention.start, mention.end, mention.concept in seen)
            if rule.title and _own_line(head, mention.start, mention.end):
                titles.add(rule.says)
        seen.add(mention.concept)
    medical = _medical(head)
    if _is_note(text):
        for kind in _OF_A_TEST - titles:
            del points[kind]
        if "radiology" not in titles and not _PARTS_OF_IMAGING.search(text):
            del points["radiology"]
    best, second = [*points.most_common(2), ("unknown", 0), ("unknown", 0)][:2]
    told = best[1] >= ENOUGH and best[1] > second[1]
    type_ = best[0] if told else "unknown" if medical else "other"
    return type_, medical, _cancer(subject, type_, head)


_SUBJECTS = frozenset(("breast", "other", "none"))


def _points(rule: Rule, text: str, start: int, end: int, seen: bool) -> int:
    if not rule.title:
        return 0 if seen else rule.weight
    if rule.head:
        apart = _HEADS.search(text, max(0, start - 8), start) and _HEAD_ENDS.match(text, end)
        return AT_TOP if start < SURE and apart and not seen else 0
    if rule.says in _NAMED_IN_NOTES and start >= SURE and not _own_line(text, start, end):
        return 0
    titled = bool(_TITLED.search(text, max(0, start - 8), start)) and not _goes_on(text, start)
    if start < TOP:
        return 0 if seen else AT_TOP if titled or start < SURE else IN_PASSING
    return ON_ITS_LINE if titled and _LINE.match(text, end) else 0


def _own_line(text: str, start: int, end: int) -> bool:
    return bool(_TITLED.search(text, max(0, start - 8), start) and _LINE.match(text, end))


def _is_note(text: str) -> bool:
    """Whether a text is short, has no mark of a laboratory's report, and tells of treatment or of a visit."""
    if len(text) > NOTE or _RANGES.search(text):
        return False
    told = [*_TELLS.finditer(text)]
    return any(match["sure"] for match in told) or len({match.group().lower() for match in told}) > 1


def _goes_on(text: str, start: int) -> bool:
    """Whether a line is the rest of the sentence above it, and no title: a small letter after a line of text."""
    return text[start].islower() and bool(text[:start].rpartition("\n")[0][-1:].strip(" \t\n.:"))


def _cancer(subject: Counter[str], type_: str, text: str) -> str:
    """Which cancer: breast where it is named, unless another is named far more often.

    A paper that names another cancer, and the breast more often, may be the work-up of a lump: that is not told.
    """
    breast, other = subject["breast"], subject["other"]
    if breast and breast * 2 >= other:
        return "breast"
    if other:
        return "unknown" if len(_BREAST.findall(text)) > 2 * other else "other"
    named = len(_CARCINOMA.findall(text))
    if type_ in _OF_TISSUE and _BREAST.search(text) and named > subject["none"]:
        return "breast"
    if len(text) > GLUED * (text.count(" ") + text.count("\n") + 1):
        return _of_glued(text.lower())
    return "none" if subject["none"] and not named else "unknown"


def _of_glued(text: str) -> str:
    """Which cancer a text without blanks is about, by the organs that stand in it anywhere."""
    if not any(word in text for word in ("carcinoma", "cancer", "metasta")):
        return "unknown"
    breast = text.count("breast") + text.count("mammary")
    other = sum(text.count(stem) for stem in table("subject")["stems"])
    return "unknown" if breast == other else "breast" if breast > other else "other"


def _of_family(text: str, start: int) -> bool:
    """Whether this cancer is one of a relative: named in the words before it, in the same sentence."""
    before = re.split(r"[.;\n](?=\s)", text[max(0, start - 70) : start])[-1]
    return bool(_relatives().search(before))


def _medical(text: str) -> bool:
    """Whether a text holds enough of the words that only medical papers hold; a text of a few words may be anything."""
    words = len(text.split(maxsplit=200))
    if words < 5:
        return True
    wanted = 2 if words < 40 else 5
    ordinary = table("subject")["ordinary"]
    seen: set[str] = set()
    for match in _stems().finditer(text):
        stem = match.group().lower()
        if stem not in seen:
            seen.add(stem)
            wanted -= 1 if stem in ordinary else 2
            if wanted <= 0:
                return True
    return False


@cache
def _stems() -> re.Pattern[str]:
    stems = sorted(table("subject")["medical"], key=len, reverse=True)
    short = [stem for stem in stems if len(stem) <= 4]
    long = [stem for stem in stems if len(stem) > 4]
    return re.compile(
        r"(?<![^\W\d_])(?:" + "|".join(long) + r"|(?:" + "|".join(short) + r")(?![^\W\d_]))", re.IGNORECASE
    )


@cache
def _relatives() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(table("subject")["relatives"]) + r")\b", re.IGNORECASE)


@cache
def _rules() -> tuple[Matcher, dict[str, list[Rule]]]:
    types = load_table((files("navaid.records") / "paper_types.yaml").read_text(encoding="utf-8"))
    rules: dict[str, list[Rule]] = {}
    for row in types:
        for title in row["titles"]:
            rules.setdefault(str(title), []).append(Rule(row["id"], True, AT_TOP))
        for head in row.get("heads", ()):
            rules.setdefault(str(head), []).append(Rule(row["id"], True, AT_TOP, head=True))
        for word, weight in row["words"].items():
            rules.setdefault(str(word), []).append(Rule(row["id"], False, weight))
    subject = table("subject")
    other = [*subject["other"], *(f"{organ} {growth}" for organ in subject["organs"] for growth in subject["growths"])]
    for says, phrases in (("breast", subject["breast"]), ("other", other), ("none", subject["none"])):
        for phrase in phrases:
            rules.setdefault(phrase, []).append(Rule(says, False, 1))
    # The matcher holds one phrase once, whatever its case and hyphens: what is written the same is one phrase.
    return Matcher((phrase, phrase) for phrase in rules), rules
