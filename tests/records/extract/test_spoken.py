"""How notes speak of treatments and of the person: what was so, what is planned, and what must not be taken for so."""

from __future__ import annotations

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, How

WAS, PLANNED, NOT, TOLD = "was", "planned", "not", "told"
SO = frozenset((Assertion.PRESENT, Assertion.HISTORICAL))

SAID = [
    ("She is on letrozole.", "drug:letrozole", WAS),
    ("She was on tamoxifen for two years but is now on exemestane.", "drug:tamoxifen", WAS),
    ("She was on tamoxifen for two years but is now on exemestane.", "drug:exemestane", WAS),
    ("We will start capecitabine next week.", "drug:capecitabine", PLANNED),
    ("I have prescribed anastrozole to begin after surgery.", "drug:anastrozole", PLANNED),
    ("She would benefit from olaparib.", "drug:olaparib", NOT),
    ("Tamoxifen was offered but she declined.", "drug:tamoxifen", NOT),
    ("She has had no chemotherapy; in particular no anthracycline and never doxorubicin.", "drug:doxorubicin", NOT),
    ("Insurance approval for pembrolizumab is pending.", "drug:pembrolizumab", NOT),
    ("Her mother took tamoxifen.", "drug:tamoxifen", NOT),
    ("Her sister received trastuzumab and died.", "drug:trastuzumab", NOT),
    ("Allergic to paclitaxel.", "drug:paclitaxel", NOT),
    ("She had a reaction to paclitaxel with cycle 1 and was switched to nab-paclitaxel.", "drug:paclitaxel", WAS),
    ("She had a reaction to paclitaxel with cycle 1 and was switched to nab-paclitaxel.", "drug:nab-paclitaxel", WAS),
    ("After 4 cycles of AC she went on to weekly paclitaxel.", "drug:doxorubicin", WAS),
    ("After 4 cycles of AC she went on to weekly paclitaxel.", "drug:cyclophosphamide", WAS),
    ("After 4 cycles of AC she went on to weekly paclitaxel.", "drug:paclitaxel", WAS),
    ("Fulvestrant will be continued.", "drug:fulvestrant", WAS),
    ("Continue fulvestrant 500 mg monthly.", "drug:fulvestrant", WAS),
    ("Consider adding everolimus at progression.", "drug:everolimus", NOT),
    ("She asked about ribociclib versus abemaciclib.", "drug:ribociclib", NOT),
    ("She asked about ribociclib versus abemaciclib.", "drug:abemaciclib", NOT),
    ("Eligible for a trial of inavolisib.", "drug:inavolisib", NOT),
    ("She enrolled on the trial and received inavolisib from May 2021.", "drug:inavolisib", WAS),
    ("Randomized to the placebo arm; did not get palbociclib.", "drug:palbociclib", NOT),
    ("If HER2 is amplified we would give trastuzumab.", "drug:trastuzumab", NOT),
    ("Completed one year of trastuzumab in 2019.", "drug:trastuzumab", WAS),
    ("Trastuzumab was omitted because of her heart failure.", "drug:trastuzumab", NOT),
    ("Not a candidate for platinum; carboplatin was therefore left out.", "drug:carboplatin", NOT),
    ("S/p neoadjuvant ddAC-T.", "drug:doxorubicin", WAS),
    ("S/p neoadjuvant ddAC-T.", "drug:paclitaxel", WAS),
    ("Adjuvant capecitabine x 8 completed.", "drug:capecitabine", WAS),
    ("The patient stopped letrozole herself in June.", "drug:letrozole", WAS),
    ("She never filled her prescription for exemestane.", "drug:exemestane", NOT),
    ("Plan: resume palbociclib at 100 mg.", "drug:palbociclib", TOLD),
    ("Plan: T-DM1 for residual disease.", "drug:trastuzumab emtansine", PLANNED),
    ("Recommendation: adjuvant abemaciclib for two years.", "drug:abemaciclib", PLANNED),
    ("Zoladex given today.", "drug:goserelin", WAS),
    ("Due for her Faslodex injection next Tuesday.", "drug:fulvestrant", TOLD),
    ("Failed letrozole, exemestane and fulvestrant.", "drug:letrozole", WAS),
    ("Failed letrozole, exemestane and fulvestrant.", "drug:exemestane", WAS),
    ("Failed letrozole, exemestane and fulvestrant.", "drug:fulvestrant", WAS),
    ("She progressed through palbociclib.", "drug:palbociclib", WAS),
    ("Currently being treated with eribulin, third line.", "drug:eribulin", WAS),
    ("She should avoid tamoxifen because of her clotting history.", "drug:tamoxifen", NOT),
    ("Tamoxifen is contraindicated.", "drug:tamoxifen", NOT),
    ("Paclitaxel was reduced by 20 % for neuropathy.", "drug:paclitaxel", WAS),
    ("Cycle 5 of docetaxel was delayed.", "drug:docetaxel", WAS),
    ("We talked through the side effects of docetaxel.", "drug:docetaxel", NOT),
    ("Sacituzumab was approved by the board and began on 3 May.", "drug:sacituzumab govitecan", WAS),
    ("Last dose of zoledronic acid 12/2022.", "drug:zoledronic acid", WAS),
    ("Her husband takes bicalutamide.", "drug:bicalutamide", NOT),
    ("No prior CDK4/6 inhibitor such as palbociclib.", "drug:palbociclib", NOT),
    ("Tucatinib was added in March 2023.", "drug:tucatinib", WAS),
    ("She is tolerating neratinib well.", "drug:neratinib", WAS),
    ("Her letrozole was changed to anastrozole for joint pain.", "drug:letrozole", WAS),
    ("Her letrozole was changed to anastrozole for joint pain.", "drug:anastrozole", WAS),
    ("She had declined tamoxifen in 2015 but took anastrozole from 2018.", "drug:tamoxifen", NOT),
    ("She had declined tamoxifen in 2015 but took anastrozole from 2018.", "drug:anastrozole", WAS),
    ("Hold capecitabine until diarrhea resolves.", "drug:capecitabine", WAS),
    ("We agreed to defer chemotherapy with docetaxel.", "drug:docetaxel", NOT),
    ("Anastrozole can be started once radiation is finished.", "drug:anastrozole", NOT),
    ("Chemotherapy (docetaxel, cyclophosphamide) x4, last 5/2020.", "drug:docetaxel", WAS),
    ("Chemotherapy (docetaxel, cyclophosphamide) x4, last 5/2020.", "drug:cyclophosphamide", WAS),
    ("Treatment: letrozole since 2019, progression 2021.", "drug:letrozole", WAS),
    ("Herceptin held for LVEF 45%, resumed in August.", "drug:trastuzumab", WAS),
    ("Pertuzumab not funded, so trastuzumab alone was given.", "drug:pertuzumab", NOT),
    ("Pertuzumab not funded, so trastuzumab alone was given.", "drug:trastuzumab", WAS),
    ("She underwent a left lumpectomy in 2019.", "surgery:lumpectomy", WAS),
    ("Mastectomy is planned for June.", "surgery:mastectomy", PLANNED),
    ("She prefers lumpectomy over mastectomy.", "surgery:mastectomy", NOT),
    ("She does not want a mastectomy.", "surgery:mastectomy", NOT),
    ("Post-mastectomy pain on the right.", "surgery:mastectomy", WAS),
    ("Her aunt had a mastectomy.", "surgery:mastectomy", NOT),
    ("Axillary dissection was not needed.", "surgery:axillary_dissection", NOT),
    ("No axillary dissection was done; sentinel node biopsy only.", "surgery:axillary_dissection", NOT),
    ("No axillary dissection was done; sentinel node biopsy only.", "surgery:sentinel_node_biopsy", WAS),
    ("If margins are positive, re-excision.", "surgery:re_excision", NOT),
    ("She completed whole breast radiation in March.", "radiation:breast", WAS),
    ("Radiation to the chest wall will follow.", "radiation:chest_wall", PLANNED),
    ("No radiation was given.", "radiation:unspecified", NOT),
    ("She received 30 Gy in 10 fractions to the lumbar spine.", "radiation:bone", WAS),
    ("SBRT to a liver lesion was considered.", "radiation:other", NOT),
    ("Whole brain radiotherapy completed 2/2023.", "radiation:brain", WAS),
    ("History of hypertension and type 2 diabetes.", "comorbidity:hypertension", WAS),
    ("History of hypertension and type 2 diabetes.", "comorbidity:diabetes", WAS),
    ("No history of heart failure.", "comorbidity:heart_failure", NOT),
    ("Her father had a stroke.", "comorbidity:stroke", NOT),
    ("She denies depression.", "comorbidity:depression", NOT),
    ("Risk of heart failure with trastuzumab was explained.", "comorbidity:heart_failure", NOT),
    ("Trastuzumab-induced cardiomyopathy in 2018, recovered.", "comorbidity:heart_failure", WAS),
    ("Hepatitis B surface antigen negative.", "comorbidity:hepatitis_b", NOT),
    ("Chronic hepatitis B on entecavir.", "comorbidity:hepatitis_b", WAS),
    ("Screen for osteoporosis with DEXA.", "comorbidity:osteoporosis", NOT),
    ("She has a history of DVT in the left leg.", "comorbidity:thrombosis", WAS),
    ("ECOG performance status is 2.", "ecog:2", WAS),
    ("ECOG 0.", "ecog:0", WAS),
    ("The trial requires ECOG 0-1.", "ecog:0", NOT),
    ("The trial requires ECOG 0-1.", "ecog:1", NOT),
    ("She is premenopausal.", "menopause:pre", WAS),
    ("Postmenopausal women may take letrozole.", "menopause:post", NOT),
    ("LMP 3 weeks ago.", "menopause:post", NOT),
    ("She is 54 years old.", "age:54", WAS),
    ("Menarche at 12, menopause at 51.", "menopause:post", WAS),
    ("Diagnosed at age 45, now 52 years old.", "age:52", WAS),
    ("Diagnosed at age 45, now 52 years old.", "age:45", NOT),
    ("Her 30-year-old daughter is well.", "age:30", NOT),
    ("LVEF was 62% on echo.", "lab.lvef:62", WAS),
    ("LVEF must be above 50%.", "lab.lvef:50", NOT),
    ("Hemoglobin dropped from 12.1 to 9.8 g/dL.", "lab.hemoglobin:9.8", WAS),
    ("Creatinine clearance 55 mL/min.", "lab.creatinine_clearance:55", WAS),
    ("Platelets 98,000.", "lab.platelets:98000", WAS),
    ("Keep platelets above 100.", "lab.platelets:100", NOT),
    ("Allergies: sulfa drugs, latex.", "allergy:latex", WAS),
    ("No known drug allergies.", "allergy:latex", NOT),
    ("Her son is allergic to penicillin.", "allergy:penicillin", NOT),
    ("She is not allergic to penicillin.", "allergy:penicillin", NOT),
    ("Takes metformin and lisinopril.", "medication:metformin", WAS),
    ("Takes metformin and lisinopril.", "medication:lisinopril", WAS),
    ("Pregnancy test negative.", "pregnancy:not_pregnant", WAS),
    ("She is breastfeeding her second child.", "pregnancy:breastfeeding", WAS),
    ("Never smoked.", "comorbidity:smoker", NOT),
    ("Her husband smokes.", "comorbidity:smoker", NOT),
    ("She smokes ten cigarettes a day.", "comorbidity:smoker", WAS),
    ("Mild neuropathy of the fingers after paclitaxel.", "comorbidity:neuropathy", WAS),
    ("Paclitaxel can cause neuropathy.", "comorbidity:neuropathy", NOT),
    ("No evidence of interstitial lung disease on CT.", "comorbidity:ild", NOT),
    ("Pneumonitis grade 2 on T-DXd.", "comorbidity:ild", WAS),
    ("Bilateral oophorectomy at 44 for benign cysts.", "surgery:oophorectomy", WAS),
    ("We discussed risk-reducing oophorectomy.", "surgery:oophorectomy", NOT),
    ("Outcome: mastectomy and axillary clearance.", "surgery:mastectomy", PLANNED),
    ("We have three options. First, paclitaxel. Second, capecitabine.", "drug:capecitabine", NOT),
    ("Women whose cancer is HER2 positive are given Herceptin.", "drug:trastuzumab", NOT),
    ("Does letrozole make any sense for me?", "drug:letrozole", NOT),
    ("She had a lumpectomy (no cancer left), then letrozole.", "drug:letrozole", WAS),
    ("Radiation: none.", "radiation:unspecified", NOT),
    ("Diabetes [ ] Yes [X] No", "comorbidity:diabetes", NOT),
    ("Asthma [X] Yes [ ] No", "comorbidity:asthma", WAS),
    ("Prior fulvestrant [ ] Yes [x] No", "drug:fulvestrant", NOT),
    ("Penicillin gives her a rash.", "allergy:penicillin", WAS),
    ("My friend had neratinib.", "drug:neratinib", NOT),
    ("Hemoglobin               11.8       L      g/dL         12.0 - 15.5", "lab.hemoglobin:11.8", WAS),
    ("FAMILY HISTORY: aunt with ovarian cancer\nLabs: WBC 4.2, platelets 188", "lab.platelets:188", WAS),
    ("R mastectomy + ANC 20/09/22", "surgery:axillary_dissection", WAS),
]


def found(text: str) -> dict[str, set[str]]:
    """Concept and value of each finding, and whether it is told as so, as planned or otherwise."""
    whole = f"ONCOLOGY CLINIC NOTE\n\nMrs Ada Bell, breast cancer.\n\n{text}\n"
    page = Page(number=1, start=0, end=len(whole), how=How.PLAIN)
    paper = Paper(id="FILE:", path="", name="note.txt", media_type="text/plain", text=whole, pages=(page,))
    said: dict[str, set[str]] = {}
    for finding in extract(paper).findings:
        value = f"{finding.value:g}" if isinstance(finding.value, int | float) else finding.value
        how = WAS if finding.assertion in SO else PLANNED if finding.assertion is Assertion.PLANNED else NOT
        said.setdefault(f"{finding.concept}:{value}", set()).add(how)
    return said


@pytest.mark.parametrize(("text", "fact", "how"), SAID)
def test_a_sentence_is_taken_as_it_is_meant(text: str, fact: str, how: str) -> None:
    got = found(text).get(fact, set())
    if how == NOT:
        assert WAS not in got
    elif how == TOLD:
        assert got & {WAS, PLANNED}
    else:
        assert how in got
        assert how == WAS or WAS not in got
