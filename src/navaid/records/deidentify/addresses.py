"""Postal addresses: each word and number of a text becomes a letter by what it is; an address is a pattern of letters.

N number · D number of four digits or more · S street word after the name (Street) · T the same abroad (utca)
Z a sure one in small letters or amid capitals · H street word before the name (Via, ul.; h in small letters)
B on either side (Avenue) · F name and street in one (Rantakatu) · U room or box (Apt, PO Box) · M military (APO)
R two or three capitals (a state or country; r if also a medical sign) · W other capitalised word
w capitalised ordinary word · p particle · a "and" or "near" · l other word (f if of no known language)
"," "." "n" (new line) · x anything else
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from navaid.records.deidentify import lexicon
from navaid.records.deidentify.lexicon import fold, grammar, listed
from navaid.records.deidentify.spans import Find, Kind
from navaid.records.deidentify.tokens import with_capitals

PIECE = re.compile(
    r"(?P<box>\bP\.?\s?O\.?\s?Box\b)|(?P<dutch>\b\d{4}\s?[A-Z]{2}\b|\bS/N\b(?!\s*[#:]?\s*\d))"
    r"|(?P<calle>\bC/\s?(?=[^\W\d_](?<![a-z])))"
    r"|(?P<number>(?<![\w.#])(?:[A-Z]{1,2}-(?=\d{4,5}\b))?\d{1,8}(?:[A-Za-z](?=/))?(?:[-/]\d{1,5})"
    r"?[A-Za-z]?(?![\w%+]|\.\d|,\d{3}))|(?P<word>(?<![^\W_])[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<line>\n)"
    r"|(?P<comma>,)|(?P<dot>\.)|(?P<space>[ \t>\r\\]+)|(?P<other>.)",
    re.DOTALL,
)
UNIT_AFTER = re.compile(
    r"\s*['’]?\s?[o0d]\s?['’]?\s?clock\b|(?:st|nd|rd|th)\b|\s*(?:mg|mcg|g|gm|grams?|kg|ml|cc|cm|mm|units?|%"
    r"|years?|yo|y/o|months?|weeks?|days?|hours?|x|of|degrees?|out|lymph|nodes?)\b",
    re.I,
)

_NAME = r"(?:S\.?(?=[Ww]))?[WwFRpBH][WwpFRSBH.]{0,7}"
CORES = (
    r"N{0,2}[Ww]{1,2}[SB]\.?aN{0,2}[Ww]{1,2}[SB]",  # Ellis Loop and Marlow Club
    r"N{1,3}S{2}",  # 7823 Dale Viaduct
    rf"N{{1,3}},?{_NAME}(?<=[SB])\.?(?:N(?!x))?",  # 12 Third Avenue
    r"N{0,2}(?:[Ww]p?){1,3}l?[TH]\.?N?\.?",  # Kossuth Lajos utca 5
    r"N{0,2}[WwFR]{0,2}F\.?N?\.?",  # Rantakatu 25
    rf"N{{0,2}},?[HB]\.?(?:f\.)?p{{0,3}}{_NAME}(?:l(?=N))?(?:,?N){{0,2}}",  # Rue de la Paix 3
    r"N{1,2},?h\.?p{0,3}[lWwp]{0,2}[lWw]N?",  # 12 rue des lilas
    r"N{1,2}l{1,3}Z",  # 12 willow street
    r"N{1,2}Zp{1,3}[WwlF]{1,2}",  # 33 avenue de la paix
    r"N{0,2},?[Zh]p{0,3}(?:[Ww]p{0,3}){1,3}N?",  # avenue de Provence 33
    r"[WwF]{1,3}l?N[,n]{1,2}D[Ww]{1,3}",  # Mareška pot 674, 1248 Bled
    r"N{0,2}[WwR]{1,3}Z\.?",  # WILLOW STREET
    r"[WwS]?[Ww]S(?:N|(?=[,n.al]|$))",  # Fulham Road, if nothing but a road
    r"[Hh]\.?N",  # Postbox 21
    r"N?U\.?U?x?N(?:,?U\.?x?N)?",  # PO Box 12, Apt. 5
    r"(?:[WRw]{1,2},?n?)?MR?,?N",  # APO AP 04336
    r"N{1,2}W{1,2}p?[Ww]{0,2}\.?N",  # 233 Karla Nováka 89
    r"[Ww]{0,2}p?WN(?=[,n.UZS]|$|a)",  # Kossuth 19
    r"N{1,2}[Ww]?p?W{1,3}(?=[,n.U]|$)",  # 12 Kossuth
    r"N{1,2}[Ww]{2,3}[n,]+[Ww]{1,3},?[Rr],?n?D",  # 39 Ray Siding, Lisaton, NSW, 2477
    r"N{1,2}S\.[Ww]{1,2}[TH]?,?N",  # 4711 St. Gilgen 3
    r"N{1,2}[WwpH]{1,3}f{1,2}\.?T?,?N",  # 4711 Nova vas 23
    r"[Wwp]{1,3}f{1,2}\.?,?N(?=[,n.UZ]|$)",  # Boriñaur enparantza, 12
    r"N{1,2}[Ww]{1,3},N|W{1,3},N(?=U)",  # 4711 Escuadro, 52
    r"N{1,2}[Ww]{2,3}(?=U)",
    r"N{1,2}W[Ww]{1,2}(?=[,nUx]|$)",  # 31 Stewart Access
    r"[Ww]{0,2}p?WN",  # at Kossuth 19, only behind such a word
    r"W,?n?,?[RW]?,?n?N(?=[,n.]|$)",  # Springfield, IL 62704
)
# inside of an address: what may follow, and what may stand before
RIGHT = (
    r"(?:[,n]+[Ww]{1,3}Z?(?=[,n.])|[,.n]{0,3}(?:N(?!l)|N(?=l*[.,n]|l*$)|D|[WFSTRB]|Z(?!l)"
    r"|w{1,3}(?=[.,n]{0,2}p?[WNRFSB])|U\.?x?N|M|p{1,3}[Ww]"
    r"|a(?=N{0,2}[WHBFUp]|N{0,2}w{1,2}S|[Ww]{1,3}N)|r(?=[,n.]|N|$)|(?<=[Ww])r|(?<=[Ww])x[WwRr]{1,2}x"
    r"|(?<=[Ww])x(?=[Rr])|(?<=D)[wS]{1,3}|(?<=[Ww])l(?=W))|[,n]+l[,n]+(?=[NWw])|[,n]+l(?=W)|[,n]+l[Ww]{1,3}(?=N)"
    r"|(?<=D[Ww])w)+"
)
LEFT = r"(?:(?:U\.?)?N,?n?|N{1,2}[WwpHB]{1,3},?|Wp{1,3}|(?:[Ww]{0,2}[WwFS]N?\.?){1,3}a|W(?=N))+$"


def _digits(pattern: str) -> str:
    """A pattern in which N also stands for D, a longer number, and l also for f, a word of no known language."""

    def wider(match: re.Match[str]) -> str:
        part = match[0]
        if part.startswith("["):
            return part.replace("N", "ND").replace("l", "lf")
        return {"N": "[ND]", "l": "[lf]"}[part]

    return re.sub(r"\[[^\]]*\]|[Nl]", wider, pattern)


CORE = re.compile("|".join(f"(?:{_digits(core)})" for core in CORES))
MORE = re.compile(_digits(RIGHT))
BEFORE = re.compile(_digits(LEFT))
OTHER_STREET = re.compile(_digits(r"\.?aN{0,2}[WwFSBHpT]{1,4}(?:N?\.?)"))
LAST_CODE = re.compile(
    r"[\s,]+(?!(?i:and|with|for|the|has|had|was|is)\b)[A-Za-z]{2,4}[\s,]+\d{3,6}(?:[ -]\d{2,3})?(?![\w%]|[./]\d"
    r"|\s?(?:mg|ml|cm|mm|g)\b)"
)
LED = re.compile(r"(?:\b(?:at|to|in|on|from|near|of|is|are|visit|address|and|with)|[,;:])\s+(?:[^\W\d_]+ and )?$", re.I)
STREET_SIGN = re.compile(
    r"(?:al|pl)\.\s(?=[^\W\d_](?<![a-z]))|R\.\s(?=d[aeo]s?\s)|(?<=\d )R\.\s(?=[^\W\d_](?<![a-z]))"
)  # al. Toruńska, R. de Pinho
HOME = re.compile(r"\b(?:lives?|lived|living|stays?|stayed|moved|address|street)\s+(?:on|at|in|to|is)\s+$", re.I)
CORNER = re.compile(r"(?:the\s+)?(?:corner|intersection|junction)\s+of\s+$", re.I)
CITY_CODE = re.compile(
    r"(?<![\w'’.-])(?P<city>[^\W\d_][\w'’.-]{0,30}(?: [^\W\d_][\w'’.-]{0,30}){0,3})"
    r",\s*(?P<code>[A-Z]{2})\b(?:\s+\d{5}(?:-\d{4})?)?"
)
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA"
    " RI SC SD TN TX UT VT VA WA WV WI WY DC PR ON QC BC AB MB SK NS NB NL PE YT NT NU NSW VIC QLD TAS ACT UK US USA"
    " AA AE AP".split()
)


def addresses(text: str) -> Iterator[Find]:
    """Every postal address, from its house number to its postal code."""
    text = with_capitals(text)
    letters, places = _letters(text)
    at = 0
    while match := CORE.search(letters, at):
        start, end = match.span()
        at = end
        if not _likely(match.group(), text, places[start][0], places[end - 1][1]):
            at = start + 1
            continue
        if more := MORE.match(letters, end):
            end = min(more.end(), end + 24)
            at = end
        if more := BEFORE.search(letters[:start]):
            start = max(more.start(), start - 6)
        while start and letters[start - 1] == "p" and text[places[start - 1][0]].isupper() and letters[start] in "Ww":
            start -= 1  # Na Letné
            if start and letters[start - 1] in "ND":
                start -= 1
        first, last = places[start][0], places[end - 1][1]
        if code := LAST_CODE.match(text, last):
            last = code.end()
        if CORNER.search(text[max(0, first - 24) : first]) and (other := OTHER_STREET.match(letters, end)):
            last = places[other.end() - 1][1]
            at = max(at, other.end())
        if corner := CORNER.search(text[max(0, first - 24) : first]):
            first -= len(corner.group())
        yield Find(kind=Kind.ADDRESS, start=first, end=last)
    yield from _cities(text)


def _letters(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as a string of letters, and where each of them stands."""
    out: list[str] = []
    places: list[tuple[int, int]] = []
    for piece in PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "space":
            continue
        if kind == "line" and out and out[-1] == "n":
            continue
        out.append(
            {"line": "n", "comma": ",", "dot": ".", "other": "x", "box": "U", "dutch": "D", "calle": "H"}.get(
                kind or "", ""
            )
            or _letter(text, piece)
        )
        places.append(piece.span())
    return "".join(out), places


def _letter(text: str, piece: re.Match[str]) -> str:
    word = piece.group()
    if piece.lastgroup == "number":
        if UNIT_AFTER.match(text, piece.end()):
            return "x"
        return "D" if sum(map(str.isdigit, word)) > 3 and word[-1].isdigit() and "/" not in word else "N"
    if re.match(
        r"(?:place|route|passage)\s+(?:de|du|des|la)\s|(?:place|route)\s+d['’]", text[piece.start() : piece.end() + 5]
    ):
        return "H"
    if STREET_SIGN.match(text, piece.start()) and text[max(0, piece.start() - 3) : piece.start()] != "et ":
        return "H"
    letter = _of(word, amid=_amid_capitals(text, piece.start(), piece.end()))
    if (
        letter == "U"
        and fold(word) in listed("streets")
        and not re.match(r"\.?\s*#?\d", text[piece.end() : piece.end() + 4])
    ):
        return "S"
    return letter


def _amid_capitals(text: str, start: int, end: int) -> bool:
    near = text[max(0, start - 40) : end + 40]
    return sum(map(str.isupper, near)) > 1.5 * sum(map(str.islower, near)) and len(near) > 40


@functools.lru_cache(maxsize=16384)
def _of(word: str, amid: bool) -> str:
    key = fold(word)
    capital = word[0].isupper()
    bare = {"apo", "fpo", "dpo"}
    if capital and key in bare:
        return "M"
    if (
        word.isupper()
        and len(word) in {2, 3}
        and (word in STATES or not lexicon.medical(key))
        and key not in listed("streets") | listed("rooms")
    ):
        return "R"
    if word.isupper() and len(word) == 2 and not amid:
        return "r"
    if re.match(r"[dl]['’][A-Z]", word) and "clock" not in key:
        return "W"
    if key in listed("rooms") and (capital or key in {"apt", "suite", "apartment"}):
        return "U"
    if key in listed("sure_streets") and not capital:
        return "Z"
    if key in {"and", "near"} or word == "&":
        return "a"
    if key in listed("street_heads") and key in listed("streets") and capital:
        return "B"
    if capital and key in listed("street_heads") and len(key) > 1:
        return "H"
    if key in listed("street_heads") and key not in {"via", "place", "route", "passage", "al", "os"} and not capital:
        return "h" if key in {"rue", "r", "cours", "corso", "impasse", "rampa", "cesta"} else "H"
    if key in listed("street_tails") and (
        not lexicon.ordinary(key) or word in {"u", "út", "tér", "gate", "ring", "platz"}
    ):
        return "T"
    if capital and key in listed("sure_streets"):
        return "Z" if amid else "S"
    if capital and key in listed("streets"):
        return "S"
    if re.search(grammar()["street_endings"], word.casefold()) and not lexicon.plain(key) and len(key) > 5:
        return "F"
    if key in listed("particles") or (
        key in listed("town_joints") and (not capital or key in listed("town_joints_capital"))
    ):
        return "p"
    if not word.isascii() and len(key) > 2 and not (lexicon.clinical(key) if capital else lexicon.plain(key)):
        return "W"
    if not capital or len(word) == 1:
        return "w" if capital else "l" if lexicon.plain(key) or not word.isalpha() else "f"
    if lexicon.clinical(key) or key in listed("calendar"):
        return "l"
    if lexicon.plain(key) or (amid and (len(key) < 4 or lexicon.misspelt(key))):
        return "w"
    return "W"


def _likely(letters: str, text: str, start: int, end: int) -> bool:
    """Whether a core is an address and not a list of specimens: a street of ordinary words must not be medicine."""
    if letters[0] == "U" and not text[start].isupper():
        return False
    before = text[max(0, start - 24) : start]
    led = bool(LED.search(before))
    if re.fullmatch(r"[Wwp]{1,3}f{1,2}\.?,?[ND]", letters) and not (led or before[-1:] in {"", "\n"}):
        return False
    if re.fullmatch(r"[Ww]{0,2}p?W[ND]|[WwS]?[Ww]S[ND]", letters) and not re.match(
        r"[ \t]*(?:[,.\n]|$|Apt|Suite)", text[end:]
    ):
        line_start = before[-1:] in {"", "\n"} and text[end - 2 : end].isdigit()
        if not (led or line_start):
            return False
    if CORNER.search(before) or HOME.search(before):
        return True
    if re.fullmatch("[WwS]?[Ww]S", letters) and fold(text[start:end].split()[-1]) not in listed("sure_streets"):
        return False
    if re.search("[UMFHh]", letters):
        return True
    if _amid_capitals(text, start, end) and not re.search("[SZBFT]", letters) and not led:
        return False
    words = {fold(word) for word in re.findall(r"[^\W\d_]{2,}", text[start:end])}
    words -= (
        listed("streets") | listed("rooms") | listed("particles") | listed("town_joints") | {"and", "near", "the", "of"}
    )
    return not any(lexicon.clinical(word) for word in words)


def _cities(text: str) -> Iterator[Find]:
    """`Springfield, IL` and `Springfield, IL 62704`."""
    for match in CITY_CODE.finditer(text):
        city = match["city"].split()
        if match["code"] in STATES and not lexicon.medical(fold(city[-1])):
            keep = [word for word in city if word[0].isupper() and not lexicon.medical(fold(word))]
            if match.group().endswith(tuple(grammar()["degrees"].split())) and not lexicon.place(fold(match["city"])):
                continue  # Okafor, MD
            if keep and (
                lexicon.place(fold(keep[-1])) or not lexicon.ordinary(fold(keep[-1])) or match.group()[-1].isdigit()
            ):
                start = (
                    match.start() + match["city"].rindex(keep[-1])
                    if len(keep) == 1
                    else match.start() + match["city"].index(keep[0])
                )
                yield Find(kind=Kind.ADDRESS, start=start, end=match.end())
