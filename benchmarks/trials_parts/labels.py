"""The table of labels by truth and by what was found, and the shares that a measure of matching is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LABELS = ("met", "not_met", "unknown")


class Table:
    """Pairs of the true and the found label, counted."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.counts = Counter(pairs)

    def add(self, truth: str, found: str) -> None:
        self.counts[truth, found] += 1

    def _sum(self, truth: Iterable[str] = LABELS, found: Iterable[str] = LABELS) -> int:
        return sum(self.counts[one, other] for one in truth for other in found)

    @property
    def size(self) -> int:
        return self._sum()

    @property
    def definite(self) -> int:
        """How many labels were given as met or not met."""
        return self._sum(found=LABELS[:2])

    @property
    def accuracy(self) -> float:
        """The share of definite labels that are right; a true unknown that was made definite is wrong."""
        return sum(self.counts[label, label] for label in LABELS[:2]) / max(1, self.definite)

    @property
    def coverage(self) -> float:
        """The share of what is truly met or not met that got a definite label."""
        return self._sum(LABELS[:2], LABELS[:2]) / max(1, self._sum(LABELS[:2]))

    @property
    def invented(self) -> float:
        """The share of what is truly unknown that got a definite label."""
        return self._sum(LABELS[2:], LABELS[:2]) / max(1, self._sum(LABELS[2:]))

    def recall(self, label: str) -> float:
        return self.counts[label, label] / max(1, self._sum([label]))

    def precision(self, label: str) -> float:
        return self.counts[label, label] / max(1, self._sum(found=[label]))

    def rows(self) -> str:
        """The table as text, a row for each true label."""
        return "; ".join(
            f"{truth}: " + " ".join(f"{found} {self.counts[truth, found]}" for found in LABELS) for truth in LABELS
        )


def overlapping(found: Iterable[tuple[int, int, str]], start: int, end: int) -> str:
    """The label of the found criterion whose span overlaps `start` to `end` most; unknown where none does.

    >>> overlapping([(0, 10, "met"), (10, 40, "not_met")], 8, 20)
    'not_met'
    """
    label, most = "unknown", 0
    for first, last, given in found:
        overlap = min(last, end) - max(first, start)
        if overlap > most:
            label, most = given, overlap
    return label
