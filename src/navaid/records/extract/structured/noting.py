"""One entry as its readers see it: its words, its date, its side, and how to note a finding that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from navaid.records.extract.structured.names import first
from navaid.records.extract.view import View
from navaid.records.paper import Entry, Paper
from navaid.records.read.structured.access import Json, codings, day, named, one, reference, some, stamp, words
from navaid.records.read.structured.lines import refers_to
from navaid.terms import Assertion, Date, Finding, Provenance, Value

_SIDES = (("bilateral", re.compile(r"\bbilateral|\bboth breasts", re.I)), ("left", re.compile(r"\bleft\b", re.I)))
_RIGHT = re.compile(r"\bright\b", re.I)


def said(concept: object) -> str:
    """All that a coded element says in words: its text and every display, joined by ` | `."""
    texts = [words(part.get("text")) for part in some(concept)] if not isinstance(concept, str) else [words(concept)]
    return " | ".join(dict.fromkeys(filter(None, [*texts, *(row.display for row in codings(concept))])))


def side_in(text: str) -> str:
    """left, right or bilateral, where a text names one only."""
    found = [side for side, pattern in _SIDES if pattern.search(text)]
    if _RIGHT.search(text):
        found.append("right")
    return found[0] if len(found) == 1 else "bilateral" if set(found) == {"left", "right"} else ""


@dataclass(frozen=True)
class Index:
    """The resources of a paper by how others refer to them."""

    paper: Paper
    cancers: dict[str, str] = field(default_factory=dict)  # a Condition's id: breast, or other

    @cached_property
    def by_id(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for entry in self.paper.entries:
            kind, id_ = words(entry.resource.get("resourceType")), words(entry.resource.get("id"))
            if id_:
                found.setdefault(f"{kind}/{id_}", entry.resource)
                found.setdefault(id_, entry.resource)
        return found

    def get(self, target: str) -> Json:
        """The resource of a reference, absolute or not; empty where the paper has it not."""
        parts = target.split("#")[-1].split("/")
        return self.by_id.get("/".join(parts[-2:])) or self.by_id.get(parts[-1]) or {}

    def resolved(self, value: object) -> Json:
        """The resource that a reference element points to."""
        target = reference(value)
        return self.get(target) if target else {}


@dataclass(frozen=True)
class Note:
    """An entry, the view of its paper, and the other entries."""

    view: View
    entry: Entry
    index: Index

    @property
    def resource(self) -> Json:
        return self.entry.resource

    @cached_property
    def date(self) -> Date | None:
        return day(stamp(self.resource))

    @cached_property
    def sites(self) -> str:
        """The places that the entry, its specimen or its extensions name, in words."""
        specimen = self.index.resolved(self.resource.get("specimen"))
        sites = [*some(self.resource.get("bodySite")), *some(one(specimen.get("collection")).get("bodySite"))]
        texts = [named(site) for site in sites]
        for holder in [self.resource, *sites]:
            for extension in some(holder.get("extension")):
                if "lateral" in words(extension.get("url")).lower():
                    texts.append(named(extension.get("valueCodeableConcept")))
        return " | ".join(filter(None, texts))

    @cached_property
    def name(self) -> str:
        """What the entry's code says, in words."""
        return said(self.resource.get("code"))

    @cached_property
    def side(self) -> str:
        """The side that the entry names, else that of the one condition it is about."""
        own = side_in(f"{self.name} | {self.sites}")
        if own:
            return own
        about = [self.index.get(target) for target in refers_to(self.resource)]
        texts = [" | ".join([said(part.get("code")), *map(named, some(part.get("bodySite")))]) for part in about]
        sides = {side for text in texts if (side := side_in(text))}
        return sides.pop() if len(sides) == 1 else ""

    @cached_property
    def specimen(self) -> str:
        """Where the tissue of a result is from: `breast`, `node` or `metastasis:liver`, where the entry says so."""
        if self.resource.get("resourceType") != "Observation" or not self.sites:
            return ""
        if re.search(r"breast|mammary", self.sites, re.I):
            return "breast"
        if re.search(r"axill|lymph node", self.sites, re.I):
            return "node"
        site = first("metastases", self.sites)
        return f"metastasis:{site}" if site else ""

    def finding(
        self,
        concept: str,
        value: Value,
        rule: str,
        *,
        unit: str = "",
        assertion: Assertion = Assertion.PRESENT,
        date: Date | None = None,
        side: str | None = None,
        tumour: str = "",
        details: dict[str, Value] | None = None,
    ) -> Finding:
        """A finding whose words are the entry's line. A coded entry belongs to no section of the text."""
        paper, start, end = self.view.paper, self.entry.start, self.entry.end
        page = paper.page_at(start)
        source = Provenance(
            file=paper.id,
            page=page.number,
            start=start,
            end=end,
            words=paper.text[start:end],
            how=page.how,
            resource=self.entry.id,
        )
        return Finding(
            concept=concept,
            value=value,
            source=source,
            unit=unit,
            assertion=assertion,
            date=date or self.date,
            side=self.side if side is None else side,
            specimen=self.specimen,
            tumour=tumour,
            details=details or {},
            rule=f"structured.{rule}",
        )


Found = Iterator[Finding]
