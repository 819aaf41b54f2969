"""One reader a subject: the words of a statement enter, the atoms that it finds in them leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from navaid.trials.criteria.parse.atom import Atom
from navaid.trials.criteria.parse.readers import (
    conditions,
    disease,
    genes,
    labs,
    lines,
    medicines,
    person,
    practical,
    receptors,
    spread,
    stage,
    therapy,
)

Reader = Callable[[str], Iterable[Atom]]

READERS: tuple[Reader, ...] = (
    person.read,
    receptors.read,
    disease.read,
    stage.read,
    spread.read,
    genes.read,
    therapy.read,
    lines.read,
    labs.read,
    conditions.read,
    medicines.read,
    practical.read,
)
