"""From a question to candidates: starter claims and quotable sentences, each with how well it fits.

The fit of a sentence is made of three parts: how much of what was asked it speaks of (the things named,
and the other words), how well its passage was found, and what kind of source it stands in. The pages
that are about what was asked are read as a whole, not only the passages that share its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from navaid import reading, starter, vocabulary
from navaid.answers import facets, plan, premises, ranking, sentences, topics
from navaid.answers.asked import Asked, other_cancer, spoken_of
from navaid.library import Library, Part
from navaid.library.ties import tied
from navaid.starter import ClaimRow, Starter, Topic
from navaid.terms import (
    Citation,
    Claim,
    Date,
    Document,
    Kind,
    LeftOut,
    Passage,
    Question,
    Record,
    Retraction,
    Run,
)

_THINGS, _WORDS, _PASSAGE = 0.45, 0.2, 0.35  # what the fit is made of
_STARTER_HITS = 500
_RANKED = 150  # claims of topics that the question is not about: more is never shown
_LOG_ODDS = 8.0  # a claim with this much less than the best one's does not fit at all
_BROAD_THINGS, _BROAD_WORDS = 1, 1  # named, and said beside, in a question about a thing as a whole
_PAGES, _PAGE_PASSAGES = 3, 60  # pages that are read whole, unless they are longer than this
_BEST_PAGE, _OTHER_PAGE = 0.9, 0.6  # what a passage takes from the best one of its page
_ABOUT = 0.5  # added to the score of a page whose title names what was asked

# Among sentences that fit alike, the stronger kind of source and the newer one come first.
_STRENGTH = {Kind.GUIDELINE: 1.08, Kind.REVIEW: 1.04, Kind.TRIAL_REPORT: 0.97, Kind.REGISTRY_RECORD: 0.85}
_YEARLY_LOSS, _LEAST_FOR_AGE = 0.01, 0.85
_EASY_GRADE, _LOSS_PER_GRADE, _LEAST_FOR_GRADE = 9.0, 0.03, 0.6


class Found(NamedTuple):
    """A passage that a search found: its score over the best of its run, and its cosine (0 without vectors)."""

    passage: Passage
    standing: float
    alike: float


class Candidate(Record, frozen=True):
    """A sentence that may be shown, and what speaks for it.

    `fit` is 0 to about 1, and `rank` counts the claims of the embedded library from 0, best first. `things` and
    `words` are the shares of what was asked that it speaks of (`things` is -1 where the question names none);
    `alike` is the cosine of the passage and the question. `aside` orders sentences for one person: -1 is about them,
    0 is general, 1 may be about them; without a profile all are 0.
    """

    claim: Claim
    fit: float
    things: float
    words: float
    stems: frozenset[str]
    concepts: frozenset[str]
    alike: float = 0.0
    order: int = 0
    rank: int = 0
    aside: int = 0


class Evidence(Record, frozen=True):
    """What was found for a question, best first, and what was passed over.

    `topics` are the starter topics that are about what was asked; `broad` is true if the question is about its
    subject as a whole; `corrections` contradict what the question takes for granted; `runs` are kept for
    `--explain`. `own` and `foreign` are the subtypes that one person has and has not; without a profile both are empty.
    """

    claims: tuple[Candidate, ...]
    quotes: tuple[Candidate, ...]
    topics: tuple[str, ...]
    corrections: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    runs: tuple[Run, ...]
    broad: bool
    own: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()


def texts(question: Question, asked: Asked) -> list[str]:
    """What is searched: the whole question, each part of it with its subject, each side compared."""
    found = [question.text]
    if len(question.parts) > 1:
        for part in question.parts:
            named = spoken_of(part)
            subject = [vocabulary.concept(thing).name for thing in asked.main if thing not in named]
            found.append(" ".join([part, *subject]))
    found += [vocabulary.concept(side).name for side in question.compared]
    return [text for text in dict.fromkeys(found) if text.strip()]


def own_runs(library: Library, question: Question, asked: Asked) -> list[Run]:
    """The runs over the embedded library, that for the whole question first."""
    return [library.search(text, _STARTER_HITS, Part.STARTER) for text in texts(question, asked)]


def gather(library: Library, data: Starter, question: Question) -> Evidence:
    """The candidates for a question, over all its parts."""
    finder = _Finder(library, data, question)
    searched = texts(question, finder.asked)
    own = own_runs(library, question, finder.asked)
    others = [library.search(text, part=Part.SOURCES) for text in searched]
    found = _standing(own)
    about = dict.fromkeys(topics.ranked(data, finder.asked, found))
    for text, run in zip(searched[1:], own[1:], strict=True):  # each part of a question has a topic of its own
        about |= dict.fromkeys(list(topics.ranked(data, Asked(library, text), _standing([run])))[:1])
    about |= dict.fromkeys(topics.found_most(found))
    claims = sorted(finder.claims(own, about), key=lambda c: (c.rank, c.claim.id))
    quotes = sorted(finder.quotes(_standing(others)), key=lambda c: (-c.fit, c.claim.id))
    return Evidence(
        claims=tuple(claims),
        quotes=tuple(quotes),
        topics=tuple(about),
        corrections=tuple(finder.corrections()),
        left_out=tuple(finder.left_out.values()),
        runs=(*own, *others),
        broad=_is_broad(question, finder.asked),
    )


def _is_broad(question: Question, asked: Asked) -> bool:
    """True if the question is about a thing as a whole ("how does CAR-T work"), so that its topic is the answer."""
    return plan.is_broad(question) and len(asked.things) <= _BROAD_THINGS and len(asked.words) <= _BROAD_WORDS


def _standing(runs: Iterable[Run]) -> dict[str, Found]:
    """Each passage of some runs, by id, as it was found best."""
    found: dict[str, Found] = {}
    for run in runs:
        best = max((scored.score for scored in run.passages), default=1.0)
        for scored in run.passages:
            one = Found(scored.passage, scored.score / max(best, 1e-9), scored.dense_score or 0.0)
            held = found.get(scored.passage.id)
            if held is None or one.standing > held.standing:
                found[scored.passage.id] = one
    return found


class _Finder:
    """Turns the runs for a question into candidates."""

    def __init__(self, library: Library, data: Starter, question: Question) -> None:
        self.library, self.data, self.question = library, data, question
        self.asked = Asked(library, question.text)
        self.left_out: dict[str, LeftOut] = {}

    # ------------------------------------------------------------------ the starter library

    def claims(self, own: list[Run], about: Collection[str]) -> Iterator[Candidate]:
        """The claims that answer best, best first, and all other claims of the topics that the question is about."""
        weights = ranking.weights(meaning=self.library.dense is not None)
        found = ranking.candidates(self.data, self.question, self.asked, own)
        scores = ((weights.score(one.features), one) for one in found)
        scored = sorted(scores, key=lambda pair: (-pair[0], pair[1].row.id))
        best = scored[0][0] if scored else 0.0
        seen: set[str] = set()
        for rank, (score, one) in enumerate(scored):
            if rank >= _RANKED and one.topic.id not in about:
                continue
            seen.add(one.row.id)
            fit = max(0.0, 1 - (best - score) / _LOG_ODDS)
            yield from self._candidate(one.topic, one.order, one.row, fit, rank, one.alike)
        for topic in self.data.topics:
            for order, row in enumerate(topic.claims if topic.id in about else ()):
                if row.id not in seen:
                    yield from self._candidate(topic, order, row, 0.0, len(scored), 0.0)

    def _candidate(
        self, topic: Topic, order: int, row: ClaimRow, fit: float, rank: int, alike: float
    ) -> Iterator[Candidate]:
        """The claim as a candidate, if what is held of its sources supports it."""
        shown = self._tied(starter.claim(topic, row))
        if shown:
            measured = self._measure(row.text, topic.title, 0.0) | {"fit": fit, "alike": alike}
            yield Candidate(claim=shown, order=order, rank=rank, **measured)

    def _tied(self, claim: Claim) -> Claim | None:
        shown, reason = tied(self.library.store, claim)
        if reason:
            source = claim.citations[0].document
            self.left_out[claim.id] = LeftOut(what=claim.text, document=source, reason=reason)
        return shown

    def corrections(self) -> Iterator[Candidate]:
        """Claims that contradict a belief which the question takes for granted, the plainest first."""
        for topic, claim in premises.contradicted(self.library, self.data, self.question):
            shown = self._tied(claim)
            if shown:
                yield Candidate(claim=shown, **self._measure(claim.text, topic.title, 1.0))

    # ------------------------------------------------------------------ the sources' own words

    def quotes(self, found: dict[str, Found]) -> Iterator[Candidate]:
        """Sentences that can stand alone, of the passages found and of the pages about what was asked."""
        passages: dict[str, dict[str, Passage]] = {}
        for one in found.values():
            passages.setdefault(one.passage.document_id, {})[one.passage.id] = one.passage
        cards = {document: card for document in passages if (card := self._showable(document))}
        best_pages = self._pages(found, cards)
        for document in best_pages:
            if self.library.store.passage_count(document) <= _PAGE_PASSAGES:
                passages[document] |= {p.id: p for p in self.library.store.passages_of(document)}
        for document, card in cards.items():
            least = max(found[p].standing for p in passages[document] if p in found)
            least *= _BEST_PAGE if document in best_pages[:1] else _OTHER_PAGE
            blocks = self.library.store.blocks(document)
            for passage in passages[document].values():
                place = found.get(passage.id, Found(passage, 0.0, 0.0))
                place = place._replace(standing=max(place.standing, least))
                for start, end in sentences.quotable(passage.text, blocks, passage.start, passage.end):
                    yield from self._quote(place, start, end, card)

    def _pages(self, found: dict[str, Found], cards: dict[str, Document]) -> list[str]:
        """The few documents that are most about what was asked."""
        scores: dict[str, list[float]] = {}
        for one in found.values():
            if one.passage.document_id in cards:
                scores.setdefault(one.passage.document_id, []).append(one.standing)

        def score(document: str) -> float:
            best = sum(sorted(scores[document], reverse=True)[:3]) / 3
            about = bool(spoken_of(cards[document].title) & set(self.asked.main))
            return best + (_ABOUT if about else 0.0)

        return sorted(scores, key=score, reverse=True)[:_PAGES]

    def _showable(self, document_id: str) -> Document | None:
        """The document's card, or None (with the reason kept) if its words are not to be shown."""
        held = self.library.store.card(document_id)
        if held is None:
            return None
        card = held[0]
        foreign = other_cancer(card.title)
        reason = ""
        if card.retraction is Retraction.RETRACTED:
            reason = "the source has been retracted"
        elif not card.licence.show_quote:
            reason = "the source's licence does not allow showing its words"
        elif foreign and foreign not in self.question.text.lower():
            reason = "the page is about another cancer"
        if reason:
            self.left_out[document_id] = LeftOut(what=card.title, document=document_id, reason=reason)
        return None if reason else card

    def _quote(self, place: Found, start: int, end: int, card: Document) -> Iterator[Candidate]:
        """The sentence as a candidate, if it speaks of what was asked at all."""
        passage = place.passage
        quote = passage.text[start - passage.start : end - passage.start]
        heading = " > ".join(passage.heading_path)
        measured = self._measure(quote, f"{card.title}. {heading}", place.standing)
        if measured["things"] == 0 or (measured["things"] < 0 and measured["words"] == 0):
            return
        citation = Citation(
            document=passage.document_id,
            locator=heading or card.title,
            checked=card.retrieved,
            quote=quote,
            start=start,
            end=end,
        )
        claim = Claim(
            id=f"{passage.document_id}#{start}-{end}",
            text=sentences.display(quote),
            facet=facets.of_sentence(quote, heading),
            certainty=sentences.certainty(quote),
            citations=(citation,),
            origin="quote",
            subject=card.title,
        )
        measured["fit"] *= worth(card, quote)
        yield Candidate(claim=claim, order=start, **measured)

    def _measure(self, text: str, context: str, standing: float) -> dict[str, Any]:
        """The measured fields of a candidate."""
        things, words = self.asked.coverage(text, context)
        named = _THINGS * things + _WORDS * words if things >= 0 else (_THINGS + _WORDS) * words
        return {
            "fit": named + _PASSAGE * standing,
            "things": things,
            "words": words,
            "stems": self.library.lexical.stems(text),
            "concepts": spoken_of(text),
        }


def worth(card: Document, quote: str) -> float:
    """Factor for the kind of source, its age and how hard the sentence is to read."""
    age = max(0.0, (Date.today() - card.date).days / 365 - 3) if card.date else 3.0
    hard = max(0.0, (reading.grade([quote]) or 0.0) - _EASY_GRADE)
    return (
        _STRENGTH.get(card.kind, 1.0)
        * max(_LEAST_FOR_AGE, 1 - _YEARLY_LOSS * age)
        * max(_LEAST_FOR_GRADE, 1 - _LOSS_PER_GRADE * hard)
    )
