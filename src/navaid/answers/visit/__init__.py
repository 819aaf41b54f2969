"""Enters: a person's profile, what is not known of it, kept answers and matches, the lists of questions. Leaves: pages.

`gather` makes the questions, `situation` chooses the lists, `plan` keeps what the person changed. `person` and
`clinician` are the two pages, `fhir` the same for a hospital's system, `written` puts them on disk.
"""
