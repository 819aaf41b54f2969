"""A made-up person: papers as PDF and text, and the record of a made-up study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PASSPHRASE = "seven lanterns under water"
STUDY = "NCT00000117"
REPORT = (
    "SURGICAL PATHOLOGY REPORT",
    "Collected: 2026-02-03",
    "",
    "Left breast, core biopsy: invasive ductal carcinoma, grade 2.",
    "Estrogen receptor: positive (90%)",
    "Progesterone receptor: positive (40%)",
    "HER2 by IHC: 1+ (negative)",
    "Ki-67: 18%",
)
LETTER = (
    "CLINIC LETTER",
    "Date: 2026-03-10",
    "",
    "Left breast cancer, ER positive, HER2 negative.",
    "Lumpectomy on 2026-02-20: tumor 18 mm, margins negative.",
    "Sentinel nodes: 0 of 2 positive.",
    "She is 54 years old and postmenopausal.",
    "Letrozole 2.5 mg daily since 2026-03-05.",
)
SECOND_LOOK = ("PATHOLOGY REVIEW", "Date: 2026-03-20", "", "Left breast, core biopsy: grade 3.", "HER2 by IHC: 2+")
GUIDELINE = """# Peppermint foot baths in breast cancer care: guideline of the Made-up Hospital

Published 2026-05-01

## Who may take part

Patients with breast cancer who receive paclitaxel should not take peppermint foot baths while the skin of their feet
is broken. Patients with breast cancer should keep the water of peppermint foot baths below 37 degrees. Patients who
notice new numbness of the toes should stop the peppermint foot baths and tell their nurse.
"""
ASKED_OF_GUIDELINE = "Who should not take peppermint foot baths?"
_CRITERIA = """Inclusion Criteria:

* Women aged 18 years or older
* Estrogen receptor-positive, HER2-negative breast cancer
* Postmenopausal
* ECOG performance status 0 or 1

Exclusion Criteria:

* Metastatic disease
* Pregnant or breastfeeding
"""


def pdf(lines: tuple[str, ...] = REPORT) -> bytes:
    """A PDF page of A5 with these lines, written by hand."""
    shown = b"".join(b"BT /F 11 Tf 36 %d Td (%s) Tj ET\n" % (540 - 26 * i, s.encode()) for i, s in enumerate(lines))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%sendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def papers(folder: Path) -> list[Path]:
    """The report as PDF, the letter as text."""
    folder.mkdir(parents=True, exist_ok=True)
    report, letter = folder / "pathology.pdf", folder / "letter.txt"
    report.write_bytes(pdf())
    letter.write_text("\n".join(LETTER), encoding="utf-8")
    return [report, letter]


def study(folder: Path) -> Path:
    """A file with the record of one study, as the registry would give it."""
    record: dict[str, Any] = {
        "identificationModule": {
            "nctId": STUDY,
            "briefTitle": "A Made-up Tablet With Letrozole After Surgery for Early Breast Cancer",
        },
        "statusModule": {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2026-10-01"}},
        "descriptionModule": {"briefSummary": "Whether a made-up tablet helps when it is added to letrozole."},
        "conditionsModule": {"conditions": ["Breast Cancer"]},
        "designModule": {"phases": ["PHASE2"], "studyType": "INTERVENTIONAL"},
        "armsInterventionsModule": {"interventions": [{"name": "Letrozole", "type": "DRUG"}]},
        "eligibilityModule": {"eligibilityCriteria": _CRITERIA, "sex": "FEMALE", "minimumAge": "18 Years"},
        "contactsLocationsModule": {
            "locations": [
                {"facility": "Made-up Hospital", "city": "Boston", "state": "Massachusetts", "country": "United States"}
                | {"status": "RECRUITING", "geoPoint": {"lat": 42.36, "lon": -71.06}}
            ]
        },
    }
    path = folder / "study.json"
    path.write_text(json.dumps([{"protocolSection": record}]), encoding="utf-8")
    return path
