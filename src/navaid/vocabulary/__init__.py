"""The words of breast cancer: text enters, mentions of concepts leave; every concept names its sources.

The words are data (`tables/*.csv`, a kind a table; `decoys.csv`; `look_alikes.csv`), never code.
Start at `find` in lookup.py; matching.py holds the matcher, concepts.py the tables, typos.py the tolerance.
"""

from navaid.vocabulary.concepts import Concept
from navaid.vocabulary.lookup import (
    Vocabulary,
    broader,
    concept,
    find,
    forms,
    narrower,
    vocabulary,
)
from navaid.vocabulary.matching import Mention

__all__ = [
    "Concept",
    "Mention",
    "Vocabulary",
    "broader",
    "concept",
    "find",
    "forms",
    "narrower",
    "vocabulary",
]
