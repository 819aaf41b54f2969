"""Enters: what a person types. Leaves: what they see. Parse, call a journey, show; no medicine in here.

Start with `cli.py`.
"""
