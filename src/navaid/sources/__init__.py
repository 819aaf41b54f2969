"""Sources: a publisher's bytes -> `terms.Document`.

Enters: files and folders: PDF, HTML, Markdown, text, pages as JSON Lines, PubMed and ClinicalTrials.gov.
Leaves: a stream of Documents, and a `Skipped` with its reason for every file, row or record that gave none.
Start at `folder.read`; each format is a module with `read_bytes`; `text.TextBuilder` makes all spans.
"""

from navaid.sources.folder import read
from navaid.sources.skipped import OnSkip, Skipped

__all__ = ["OnSkip", "Skipped", "read"]
