"""What the words around a word say: after a title, a label or a salutation it is a name; in a heading it is none."""

from __future__ import annotations

import functools
import re

from navaid.records.deidentify import lexicon
from navaid.records.deidentify.lexicon import grammar, listed
from navaid.records.deidentify.tokens import Token, named

GAP = re.compile(r"(?:[ \t]+|\.[ \t]*|[ \t]*-[ \t]*)$")  # between the words of one name


def alternatives(name: str) -> str:
    """A list of grammar.yaml with bars, as a pattern; longer ones first."""
    items = sorted((item.strip() for item in grammar()[name].split("|") if item.strip()), key=len, reverse=True)
    return "|".join(
        item.replace(" ", r"\s+") if "(" in item else re.escape(item).replace(r"\ ", r"\s+") for item in items
    )


@functools.cache
def patterns() -> dict[str, re.Pattern[str]]:
    return {
        "title": re.compile(
            rf"(?<!\w)(?:{'|'.join(sorted(listed('titles'), key=len, reverse=True))})(?:\(s\))"
            rf"?[.:]*\s+(?:[A-Z]\.?\s*){{0,2}}$",
            re.I,
        ),
        "label": re.compile(
            rf"(?<!\w)(?:{alternatives('name_labels')})(?:\s?\(s\))?\s*[:=]\s*(?:(?:dr|mr|mrs|ms)\.?\s+)?[\"“']?$", re.I
        ),
        "lead": re.compile(rf"(?<!\w)(?:{alternatives('name_leads')})[\s,:]+(?:(?:dr|mr|mrs|ms)\.?\s+)?[\"“']?$", re.I),
        "kin": re.compile(rf"(?<!\w)(?:{'|'.join(sorted(listed('kin'), key=len, reverse=True))}),?\s+$", re.I),
        "degree": re.compile(
            r"\s*,?\s*(?:" + "|".join(r"\.?".join(d) + r"\.?" for d in grammar()["degrees"].split()) + r")(?!\w)"
        ),
        "place": re.compile(rf"(?<!\w)(?:{alternatives('place_leads')})\s+(?:the\s+)?$", re.I),
        "home": re.compile(rf"(?<!\w)(?:{alternatives('home_leads')})[\s:]+(?:the\s+)?$", re.I),
        "organisation": re.compile(rf"(?<!\w)(?:{alternatives('organisation_leads')})\s+(?:the\s+)?$", re.I),
        # what only a person does, or is addressed with
        "person": re.compile(
            r"(?:\s+(?:lives?|lived|says?|said|told|began|writes?|wrote|asked|called|works|worked|moved|met|went"
            r"|visited|married|explained"
            r"|denies|denied|complains|complained|believes|thinks|thought|wants|wanted|smiled|laughed|and I|and me)\b"
            r"|,\s+(?:can|could|would|will|please|thank|thanks|how|are|do|did|I|you|we|what|where|when|why"
            r"|your)\b|:\s?[\"“])"
        ),
        "pair": re.compile(rf"\b(?:{alternatives('organisation_pairs')})\b", re.I),
    }


def by_context(text: str, words: list[Token], at: int) -> bool:
    """Whether what stands around a word makes a name of it, though it is an ordinary word or in small letters."""
    word, rules = words[at], patterns()
    before = text[max(0, word.start - 48) : word.start]
    name_like = word.key in listed("particles") or not lexicon.plain(word.key)
    month = word.key in listed("calendar") and word.key in lexicon.words("given")
    able = month or (word.shape != "initial" and (name_like or named(word)) and not lexicon.medical(word.key))
    if rules["title"].search(before):
        following = words[at + 1].key if at + 1 < len(words) else ""
        eponym = word.key in listed("eponyms") and following not in listed("eponym_heads")
        return _after_title(word, able or (eponym and word.shape == "title"))
    if rules["label"].search(before):
        return (word.capital and able) or (not word.capital and not lexicon.plain(word.key))
    if not word.capital and lexicon.given(word.key) and not lexicon.clinical(word.key) and rules["kin"].search(before):
        return True
    if rules["lead"].search(before):
        if word.capital:
            return able and not (
                before.rstrip()[-2:].casefold() in {"am", "'m", "is"} and lexicon.ordinary(word.key) and word.mass
            )
        return not lexicon.plain(word.key)
    if word.shape in {"title", "mixed", "upper"} and rules["degree"].match(text, word.end):
        return not lexicon.medical(word.key) and not (word.mass and not able)
    if (
        word.shape == "title"
        and not word.mass
        and (named(word) or not lexicon.plain(word.key))
        and not lexicon.medical(word.key)
    ):
        if word.first and rules["person"].match(text, word.end):
            return not common(word)
        if (
            not word.first
            and not in_heading(text, words, at)
            and (lexicon.given(word.key) or _amid_small(text, words, at))
        ):
            return True
    if word.shape == "title" and not word.mass and rules["kin"].search(before):
        return named(word) and not lexicon.medical(word.key)
    if word.shape in {"upper", "title", "mixed"} and not word.mass and rules["home"].search(before):
        return not lexicon.medical(word.key) and word.key not in listed("peoples") | listed("calendar")
    if word.shape == "title" and not word.mass and lexicon.place(word.key) and rules["place"].search(before):
        return not lexicon.clinical(word.key) and word.key not in listed("calendar")
    if word.shape == "upper" and not word.mass and len(word.key) > 3 and rules["place"].search(before):
        return not lexicon.plain(word.key)
    return False


def common(word: Token) -> bool:
    return word.key in listed("headings") or word.key in listed("titles") or word.key in listed("kin")


def _amid_small(text: str, words: list[Token], at: int) -> bool:
    """Whether a capitalised word stands amid words in small letters: it is a name, or it would have no capital."""
    if not 0 < at < len(words) - 1 or common(words[at]) or words[at].key in listed("colours"):
        return False
    before, after = words[at - 1], words[at + 1]
    small = before.shape == "lower" and after.shape == "lower"
    return (
        small and text[before.end : words[at].start] == " " and text[words[at].end : after.start] in {" ", ", ", "'s "}
    )


def in_heading(text: str, words: list[Token], at: int) -> bool:
    """Whether the neighbours are capitalised ordinary words too, as in a heading or a title."""
    near = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return any(n.shape == "title" and lexicon.plain(n.key) and not n.first and not named(n) for n in near)


def _after_title(word: Token, able: bool) -> bool:
    if not word.capital:
        return not lexicon.plain(word.key) and len(word.key) > 1
    return able
