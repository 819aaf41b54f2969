"""An answer laid out for the app: where a sentence's words stand in their source, and the questions to take along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from markupsafe import Markup

from navaid.answers.answer import personal_claims
from navaid.answers.render.layout import lay_out
from navaid.answers.render.page import Checklist, Cited, Page, Part, Sentence
from navaid.terms import Answer, Citation

_WITHIN = re.compile(r'["“](.+)["”]$')
_LIST = "“My visit” in the menu gathers a list of questions for your next visit."


def shown(answer: Answer) -> Page:
    """The page of an answer. What the file says of a command says here where to look in the menu."""
    page = lay_out(answer)
    command = page.words.parts.visit.format(visit=answer.visit) if answer.visit else ""
    return replace(page, parts=tuple(replace(p, lead=_LIST) if p.lead and p.lead == command else p for p in page.parts))


def to_ask(part: Part) -> tuple[str, ...]:
    """The questions of a part that can be taken to a visit."""
    blocks = (block for block in part.blocks if isinstance(block, Checklist))
    return tuple(_asked(sentence) for block in blocks for sentence in block.sentences)


def _asked(sentence: Sentence) -> str:
    """The question itself, where the sentence only says that one could ask it."""
    within = None if sentence.cited else _WITHIN.search(sentence.text)
    return within[1] if within else sentence.text


def quoted(answer: Answer) -> tuple[Citation, ...]:
    """Each place of a source whose words the answer quotes, once, in the order of the page."""
    return tuple(dict.fromkeys(one for one in _citations(answer) if one.quote and one.start is not None))


def _citations(answer: Answer) -> Iterator[Citation]:
    own = personal_claims(answer.personal) if answer.personal else ()
    for claim in (*answer.corrections, *answer.claims, *answer.nearest, *own):
        yield from claim.citations


def links(answer: Answer, address: str) -> Callable[[Cited], Markup]:
    """What stands beneath quoted words: the way to them in their context, which a script opens in place."""
    places = {citation: number for number, citation in enumerate(quoted(answer))}

    def link(cited: Cited) -> Markup:
        number = places.get(cited.citation) if cited.citation else None
        if number is None:
            return Markup("")
        return Markup(
            '<p class="open"><a href="{0}/context/{1}" hx-get="{0}/context/{1}" hx-target="next .around">'
            'See the words in their context<span class="unseen">: {2}, quotation {3}</span></a></p>'
            '<div class="around" aria-live="polite"></div>'
        ).format(address, number, cited.source.title, number + 1)

    return link
