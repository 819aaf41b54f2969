"""Which result belongs to which marker: Events enter, Fields leave.

A result stands after its marker, or before it ("positive for ER", "positive ER"): the first is the rule. A marker's
field reaches until another subject begins.
"""

from __future__ import annotations

import re

from navaid.records.extract.receptors.denied import denied
from navaid.records.extract.receptors.event import Event
from navaid.records.extract.receptors.field import Field

REACH = 280
MOST = 12  # names of markers in one list
_JOINT = re.compile(
    r"[\s.)]{0,4}(?:(?:,|/|&|\+|\||and\b|n?or\b|;|-)[\s./]{0,3}(?:and[\s.]{1,3}|or[\s.]{1,3})?(?:the\s)?(?:anti-?)?)?[\s(/]{0,3}$"
)
_SOFT = re.compile(r"^[\s.|]*$")
_FOR = re.compile(
    r"\)?\.?\s{1,3}(?:(?:nuclear\s|membran\w{1,4}\s)?(?:immuno)?(?:staining|stains?|reactivity|expression|results?)\s{1,3})?(?:for|of|in|to)[\s.]{1,4}(?:[a-z-]+\s{1,3}){0,3}\(?$"
)
_SUMMING = re.compile(
    r"\b(?:interpret\w*|result|status|overall|conclusion|therefore|thus|this|stain\w*)\b[^.\n]{0,40}$"
)
_NOTHING = re.compile(r"[\s.,;:()\d+%-]*$")
_AHEAD = re.compile(r"(?:\s{1,3}(?:of|for)[\s.]{1,4}[a-z\s]{0,8})?\s?$")
_TIGHT = re.compile(r"[\s:]{0,3}(?:both\s{1,3})?$")
_BY = re.compile(
    r"[\s]{0,3}[(,;]?\s{0,3}(?:\([^)]{0,12}\)\s)?(?:by|via|per|using|with|on|and|&|\()?\s{0,3}(?:by\s|\()?(?:dual[\s-]?probe\s|dual[\s-]?colou?r\s)?$"
)
_BY_ITS = re.compile(r"\s{1,3}(?:by|on|via|per|using)\s{1,3}(?:\w+\s)?$")
_SENTENCE = re.compile(r"[.;]\s|\n")
_COLON = re.compile(r"\s{0,3}[:=]")
_MORE = re.compile(
    r"[\s)%]{0,3}(?:of cells\)?)?\s{0,3}(?:,\s{0,3}(?:and\s{1,3})?|and\s{1,3}|/\s?)"
    r"(?:(?:\w+ly|also)\s)?(?:for\s{1,3}(?:the\s)?)?$"
)
_OWN = re.compile(
    r"\s{0,3}(?:[:=]|\(?(?:0|<\s?1)\s?%|(?:is|are|was|were)\b|(?:(?:status|score)\s)?(?:\w+ly\s)?(?:positive|negative|pos\b|neg\b|equivocal|not\b))"
)
_EXPRESS = re.compile(
    r"\s?(?:of\s)?(?:the\s)?(?:[a-z]+\s){0,4}?(?:express(?:es|ed|ing)?|(?:are[\s.]{1,3})?positive[\s.]{1,3}for|stain(?:ed|s|ing)?[\s.]{1,3}(?:for|with))[\s.]{1,3}(?:the\s)?$"
)
_TEST = re.compile(r"\s{0,2}(?:results?|interpretation|status)\s?[:=-]")
_LATE = re.compile(r"\s{0,2}(?:positive|negative|present|appropriate|satisfactory|adequate)\s?(?:\.|$)")
_FORWARD = re.compile(r"\s{0,3}(?:[:=(-]|is\b|are\b|was\b|were\b|by\b|\d{1,2}\.\d{1,2}\s{1,6}\(?(?:pos|neg|equi))")


class Assembler:
    """Walks the events of one paper once; `fields` is what it has put together."""

    def __init__(self, text: str, events: list[Event]) -> None:
        self.text, self.events = text, events
        self.fields: list[Field] = []
        self.current: Field | None = None
        self.her2: Field | None = None
        self.held: Event | None = None
        self.pause = 0
        self.method_end = 0
        self.index = 0

    def run(self) -> list[Field]:
        for index, event in enumerate(self.events):
            self.index = index
            after = next((e for e in self.events[index + 1 : index + 3] if e.kind != "ihc"), None)
            if event.kind == "mark":
                self._mark(event)
            elif event.kind in ("other", "stop"):
                self._other(event)
            elif event.kind == "ish":
                self._ish(event)
            elif event.kind == "ihc":
                self._ihc()
            else:
                self._said(event, after)
        return self.fields

    def _open(self, mark: Event, method: str = "") -> Field:
        self.current = Field([mark], method=method)
        self.fields.append(self.current)
        if mark.value == "her2":
            self.her2 = self.current
        return self.current

    def _mark(self, mark: Event) -> None:
        self.pause = 0
        current, held, self.held = self.current, self.held, None
        if current and len(current.marks) < MOST and not current.has_result and not (held and held.start > current.end):
            gap = self.text[current.end : mark.start]
            if mark.value in current.markers and len(gap) <= 14 and not _SENTENCE.search(gap) and ":" not in gap:
                current.marks.append(mark)
                return
            if (
                mark.value not in current.markers
                and len(gap) <= 16
                and _JOINT.match(gap)
                and ("hr" not in current.markers or mark.value == "her2")
            ):
                current.soft = current.soft or bool(_SOFT.match(gap))
                current.marks.append(mark)
                return
        if current and current.before and not held and current.end <= mark.start and not current.states:
            gap = self.text[current.end : mark.start]
            shared = not any(event.kind == "percent" for event in current.said)
            own = current.before.sign != "all" and _OWN.match(self.text, mark.end)  # "neither ER nor PR is expressed"
            shared = shared and not own and bool(gap.strip(" .()\n"))
            if shared and len(gap) <= 12 and _JOINT.match(gap) and not _SOFT.match(gap):  # "positive for ER and PR"
                current.marks.append(mark)
                return
        before, opened = current, self._open(mark)
        if no := denied(self.text, mark):
            opened.before = no
        elif held:
            gap = self.text[held.end : mark.start]
            if held.sign == "list":  # "positive for GATA3, ER and mammaglobin"
                opened.before = held if len(gap) <= 80 and not _SENTENCE.search(gap) else None
            elif held.kind == "percent":
                opened.before = held
            elif held.kind == "plus":
                opened.said.append(held)
            elif len(gap) <= 40 and (
                self._led(gap, mark) or (_TIGHT.match(gap) and not _COLON.match(self.text, mark.end))
            ):
                opened.before = held
        elif before and self._more(mark, before):
            opened.before = before.before

    def _more(self, mark: Event, before: Field) -> bool:
        """ "Positive for ER (95 %), PR (85 %)", "and focally for PR": one more marker of the word before the first."""
        if not before.before or before.before.kind == "percent" or before.states or mark.start - before.end > 30:
            return False
        if _OWN.match(self.text, mark.end):
            return False
        return bool(_MORE.match(self.text[before.end : mark.start]))

    def _other(self, event: Event) -> None:
        if not self.held or self.held.sign != "list":
            self.held = None
        if event.kind == "other" and self.text.startswith("control", event.start):
            match = _SENTENCE.search(self.text, event.end, event.end + 200)
            self.pause = match.end() if match else event.end + 120
            if match and (late := _LATE.match(self.text, match.end())):  # a stop of the scan, in the sentence's middle
                self.pause = late.end()
        elif not self._in_brackets(event):
            self.current = None

    def _in_brackets(self, event: Event) -> bool:
        """Whether the event stands in brackets that were opened after the marker: an aside."""
        if not self.current:
            return False
        since = self.text[self.current.end : event.start]
        if since.rfind("(") <= since.rfind(")"):
            return False
        close = self.text.find(")", event.end, event.end + 100)
        self.pause = max(self.pause, close if close > 0 else event.end)
        return True

    def _ish(self, event: Event) -> None:
        current, self.method_end = self.current, event.end
        if current and current.is_her2:
            if not current.has_result or self._one_result(current, event):
                current.method = "ish"
            else:
                opened = self._open(Event("mark", event.start, event.end, "her2"), "ish")
                if self.held and _BY_ITS.match(self.text[self.held.end : event.start]):
                    opened.said.append(self.held)  # "equivocal by IHC, negative by FISH"
        elif (self.her2 and event.start - self.her2.end < 800) or self._gene_test(event):
            self._open(Event("mark", event.start, event.end, "her2"), "ish")
        self.held = None

    def _gene_test(self, event: Event) -> bool:
        """ "FISH result: equivocal. The HER2/CEP17 ratio …": in a breast's report the test of HER2, which follows."""
        if not _TEST.match(self.text, event.end):
            return False
        ahead = (e for e in self.events[self.index + 1 : self.index + 6] if e.kind == "mark")
        return any(e.value == "her2" and e.start - event.end < 160 for e in ahead)

    def _one_result(self, current: Field, event: Event) -> bool:
        """ "Negative by FISH" against "2+, FISH negative": whether the method belongs to the result before it."""
        gap = self.text[current.end : event.start]
        if not current.said or not _BY.match(gap):
            return False
        return bool(re.search(r"\b(?:by|via|per|using|on)\b|\($", gap)) and not any(
            e.kind == "plus" for e in current.said
        )

    def _ihc(self) -> None:
        current = self.current
        if current and current.is_her2:
            if not current.has_result and not current.method:
                current.method = "ihc"
            elif current.method == "ish" and current.has_result:
                self._open(Event("mark", current.start, current.marks[-1].end, "her2"), "ihc")

    def _said(self, event: Event, after: Event | None) -> None:
        if event.start < self.pause:
            return
        if event.kind in ("ratio", "copies") or event.value in ("amplified", "not_amplified"):
            return self._gene(event, after)
        if event.kind in ("state", "percent", "plus") and self._is_before(event, after):
            self.held = event
            return None
        current = self.current
        if not current or event.start - current.end > REACH or self._too_far(event):
            self.held = event if event.kind == "state" else None
            return None
        if event.kind == "sign" and event.start - max(current.end, self.method_end) > 4:
            return None
        if event.kind == "level" and (current.has_result or event.start - current.end > 1 or not current.is_her2):
            return None
        if event.kind == "state" and not current.states and self._late(current, event):
            self.held = event
            return None
        if event.kind == "state" and current.states and not self._extends(current, event):
            self.held = event
            return None
        current.said.append(event)
        return None

    def _too_far(self, event: Event) -> bool:
        """Short forms reach to the end of their sentence, or of the next where their field has begun."""
        current = self.current
        if not current or not all(mark.short for mark in current.marks):
            return False
        cuts = _SENTENCE.findall(self.text, current.marks[-1].end, event.start)
        return len(cuts) > 3 or (event.start - current.end > 120)

    def _late(self, current: Field, event: Event) -> bool:
        """Whether a state comes in a later sentence, after a score or percentage, and may be of something else."""
        if not current.has_result or current.before:
            return False
        gap = self.text[current.end : event.start]
        return bool(_SENTENCE.search(gap)) and not _SUMMING.search(gap) and not _NOTHING.match(gap)

    def _extends(self, current: Field, event: Event) -> bool:
        """Whether a second state is one more of a shared list, or the result after "ordered and"."""
        first = current.states[0]
        gap = self.text[current.states[-1].end : event.start]
        if first.value in ("pending", "not_tested", "high"):
            return ". " not in gap and ".\n" not in gap
        return len(current.markers) > 1 and len(gap) <= 30

    def _is_before(self, event: Event, after: Event | None) -> bool:
        """Whether this result stands before its marker: "positive for ER"."""
        if event.sign == "list":
            return True
        if not after or after.kind != "mark" or after.start - event.end > 45:
            return False
        gap = self.text[event.end : after.start]
        if event.kind == "percent":
            return bool(_EXPRESS.match(gap))
        if event.kind == "plus":
            return bool(_FOR.match(gap)) and gap[0] != "."
        if self._led(gap, after):
            return not (gap[0] == "." and _FORWARD.match(self.text, after.end))
        current = self.current
        return (
            bool(_TIGHT.match(gap))
            and "\n" not in gap
            and (current is None or current.before is not None or bool(current.states))
            and not _FORWARD.match(self.text, after.end)
        )

    def _led(self, gap: str, mark: Event) -> bool:
        """Whether "for" or "in" leads to the marker, and the marker is no field of its own on the next line."""
        return bool(_FOR.match(gap)) and not ("\n" in gap and _COLON.match(self.text, mark.end))

    def _gene(self, event: Event, ahead: Event | None) -> None:
        """What only the HER2 gene test gives belongs to HER2, whatever marker was named last."""
        current = self.current if self.current and self.current.is_her2 else None
        if event.kind == "state":
            if ahead and ahead.value == "her2" and _AHEAD.match(self.text[event.end : ahead.start]):
                self.held = event
                return
            if current and not current.states and event.start - current.end <= REACH:
                current.said.append(event)
                current.method = "ish"
            elif self.her2 and event.start - self.her2.end <= 400:
                if any(state.value in ("amplified", "not_amplified") for state in self.her2.states):
                    return
                self._open(Event("mark", event.start, event.start, "her2"), "ish").said.append(event)
            return
        target = current or self.her2
        if target and event.start - target.end <= 400:
            target.said.append(event)


def fields(text: str, events: list[Event]) -> list[Field]:
    """The fields of a plain text, in order."""
    return Assembler(text, events).run()
