"""Enters: claims, and a person's profile as `Facts`. Leaves: for each claim whether it applies, why, and what is open.

`population` says whom a sentence is about, `applies` holds that against the profile, `fit` sorts an answer's
candidates by it, `gaps` names what is not known, `watch` what to know of the drugs, `general` takes the person off.
"""
