r"""RTF -> Paper, by striprtf, with what it leaves out put back in or noted.

Limits: pictures and embedded objects are not read; footnotes, comments and the text boxes of old Word are left out;
tracked changes are not told apart. A row's cells come as one line parted by tabs, a cell's own line breaks as spaces.
"""

from __future__ import annotations

import re

from navaid.records.paper import Paper
from navaid.records.read import limits
from navaid.records.read.flow import Flow
from navaid.records.read.source import Draft, Source, tidy
from navaid.terms import How

HIDDEN = "Text that the document hides from its readers was left out."
_PICTURE = "Pictures within this document were not read; save it as PDF if a result stands in one."

_HEX = re.compile(r"[0-9A-Fa-f]{64,}\s*")
_FIELD_CODE = re.compile(r"\{\\\*\\fldinst[^{}]{0,2000}(?:\{[^{}]{0,2000}\}[^{}]{0,2000}){0,20}\}")
# What turns hidden text on and off; braces bound it, and those behind a backslash are signs, not markup.
_SWITCH = re.compile(r"\\(?:[\\{}]|v(?P<off>0)?1?(?![a-z0-9])|(?P<plain>plain)(?![a-z]))|(?P<brace>[{}])")
_FONT = re.compile(r"\\f(\d{1,5})(?:(?!\\f\d|;)[\s\S]){0,200}?\\fcharset(\d{1,3})")
_BRACE = re.compile(r"[{}]")
_PICT = re.compile(r"\\pict(?![a-z])")
# Headers and footers are destinations that striprtf drops; a patient's name and birth date often stand only there.
_HEADER = re.compile(r"\\(?:header|footer)[lrf]?(?![a-z])")
_ESCAPE = re.compile(r"\\(?:\\|(?P<cell>nestcell|cell)(?![a-z])|(?P<row>nestrow|row)(?![a-z]))")
_CELL, _ROW = "\ue000", "\ue001"  # private signs that no document has; they outlive striprtf


def read(source: Source) -> Paper:
    """The paper of an RTF document. Raises BadInput for one that is too large or damaged."""
    from striprtf.striprtf import rtf_to_text

    if len(source.data) > 4 * limits.TEXT_BYTES:
        raise source.error("is an RTF file of more than 40 MB", "save it as PDF, or without its pictures")
    draft = Draft(source, "application/rtf")
    markup = _prepare(source.data.decode("cp1252", errors="replace"), draft)
    try:
        text: str = rtf_to_text(markup, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, OverflowError) as error:
        raise source.error("is a damaged RTF file", "open it in a text program and save it again") from error
    flow = Flow()
    for part in tidy(text).split(_ROW):
        _add(flow, part)
    draft.page(flow.text, How.MARKUP)
    return draft.paper()


def _prepare(markup: str, draft: Draft) -> str:
    if _PICT.search(markup):
        draft.note(_PICTURE)
    markup = _FIELD_CODE.sub("", _HEX.sub("", markup)).replace("\\fldinst", "\\nofield")
    markup = _plain_fonts(markup)
    shown, hid = _without_hidden(markup)
    if hid:
        draft.note(HIDDEN)
    return _ESCAPE.sub(_sign, _HEADER.sub(r"\\par ", shown))


def _plain_fonts(markup: str) -> str:
    """The markup with its table of fonts reduced to what tells encodings: striprtf is quadratic in any other."""
    start = markup.find("{\\fonttbl")
    if start < 0:
        return markup.replace("\\fonttbl", "\\nofonts")
    depth, end = 0, len(markup)
    for brace in _BRACE.finditer(markup, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            end = brace.end()
            break
    fonts = "".join(f"{{\\f{font[1]}\\fcharset{font[2]} x;}}" for font in _FONT.finditer(markup, start, end))
    rest = markup[end:].replace("\\fonttbl", "\\nofonts")
    return f"{markup[:start]}{{\\fonttbl{fonts}}}{rest}"


def _without_hidden(markup: str) -> tuple[str, bool]:
    """The markup without what stands under `\\v`, and whether that was any text; groups and their braces stay."""
    if "\\v" not in markup:
        return markup, False
    parts: list[str] = []
    hidden, outer, start, hid = False, list[bool](), 0, False
    for match in _SWITCH.finditer(markup):
        was = hidden
        if match["brace"] == "{":
            outer.append(hidden)
        elif match["brace"] == "}":
            hidden = outer.pop() if outer else False
        elif match["plain"] or match["off"]:
            hidden = False
        elif match[0][1] == "v":
            hidden = True
        if hidden != was or match["brace"]:
            if was:
                hid = hid or bool(markup[start : match.start()].strip())
            else:
                parts.append(markup[start : match.start()])
            parts.append(match["brace"] or "")
            start = match.end()
    return "".join(parts) + ("" if hidden else markup[start:]), hid


def _sign(match: re.Match[str]) -> str:
    if match["cell"]:
        return "\\u57344 ?"
    return "\\u57345 ?" if match["row"] else match[0]


def _add(flow: Flow, part: str) -> None:
    """The lines before a row, and the row: its cells begin at the last line before the first cell's end."""
    if _CELL not in part:
        lines, cells = part.split("\n"), []
    else:
        first, *cells = part.split(_CELL)
        *lines, first = first.split("\n")
        cells = [first, *cells]
    for line in lines:
        if line.strip():
            flow.keep(line.strip(" "))
        else:
            flow.paragraph()
    if cells:
        flow.row(cells)
