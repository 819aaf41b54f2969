"""Enters: texts. Leaves: vectors and other texts. Language and embedding models behind small protocols.

Nothing is fetched at run time, everything works without any model, and nothing leaves the machine before a
person agreed. Start with `chat.py` and `embedding.py`; `find.py` says which model is in force.
"""
