"""How much is read, each number with its reason. What is over a limit is refused or noted, never cut in silence."""

from __future__ import annotations

MB = 1_000_000

FILE_BYTES = 200 * MB
"""One paper. A report of 30 scanned pages has 5 to 30 MB, a phone's photo up to 25."""

EXPORT_BYTES = 4_000 * MB
"""An Apple Health export, which is read as a stream: ten years of a watch are about 2 GB unpacked."""

TEXT_BYTES = 10 * MB
"""Text of one paper (plain, RTF, or what a reader got out of any other kind): about 3,000 pages."""

PAGES = 1_000
"""Pages of one PDF; a whole hospital chart printed to PDF has some hundreds."""

OCR_PAGES = 150
"""Pages of one file that are read by OCR, which takes seconds a page; the rest is noted."""

PAGE_POINTS = 14_400.0
"""The longest side of a PDF page: 200 inches, the most that PDF 1.7 allows for (its annex C)."""

RENDER_DPI = 200
"""Pages without a text layer are rendered at what a scanner does; OCR gains little above it."""

RENDER_PIXELS = 20 * MB
"""The most pixels of a rendered page (A3 at 300 dpi has 17 million); a larger page is rendered more coarsely."""

ARCHIVE_ENTRIES = 5_000
"""Entries of one archive, and files of one folder: more is a wrong folder or an attack."""

ARCHIVE_DEPTH = 3
"""Archives within archives: a mail's zip within a download's zip, and one more."""

ARCHIVE_BYTES = 1_000 * MB
"""All that one archive unpacks to, nested archives counted too."""

ARCHIVE_RATIO = 200
"""Text packs to a fifth, tables of numbers to a twentieth; zip's bombs reach 1 : 1032."""

RATIO_FREE_BYTES = 16 * MB
"""Below this an archive may pack as well as it likes."""

FOLDER_DEPTH = 20
"""Folders within folders."""

PAGE_SECONDS = 20.0
"""One page of a text layer; it usually takes a hundredth of a second."""

OCR_SECONDS = 180.0
"""One page by OCR, 3 to 10 s on two cores: a slow machine and a page turned four ways included."""

FILE_SECONDS = 120.0
"""A file without pages: markup, a letter, a structured record of some hundred thousand entries."""

PARSE_MEMORY = 1_500 * MB
"""Address space of the process that parses, before OCR: a thousand dense pages need a fifth of it."""

CHILD_MEMORY = 3_000 * MB
"""The same for OCR, which keeps 1.1 GB in use; its libraries reserve more than they use."""

CHILD_FILES = 300
"""A parsing process is renewed after so many files, so that what a parser forgets to free does not add up."""

START_SECONDS = 60.0
"""A parsing process has started by then, on a machine with a slow disk too (0.2 s on a usual one)."""
