"""Small made-up papers of every kind, as bytes: what the tests of reading and the fuzzing begin with."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

LINES = (
    "SURGICAL PATHOLOGY REPORT",
    "Patient: Ann Other   Born: 01/02/1960",
    "Left breast, core biopsy: invasive carcinoma, grade 2.",
    "Estrogen receptor: positive (95 %)",
    "HER2: score 1+",
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def pdf(
    pages: Sequence[str] = (),
    *,
    extra_page: str = "",
    box: str = "0 0 612 792",
    trailer: str = "",
    objects: Mapping[int, bytes] | None = None,
) -> bytes:
    """A PDF whose pages draw these operators; `extra_page` goes into each page's dictionary, font F1 is Helvetica."""
    pages = pages or (text_at([(72, 720 - 16 * number, line) for number, line in enumerate(LINES)]),)
    first = 10
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    parts: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(objects or {}),
    }
    for number, drawn in enumerate(pages):
        content = drawn.encode("cp1252")
        parts[first + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {first + 2 * number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {extra_page} >>"
        ).encode()
        parts[first + 2 * number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return _numbered(parts, trailer)


def _numbered(parts: Mapping[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(parts):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, parts[number])
    start, size = len(out), max(parts) + 1
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def text_at(words: Sequence[tuple[float, float, str]], *, size: float = 11, matrix: str = "1 0 0 1") -> str:
    """Operators that draw texts with their baselines' beginnings at these places, from the lower left."""
    drawn = [f"BT /F1 {size} Tf {matrix} {x} {y} Tm ({_escaped(text)}) Tj ET" for x, y, text in words]
    return "\n".join(drawn)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    password = "<" + "5a" * 32 + ">"
    encryption = f"<< /Filter /Standard /V 1 /R 2 /O {password} /U {password} /P -44 >>".encode()
    return pdf(trailer=f"/Encrypt 9 0 R /ID [{password} {password}]", objects={9: encryption})


def docx(body: str = "", *, parts: Mapping[str, str | bytes] | None = None, relations: str = "") -> bytes:
    """A Word document with this body; `parts` are further files of the package."""
    body = body or "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **(parts or {}),
    }
    return zipped(files)


def header(text: str) -> tuple[dict[str, str | bytes], str]:
    """The part and the relation that give a Word document this header."""
    part = f'<w:hdr xmlns:w="{_W}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>'
    return {"word/header1.xml": part}, f'<Relationship Id="r9" Type="{_OFFICE}/header" Target="header1.xml"/>'


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def rtf() -> bytes:
    """An RTF document with a header, a table, a sign outside ASCII and hidden text."""
    table = r"\trowd\cellx2000\cellx4000\intbl ER\cell positive\par 95 %\cell\row\pard "
    return (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\header Ann Other\par}\pard Grade 2, 12 \'b5m\par "
        + table.encode()
        + rb"{\v not for your eyes}HER2 \u8805 ?10 %\par}"
    )


def html() -> bytes:
    """A web page with a table, a script and hidden text."""
    rows = "<tr><th>Marker</th><th>Result</th></tr><tr><td>ER</td><td>positive<br>95 %</td></tr>"
    return (
        "<!DOCTYPE html><html><head><title>Report</title><style>.x{display: none}</style><script>alert(1)</script>"
        f"</head><body><h1>Report</h1><p>Grade&nbsp;2</p><table>{rows}</table><p class='x'>hidden</p></body></html>"
    ).encode()


def fhir() -> bytes:
    """A FHIR Observation."""
    code = {"text": "Estrogen receptor", "coding": [{"system": "http://loinc.org", "code": "85337-4"}]}
    subject = {"reference": "Patient/p"}
    observation = {
        "resourceType": "Observation",
        "id": "er-1",
        "status": "final",
        "code": code,
        "subject": subject,
        "valueString": "Positive",
    }
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": observation}]}).encode()


def ccda() -> bytes:
    """A C-CDA document with one section."""
    section = (
        "<component><section><code code='11450-4' codeSystem='2.16.840.1.113883.6.1'/><title>Problems</title>"
        "<text>Invasive carcinoma of the left breast</text></section></component>"
    )
    return (
        "<?xml version='1.0'?><ClinicalDocument xmlns='urn:hl7-org:v3'><title>Summary</title>"
        f"<component><structuredBody>{section}</structuredBody></component></ClinicalDocument>"
    ).encode()


def apple_health() -> bytes:
    """An Apple Health export with one record."""
    record = (
        '<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" value="61" '
        'creationDate="2024-01-02 08:00:00 +0000" startDate="2024-01-02 08:00:00 +0000" '
        'endDate="2024-01-02 08:00:00 +0000"/>'
    )
    return zipped(
        {"apple_health_export/export.xml": f'<?xml version="1.0"?><HealthData locale="en">{record}</HealthData>'}
    )


def picture() -> bytes:
    """A PNG of white, 60 by 30 pixels, as a scanner gives an empty page; needs the optional part for OCR."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 30), "white").save(out, "PNG")
    return out.getvalue()


def all_kinds() -> dict[str, bytes]:
    """A paper of every kind that needs no OCR, by a name of its own."""
    text = "\n".join(LINES)
    return {
        "report.txt": text.encode(),
        "wide.txt": ("\ufeff" + text).encode("utf-16-le"),
        "report.html": html(),
        "report.rtf": rtf(),
        "report.docx": docx(),
        "report.pdf": pdf(),
        "record.json": fhir(),
        "summary.xml": ccda(),
        "export.zip": apple_health(),
        "papers.zip": zipped({"a/report.txt": text, "report.pdf": pdf(), "inner.zip": zipped({"x.rtf": rtf()})}),
    }
