"""Navaid as pages in a browser. In: a request. Out: a page, made by calling a journey and showing what it gave.

Start at app.py. `guard` keeps strangers out, `sessions` remembers who is here, `desk` holds what the pages work with,
`pages/` has one file for each place in the menu, `api/` the same journeys for programs.
"""
