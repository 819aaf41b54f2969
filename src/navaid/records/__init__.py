"""A person's own files: papers enter, a Profile in which every value shows its words leaves.

In: files, and what the person says of them. Out: `Paper` (read/), `Reading` (extract/), `Profile` (reconcile/), kept
encrypted (vault/) and given back (export/). `deidentify/` takes the person out of a text that may leave this machine.
"""
