"""From a paper to Findings: text with pages enters, facts with the words they were read from leave.

In: a `Paper`. Out: a `Reading` (header, findings, notes). Start at extract.py: it calls one finder a subject, each a
plain function from a `View` (the paper cut into sections, sentences and pairs, view.py) to findings.
"""
