"""Enters: texts. Leaves: vectors. Language and embedding models behind small protocols.

Nothing is fetched at run time, and everything works without any model. Start with `embedding.py`.
"""
