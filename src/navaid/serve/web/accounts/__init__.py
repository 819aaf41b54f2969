"""Accounts: several people on one server, each with a vault of their own that only their passphrase opens.

In: a name and a passphrase. Out: a `Member` with what they may open. Start at book.py. What one person lets another
see is a grant (grants.py); who looked is in the log (audit.py); an answer sent for review is in reviews.py.
"""
