"""The claims that explain: each tied to what is held of its sources, verified like those of an answer, shown once."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.answers.verify import verify
from navaid.library import Library
from navaid.library.ties import tied
from navaid.starter import Starter, claim
from navaid.terms import Claim, LeftOut, Source, Verdict


class Shelf:
    """Gives claims by their ids, and keeps what was checked and what failed."""

    def __init__(self, library: Library, data: Starter) -> None:
        self._library, self._data = library, data
        self._rows = {row.id: (topic, row) for topic in data.topics for row in topic.claims}
        self._found: dict[str, Claim | None] = {}
        self._shown: dict[str, Claim] = {}
        self.verdicts: list[Verdict] = []
        self.left_out: list[LeftOut] = []

    def get(self, id_: str) -> Claim | None:
        """The claim, if there is one of this id and it passes."""
        if id_ not in self._found:
            self._found[id_] = self._checked(id_)
        return self._found[id_]

    def first(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """Those of the claims that were not given out before: a term is explained where it stands first."""
        new = [found for id_ in ids if id_ not in self._shown and (found := self.get(id_))]
        self._shown.update({one.id: one for one in new})
        return tuple(new)

    def was_shown(self, id_: str) -> bool:
        """Whether this claim was given out."""
        return id_ in self._shown

    def sources(self) -> tuple[Source, ...]:
        """The sources of all claims given out, numbered in the order in which a reader meets them."""
        ids = dict.fromkeys(citation.document for one in self._shown.values() for citation in one.citations)
        return tuple(self._source(number, id_) for number, id_ in enumerate(ids, 1))

    def _checked(self, id_: str) -> Claim | None:
        if id_ not in self._rows:
            return None
        written = claim(*self._rows[id_])
        found, reason = tied(self._library.store, written)
        if found:
            verdict = verify(self._library, found)
            self.verdicts.append(verdict)
            if verdict.passed:
                return found
            reason = verdict.reason
        document = written.citations[0].document if written.citations else ""
        self.left_out.append(LeftOut(what=written.text, document=document, reason=reason))
        return None

    def _source(self, number: int, id_: str) -> Source:
        row, held = self._data.sources[id_], self._library.store.card(id_)
        card, version = held if held else (None, "")
        return Source(
            number=number,
            document=id_,
            title=card.title if card else row.title,
            publisher=card.publisher if card else row.publisher,
            kind=card.kind if card else row.kind,
            url=card.url if card else row.url,
            date=card.date if card else row.updated or row.published,
            held=card is not None,
            version=version,
            licence=card.licence.name if card else row.licence,
        )
