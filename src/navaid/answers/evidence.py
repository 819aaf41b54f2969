"""From a question to candidates: starter claims and quotable sentences, each with how well it fits.

Fit is the share of what was asked that a sentence speaks of, each part weighed by how rare it is in
the library, together with the score of the passage it stands in. What was asked counts in full where
the sentence itself says it, and in part where its heading or title does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from navaid import starter, vocabulary
from navaid.answers import facets, reading, sentences
from navaid.library import Library, Part
from navaid.library.ties import tied
from navaid.starter import Starter
from navaid.terms import (
    Citation,
    Claim,
    Date,
    Document,
    Kind,
    LeftOut,
    Question,
    Record,
    Retraction,
    Run,
    ScoredPassage,
)

_IN_CONTEXT = 0.6  # what only the heading or title says counts this much
_PASSAGE_SHARE = 0.35  # of the fit, from the passage's own score
_STARTER_HITS, _CLOSE_TOPIC = 60, 0.5
_BELIEF_SAID = 0.8  # of the words of a false belief, weighted by rarity, for a question to take it for granted

# Among sentences that fit alike, the stronger kind of source and the newer one come first.
_STRENGTH = {Kind.GUIDELINE: 1.08, Kind.REVIEW: 1.04, Kind.TRIAL_REPORT: 0.97, Kind.REGISTRY_RECORD: 0.85}
_YEARLY_LOSS, _LEAST_FOR_AGE = 0.01, 0.85
_EASY_GRADE, _LOSS_PER_GRADE, _LEAST_FOR_GRADE = 9.0, 0.02, 0.75


class Candidate(Record, frozen=True):
    """A sentence that may be shown, and what speaks for it. `fit` and `coverage` are 0 to about 1."""

    claim: Claim
    fit: float
    coverage: float
    stems: frozenset[str]
    concepts: frozenset[str]
    order: int = 0


class Evidence(Record, frozen=True):
    """What was found for a question, best first, and what was passed over.

    `topics` are the starter topics that the question is about, best first; `runs` are kept for
    `--explain`.
    """

    claims: tuple[Candidate, ...]
    quotes: tuple[Candidate, ...]
    topics: tuple[str, ...]
    corrections: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    runs: tuple[Run, ...]


class Asked:
    """What a text asks for, as parts with weights: the things it names, and its other words."""

    def __init__(self, library: Library, text: str) -> None:
        self._words = library.lexical.words
        mentions = vocabulary.find(text, typos=True)
        self.weights: dict[str, float] = {}
        rest = text
        for mention in reversed(mentions):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
            rarity = max((library.lexical.rarity(stem) for stem in self._words(mention.text)), default=0.0)
            self.weights[f"={mention.concept}"] = min(rarity, library.lexical.rarity(""))
        for stem in self._words(rest):
            self.weights[stem] = library.lexical.rarity(stem)
        self.total = sum(self.weights.values())

    def coverage(self, sentence: str, context: str) -> float:
        """Share of what was asked that the sentence (in full) or its context (in part) speaks of."""
        if not self.total:
            return 0.0
        inside, around = self._parts(sentence), self._parts(context)
        return (
            sum(
                weight * (1.0 if part in inside else _IN_CONTEXT if part in around else 0.0)
                for part, weight in self.weights.items()
            )
            / self.total
        )

    def _parts(self, text: str) -> set[str]:
        return set(self._words(text)) | {f"={concept}" for concept in spoken_of(text)}


def spoken_of(text: str) -> frozenset[str]:
    """Ids of what a text names, with what stands above each ("tamoxifen" speaks of endocrine therapy)."""
    named = {mention.concept for mention in vocabulary.find(text)}
    return frozenset(named | {above for concept in named for above in vocabulary.broader(concept)})


def gather(library: Library, data: Starter, question: Question) -> Evidence:
    """The candidates for a question, over all its parts."""
    claims: dict[str, Candidate] = {}
    quotes: dict[str, Candidate] = {}
    left_out: dict[str, LeftOut] = {}
    runs: list[Run] = []
    topics: dict[str, float] = {}
    for text in _searched(question):
        asked = Asked(library, text)
        own = library.search(text, _STARTER_HITS, Part.STARTER)
        others = library.search(text, part=Part.SOURCES)
        runs += [own, others]
        for topic, score in _topics(data, own, text).items():
            topics[topic] = max(score, topics.get(topic, 0.0))
        for candidate in _claims(library, data, asked, own, topics, left_out):
            _keep_better(claims, candidate)
        for candidate in _quotes(library, asked, others, left_out):
            _keep_better(quotes, candidate)
    best = max(topics.values(), default=0.0)
    near = [t for t in sorted(topics, key=lambda t: -topics[t]) if topics[t] >= _CLOSE_TOPIC * best]
    return Evidence(
        claims=tuple(sorted(claims.values(), key=lambda c: (-c.fit, c.claim.id))),
        quotes=tuple(sorted(quotes.values(), key=lambda c: (-c.fit, c.claim.id))),
        topics=tuple(near),
        corrections=tuple(_corrections(library, claims.values(), question)),
        left_out=tuple(left_out.values()),
        runs=tuple(runs),
    )


def _searched(question: Question) -> tuple[str, ...]:
    """The texts to search: the question's parts, and for a comparison each side by itself."""
    sides = tuple(vocabulary.concept(c).name for c in question.compared)
    whole = (question.text,) if len(question.parts) != 1 or sides else ()
    return tuple(dict.fromkeys((*whole, *question.parts, *sides)))


def _keep_better(kept: dict[str, Candidate], candidate: Candidate) -> None:
    held = kept.get(candidate.claim.id)
    if held is None or candidate.fit > held.fit:
        kept[candidate.claim.id] = candidate


# --------------------------------------------------------------------------- the starter library


def _topics(data: Starter, run: Run, text: str) -> dict[str, float]:
    """How much each topic is asked for: by the claims found in it, and by its name being used."""
    votes: dict[str, float] = {}
    for place, scored in enumerate(run.passages[:12]):
        topic = scored.passage.document_id.removeprefix("NAVAID:")
        votes[topic] = votes.get(topic, 0.0) + scored.score / (1 + place / 4)
    named = {m.concept for m in vocabulary.find(text, typos=True)}
    for topic, concepts in _topic_concepts(data).items():
        if concepts & named:
            votes[topic] = votes.get(topic, 0.0) + 2.0
    return votes


def _topic_concepts(data: Starter) -> dict[str, frozenset[str]]:
    """What each topic is about: the things its title names, less the disease that all are about."""
    return {
        topic.id: frozenset(m.concept for m in vocabulary.find(topic.title)) - {"breast_cancer"}
        for topic in data.topics
    }


def _claims(
    library: Library,
    data: Starter,
    asked: Asked,
    run: Run,
    topics: dict[str, float],
    left_out: dict[str, LeftOut],
) -> Iterator[Candidate]:
    """Claims that the search found, and all claims of the topics that the question is about."""
    found = {(s.passage.document_id, s.passage.text): s.score for s in run.passages}
    best = max(topics.values(), default=0.0)
    for topic in data.topics:
        whole = topics.get(topic.id, 0.0) >= _CLOSE_TOPIC * best > 0
        for order, claim in enumerate(starter.claims(topic).values()):
            score = found.get((topic.document_id, claim.text))
            if score is None and not whole:
                continue
            shown, reason = tied(library.store, claim)
            if reason:
                left_out[claim.id] = LeftOut(what=claim.text, document=claim.citations[0].document, reason=reason)
            if shown:
                coverage = asked.coverage(claim.text, topic.title)
                fit = (1 - _PASSAGE_SHARE) * coverage + _PASSAGE_SHARE * (score or 0.0)
                yield _candidate(library, shown, fit, coverage, order, claim.text)


def _corrections(library: Library, claims: Iterable[Candidate], question: Question) -> Iterator[Candidate]:
    """Claims that contradict what the question takes for granted."""
    for candidate in claims:
        if any(takes_for_granted(library, question.text, belief) for belief in candidate.claim.corrects):
            yield candidate


def takes_for_granted(library: Library, question: str, belief: str) -> bool:
    """True if the question names all that the belief names, and uses nearly all its other words.

    The words of the names do not count twice: "CAR-T is approved for breast cancer" is not in every
    question about CAR-T for breast cancer, only in one that speaks of approval.
    """
    mentions = vocabulary.find(belief)
    if not {m.concept for m in mentions} <= spoken_of(question):
        return False
    rest = belief
    for mention in reversed(mentions):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    weights = {word: library.lexical.rarity(word) for word in library.lexical.words(rest)}
    held = set(library.lexical.words(question))
    said = sum(weight for word, weight in weights.items() if word in held)
    return said >= _BELIEF_SAID * sum(weights.values()) > 0


# --------------------------------------------------------------------------- the sources' own words


def _quotes(library: Library, asked: Asked, run: Run, left_out: dict[str, LeftOut]) -> Iterator[Candidate]:
    """Sentences of the passages found that can stand alone and may be shown."""
    best = run.passages[0].score if run.passages else 1.0
    cards: dict[str, Document | None] = {}
    for scored in run.passages:
        document_id = scored.passage.document_id
        if document_id not in cards:
            cards[document_id] = _showable(library, document_id, left_out)
        card = cards[document_id]
        if card is not None:
            yield from _sentences_of(library, asked, scored, card, scored.score / max(best, 1e-9))


def _showable(library: Library, document_id: str, left_out: dict[str, LeftOut]) -> Document | None:
    held = library.store.card(document_id)
    if held is None:
        return None
    reason = ""
    if held[0].retraction is Retraction.RETRACTED:
        reason = "the source has been retracted"
    elif not held[0].licence.show_quote:
        reason = "the source's licence does not allow showing its words"
    if reason:
        left_out[document_id] = LeftOut(what=held[0].title, document=document_id, reason=reason)
        return None
    return held[0]


def _sentences_of(
    library: Library, asked: Asked, scored: ScoredPassage, card: Document, standing: float
) -> Iterator[Candidate]:
    passage = scored.passage
    heading = " > ".join(passage.heading_path)
    blocks = library.store.blocks(passage.document_id)
    for start, end in sentences.quotable(passage.text, blocks, passage.start, passage.end):
        quote = passage.text[start - passage.start : end - passage.start]
        coverage = asked.coverage(quote, f"{card.title}. {heading}")
        fit = ((1 - _PASSAGE_SHARE) * coverage + _PASSAGE_SHARE * standing) * _standing(card, quote)
        claim = Claim(
            id=f"{passage.document_id}#{start}-{end}",
            text=sentences.display(quote),
            facet=facets.of_sentence(quote, heading),
            certainty=sentences.certainty(quote),
            citations=(
                Citation(
                    document=passage.document_id,
                    locator=heading or card.title,
                    checked=card.retrieved,
                    quote=quote,
                    start=start,
                    end=end,
                ),
            ),
            origin="quote",
            subject=card.title,
        )
        yield _candidate(library, claim, fit, coverage, start, quote)


def _standing(card: Document, quote: str) -> float:
    """Factor for the kind of source, its age and how hard the sentence is to read."""
    age = max(0.0, (Date.today() - card.date).days / 365 - 3) if card.date else 3.0
    hard = max(0.0, (reading.grade([quote]) or 0.0) - _EASY_GRADE)
    return (
        _STRENGTH.get(card.kind, 1.0)
        * max(_LEAST_FOR_AGE, 1 - _YEARLY_LOSS * age)
        * max(_LEAST_FOR_GRADE, 1 - _LOSS_PER_GRADE * hard)
    )


def _candidate(library: Library, claim: Claim, fit: float, coverage: float, order: int, text: str) -> Candidate:
    return Candidate(
        claim=claim,
        fit=fit,
        coverage=coverage,
        stems=frozenset(library.lexical.words(text)),
        concepts=spoken_of(text),
        order=order,
    )
