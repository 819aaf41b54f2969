"""Is the embedded library well-formed, plain, consistent and fresh? What a person should mend, row by row.

These checks need no network and no source: they hold the rows against the schema, the vocabulary and each
other. Whether a sentence follows from its source is for whoever writes it, and for `library.ties`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from navaid import reading, vocabulary
from navaid.starter import glossary
from navaid.starter.rows import Belief, ClaimRow, Starter, Topic
from navaid.terms import Date, Facet, Record

_OLD_DAYS = 365
_HARD_GRADE = 14.0  # one sentence; the mean is aimed at 8
_LONG_WORDS = 34
_LEAST_CLAIMS, _GIST = 6, range(2, 6)
_ALIKE = 0.8  # Jaccard overlap of words: the same said twice
_SAME_SUBJECT = 0.7  # overlap of the words that are no numbers, for two sentences to speak of one fact
_EVERY_TOPIC = (Facet.WHAT_IT_IS, Facet.QUESTION_TO_ASK, Facet.LEARN_MORE)

_LEANS = re.compile(
    r"^(?:(?:This|These|Those|That|They|It|Its|Their|He|She|Such)\b|(?:In|At|From|By) (?:this|that|these|the same)\b)"
)
_TELLS = re.compile(r"\b(?:you should|you must|you need to|we recommend|don't worry|guarantee\w*|miracle)\b", re.I)
_LINK = re.compile(r"^https?://[^\s/]+\.[^\s]+$")
_ID = re.compile(r"^(?:PMID:\d+|PMC:PMC\d+|NCT:NCT\d{8}|DOI:10\.\d{4,}/\S+|PDQ:CDR\d+|URL:https?://\S+)$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PATTERN = re.compile(r"[a-z0-9]+\*?(?:\|[a-z0-9]+\*?)*(?: (?:\.\.\. )?[a-z0-9]+\*?(?:\|[a-z0-9]+\*?)*)*")
_MOST_CORRECTIONS = 3
_NO_CORRECTION = (Facet.QUESTION_TO_ASK, Facet.LEARN_MORE)


class Problem(Record, frozen=True):
    """What is wrong with which row. `serious` ones must be mended; the rest are for a second look."""

    where: str
    what: str
    serious: bool = True


def problems(data: Starter, today: Date | None = None) -> list[Problem]:
    """Everything that the rows themselves show to be wrong, in the order of the files."""
    today = today or dt.date.today()
    found: list[Problem] = []
    for topic in data.topics:
        found += _of_topic(topic) if topic.id != glossary.TOPIC else ()
        for row in topic.claims:
            found += [
                Problem(where=row.id, what=what, serious=serious) for what, serious in _of_claim(row, topic, today)
            ]
    return [*found, *_ids_twice(data), *_of_pairs(data), *_of_sources(data), *_of_beliefs(data)]


def _of_topic(topic: Topic) -> Iterator[Problem]:
    gist = sum(row.gist for row in topic.claims)
    if len(topic.claims) < _LEAST_CLAIMS:
        yield Problem(where=topic.id, what=f"holds only {len(topic.claims)} claims")
    if gist not in _GIST:
        yield Problem(
            where=topic.id, what=f"{gist} claims are marked as its gist; {_GIST[0]} to {_GIST[-1]} make an opening"
        )
    for facet in _EVERY_TOPIC:
        if not any(row.facet is facet for row in topic.claims):
            yield Problem(where=topic.id, what=f"says nothing on: {facet}", serious=False)


def _of_claim(row: ClaimRow, topic: Topic, today: Date) -> Iterator[tuple[str, bool]]:
    if not row.id.startswith(f"{topic.id}."):
        yield f"its id does not begin with {topic.id}.", True
    if not row.cites:
        yield "rests on no source", True
    if row.text[-1:] not in ".?" or (row.text[-1:] == "?") != (row.facet is Facet.QUESTION_TO_ASK):
        yield "a claim ends with a full stop, and a question to ask with a question mark", True
    if _LEANS.search(row.text):
        yield "leans on a sentence that may not stand before it", True
    if told := _TELLS.search(row.text):
        yield f"tells or promises a person something ({told.group()})", True
    if len(row.text.split()) > _LONG_WORDS:
        yield f"is long ({len(row.text.split())} words)", False
    if (grade := reading.grade([row.text]) or 0.0) > _HARD_GRADE:
        yield f"is hard to read (grade {grade:.0f})", False
    for value in (*row.applies.subtypes, *row.applies.stages, *row.applies.biomarkers):
        if value not in vocabulary.vocabulary().concepts:
            yield f"applies to {value}, which is not in the vocabulary", True
    for cite in row.cites:
        if not 2 <= len(cite.find.split()) <= 7:
            yield (
                f"notes {len(cite.find.split())} words of {cite.source}; two to seven are needed to find the place",
                True,
            )
        if cite.checked > today:
            yield f"was checked in the future ({cite.checked})", True
        elif (today - cite.checked).days > _OLD_DAYS:
            yield f"was last checked against {cite.source} on {cite.checked}", False


def _ids_twice(data: Starter) -> Iterator[Problem]:
    for id_, count in Counter(row.id for topic in data.topics for row in topic.claims).items():
        if count > 1:
            yield Problem(where=id_, what=f"stands {count} times")


def _of_pairs(data: Starter) -> Iterator[Problem]:
    """Sentences that say the same twice in a topic, or the same with another number anywhere."""
    rows = [
        (row, topic.id, _words(row.text), frozenset(_NUMBER.findall(row.text)))
        for topic in data.topics
        for row in topic.claims
    ]
    by_word: dict[str, list[int]] = defaultdict(list)
    for n, (_, _, words, _) in enumerate(rows):
        for word in words:
            by_word[word].append(n)
    for n, (row, topic, words, numbers) in enumerate(rows):
        rare = sorted(words, key=lambda word: len(by_word[word]))[:4]
        for other in sorted({m for word in rare for m in by_word[word] if m > n}):
            row_2, topic_2, words_2, numbers_2 = rows[other]
            likeness = len(words & words_2) / len(words | words_2)
            if topic == topic_2 and likeness >= _ALIKE and numbers == numbers_2:
                yield Problem(where=row.id, what=f"says what {row_2.id} says", serious=False)
            elif likeness >= _SAME_SUBJECT and numbers and numbers_2 and not numbers & numbers_2:
                yield Problem(
                    where=row.id, what=f"may contradict {row_2.id}: the same words, other numbers", serious=False
                )


def _of_sources(data: Starter) -> Iterator[Problem]:
    cited = {cite.source for topic in data.topics for row in topic.claims for cite in row.cites}
    links = Counter(source.url for source in data.sources.values())
    for source in data.sources.values():
        if source.id not in cited:
            yield Problem(where=source.id, what="is cited by no claim", serious=False)
        if not _LINK.match(source.url):
            yield Problem(where=source.id, what=f"its link has no proper form ({source.url})")
        if not _ID.match(source.id):
            yield Problem(where=source.id, what="its id is of no known form (PMID:, PMC:, NCT:, DOI:, PDQ:, URL:)")
        if links[source.url] > 1:
            yield Problem(where=source.id, what="another source has the same link")


def _of_beliefs(data: Starter) -> Iterator[Problem]:
    facets = {row.id: row.facet for topic in data.topics for row in topic.claims}
    for belief in data.beliefs:
        for what in _of_belief(belief, facets):
            yield Problem(where=f"beliefs.yaml, {belief.id}", what=what)


def _of_belief(belief: Belief, facets: dict[str, Facet]) -> Iterator[str]:
    if not 0 < len(belief.claims) <= _MOST_CORRECTIONS:
        yield f"is corrected by {len(belief.claims)} claims; one to {_MOST_CORRECTIONS} are shown"
    if any(facets.get(claim) in _NO_CORRECTION for claim in belief.claims):
        yield "is corrected by a question to ask or a place to read, which corrects nothing"
    if not belief.when or not all(belief.when):
        yield "has no group of words, or an empty one: it would be met always or never"
    if len(belief.when) == 1 and not all(" " in pattern for pattern in belief.when[0]):
        yield "is met by one word alone; a second group says what is believed of it"
    for pattern in (*(p for group in belief.when for p in group), *belief.unless):
        if not _PATTERN.fullmatch(pattern):
            yield f"has the pattern {pattern!r}; the head of that file tells its form"


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z][a-z-]+", text.lower()))


def report(data: Starter) -> str:
    """The content as a table in Markdown: topics by facet, claims by kind of source, oldest checks."""
    rows = [row for topic in data.topics for row in topic.claims]
    kinds = Counter(kind for row in rows for kind in {data.sources[c.source].kind for c in row.cites})
    oldest = sorted((cite.checked, row.id) for row in rows for cite in row.cites)[:5]
    mean = sum(reading.grade([row.text]) or 0.0 for row in rows) / max(1, len(rows))
    lines = [
        "# What the embedded library holds",
        "",
        f"{len(data.topics)} topics, {len(rows)} claims, {len(data.sources)} sources; mean reading grade {mean:.1f}.",
        "Made by `navaid starter check --report`.",
        "",
        "| rests on | claims | share |",
        "|---|---|---|",
        *(f"| {kind} | {count} | {count / len(rows):.0%} |" for kind, count in kinds.most_common()),
        "",
        f"Oldest checks: {'; '.join(f'{date} {id_}' for date, id_ in oldest)}.",
        "",
        f"| topic | {' | '.join(Facet)} |",
        f"|---|{'---|' * len(Facet)}",
    ]
    for topic in data.topics:
        counts = Counter(row.facet for row in topic.claims)
        lines.append(f"| {topic.title} | {' | '.join(str(counts[facet] or '') for facet in Facet)} |")
    return "\n".join(lines) + "\n"
