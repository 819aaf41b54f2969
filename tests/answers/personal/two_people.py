"""Papers made up for two people, and what follows from them; the names stand in no list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from navaid import journeys
from navaid.errors import NavaidError
from navaid.library import Library
from navaid.records.reconcile import reconcile
from navaid.terms import Answer, Profile, Reading
from navaid.trials.match.papers import names

TODAY = dt.date(2026, 11, 28)

AFTER_TWO_LINES = """SURGICAL PATHOLOGY REPORT

Patient Name: Anna Quillfeather
Date of Birth: 14 May 1974
MRN: 7730441
Collected: 1 March 2026
Reported: 3 March 2026

Specimen: Liver, core biopsy
Diagnosis: Metastatic carcinoma consistent with breast primary.
Estrogen receptor: positive (90%)
Progesterone receptor: positive (20%)
HER2 by IHC: 1+

Clinical history: Stage IV breast cancer with metastases to liver and bone.
First-line treatment: letrozole and palbociclib from January 2023, progression in August 2024.
Second-line treatment: fulvestrant and everolimus from September 2024, progression in February 2026.
She is postmenopausal.
"""
STAGE_ONE_TRIPLE_NEGATIVE = """SURGICAL PATHOLOGY REPORT

Patient Name: Berta Oakhollow
Date of Birth: 2 June 1981
MRN: 5519027
Collected: 9 April 2026
Reported: 12 April 2026

Specimen: Right breast, lumpectomy
Diagnosis: Invasive ductal carcinoma, grade 3, 14 mm.
Estrogen receptor: negative (0%)
Progesterone receptor: negative (0%)
HER2 by IHC: 0
Lymph nodes: 0 of 2 positive.
Pathologic stage: pT1c pN0
Stage: IA
"""
NO_HER2 = """ONCOLOGY CLINIC NOTE

Patient Name: Carla Fernmoor
Date of Birth: 9 July 1983
MRN: 6604418
Date of visit: 20 May 2026

Assessment: Stage II breast cancer, invasive lobular carcinoma of the left breast. ER positive, PR positive.
Current medications: abemaciclib 150 mg twice daily.
"""
PEOPLE = {"Anna": AFTER_TWO_LINES, "Berta": STAGE_ONE_TRIPLE_NEGATIVE, "Carla": NO_HER2}


def readings(name: str, folder: Path) -> list[Reading]:
    """What the person's paper says."""
    path = folder / f"scan_{name}_0317.txt"
    path.write_text(PEOPLE[name], encoding="utf-8")
    return [reading for reading, _ in _read(journeys.read_records([path], today=TODAY))]


def _read(found: Iterable[tuple[Reading, Profile] | NavaidError]) -> Iterable[tuple[Reading, Profile]]:
    for one in found:
        assert not isinstance(one, NavaidError)
        yield one


def asked(library: Library, text: str, name: str, read: list[Reading]) -> Answer:
    """The answer for the person whose papers these are."""
    profile = reconcile(name, read, TODAY)
    return journeys.ask(library, text, profile=profile, papers=names(read), today=TODAY)
