"""A person's own files and what is read from them: text enters, and leaves this machine only without the person in it.

In: the text of a record, the profile's seed, and what is known for sure about the person.
Out: text that may be sent, what was replaced in it, and the key that puts it back. Start at `deidentify/`.
"""
