"""Enters: a question, a library and the starter. Leaves: a verified `Answer`, and its pages.

Read in the order in which it happens: `triage`, `plan`, `evidence`, `compose`, `verify`, `answer`,
`render`. What medicine there is lies in the starter and the sources; tables here hold words about words.
"""
