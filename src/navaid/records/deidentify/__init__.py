"""De-identification: the text of a record enters, the same text without the person leaves, with a key that stays here.

Names, places, organisations, addresses and numbers become placeholders, dates move by one secret offset a profile.
Start at `deidentify` in deidentify.py; the finders are numbers.py, dates.py, names.py, addresses.py and known.py.
"""

from navaid.records.deidentify.deidentify import deidentify
from navaid.records.deidentify.restore import restore
from navaid.records.deidentify.spans import Deidentified, Key, Kind, Known, Span

__all__ = ["Deidentified", "Key", "Kind", "Known", "Span", "deidentify", "restore"]
