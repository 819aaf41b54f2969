"""Finding studies: by words, drug, target, phase, status and place; ranked for a person, with the reason.

In: a `Store`, what is wanted, and a `Profile` where there is one. Out: a `Listing`. Start at listing.py, which tells
the steps. level.py makes what a search needs from the studies (tags, places, an index of words), and keeps it level.
"""
