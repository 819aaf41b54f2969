"""From what many papers say to one Profile: what stands, what disagrees, and what no paper says.

In: the `Reading`s of a person's papers, and what the person said of them (`told.py`). Out: a `Profile`. Start at
`reconcile`. strength.yaml says which paper and which section is believed before which; nothing is settled unseen.
"""

from navaid.records.reconcile.reconcile import reconcile

__all__ = ["reconcile"]
