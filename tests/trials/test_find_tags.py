"""What a study tests: kinds of cell therapy told apart, antigens, drugs."""

import pytest

from navaid import vocabulary
from navaid.errors import BadInput
from navaid.terms import Intervention, Study
from navaid.trials.find.tags import antigens, cell_therapies, kinds, tags
from navaid.trials.find.words import drug_tags, target_tag


def study(title: str, *given: str, summary: str = "") -> Study:
    interventions = tuple(Intervention(name=name) for name in given)
    return Study(nct_id="NCT00000001", brief_title=title, interventions=interventions, brief_summary=summary)


@pytest.mark.parametrize(
    ("title", "given", "kind"),
    [
        ("Mesothelin CAR-T in Solid Tumors", "anti-MSLN CAR-T", "car_t"),
        ("CAR T Cells for Breast Cancer", "CAR T cells", "car_t"),
        ("5SCAR-T Cells Against GD2", "5SCAR T cells", "car_t"),
        ("GD2.CART Infusion", "GD2.CART cells", "car_t"),
        ("T Cells Expressing a HER2 Chimeric Antigen Receptor", "cells", "car_t"),
        ("HER2-Specific Autologous CAR VST", "virus", "car_t"),
        ("ROR1 CAR-NK Cells", "CAR-NK cells", "car_nk"),
        ("Anti-5T4 CAR-raNK Cell Therapy", "CAR-raNK", "car_nk"),
        ("Chimeric Antigen Receptor-Modified pNK Cells Against MUC1", "CAR-pNK cells", "car_nk"),
        ("CAR-macrophages Against HER2", "CT-1", "car_macrophage"),
        ("NY-ESO-1 TCR-Engineered T Cells", "TCR-T", "tcr_t"),
        ("Tumor-Infiltrating Lymphocyte Infusion", "TIL", "til"),
        ("Natural Killer Cells With Trastuzumab", "NK cells", "nk"),
        ("TAC T-cells Against HER2", "TAC01", "t_cells"),
        ("Virus-Specific CTL Infusion", "CTL", "t_cells"),
    ],
)
def test_each_kind_of_cell_therapy_is_told_from_the_others(title: str, given: str, kind: str) -> None:
    assert cell_therapies(study(title, given)) == (kind,)


@pytest.mark.parametrize(
    "title",
    ["TIL-Adapted Chemotherapy for TNBC", "Tumor-Infiltrating Lymphocytes as a Marker", "Car Rides to Radiotherapy"],
)
def test_what_only_sounds_like_cell_therapy_is_none(title: str) -> None:
    assert cell_therapies(study(title, "Carboplatin")) == ()


def test_a_product_code_has_the_kind_that_the_summary_gives_it() -> None:
    told = study("A Study of ZZZ797", "ZZZ797", summary="This study tests ZZZ797, a ROR1-targeted CAR T-cell therapy.")
    assert cell_therapies(told) == ("car_t",)
    assert "target:ror1" in tags(told)
    other = study("A Study of ZZZ797", "ZZZ797", summary="People who had CAR T-cell therapy before may join.")
    assert cell_therapies(other) == ()


def test_a_target_is_what_the_study_aims_at_and_not_what_the_tumor_lacks() -> None:
    assert "target:her2" in tags(study("Trastuzumab in Early Disease", "Trastuzumab"))
    assert "target:her2" in tags(study("CAR-T for HER2-positive Tumors", "CAR-T"))
    assert "target:her2" not in tags(study("Palbociclib in HER2-negative Disease", "Palbociclib"))
    assert "target:mesothelin" in tags(study("CART-meso", "CART-meso cells"))


def test_a_drug_is_found_by_its_brand_and_by_its_class_where_it_is_given() -> None:
    given = tags(study("A Combination", "Ibrance", "Faslodex"))
    assert {"drug:palbociclib", "drug:fulvestrant"} <= given
    assert set(drug_tags("CDK4/6 inhibitor")) & given
    assert not set(drug_tags("palbociclib")) & tags(study("After Progression on Palbociclib", "Capecitabine"))


def test_a_drug_or_target_that_nobody_knows_is_said_so() -> None:
    with pytest.raises(BadInput, match="no drug or class"):
        drug_tags("zyxwvu")
    with pytest.raises(BadInput, match="no target") as raised:
        target_tag("zyxwvu")
    assert "mesothelin" in raised.value.fix


def test_every_row_has_a_source_and_a_concept_of_the_vocabulary() -> None:
    assert all(kind.seen and kind.words for kind in kinds().values())
    for antigen in antigens().values():
        assert antigen.source.startswith("https://")
        for id_ in (antigen.id, *antigen.members, *antigen.populations):
            assert vocabulary.concept(id_).id == id_
