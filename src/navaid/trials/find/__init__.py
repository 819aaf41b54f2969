"""Finding studies: by words, drug, target, phase, status and place; ranked for a person, with the reason.

In: a `Store`, what is wanted, and a `Profile` where there is one. Out: studies in order. Start at `find`. level.py makes
what a search needs from the studies (tags, places, an index of words, parsed criteria) and keeps it level with them.
"""
