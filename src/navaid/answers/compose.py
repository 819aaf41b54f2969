"""From candidates to sections: attribute first, with no language model.

Starter claims come first, then quotations where claims leave room. A quotation is taken by maximal
marginal relevance (Carbonell and Goldstein 1998), at most two from one source in a section. Which
sections there are, and how long, is data (`tables/sections.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from navaid import vocabulary
from navaid.answers import beyond, sentences
from navaid.answers.asked import UNKNOWN_THING, too_general
from navaid.answers.evidence import Candidate, Evidence
from navaid.answers.wording import words
from navaid.starter import glossary
from navaid.tables import load as load_table
from navaid.terms import Certainty, Claim, Facet, LeftOut, Open, Question, Record, Row, Section

_TABLE = Path(__file__).parent / "tables" / "sections.yaml"

# Below these a sentence is no answer; docs/how-it-works.md tells how they were chosen.
ENOUGH_THINGS, ENOUGH_WORDS, ENOUGH_ALIKE, FAR_OFF = 0.45, 0.5, 0.42, 0.3
_RELEVANCE = 0.75  # share of relevance beside novelty in maximal marginal relevance
_SAME = 0.6  # Jaccard overlap of stems above which two sentences say the same
_PER_SOURCE = 2  # quotations from one source in a section
_QUOTES_BESIDE_CLAIMS = 3  # quotations fill a section up to this many sentences where claims speak
_PER_SUBTYPE = 2  # sentences on where a thing stands for one subtype
_PER_STEP = 2  # sentences of one step of a process, before others have had their turn
_CLOSE, _CLOSE_ASIDE = 0.6, 0.9  # of the best fit: what is further off is not shown (beside the point: sooner)
_BOTH, _CELL = 5, 2  # sentences before the table of a comparison, and in each cell of it
_BUDGET, _DROP = 34, 0.45  # claims that answer a question on one point: how many, how much less well than the best
_NEAREST = 3  # quotations shown where too little was found
_ASIDE = 2  # sentences of a section that was not asked for
_ASIDE_RANKS, _ASIDE_FIT = 8, 0.1  # what a sentence about the person is given before a general one


class Layout(Record, frozen=True):
    """A section as `sections.yaml` describes it."""

    id: str
    title: str
    facets: tuple[Facet, ...]
    limit: int
    steps: bool = False
    by_subtype: bool = False


class Draft(Record, frozen=True):
    """Chosen sentences in sections, the parts of the question left open, and the nearest quotations."""

    sections: tuple[Section, ...]
    corrections: tuple[Claim, ...]
    unanswered: tuple[Open, ...]
    nearest: tuple[Claim, ...]
    left_out: tuple[LeftOut, ...]


def compose(question: Question, evidence: Evidence, withheld: tuple[Open, ...] = ()) -> Draft:
    """The draft for a question; a draft without sections says that too little was found.

    `withheld` are parts of the question that no library can answer (`beyond.parts`): they stay open. If nothing
    but a prognosis was asked, only questions to ask and places to read are shown.
    """
    pool = _fitting(question, evidence)
    if beyond.asks_for_prognosis_only(question):
        pool = msgspec.structs.replace(
            pool,
            claims=tuple(c for c in pool.claims if c.claim.facet in _ALWAYS),
            quotes=(),
            corrections=tuple(c for c in pool.corrections if not any(sign.isdigit() for sign in c.claim.text)),
        )
    corrections = tuple(c.claim for c in pool.corrections)
    chooser = _Chooser(question, pool, {c.id for c in corrections})
    sections = chooser.sections()
    found = bool(sections or corrections)
    nearest = [c for c in evidence.quotes if c.words > 0 and c.things != 0][: 0 if found or withheld else _NEAREST]
    return Draft(
        sections=sections,
        corrections=corrections,
        unanswered=withheld if found else _all_open(question, withheld),
        nearest=tuple(c.claim for c in nearest),
        left_out=(*evidence.left_out, *chooser.left_out),
    )


def _all_open(question: Question, withheld: tuple[Open, ...]) -> tuple[Open, ...]:
    """Every part of a question on which nothing is shown, with its reason where there is one."""
    reasons = {one.part: one for one in withheld}
    return tuple(reasons.get(part, Open(part=part)) for part in question.parts)


def _fitting(question: Question, evidence: Evidence) -> Evidence:
    """The candidates that are near enough to what was asked to be shown.

    A question about a thing as a whole is answered by its topic; any other by the claims that answer it best,
    whatever topic they stand in.
    """
    wanted = set(question.facets)
    best_quote = max((c.fit for c in evidence.quotes), default=0.0)
    subtypes = _asked_kind(question, "subtypes")
    named = frozenset(question.concepts) - too_general()
    # A topic counts only if one of its sentences speaks of what was asked: some topic always comes first.
    spoken = {c.claim.subject for c in evidence.claims if speaks_of_it(c)}
    about = [topic for topic in evidence.topics if topic in spoken]

    def of_topic(claim: Claim) -> bool:
        if claim.subject not in about:
            return False
        if claim.facet in _ALWAYS or (claim.gist and claim.subject == about[0]):
            return True
        if evidence.broad:
            return claim.subject == about[0] or bool(subtypes & set(claim.applies.subtypes))
        return claim.subject == about[0] and claim.facet in question.facets[:1]

    def answers(candidate: Candidate) -> bool:
        if candidate.claim.subject == glossary.TOPIC and not _explains(candidate.claim, named):
            return False  # a word that nobody used needs no explanation
        return bool(spoken) and candidate.claim.facet not in _ALWAYS and candidate.fit >= 1 - _DROP

    def near(quote: Candidate) -> bool:
        asked_for = evidence.broad or not wanted or quote.claim.facet in wanted
        return speaks_of_it(quote) and quote.fit >= (_CLOSE if asked_for else _CLOSE_ASIDE) * best_quote

    chosen = {c.claim.id for c in [c for c in evidence.claims if answers(c)][:_BUDGET]}
    return msgspec.structs.replace(
        evidence,
        topics=tuple(about),
        claims=tuple(c for c in evidence.claims if c.claim.id in chosen or of_topic(c.claim)),
        quotes=tuple(c for c in evidence.quotes if near(c)),
    )


def _explains(claim: Claim, named: frozenset[str]) -> bool:
    """True if a claim of the glossary explains one of the things named, and not a kind of it."""
    term = claim.text.partition(":")[0]
    return bool(named & {mention.concept for mention in vocabulary.find(term, typos=False)})


def speaks_of_it(candidate: Candidate) -> bool:
    """True if a sentence speaks of enough of what was asked to be part of an answer."""
    if candidate.things == UNKNOWN_THING:
        return False
    if candidate.alike >= ENOUGH_ALIKE:
        return True
    if candidate.things >= 0:
        return candidate.things >= ENOUGH_THINGS
    # Words alone may meet by chance ("fix"); where the meaning was compared, it must not be far off.
    return candidate.words >= ENOUGH_WORDS and not 0 < candidate.alike < FAR_OFF


_ALWAYS = frozenset({Facet.QUESTION_TO_ASK, Facet.LEARN_MORE})


class _Chooser:
    """Fills the sections in order; a sentence is used once."""

    def __init__(self, question: Question, pool: Evidence, used: set[str]) -> None:
        self.question, self.pool, self.used = question, pool, used
        self.subtypes = _asked_kind(question, "subtypes")
        self.shown: list[Candidate] = list(pool.corrections)
        self.left_out: list[LeftOut] = []

    def sections(self) -> tuple[Section, ...]:
        """The sections in reading order; what was asked for comes right after "In short"."""
        if self.question.compared:
            return self._comparison()
        made = [(layout, section) for layout in _layouts() for section in self._sections_of(layout)]
        lead = set(self.question.facets[:1])
        own = bool(self.pool.own)  # how it stands for the person's own subtype comes before what is left
        made.sort(
            key=lambda pair: (
                pair[0].id != "in_short",
                not lead & set(pair[0].facets),
                not (own and pair[0].by_subtype),
            )
        )
        return tuple(section for _, section in made if section.claims)

    def _comparison(self) -> tuple[Section, ...]:
        """What speaks of both, a table of what speaks of one, and the questions to ask."""
        both = [c for c in (*self.pool.claims, *self.pool.quotes) if set(self.question.compared) <= c.concepts]
        short = self._use(diverse(both, _BOTH, per_source=_PER_SOURCE))
        rows, shown = [], []
        for layout in _layouts():
            cells = [self._cell(layout, thing) for thing in self.question.compared]
            if layout.facets and any(cells) and not _ALWAYS & set(layout.facets):
                rows.append(Row(title=layout.title, cells=tuple(tuple(c.claim.id for c in cell) for cell in cells)))
                shown += [candidate for cell in cells for candidate in cell]
        columns = tuple(vocabulary.concept(thing).name for thing in self.question.compared)
        claims = tuple(c.claim for c in shown)
        table = Section(title=words()["side_by_side"], claims=claims, columns=columns, rows=tuple(rows))
        rest = [s for layout in _layouts() if _ALWAYS & set(layout.facets) for s in self._sections_of(layout)]
        made = (self._section(_layouts()[0].title, short), table, *rest)
        return tuple(section for section in made if section.claims)

    def _cell(self, layout: Layout, thing: str) -> list[Candidate]:
        """Up to two sentences on one facet that speak of this thing and of no other that is compared."""
        others = set(self.question.compared) - {thing}
        own = [
            c
            for c in (*self.pool.claims, *self.pool.quotes)
            if c.claim.facet in layout.facets
            and c.claim.id not in self.used
            and thing in c.concepts
            and not others & c.concepts
        ]
        own.sort(key=lambda c: (c.claim.origin != "starter", -c.fit))
        return self._use(diverse(own, _CELL, self.shown, per_source=_PER_SOURCE))

    def _sections_of(self, layout: Layout) -> list[Section]:
        if layout.id == "in_short":
            return [self._section(layout.title, self._in_short(layout.limit))]
        if layout.id == "dissent":
            return [self._section(layout.title, self._dissent(layout.limit))]
        here = [c for c in self.pool.claims if c.claim.facet in layout.facets and self._for_asked(c)]
        if not layout.by_subtype:
            return [self._section(layout.title, self._filled(layout, here))]
        general = [c for c in here if not set(c.claim.applies.subtypes) - self.pool.foreign]
        sections = [self._section(layout.title, self._filled(layout, general))]
        for subtype in self._subtypes_of(here):
            own = [c for c in here if subtype in c.claim.applies.subtypes]
            title = f"{layout.title}: {vocabulary.concept(subtype).name}"
            sections.append(self._section(title, self._take(own, _PER_SUBTYPE)))
        return sections

    def _subtypes_of(self, candidates: list[Candidate]) -> list[str]:
        """The subtypes that get a section of their own: a person's own first, and none that they have not."""
        named = dict.fromkeys(s for c in candidates for s in c.claim.applies.subtypes)
        return sorted(named.keys() - self.pool.foreign, key=lambda s: (s not in self.pool.own, list(named).index(s)))

    def _section(self, title: str, chosen: list[Candidate]) -> Section:
        return Section(title=title, claims=tuple(c.claim for c in chosen))

    # ------------------------------------------------------------------ choosing

    def _in_short(self, limit: int) -> list[Candidate]:
        """The gist of the topic asked about as a whole, or the sentences that answer best."""
        gist = [c for c in self.pool.claims if c.claim.gist and c.claim.subject in self.pool.topics[:1]]
        if self.pool.broad and gist:
            return self._take(gist, limit)
        claims = [c for c in self.pool.claims if c.claim.facet not in _ALWAYS and not c.claim.step]
        return self._use(diverse(claims or list(self.pool.quotes), limit, self.shown, per_source=_PER_SOURCE))

    def _filled(self, layout: Layout, claims: list[Candidate]) -> list[Candidate]:
        """Claims, and quotations where they leave room."""
        answering = 0 if self.pool.broad else sum(c.rank < _BUDGET and c.fit >= 1 - _DROP for c in claims)
        chosen = self._take(claims, max(layout.limit, answering))
        asked_for = self.pool.broad or bool(set(layout.facets) & set(self.question.facets))
        limit = layout.limit if asked_for else min(layout.limit, _ASIDE)
        room = max(0, (_QUOTES_BESIDE_CLAIMS if chosen else limit) - len(chosen))
        quotes = [c for c in self.pool.quotes if c.claim.facet in layout.facets and c.claim.id not in self.used]
        return chosen + self._use(diverse(quotes, room, self.shown, per_source=_PER_SOURCE))

    def _take(self, candidates: list[Candidate], limit: int) -> list[Candidate]:
        """Up to `limit` claims: those that fit the words asked, then those the author put first."""
        fresh = [c for c in candidates if c.claim.id not in self.used and (c.claim.step or self._says_more(c))]
        if self.pool.broad:
            ranked = sorted(fresh, key=lambda c: (not c.claim.gist, _aside(c), _beyond_step(c, fresh), c.order))
        else:
            ranked = sorted(fresh, key=lambda c: c.rank + _ASIDE_RANKS * c.aside)
        kept = ranked[:limit]
        self.left_out += [_passed_over(c) for c in ranked[limit:]]
        return self._use(sorted(kept, key=lambda c: (_aside(c), self._place(c), c.order)))

    def _place(self, candidate: Candidate) -> int:
        """The place of a claim's topic among those of the question; others come after them."""
        subject, topics = candidate.claim.subject, self.pool.topics
        return topics.index(subject) if subject in topics else len(topics)

    def _says_more(self, candidate: Candidate) -> bool:
        """False for what was said before, by a claim of another topic perhaps."""
        return _likeness(candidate, self.shown) <= _SAME

    def _dissent(self, limit: int) -> list[Candidate]:
        """What doubts or disagrees, and was not chosen for anything else."""
        doubting = [
            c
            for c in (*self.pool.claims, *self.pool.quotes)
            if c.claim.id not in self.used
            and (c.claim.certainty is Certainty.DISPUTED or sentences.matches("dissents", c.claim.text))
        ]
        return self._use(diverse(doubting, limit, self.shown, per_source=_PER_SOURCE))

    def _use(self, chosen: list[Candidate]) -> list[Candidate]:
        self.used |= {c.claim.id for c in chosen}
        self.shown += chosen
        return chosen

    def _for_asked(self, candidate: Candidate) -> bool:
        """False for a sentence that applies only to subtypes other than the one asked about."""
        own = set(candidate.claim.applies.subtypes)
        return not (self.subtypes and own) or bool(own & self.subtypes)


def diverse(
    candidates: list[Candidate], limit: int, shown: Iterable[Candidate] = (), *, per_source: int
) -> list[Candidate]:
    """Up to `limit` candidates by maximal marginal relevance; none that says what was said before."""
    chosen: list[Candidate] = []
    before = list(shown)
    counts: dict[str, int] = {}
    left = list(candidates)
    while left and len(chosen) < limit:
        best = max(left, key=lambda c: _RELEVANCE * _fit_for(c) - (1 - _RELEVANCE) * _likeness(c, chosen))
        left.remove(best)
        source = best.claim.citations[0].document
        if counts.get(source, 0) >= per_source or _likeness(best, [*before, *chosen]) > _SAME:
            continue
        counts[source] = counts.get(source, 0) + 1
        chosen.append(best)
    return chosen


def _fit_for(candidate: Candidate) -> float:
    return candidate.fit - _ASIDE_FIT * candidate.aside


def _aside(candidate: Candidate) -> int:
    """Where a sentence stands for one person; the stages of a process keep their order."""
    return 0 if candidate.claim.step else candidate.aside


def _likeness(candidate: Candidate, others: Iterable[Candidate]) -> float:
    """The greatest Jaccard overlap of a candidate's stems with those of others; 0 without others."""
    own = candidate.stems
    return max((len(own & o.stems) / max(1, len(own | o.stems)) for o in others), default=0.0)


def _beyond_step(candidate: Candidate, among: list[Candidate]) -> bool:
    """True for what a step's first sentences have said already; they would crowd out the other steps."""
    step = [c for c in among if c.claim.step and c.claim.step == candidate.claim.step]
    return bool(step) and sorted(step, key=lambda c: c.order).index(candidate) >= _PER_STEP


def _asked_kind(question: Question, kind: str) -> frozenset[str]:
    named = frozenset(question.concepts) - too_general()
    return frozenset(concept for concept in named if vocabulary.concept(concept).kind == kind)


def _passed_over(candidate: Candidate) -> LeftOut:
    claim = candidate.claim
    return LeftOut(
        what=claim.text,
        document=claim.citations[0].document,
        reason="others in its section fit the question better",
    )


@cache
def _layouts() -> tuple[Layout, ...]:
    rows = load_table(_TABLE.read_text(encoding="utf-8"))
    return msgspec.convert(rows, tuple[Layout, ...])
