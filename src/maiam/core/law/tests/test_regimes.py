from datetime import date

import pytest

from maiam.core.law.codes import acts
from maiam.core.law.regimes import Regime, acts_under, citation_of, name_of, no_contact_distance, regime_on


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        (date(2020, 4, 17), Regime.LAW_2007),
        (date(2023, 6, 30), Regime.LAW_2007),
        (date(2023, 7, 1), Regime.LAW_2022),
        (date(2026, 11, 23), Regime.LAW_2022),
        (date(2005, 1, 1), Regime.LAW_2007),
    ],
)
def test_an_act_falls_under_the_law_of_its_day(day, regime):
    assert regime_on(day) is regime


def test_the_law_of_today_knows_sixteen_acts_and_the_old_one_fewer():
    assert len(acts_under(Regime.LAW_2022)) == 16
    assert set(acts_under(Regime.LAW_2007)) < set(acts_under(Regime.LAW_2022))
    assert "ACT_C" not in acts_under(Regime.LAW_2007)


@pytest.mark.parametrize(
    ("code", "regime", "citation"),
    [
        ("ACT_A", Regime.LAW_2022, "điểm a khoản 1 Điều 3 Luật 13/2022/QH15"),
        ("ACT_I", Regime.LAW_2022, "điểm i khoản 1 Điều 3 Luật 13/2022/QH15"),
        ("ACT_I", Regime.LAW_2007, "điểm đ khoản 1 Điều 2 Luật 02/2007/QH12"),
    ],
)
def test_an_act_is_cited_by_the_law_of_its_day(code, regime, citation):
    assert citation_of(acts()[code], regime) == citation


def test_what_was_no_violence_under_the_old_law_is_not_cited_by_it():
    with pytest.raises(ValueError, match="Law of 2007"):
        citation_of(acts()["ACT_C"], Regime.LAW_2007)


def test_the_distance_says_where_it_stands():
    distance = no_contact_distance(Regime.LAW_2022)

    assert (distance.metres, distance.article, distance.confirmed) == (100, "Điều 13–20 Nghị định 76/2023/NĐ-CP", True)
    assert no_contact_distance(Regime.LAW_2007).confirmed == "partial"


def test_each_law_has_its_name():
    assert name_of(Regime.LAW_2022) == "Luật Phòng, chống bạo lực gia đình 2022"
