"""Studies and matches as a person reads them: lines for a terminal, one HTML file, one page to take to the oncologist.

In: a `Listing`, or a `Study` with its `Match`. Out: text. Every study says how old its data are. Start at text.py.
"""
