"""Who may join, statement by statement: an eligibility text enters, `Criterion`s with their spans and meaning leave.

In: a `Study`. Out: its criteria, in the order of the text. split.py cuts the text, parse/ reads what each piece asks.
"""
