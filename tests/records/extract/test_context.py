import pytest

from navaid.records.extract.context import Context
from navaid.records.extract.cues import rows
from navaid.records.extract.sections import Section
from navaid.records.extract.sentences import Span
from navaid.terms import Assertion

P, A, Q, H, F, L, Y = (
    Assertion.PRESENT,
    Assertion.ABSENT,
    Assertion.POSSIBLE,
    Assertion.HISTORICAL,
    Assertion.FAMILY,
    Assertion.PLANNED,
    Assertion.HYPOTHETICAL,
)


def marked(example: str) -> tuple[str, int, int]:
    start, end = example.index("["), example.index("]") - 1
    return example.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.cue.says}-{row.cue.stands}-{row.phrases[0]}")
def test_every_cue_does_what_its_example_shows(row) -> None:
    for phrase in row.phrases:
        text, start, end = marked(row.example.replace("{cue}", phrase))
        said = Context(text).categories(start, end, Span(0, len(text)))
        assert (row.then in said) if row.then != "present" else not said, (phrase, text, said)


@pytest.mark.parametrize(
    ("example", "assertion"),
    [
        ("The axilla shows [metastasis].", P),
        ("No skin change, no nipple change, no [nodule].", A),
        ("No skin change but a [nodule] in the axilla.", P),
        ("No bone lesion, aside from a [haemangioma].", P),
        ("No bone lesion; [nodule] in the lung.", P),
        ("There is no necrosis, however [calcification] is seen.", P),
        ("Negative for fever, positive for [cough].", P),
        ("Not only the skin but the [nipple] is involved.", P),
        ("No change in the [nodule] of the liver.", P),
        ("[Lymphovascular invasion] (LVI): Not identified", A),
        ("[Perineural invasion] - absent", A),
        ("HISTOLOGY: DUCTAL [CARCINOMA]: NO SPECIAL TYPE", P),
        ("[NECROSIS]: NONE MARGINS: FREE", A),
        ("Distant [metastasis] (pM): Not applicable", Y),
        ("The deep margin is free of [carcinoma].", A),
        ("The stain is negative. for [metastasis].", A),
        ("The nipple is not involved by [carcinoma].", A),
        ("Necrosis: none [Calcification]: present", P),
        ("No necrosis Margins: [carcinoma] at the deep margin", P),
        ("Invasion of vessels and [nerves] is not seen.", A),
        ("[Grade] is high and necrosis was not seen.", P),
        ("Metastasis cannot be excluded in the [liver], but it is small.", P),
        ("[Metastasis] cannot be excluded.", Q),
        ("Liver lesion, ? [metastasis]", Q),
        ("No evidence of lesions suspicious for [metastasis].", A),
        ("Probably no [metastasis].", Q),
        ("The lump was not without [pain].", P),
        ("Her mother and her aunt had [breast cancer].", F),
        ("[Ovarian cancer] in a maternal aunt.", F),
        ("Her mother is well; the patient has [breast cancer].", P),
        ("Her daughter drove her in; [breast cancer] is known.", P),
        ("Her sister's [tumour] was removed.", F),
        ("Her sister does not have the [mutation].", F),
        ("[Breast cancer] was found and her daughter came along.", P),
        ("The family physician felt a [lump].", P),
        ("History of [breast cancer] eight years ago.", H),
        ("History of asthma, who presents with a [lump].", P),
        ("No history of [asthma].", A),
        ("History of present illness: [lump] in the breast.", P),
        ("A 52 year old woman with a [lump].", P),
        ("She will have a [mastectomy].", L),
        ("[BRCA testing] is pending.", L),
        ("If [BRCA mutation] is found, we talk again.", Y),
        ("She was screened for [diabetes].", Y),
        ("Testing for [hepatitis B] is negative.", A),
        ("Testing for [hepatitis B] was positive.", P),
        ("A [fibroma] was removed with negative margins.", P),
        ("[Nodes] sampled, negative by stain.", A),
        ("She declined [radiotherapy].", A),
        ("Return for [fever] or chills.", Y),
        ("HER2 is negative and [necrosis] is present.", P),
    ],
)
def test_scope(example: str, assertion: Assertion) -> None:
    text, start, end = marked(example)
    section = Section("", 0, 0, len(text))
    assert Context(text).assertion(start, end, Span(0, len(text)), section) is assertion


@pytest.mark.parametrize(
    ("kind", "example", "assertion"),
    [
        ("family_history", "Breast cancer at 45, [ovarian cancer].", F),
        ("family_history", "Many cases. The patient has [breast cancer].", P),
        ("past_history", "[Diabetes].", H),
        ("past_history", "No [diabetes].", A),
        ("plan", "[Tamoxifen] 20 mg daily.", L),
        ("plan", "The tumour was [ER positive].", P),
        ("patient_education", "[Chemotherapy] can make people tired.", Y),
    ],
)
def test_a_section_says_what_no_cue_says(kind: str, example: str, assertion: Assertion) -> None:
    text, start, end = marked(example)
    assert Context(text).assertion(start, end, Span(0, len(text)), Section(kind, 0, 0, len(text))) is assertion


def test_who_and_whether_are_kept_apart() -> None:
    text, start, end = marked("Her sister does not have the [mutation].")
    assert set(Context(text).categories(start, end, Span(0, len(text)))) == {"family", "negated"}


def test_a_cue_far_off_in_a_text_without_full_stops_has_no_say() -> None:
    text, start, end = marked("no fever " + "word " * 500 + "[lump] " + "word " * 500)
    assert not Context(text).categories(start, end, Span(0, len(text)))
