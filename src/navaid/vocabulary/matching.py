"""Where a text speaks of which concept: a trie over the pieces of words. Start at `Matcher.find`.

A form is cut into pieces, runs of letters or of digits: `HER-2` is her, 2 and `CAR-T cells` is car, t,
cells. Text is cut the same way, so hyphen, space and no space are one to the matcher; what may lie
between two pieces is decided by `_follow`. The text is read once, from left to right; of two forms
that overlap the longer wins. So the cost grows with the text and not with the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from navaid.terms import Record

PIECE = re.compile(r"[^\W\d_]+|\d+")
Mend = Callable[[str, bool], str]  # a piece, and whether it begins a form -> the piece that was meant
_Found = tuple[int, int, str]  # the index of the piece after a form, the form's end, its concept
_SHORT = 4  # letters; abbreviations up to here are also words (FISH, MET, CART) unless capitals tell
_GLUE = frozenset(("", "-", "/", "'", "’", "‐", "‑", "–", "−", "®", "™"))
_SPACED = re.compile(r"[ \t\u00a0]*[-‐‑–−/®™]?[ \t\u00a0]*(?:\r?\n[ \t]*)?")
_PLUS = re.compile(r"\+(?:ve\b)?|\s\+ve\b|\s?\(\+(?:ve)?\)", re.I)
# A bare hyphen means "negative" only where it can be nothing else: not at a line break, and not
# suspended ("ER- and PR-positive"), which says the opposite of what the hyphen seems to say.
_MINUS = re.compile(
    r"[-–−]ve\b|\s[-–−]ve\b|\s?\([-–−](?:ve)?\)"
    r"|[-–−](?=[ \t/,.;:)\]]|\Z)(?!\s*(?:,|/|and\b|or\b|to\b)[^.;\n]{0,40}(?:positive|negative|low\b))",
    re.I,
)


class Mention(Record, frozen=True):
    """A place in a text that speaks of a concept: `text[start:end]` of the searched text is `text`."""

    concept: str
    start: int
    end: int
    text: str


class _Node:
    """A place in the trie: the pieces that may follow, and what ends here (by sign: '', '+' or '-')."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: dict[str, tuple[str, tuple[str, ...]]] = {}


class _Reading:
    """A text being read: in lower case, cut into pieces, with the words that were mended so far."""

    __slots__ = ("_meant", "lowered", "mend", "spans", "text")

    def __init__(self, text: str, mend: Mend | None) -> None:
        self.text, self.mend = text, mend
        self.lowered = lower(text)
        self.spans = [match.span() for match in PIECE.finditer(self.lowered)]
        self._meant: dict[tuple[str, bool], str] = {}

    def meant(self, piece: str, first: bool) -> str:
        if not self.mend:
            return piece
        if (piece, first) not in self._meant:
            self._meant[piece, first] = self.mend(piece, first)
        return self._meant[piece, first]


class Matcher:
    """The trie of all forms. An end holds the concept (empty for a decoy) and the only letterings it takes."""

    def __init__(self, forms: Iterable[tuple[str, str]], decoys: Iterable[str] = ()) -> None:
        self._root = _Node()
        self.pieces: set[str] = set()
        listed = list(forms)
        spelled = {form for form, _ in listed}
        cut = [(cut_form(form), concept, exact_letters(form, spelled)) for form, concept in listed]
        for edges, concept, exact in cut:
            self._add(edges, concept, exact)
        for decoy in decoys:
            self._add(cut_form(decoy), "", "")
        for edges, concept, exact in cut:  # after all that is written out: a variant never displaces a form
            for variant, capitals in _variants(edges, exact):
                self._add(variant, concept, capitals)

    def _add(self, edges: tuple[tuple[str, ...], str], concept: str, exact: str) -> None:
        pieces, sign = edges
        node = self._root
        for piece in pieces:
            following = node.next.get(piece)
            if following is None:
                following = node.next[piece] = _Node()
            node = following
            self.pieces.add(piece.lstrip("=,"))
        held = node.ends.get(sign)
        if held is None:
            node.ends[sign] = (concept, (exact,) if exact else ())
        elif held[0] == concept and held[1]:  # "CART" and "CarT": either will do; unless any lettering does
            node.ends[sign] = (concept, (*held[1], exact) if exact else ())

    def find(self, text: str, mend: Mend | None = None) -> tuple[Mention, ...]:
        """Mentions in reading order, never overlapping; `mend` gives the word that a piece may have meant."""
        reading = _Reading(text, mend)
        lowered, spans, root = reading.lowered, reading.spans, self._root.next
        mentions: list[Mention] = []
        i = 0
        while i < len(spans):
            start, end = spans[i]
            if mend is None and lowered[start:end] not in root:  # most words of a text: out at once
                i += 1
                continue
            found = self._at(reading, i)
            if found and found[0] > i + 1:
                found = self._unless_longer_inside(reading, i, found)
            if not found:
                i += 1
                continue
            i, end, concept = found
            if concept:
                mentions.append(Mention(concept=concept, start=start, end=end, text=text[start:end]))
        return tuple(mentions)

    def _at(self, reading: _Reading, i: int, stop: int | None = None) -> _Found | None:
        """The longest form that begins with piece `i` and ends before piece `stop`."""
        start, end = reading.spans[i]
        piece = reading.lowered[start:end]
        root = self._root.next
        if start and reading.lowered[start - 1].isalnum():  # not the 1L of CLPTM1L
            return None
        found = self._longest(root[piece], reading, i, stop) if piece in root else None
        meant = reading.meant(piece, True) if reading.mend else piece
        if meant != piece and meant in root:
            other = self._longest(root[meant], reading, i, stop)
            found = other if other and (not found or other[1] > found[1]) else found
        return found

    def _unless_longer_inside(self, reading: _Reading, i: int, found: _Found) -> _Found | None:
        """`found`, cut short where a longer form begins within it: "it has [spread to the bone]"."""
        after, end, _ = found
        for k in range(i + 1, after):
            inner = self._at(reading, k)
            if inner and inner[1] > end and inner[1] - reading.spans[k][0] > end - reading.spans[i][0]:
                return self._at(reading, i, stop=k)
        return found

    def _longest(self, node: _Node | None, reading: _Reading, i: int, stop: int | None) -> _Found | None:
        text, lowered, spans = reading.text, reading.lowered, reading.spans
        start = spans[i][0]
        best: _Found | None = None
        stop = len(spans) if stop is None else stop
        while node is not None:
            before = spans[i][1]
            i += 1
            if node.ends:
                best = self._end(node, text, start, before, i) or best
            if i == stop or not node.next:
                break
            a, b = spans[i]
            gap, piece = text[before:a], lowered[a:b]
            following = _follow(node, gap, piece)
            if following is None and reading.mend:
                following = _follow(node, gap, reading.meant(piece, False))
            node = following
        if best is None:
            return None
        after, end, concept = best
        while after < len(spans) and spans[after][0] < end:  # a sign such as "+ve" took the next piece
            after += 1
        return after, end, concept

    def _end(self, node: _Node, text: str, start: int, end: int, after: int) -> _Found | None:
        for sign, pattern in (("+", _PLUS), ("-", _MINUS)):
            if sign in node.ends and (match := pattern.match(text, end)):
                return after, match.end(), node.ends[sign][0]
        if "" not in node.ends or text[end : end + 1].isalnum():
            return None
        concept, exact = node.ends[""]
        if exact and text[start:end] not in exact and text[start:end].removesuffix("s") not in exact:
            return None
        return after, end, concept


def lower(text: str) -> str:
    """The text in lower case with every character in its place (only İ would grow, to two).

    >>> lower("İLC and HER2")
    'ilc and her2'
    """
    return text.replace("İ", "i").lower()


def cut_form(form: str) -> tuple[tuple[str, ...], str]:
    """A form's pieces and its sign. A piece marked `=` must be glued on, one marked `,` follows a comma.

    >>> cut_form("stage 3A"), cut_form("HR+")
    ((('stage', '3', '=a'), ''), (('hr',), '+'))
    """
    lowered = lower(form)
    pieces: list[str] = []
    before = 0
    for match in PIECE.finditer(lowered):
        gap = lowered[before : match.start()]
        mark = ""
        if pieces and "," in gap:
            mark = ","
        elif pieces and gap == "" and pieces[-1].isdigit():
            mark = "="  # else "stage 3 a" would be stage IIIA
        pieces.append(mark + match.group())
        before = match.end()
    rest = lowered[before:].strip()
    return tuple(pieces), rest if rest in ("+", "-") else ""


def exact_letters(form: str, spelled: set[str]) -> str:
    """The form itself if its capitals matter: a short abbreviation not also listed in lower case.

    >>> exact_letters("ER", {"ER"}), exact_letters("DCIS", {"DCIS", "dcis"}), exact_letters("Emend", {"Emend"})
    ('ER', '', '')
    """
    telling = form[1:] != form[1:].lower()
    return form if form.isalpha() and len(form) <= _SHORT and telling and form.lower() not in spelled else ""


def _variants(edges: tuple[tuple[str, ...], str], exact: str) -> Iterator[tuple[tuple[tuple[str, ...], str], str]]:
    """The form in the plural, and with two of its words run together (`CART`, `hotflash`)."""
    pieces, sign = edges
    if sign:
        return
    plural = _plural(pieces[-1], bool(exact))
    if plural:
        yield ((*pieces[:-1], plural), ""), exact
    if len(pieces) > 3:
        return
    for i in range(len(pieces) - 1):
        left, right = pieces[i], pieces[i + 1]
        if left.lstrip("=,").isalpha() and right.isalpha():
            joined = (*pieces[:i], left + right, *pieces[i + 2 :])
            short = len(joined) == 1 and len(left + right) <= _SHORT
            yield (joined, ""), (left + right).upper() if short else ""


def _plural(piece: str, abbreviation: bool) -> str:
    if not piece.isalpha() or piece.endswith("s") or (len(piece) < 3 and not abbreviation):
        return ""
    if piece.endswith("y") and piece[-2] not in "aeiou":
        return piece[:-1] + "ies"
    return piece + "s"


def _follow(node: _Node, gap: str, piece: str) -> _Node | None:
    """The node that `piece` leads to across `gap`, or None. A full stop or a bracket ends every form."""
    if gap in _GLUE:
        return node.next.get("=" + piece) or node.next.get(piece)
    if gap == " " or _SPACED.fullmatch(gap):
        return node.next.get(piece)
    if gap.startswith(","):
        return node.next.get("," + piece)
    if gap == "." and piece.isdigit():  # CA 15.3
        return node.next.get(piece)
    return None
