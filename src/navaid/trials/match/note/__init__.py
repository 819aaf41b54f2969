"""What a person or a study's form says in place of papers: a short free text, or a profile as JSON, becomes a Profile.

In: a text, or JSON. Out: a `Profile`. A text is read as a paper is (`records.extract`), and beyond that for what only
short accounts say: how far the disease has gone, lines, what was never given, "no other illness". Start: `profile_of`.
"""

from navaid.trials.match.note.profile import profile_of

__all__ = ["profile_of"]
