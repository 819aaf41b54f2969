"""What `find` sees in questions and papers, and what it must not see."""

import pytest

from navaid.vocabulary import broader, find


def seen(text: str, **options: bool) -> list[str]:
    return [mention.concept for mention in find(text, **options)]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Is T-DXd or Enhertu better than TDM1?", ["trastuzumab_deruxtecan"] * 2 + ["trastuzumab_emtansine"]),
        (
            "Datroway, Truqap, Itovebi and Orserdu",
            ["datopotamab_deruxtecan", "capivasertib", "inavolisib", "elacestrant"],
        ),
        ("Inluriyo (imlunestrant)", ["imlunestrant"] * 2),
        ("lumpectomy or mastectomy", ["lumpectomy", "mastectomy"]),
        ("breast conserving surgery", ["lumpectomy"]),
        ("TCHP then AC-T, ddAC, CMF", ["tchp", "ac_t", "ddac", "cmf"]),
        ("lymphoedema and lymphedema", ["lymphedema"] * 2),
        ("hot flushes, hot flash, hotflashes", ["hot_flashes"] * 3),
        ("MUC1, GD2, CD44v6, B7-H3 and c-MET", ["muc1", "gd2", "cd44v6", "b7_h3", "c_met"]),
        ("CA 15.3 and CA 27-29", ["ca15_3", "ca27_29"]),
        ("pertuzumab, trastuzumab, and hyaluronidase", ["pertuzumab_trastuzumab_hyaluronidase"]),
        ("stage 3A, stage IIIA, stage four", ["stage_iiia", "stage_iiia", "stage_iv"]),
    ],
)
def test_the_words_of_the_field(text: str, concepts: list[str]) -> None:
    assert seen(text) == concepts


@pytest.mark.parametrize("text", ["CAR-T", "car t", "CART", "CAR T cells", "car-t cell therapy", "Car-T-cell", "CarT"])
def test_car_t_however_it_is_written(text: str) -> None:
    assert [(mention.concept, mention.text) for mention in find(text)] == [("car_t", text)]


@pytest.mark.parametrize("text", ["HER2", "her2", "her-2", "HER 2", "her two", "HER2/neu", "her-2/neu", "ERBB2"])
def test_her2_however_it_is_written(text: str) -> None:
    assert [(mention.concept, mention.text) for mention in find(text)] == [("her2", text)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("her 2 positive", "her2_positive"),
        ("her two positive", "her2_positive"),
        ("HER2+", "her2_positive"),
        ("her2 +ve", "her2_positive"),
        ("HER2 (+)", "her2_positive"),
        ("HER2-\npositive", "her2_positive"),
        ("HER2-", "her2_negative"),
        ("HER2− disease", "her2_negative"),
        ("HER2 -ve", "her2_negative"),
        ("her-2 low", "her2_low"),
        ("HER2-ultralow", "her2_ultralow"),
        ("ER+", "hr_positive"),
        ("oestrogen receptor positive", "hr_positive"),
        ("PR-negative", "hr_negative"),
        ("triple neg", "triple_negative"),
    ],
)
def test_receptor_states(text: str, concept: str) -> None:
    assert seen(text) == [concept]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("ER- and PR-positive tumours", ["er", "hr_positive", "tumor"]),
        ("ER-, PR-, or HER2-positive", ["er", "pr", "her2_positive"]),
        ("HER2- and ER-negative", ["her2", "hr_negative"]),
    ],
)
def test_a_suspended_hyphen_is_not_a_minus(text: str, concepts: list[str]) -> None:
    assert seen(text) == concepts


@pytest.mark.parametrize(
    "text",
    [
        "her",
        "her mother and her sister",
        "My mum and her two sisters",
        "her 2 kids",
        "I met him; we met her in the er",
        "in my shopping cart",
        "a car t shirt",
        "she likes to eat fish",
        "an atm and a pet",
        "Art. 1: the act",
        "locus CLPTM1L",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "not_there"),
    [
        ("at this stage I feel tired", "stage_i"),
        ("At which stage I would need chemo", "stage_i"),
        ("stage 3 a lot of people have it", "stage_iiia"),
        ("RT-PCR of the tumour", "radiation"),
        ("her two daughters have breast cancer", "her2"),
        ("her 2 positive lymph nodes", "her2_positive"),
        ("This is her. 2 weeks later", "her2"),
    ],
)
def test_traps(text: str, not_there: str) -> None:
    assert not_there not in seen(text)


def test_short_capitals_need_capitals() -> None:
    assert seen("ER, PR and AC") == ["er", "pr", "ac"]
    assert seen("Er, pr and Ac") == []
    assert seen("ADCs and a TKI's effect") == ["antibody_drug_conjugate", "tyrosine_kinase_inhibitor"]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("it has spread to the bone", "bone_metastases"),
        ("cancer spread to my liver", "liver_metastases"),
        ("lung mets", "lung_metastases"),
    ],
)
def test_a_site_of_spread_lies_below_metastatic(text: str, site: str) -> None:
    assert site in seen(text)
    assert "metastatic" not in seen(text)
    assert "metastatic" in broader(site)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("trastuzamab", "trastuzumab"),
        ("pembrolizumba", "pembrolizumab"),
        ("chemotherapyy", "chemotherapy"),
        ("letrozol", "letrozole"),
        ("mastectemy", "mastectomy"),
        ("metastisis", "metastatic"),
        ("double mastectemy", "double_mastectomy"),
        ("trastuzamab deruxtecan", "trastuzumab_deruxtecan"),
        ("trastuzumab deruxtecn", "trastuzumab_deruxtecan"),
    ],
)
def test_one_slip_of_the_finger(text: str, concept: str) -> None:
    assert [(mention.concept, mention.text) for mention in find(text)] == [(concept, text)]


@pytest.mark.parametrize(
    "text", ["globular", "vasectomy", "medication", "the durable election", "maxillary", "wording"]
)
def test_an_ordinary_word_is_not_mended(text: str) -> None:
    assert seen(text) == []


def test_typos_are_mended_in_questions_and_not_in_long_texts() -> None:
    assert seen("abemacicilb") == ["abemaciclib"]
    assert seen("abemacicilb", typos=False) == []
    assert seen("abemacicilb " + "and so on " * 300) == []
    assert "abemaciclib" in seen("abemacicilb " + "and so on " * 300, typos=True)


def test_plural_and_possessive() -> None:
    assert seen("mastectomies, biopsies, taxanes, tamoxifen's, lumpectomy’s") == [
        "mastectomy",
        "biopsy",
        "taxane",
        "tamoxifen",
        "lumpectomy",
    ]
